"""The sections of a weekly picture, in the order they are read, and whose part each belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """One section: `owner` says whether the police own the sources it speaks of."""

    key: str
    order: int
    title: str | Promise
    owner: Literal["scope", "police"] = "scope"


_ALL = (
    Section("level", 1, _("Läget")),
    Section("new", 2, _("Nytt sedan förra veckan")),
    Section("what", 3, _("Vad")),
    Section("where", 4, _("Var")),
    Section("when", 5, _("När")),
    Section("police_events", 6, _("Polisens händelser"), "police"),
    Section("registered", 7, _("Anmälda brott"), "police"),
    Section("ahead", 8, _("Framåt")),
    Section("assignments", 9, _("Öppna uppdrag")),
    Section("sources", 10, _("Källor och luckor")),
)
SECTIONS = {section.key: section for section in _ALL}
