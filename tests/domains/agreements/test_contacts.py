"""Who to call now: by hour, weekday and holiday; functions only."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.base.clock import SWEDEN
from samsyn.domains.agreements.selectors.contacts import routes_for


def now(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


def called(place, text):
    (route,) = routes_for(place, now(text), kind="redirect")
    return [contact.name for step in route.now for contact in step.contacts]


@pytest.fixture
def place(loaded):
    return loaded("lomma-2023").municipalities.get()


@pytest.mark.clause("K22")
@pytest.mark.parametrize(
    ("moment", "first"),
    [
        ("2026-11-20T10:00", "Socialtjänstens mottagning"),
        ("2026-11-20T16:29", "Socialtjänstens mottagning"),
        ("2026-11-20T16:30", "Sociala jouren"),
        ("2026-11-20T07:59", "Sociala jouren"),
        ("2026-11-21T10:00", "Sociala jouren"),
        # Trettondagen is a Tuesday and a holiday.
        ("2026-01-06T10:00", "Sociala jouren"),
        # The night when the clocks go back.
        ("2026-10-25T02:30", "Sociala jouren"),
    ],
)
def test_by_day_the_reception_and_else_the_social_emergency(place, moment, first):
    names = called(place, moment)

    assert names[0] == first
    assert names[1:] == ["LAS (lokal avhopparsamordnare)", "Kommunpolis"]


@pytest.mark.clause("K24")
def test_the_alert_route_is_apart_from_the_redirection(place):
    (alert,) = routes_for(place, now("2026-11-20T10:00"), kind="alert")

    assert alert.clause == "K24"


@pytest.mark.clause("U14")
def test_an_expired_agreement_routes_nobody(place):
    assert routes_for(place, now("2028-02-01T10:00")) == []
