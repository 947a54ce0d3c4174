"""A clock that starts anew each time, in the year wheel: kept in time it is done, not late and done."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.base.access import SYSTEM
from samsyn.domains.agreements.models import Commitment
from samsyn.domains.agreements.selectors.wheel import year_of
from samsyn.domains.agreements.services.evidence import add_evidence

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2026, 1, 1)


def marks(laholm, at=dt.date(2026, 6, 1), year=2026):
    return [
        (mark.due, mark.state, mark.done_on)
        for mark in year_of(laholm, year, at).marks
        if mark.commitment.ref == "lagesbild-fornyas"
    ]


def renew(laholm, on):
    commitment = Commitment.objects.get(agreement=laholm, ref="lagesbild-fornyas")
    add_evidence(
        actor=SYSTEM, commitment=commitment, kind=commitment.evidence_kinds[0], on=on, note="Klart."
    )


@pytest.mark.clause("L09")
def test_a_turn_that_nothing_ended_is_late(loaded):
    assert marks(loaded("laholm-2024")) == [(LAST_DAY, "late", None)]


@pytest.mark.clause("L09")
@pytest.mark.parametrize("day", [LAST_DAY, dt.date(2025, 11, 12)])
def test_a_turn_ended_in_time_is_done_not_late(loaded, day):
    laholm = loaded("laholm-2024")

    renew(laholm, day)

    assert marks(laholm) == [(LAST_DAY, "done", day)]


@pytest.mark.clause("L09")
def test_a_turn_ended_too_late_stays_late_beside_what_was_done(loaded):
    laholm = loaded("laholm-2024")

    renew(laholm, dt.date(2026, 3, 2))

    assert marks(laholm) == [
        (LAST_DAY, "late", None),
        (dt.date(2026, 3, 2), "done", dt.date(2026, 3, 2)),
    ]
