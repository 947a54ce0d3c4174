"""Addresses of the staff rooms: each noun has a folder with urls of its own."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

NOUNS = (
    "today",
    "search",
    "reports",
    "places",
    "imports",
    "pictures",
    "agreements",
    "bodies",
    "meetings",
    "documents",
    "people",
    "reminders",
    "archive",
    "about",
)

urlpatterns = []
for noun in NOUNS:
    if find_spec(f"samsyn.web.staff.{noun}") is not None:
        urlpatterns += import_module(f"samsyn.web.staff.{noun}.urls").urlpatterns
