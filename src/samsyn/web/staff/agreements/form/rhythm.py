"""How often, as boxes to fill in: a form of rhythm, and what it takes."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.utils.translation import gettext_lazy as _

from samsyn.rhythm import RhythmError, parse_rhythm
from samsyn.rhythm.parsing import READERS, WORDS

FORMS = (
    ("", _("Välj hur ofta")),
    ("per_year", _("Så många gånger om året")),
    ("every_months", _("Var n:te månad")),
    ("weekly", _("Varje vecka")),
    ("every_weeks", _("Var n:te vecka")),
    ("per_term", _("Så många gånger per termin")),
    ("yearly_by", _("Varje år, senast en dag")),
    ("every_years", _("Vart n:te år")),
    ("before", _("Inför högtid eller lov")),
    ("once_by", _("En gång, senast en dag")),
    ("when_needed", _("Vid behov")),
    ("at_event", _("Vid särskild händelse")),
    ("ongoing", _("Löpande, utan bestämd tid")),
)
ALSO = (("when_needed", _("Vid behov")), ("at_event", _("Vid särskild händelse")))
PAUSES = (
    ("summer", _("Sommaren")),
    ("school_holidays", _("Alla skollov")),
    ("autumn", _("Höstlovet")),
    ("christmas", _("Jullovet")),
    ("sport", _("Sportlovet")),
    ("easter", _("Påsklovet")),
)
MOVING = (
    ("valborg", _("Valborg")),
    ("last_school_day", _("Skolavslutningen")),
    ("summer_break", _("Sommarlovet")),
    ("school_start", _("Skolstarten")),
    ("autumn_break", _("Höstlovet")),
    ("christmas_break", _("Jullovet")),
    ("sport_break", _("Sportlovet")),
    ("easter_break", _("Påsklovet")),
)
# Box → label and help.
BOXES: dict[str, tuple[Any, Any]] = {
    "form": (_("Takt"), ""),
    "number": (_("Antal"), _("Gånger om året eller per termin; var n:te vecka, månad eller år.")),
    "by": (_("Senast"), _("12-31 för den 31 december, 2027-06-30 för en enda gång, årsskiftet, eller en dag i månaden.")),
    "first": (_("Första året"), _("Bara för vart n:te år.")),
    "days": (_("Dagar före"), _("Bara inför högtid eller lov.")),
    "before": (_("Inför"), ""),
    "pauses": (_("Uppehåll"), _("Bara för veckor.")),
    "places": (_("På var och en av orterna"), _("En per rad. Bara per termin.")),
    "also": (_("Dessutom"), ""),
}  # fmt: skip
COUNTED = ("per_year", "every_months", "every_weeks", "per_term", "every_years")
TURN = "årsskiftet"


def shown_rhythm(data: Any) -> dict[str, Any]:
    """The boxes for a rhythm as the file has it. What cannot be told apart gives empty boxes."""
    boxes: dict[str, Any] = {
        "form": "", "number": "", "by": "", "first": "", "days": "",
        "before": [], "pauses": [], "places": [], "also": [],
    }  # fmt: skip
    with suppress(RhythmError, TypeError, ValueError, AttributeError, KeyError, OverflowError):
        data = parse_rhythm(data).to_data()
    if isinstance(data, str):
        data = {"monthly": {"every_months": 1}, "yearly": {"yearly_by": "12-31"}}.get(data, data)
        if isinstance(data, str):
            return boxes | {"form": data}
    if not isinstance(data, dict):
        return boxes
    form = next((key for key in (*READERS, *WORDS) if key in data), "")
    value, inner = data.get(form), data.get("weekly")
    boxes["form"] = form
    if form in COUNTED:
        boxes["number"] = str(value)
    if form in ("yearly_by", "once_by"):
        boxes["by"] = str(value)
    by = data.get("by", data.get("by_day"))
    if by is not None:
        boxes["by"] = TURN if by == "turn_of_year" else str(by)
    for name in ("first", "days"):
        if data.get(name) is not None:
            boxes[name] = str(data[name])
    boxes["before"] = listed(value) if form == "before" else []
    boxes["pauses"] = listed(
        data.get("pauses", inner.get("pauses") if isinstance(inner, dict) else None)
    )
    boxes["places"], boxes["also"] = listed(data.get("places")), listed(data.get("also"))
    return boxes


def listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def read_rhythm(boxes: dict[str, Any]) -> Any:
    """The file's data for what the boxes say; also what does not fit, so that the check can say why."""
    form = boxes["form"]
    more: dict[str, Any] = {}
    for name in ("first", "days"):
        if boxes[name]:
            more[name] = number(boxes[name])
    by = boxes["by"].strip()
    if by and form not in ("yearly_by", "once_by"):
        key = "by_day" if form == "every_months" else "by"
        more[key] = "turn_of_year" if by.casefold() == TURN else number(by)
    if boxes["places"]:
        more["places"] = boxes["places"]
    if boxes["pauses"] and form != "weekly":
        more["pauses"] = boxes["pauses"]
    if boxes["before"] and form != "before":
        more["before"] = boxes["before"]
    if boxes["number"].strip() and form not in COUNTED:
        more["number"] = number(boxes["number"])
    if boxes["also"]:
        more["also"] = boxes["also"]
    return leading(form, boxes, more)


def leading(form: str, boxes: dict[str, Any], more: dict[str, Any]) -> Any:
    """The rhythm's first key with what goes with it."""
    if form in ("ongoing", "when_needed", "at_event") or not form:
        return {form: True, **more} if form and more else form or (more or None)
    if form == "weekly":
        inner = {"pauses": boxes["pauses"]} if boxes["pauses"] else {}
        return {"weekly": inner, **more}
    if form in COUNTED:
        return {form: number(boxes["number"]), **more}
    value = boxes["before"] if form == "before" else boxes["by"].strip()
    return {form: value, **more}


def number(text: str) -> int | str | None:
    """A whole number where it is one; else what was written, for the check to speak of."""
    text = text.strip()
    return int(text) if text.isdigit() else text or None
