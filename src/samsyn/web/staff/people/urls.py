"""Addresses of settings: people and organisations."""

from django.urls import path

from samsyn.web.links import show
from samsyn.web.staff.people import views

urlpatterns = [
    path("installningar/", views.settings_page, name="installningar"),
    path("installningar/personer/", views.people, name="personer"),
    path("installningar/personer/ny/", views.add_person, name="ny_person"),
    path("installningar/personer/<int:pk>/avsluta/", views.end_membership, name="avsluta_uppgift"),
    path("installningar/organisationer/ny/", views.add_organisation, name="ny_organisation"),
    path("installningar/organisationer/<int:pk>/", views.change_organisation, name="organisation"),
]

show("organisation", "organisation")
