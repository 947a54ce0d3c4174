"""What is open with a function: what the next who holds it takes over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from samsyn.base.links import Link
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.agreements.documents.wording import still_missing
from samsyn.domains.agreements.models import DocumentVersion, Function, Holder
from samsyn.domains.agreements.selectors.status import status_of
from samsyn.domains.agreements.slots import OpenThing, open_with_function

TO_BE_DONE = frozenset({"late", "due", "upcoming"})


def open_with(function: Function, person: int | None, on: dt.date) -> list[OpenThing]:
    """Return what is open with the function on the day, what is due first within each sort.

    `person` is who has it, for what hangs on the person (the minutes she is to approve). It is read
    whole, for whoever may pass the function on: show it to nobody else.
    """
    found = [
        *seats_open(function),
        *commitments_open(function, on),
        *answers_open(function),
        *(one for _key, source in open_with_function for one in source(function, person, on)),
    ]
    kinds = list(dict.fromkeys(one.kind for one in found))
    return sorted(found, key=lambda one: (kinds.index(one.kind), one.due or dt.date.max))


def holder_of(function: Function, on: dt.date) -> Holder | None:
    """Return who has the function on the day."""
    rows = function.holders.filter(standing=Holder.Standing.HOLDER).select_related("user")
    return next((one for one in rows.order_by("-since", "-pk") if one.holds_on(on)), None)


def seats_open(function: Function) -> Iterator[OpenThing]:
    """The places it has in bodies."""
    for seat in function.seats.filter(is_current=True).select_related("body"):
        yield OpenThing(_("Plats"), seat.body.name, link=Link("body", str(seat.body_id)))


def commitments_open(function: Function, on: dt.date) -> Iterator[OpenThing]:
    """The commitments it answers for that are late or to be done."""
    for one in status_of(function.agreement, on):
        answers = any(who["ref"] == function.ref for who in one.commitment.responsible)
        if answers and one.name in TO_BE_DONE:
            link = Link("commitment", str(one.commitment.pk))
            yield OpenThing(_("Åtagande"), one.commitment.subject, one.state.due, link)


def answers_open(function: Function) -> Iterator[OpenThing]:
    """The decided documents that wait for its party's approval or signature."""
    waiting = DocumentVersion.objects.filter(
        document__agreement=function.agreement_id, stage=State.DECIDED
    ).select_related("document__agreement")
    for version in waiting.prefetch_related("signatures__party"):
        if function.is_leading and function.party.ref in still_missing(version):
            link = Link("document_version", str(version.pk))
            yield OpenThing(_("Underskrift eller godkännande"), str(version.document), link=link)


def kept(things: list[OpenThing]) -> list[dict[str, str]]:
    """Return the things as plain values, to be kept with the holding."""
    return [
        {
            "kind": one.kind,
            "title": one.title,
            "due": one.due.isoformat() if one.due else "",
            "link_kind": one.link.kind if one.link else "",
            "link_key": one.link.key if one.link else "",
            "stays": one.stays,
        }
        for one in things
    ]


def read_kept(rows: list[dict[str, str]]) -> list[OpenThing]:
    """Return what was kept as things again."""
    return [
        OpenThing(
            row["kind"],
            row["title"],
            dt.date.fromisoformat(row["due"]) if row["due"] else None,
            Link(row["link_kind"], row["link_key"]) if row["link_kind"] else None,
            row["stays"],
        )
        for row in rows
    ]
