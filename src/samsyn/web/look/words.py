"""The seven words and what lies behind the name.

Only the words are given here; the rooms give the addresses. A room that wants another address or
a narrower audience registers the same key again.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from samsyn.web.look.navigation import NavItem, register


def signed_in(viewer: Any) -> bool:
    """Allow those who have signed in."""
    return bool(getattr(viewer, "is_person", False))


def register_words() -> None:
    """Register the navigation of pages.md under the agreed address names."""
    main = (
        ("idag", _("Idag")),
        ("lagesbild", _("Lägesbild")),
        ("rapporter", _("Rapporter")),
        ("avtal", _("Avtal")),
        ("moten", _("Möten")),
        ("plan", _("Plan")),
        ("loften", _("Löften")),
    )
    menu = (
        ("underlag", _("Underlag")),
        ("analys", _("Analys")),
        ("arkiv", _("Arkiv")),
        ("installningar", _("Inställningar")),
    )
    for order, (key, label) in enumerate(main):
        register(NavItem(key, label, key, key, order * 10, "main", signed_in))
    for order, (key, label) in enumerate(menu):
        register(NavItem(key, label, key, key, order * 10, "menu", signed_in))
