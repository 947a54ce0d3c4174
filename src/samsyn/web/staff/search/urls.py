"""Address of the search."""

from django.urls import path

from samsyn.web.staff.search import views

urlpatterns = [path("sok/", views.search, name="sok")]
