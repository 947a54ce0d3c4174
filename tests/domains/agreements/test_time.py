"""An agreement's time: days left, warnings, gaps, retroactive and doubtful dates."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.domains.agreements.models import Agreement
from samsyn.domains.agreements.selectors.agreements import Term, gaps_between


@pytest.mark.clause("L05")
@pytest.mark.parametrize(
    ("day", "warning"),
    [("2025-06-01", None), ("2026-01-15", 12), ("2026-07-15", 6), ("2026-11-20", 3)],
)
def test_expiry_is_warned_of_twelve_six_and_three_months_ahead(loaded, day, warning):
    assert Term(loaded("laholm-2024"), dt.date.fromisoformat(day)).warning_months == warning


@pytest.mark.clause("L05", "U14")
def test_the_last_day_counts_and_the_day_after_it_has_expired(loaded):
    laholm = loaded("laholm-2024")

    assert Term(laholm, dt.date(2026, 12, 31)).days_left == 1
    assert Term(laholm, dt.date(2027, 1, 1)).expired


@pytest.mark.clause("H14", "K29", "L13")
def test_signed_late_is_shown_and_signed_a_year_early_is_doubtful(loaded):
    day = dt.date(2025, 1, 1)

    assert Term(loaded("lomma-2023"), day).signed_late
    assert Term(loaded("hallsberg-2024"), day).signed_late
    assert Term(loaded("laholm-2024"), day).signed_early
    assert not Term(loaded("laholm-2024"), day).signed_late


@pytest.mark.clause("U15")
def test_a_year_alone_is_neither_late_nor_early(loaded):
    term = Term(loaded("lulea-2020"), dt.date(2021, 1, 1))

    assert not term.signed_late
    assert not term.signed_early


@pytest.mark.clause("K28", "L05")
def test_days_without_any_agreement_are_gaps():
    def agreement(first, last):
        return Agreement(
            starts_on=dt.date.fromisoformat(first), ends_on=last and dt.date.fromisoformat(last)
        )

    gaps = gaps_between(
        [
            agreement("2020-01-01", "2021-12-31"),
            agreement("2021-06-01", "2022-12-31"),
            agreement("2023-03-01", "2024-12-31"),
            agreement("2025-01-01", None),
        ]
    )

    assert [(gap.first, gap.last) for gap in gaps] == [(dt.date(2023, 1, 1), dt.date(2023, 2, 28))]
