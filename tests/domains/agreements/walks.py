"""Walks through a year of an agreement: each instance is proved in its time, or left undone."""

from __future__ import annotations

import datetime as dt

from samsyn.base.access import SYSTEM
from samsyn.domains.agreements.judging import rhythm_of
from samsyn.domains.agreements.models import Evidence
from samsyn.domains.agreements.rules import has_interval
from samsyn.domains.agreements.selectors.wheel import year_of
from samsyn.domains.agreements.services.evidence import add_evidence
from samsyn.domains.agreements.services.running import start_agreement

DAY = dt.timedelta(days=1)


def start(agreement, on):
    """Start following the agreement on a day; whatever was due before is not asked for."""
    start_agreement(actor=SYSTEM, agreement=agreement, in_use_from=on)
    return agreement


def prove(commitment, on, place="", occurrence=""):
    """Prove one instance with the kind that the agreement names first."""
    return add_evidence(
        actor=SYSTEM,
        commitment=commitment,
        kind=commitment.evidence_kinds[0],
        on=on,
        place=place,
        note="Genomfört.",
        occurrence=occurrence,
    )


def keep_year(agreement, year, *, until, leave=()):
    """Do everything that the year wheel asks for before `until`, each a few days ahead of its day."""
    done = 0
    for one in agreement.commitments.filter(is_current=True):
        if one.ref in leave or not has_interval(rhythm_of(one)):
            continue
        while mark := next_undone(agreement, one, year, until):
            prove(one, day_for(agreement, mark), mark.place)
            done += 1
    return done


def next_undone(agreement, one, year, until):
    """The first instance of the year that is still to be done by `until`."""
    return next(
        (
            mark
            for mark in year_of(agreement, year, until).marks
            if mark.commitment.pk == one.pk and mark.state != "done" and mark.due <= until
        ),
        None,
    )


def day_for(agreement, mark):
    """A day shortly before the instance is due, within the agreement."""
    first = max(agreement.starts_on, agreement.in_use_from or agreement.starts_on)
    return max(mark.due - 2 * DAY, first)


def states(statuses):
    """Return id (with municipality where there is one) → state."""
    return {(one.commitment.ref, one.commitment.municipality_id): one.name for one in statuses}


def withdraw_all(agreement):
    Evidence.objects.filter(commitment__agreement=agreement).delete()
