"""All addresses, room by room."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.urls import include, path

from samsyn.project.settings import ROOMS

urlpatterns = [path("konto/", include("allauth.urls"))]

for name in ROOMS:
    if apps.is_installed(f"samsyn.web.{name}"):
        urlpatterns += import_module(f"samsyn.web.{name}.urls").urlpatterns
