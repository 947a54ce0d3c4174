"""Addresses of the pages about the system."""

from django.urls import path

from samsyn.web.staff.about import views

urlpatterns = [
    path("om/", views.about, name="om"),
    path("om/tackning/", views.coverage, name="tackning"),
    path("om/roller/", views.roles, name="roller"),
    path("om/tillganglighet/", views.accessibility, name="tillganglighet"),
]
