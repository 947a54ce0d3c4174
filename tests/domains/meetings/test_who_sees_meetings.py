"""Meetings are for the body's own people and the coordinator until the minutes are frozen."""

from __future__ import annotations

import datetime as dt

import pytest


@pytest.fixture
def sees(called):
    from samsyn.base.access import visible
    from samsyn.domains.meetings.models import AgendaItem, Meeting

    def seer(actor):
        return (
            visible(actor.viewer, Meeting).filter(pk=called.pk).exists(),
            visible(actor.viewer, AgendaItem).filter(meeting=called).exists(),
        )

    return seer


def test_members_and_the_coordinator_see_it_whole(sees, council):
    for actor in (council.cast.samordnaren, council.cast.polischefen, council.cast.frivardschefen):
        assert sees(actor) == (True, True)


def test_nobody_else_sees_it_before_the_minutes_are_frozen(sees, council):
    cast = council.cast
    for actor in (cast.frivardaren, cast.arkivarien, cast.utomstaende, cast.framlingen):
        assert sees(actor) == (False, False)


def test_frozen_minutes_are_read_in_the_municipality_but_papers_stay_inside(sees, called, council):
    from samsyn.domains.meetings.models import Meeting

    Meeting.objects.filter(pk=called.pk).update(state="approved")
    assert sees(council.cast.arkivarien) == (True, False)
    assert sees(council.cast.utomstaende) == (True, False)
    assert sees(council.cast.framlingen) == (False, False)


def test_who_no_longer_holds_the_seat_no_longer_sees(sees, council):
    from samsyn.domains.agreements.models import Holder

    Holder.objects.filter(user=council.cast.polischefen.user).update(until=dt.date(2026, 2, 1))
    assert sees(council.cast.polischefen) == (False, False)
