"""From the fields of the form, as page or as JSON, to a draft of a report."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.errors import UserError
from samsyn.base.geo.models import Place
from samsyn.domains.reports.rules import ReportDraft, kind_of, not_ahead, span_of_chip
from samsyn.formats.moments import to_local

LARGEST_BODY = 20_000
ANSWERS = {"ja": True, "nej": False}


def fields_of(request: HttpRequest) -> dict[str, str]:
    """Return the fields that were sent, as text. Raises UserError for a body that is not the form's."""
    if request.content_type != "application/json":
        return {name: str(value) for name, value in request.POST.items()}
    broken = UserError(_("Rapporten kunde inte läsas. Ladda om sidan och skicka den igen."))
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
        raise broken
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise broken from None
    if not isinstance(body, dict):
        raise broken
    return {str(name): value for name, value in body.items() if isinstance(value, str)}


def key_of(fields: Mapping[str, str]) -> uuid.UUID:
    """Return the idempotency key that the device or the page made."""
    try:
        return uuid.UUID(fields.get("nyckel", ""))
    except ValueError:
        raise UserError(
            _("Rapporten saknar sin nyckel. Ladda om sidan och skicka den igen.")
        ) from None


def draft_of(fields: Mapping[str, str], places: Mapping[str, int], now: dt.datetime) -> ReportDraft:
    """Return the draft; `places` is name → key of the named places, for the field without script.

    Nothing is judged here: what cannot be read is left empty, and the domain says what is missing.
    """
    category = fields.get("kategori", "")
    starts, ends = span_of(fields, now)
    text = fields.get("plats_text", "").strip()
    place = whole(fields.get("plats", "")) or places.get(text.casefold())
    return ReportDraft(
        kind=kind_of(category),
        category_key=category,
        place_id=place,
        place_text="" if place is not None else text,
        longitude=None if place is not None else number(fields.get("longitud", "")),
        latitude=None if place is not None else number(fields.get("latitud", "")),
        starts_at=starts,
        ends_at=ends,
        note="" if fields.get("utan_text") else fields.get("text", "").strip(),
        people_band=fields.get("antal", ""),
        reported_to_police=ANSWERS.get(fields.get("polis", "")),
        contact_email=fields.get("epost", "").strip(),
    )


def span_of(
    fields: Mapping[str, str], now: dt.datetime
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return from and to: as the device resolved the chip when it was pressed, else as the server does now."""
    starts, ends = moment(fields.get("fran", "")), moment(fields.get("till", ""))
    chip = fields.get("nar", "")
    is_own = chip in {"", "eget"}
    if starts is not None and (is_own or fields.get("enhet")):
        ends = ends or starts
        return (
            (starts, ends)
            if is_own or chip.startswith("i-k") or chip == "i-morgon"
            else not_ahead(starts, ends, now)
        )
    if is_own:
        return starts, ends or starts
    return span_of_chip(chip, now.astimezone(clock.SWEDEN)) or (None, None)


def moment(text: str) -> dt.datetime | None:
    """Return an ISO date and time; without zone it is the time of the clock on the wall in Sweden."""
    try:
        read = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if not 2000 <= read.year <= 2100:
        return None
    return read if read.tzinfo is not None else to_local(read)


def whole(text: str) -> int | None:
    """Return a key, None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def number(text: str) -> float | None:
    """Return a coordinate, None for anything else."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def names_of(places: list[Place]) -> dict[str, int]:
    """Return the names and other names of the places, folded → key."""
    names: dict[str, int] = {}
    for place in places:
        for name in [*place.aliases.split(","), place.name]:
            if name.strip():
                names[name.strip().casefold()] = place.pk
    return names
