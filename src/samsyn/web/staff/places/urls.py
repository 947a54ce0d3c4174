"""Addresses of named places and areas."""

from django.urls import path

from samsyn.web.links import show
from samsyn.web.staff.places import views

urlpatterns = [
    path("underlag/platser/", views.places, name="platser"),
    path("underlag/platser/ny/", views.add_place, name="ny_plats"),
    path("underlag/platser/<int:pk>/", views.change_place, name="plats"),
    path("underlag/platser/<int:pk>/stang/", views.close_place, name="stang_plats"),
    path("underlag/platser/karta.json", views.places_json, name="platser_karta"),
    path("underlag/omraden/", views.areas, name="omraden"),
    path("underlag/omraden/karta.json", views.areas_json, name="omraden_karta"),
    path("underlag/kommun.json", views.outline_json, name="kommun_karta"),
]

show("place", "plats")
show("place_list", "platser")
