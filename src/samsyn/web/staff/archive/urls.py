"""Addresses of the records officer's room."""

from django.urls import path

from samsyn.web.staff.archive import views

urlpatterns = [
    path("arkiv/", views.archive, name="arkiv"),
    path("arkiv/logg/", views.log, name="logg"),
    path("arkiv/gallring/", views.disposals, name="gallring"),
]
