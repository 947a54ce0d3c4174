"""Who to call now, in every municipality: by hour and weekday, with or without an agreement."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.clock import SWEDEN
from samsyn.domains.agreements.selectors.ways import holidays_after, ways_for
from samsyn.domains.agreements.services.holders import change_contact
from samsyn.domains.agreements.services.running import start_agreement

pytestmark = pytest.mark.clause("K22")


def now(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


def called(ways, ref):
    (way,) = [one for one in ways if one.ref == ref]
    return [(who.name, who.phone) for step in way.now for who in step.contacts]


def test_without_an_agreement_there_is_always_somebody_to_call(town):
    day, night = (
        ways_for(town.lulea, now(text)) for text in ("2026-11-20T10:00", "2026-11-20T23:00")
    )

    assert called(day, "nodlage") == [("Larmnumret", "112")]
    assert called(day, "brott") == [("Polisen", "114 14")]
    assert called(day, "oro") == [("Socialtjänsten, genom kommunens växel", "")]
    assert called(night, "oro") == [("Sociala jouren", "112")]


def test_a_started_agreement_says_which_reception_and_which_number(loaded):
    agreement = loaded("lomma-2023")
    place = agreement.municipalities.get()
    start_agreement(actor=SYSTEM, agreement=agreement, in_use_from=None)
    emergency = agreement.functions.get(ref="sociala-jouren")
    change_contact(actor=SYSTEM, function=emergency, email="", phone="040-641 10 00")

    assert called(ways_for(place, now("2026-11-20T10:00")), "oro") == [
        ("Socialtjänstens mottagning", "")
    ]
    assert called(ways_for(place, now("2026-11-21T10:00")), "oro") == [
        ("Sociala jouren", "040-641 10 00")
    ]
    first, *_rest = called(ways_for(place, now("2026-11-20T10:00")), "avhoppare")
    assert first[0] == "Socialtjänstens mottagning"


def test_an_agreement_that_is_being_prepared_tells_residents_nothing(loaded):
    place = loaded("lomma-2023").municipalities.get()

    assert [one.ref for one in ways_for(place, now("2026-11-20T10:00"))] == [
        "nodlage",
        "brott",
        "oro",
    ]


def test_a_page_that_is_kept_knows_the_holidays_to_come():
    assert dt.date(2026, 12, 25) in holidays_after(now("2026-11-20T10:00"))
