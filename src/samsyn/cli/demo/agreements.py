"""The four agreements in the demo: loaded, started, with invented evidence for most of what was due so far."""

from __future__ import annotations

import datetime as dt
import random

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.cli.demo.cast import Cast
from samsyn.cli.demo.reports import MARK
from samsyn.domains.agreements.calendars import calendars_for
from samsyn.domains.agreements.file import ACT_ID, shipped_agreements
from samsyn.domains.agreements.judging import rhythm_of, validity_of
from samsyn.domains.agreements.models import Agreement, Body, Commitment
from samsyn.domains.agreements.services.evidence import add_evidence
from samsyn.domains.agreements.services.loading import lay_act_over, load_agreement
from samsyn.domains.agreements.services.running import start_agreement
from samsyn.domains.meetings.services.planning import plan_meetings
from samsyn.rhythm import occurrences

# Most is done, something is not: a demo where all is green shows nothing.
DONE_SHARE = 0.85


def run_agreements(cast: Cast) -> str:
    """Load and start the four, lay the act over each municipality, and plan the meetings ahead."""
    for town in cast.towns.values():
        lay_act_over(town)
    started, evidence, meetings = 0, 0, 0
    for code, path in shipped_agreements().items():
        if code == ACT_ID:
            continue
        agreement = load_agreement(actor=SYSTEM, text=path.read_text(encoding="utf-8")).agreement
        start_agreement(actor=SYSTEM, agreement=agreement, in_use_from=None)
        started += 1
        evidence += prove_most(agreement)
        meetings += plan_ahead(agreement)
    return f"Avtal: {started} startade, {evidence} påhittade underlag, {meetings} möten planerade."


def prove_most(agreement: Agreement) -> int:
    """Add evidence for most of what was due since the turn of the year; returns how much."""
    today = clock.today()
    start = max(agreement.starts_on, dt.date(today.year - 1, 1, 1))
    end = min(agreement.ends_on or today, today)
    calendars = calendars_for(list(agreement.municipalities.values_list("pk", flat=True)))
    first = next(iter(calendars.values()), None)
    chance, added = random.Random(agreement.code), 0  # noqa: S311 - invented content, no secret
    for commitment in agreement.commitments.filter(is_current=True).select_related("municipality"):
        calendar = calendars.get(commitment.municipality_id or 0, first)
        if calendar is None or not commitment.evidence_kinds or end < start:
            continue
        valid = validity_of(agreement, commitment, None)
        for one in occurrences(rhythm_of(commitment), calendar, valid, start, end):
            if chance.random() < DONE_SHARE:
                made = add_evidence(
                    actor=SYSTEM,
                    commitment=commitment,
                    kind=commitment.evidence_kinds[0],
                    on=some_workday(chance, max(one.window_start, start), min(one.due, end)),
                    place=one.place or "",
                    occurrence=one.key,
                    note=f"{MARK} Gjort enligt avtalet.",
                )
                # The demo has been lived all along: it was put in on the day, not today.
                made.recorded_at = dt.datetime.combine(made.occurred_on, dt.time(15), clock.SWEDEN)
                made.save(update_fields=["recorded_at"])
                added += 1
    return added


def some_workday(chance: random.Random, first: dt.date, last: dt.date) -> dt.date:
    """Return an invented day on which it was done: a workday of the last three weeks before `last`."""
    first = max(first, last - dt.timedelta(days=21))
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return chance.choice([day for day in days if day.weekday() < 5] or [last])


def plan_ahead(agreement: Agreement) -> int:
    """Plan the coming half year's meetings of bodies that meet by a rhythm."""
    today = clock.today()
    if agreement.ends_on is not None and agreement.ends_on < today:
        return 0
    bodies = Body.objects.filter(
        pk__in=Commitment.objects.filter(
            agreement=agreement, is_current=True, body__isnull=False
        ).values("body")
    )
    return sum(
        len(
            plan_meetings(actor=SYSTEM, body=body, first=today, last=today + dt.timedelta(days=183))
        )
        for body in bodies
        if body.may_start
    )
