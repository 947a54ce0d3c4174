"""Addresses of reminders."""

from django.urls import path

from samsyn.web.links import show
from samsyn.web.staff.reminders import views

urlpatterns = [
    path("installningar/paminnelser/", views.wishes, name="paminnelser"),
    path("installningar/paminnelser/adresser/", views.revoke, name="paminnelser_adresser"),
    path("installningar/paminnelser/utskick/", views.letters, name="paminnelser_utskick"),
    path("paminnelser/av/<str:key>/", views.stop, name="paminnelser_av"),
]

show("reminders", "paminnelser")
show("reminders_stop", "paminnelser_av")
