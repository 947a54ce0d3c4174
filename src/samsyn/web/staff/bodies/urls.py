"""Addresses of bodies and functions."""

from django.urls import path

from samsyn.web.links import show
from samsyn.web.staff.bodies import handover, views

urlpatterns = [
    path("organ/", views.bodies, name="organ"),
    path("organ/<int:pk>/", views.body, name="organ_sida"),
    path("organ/<int:pk>/<str:deed>/", views.act, name="organ_gor"),
    path("organ/funktion/<int:pk>/", views.function, name="funktion"),
    path("organ/funktion/<int:pk>/lamna-over/", handover.pass_on, name="funktion_lamna_over"),
    path("organ/overlamning/<int:pk>/", handover.passed_on, name="overlamning"),
    path("organ/funktion/<int:pk>/<str:deed>/", views.change_function, name="funktion_gor"),
    path("organ/innehavare/<int:pk>/avsluta/", views.end, name="innehav_avsluta"),
]

show("body", "organ_sida")
show("bodies", "organ")
show("function", "funktion")
show("handover", "overlamning")
