"""Seats at need, presenters and adjoined: wanted for one meeting, then summoned and asked like the others."""

from __future__ import annotations

import datetime as dt

import pytest

pytestmark = pytest.mark.clause("L06")


@pytest.fixture
def planned(council):
    from samsyn.domains.meetings.services.planning import plan_meeting

    return plan_meeting(
        actor=council.cast.samordnaren.viewer, body=council.council, day=dt.date(2026, 3, 12)
    )


@pytest.fixture
def call(council, mailoutbox, django_capture_on_commit_callbacks):
    """Send the summons, or do something else, with the letters that follow from it."""
    from samsyn.domains.meetings.services.summons import call_meeting

    def caller(meeting, work=call_meeting, **more):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            done = work(actor=council.cast.samordnaren.viewer, meeting=meeting, **more)
        return done, sorted(letter.to[0] for letter in mailoutbox)

    return caller


@pytest.fixture
def local_police(council):
    """Who leads the local police: a seat at need in the council."""
    from samsyn.base.orgs.models import Role
    from tests.cast import add_actor
    from tests.domains.meetings.conftest import hold

    actor = add_actor("Lokal polis", council.party["polisen"].organisation, Role.COUNCIL_MEMBER)
    hold(council.agreement, "lokal-polis", actor)
    return actor


@pytest.fixture
def presenting(council):
    """A function of the agreement that has no seat in the council."""
    return council.agreement.functions.get(ref="frivardens-tjansteman")


def test_a_seat_at_need_that_nobody_wants_is_neither_summoned_nor_asked(
    planned, local_police, call, seat_of
):
    meeting, receivers = call(planned)

    assert local_police.user.email not in receivers
    assert not meeting.contributions.filter(seat=seat_of("lokal-polis")).exists()


def test_a_wanted_seat_at_need_is_summoned_asked_and_counted(
    planned, council, local_police, call, seat_of
):
    from samsyn.domains.meetings.selectors.presence import quorum
    from samsyn.domains.meetings.services.invitations import want_seat

    actor, seat = council.cast.samordnaren.viewer, seat_of("lokal-polis")
    want_seat(actor=actor, meeting=planned, seat=seat, why="Läget vid stationen")
    want_seat(actor=actor, meeting=planned, seat=seat)
    meeting, receivers = call(planned)

    assert local_police.user.email in receivers
    assert meeting.invitations.count() == 1
    asked = meeting.contributions.get(seat=seat)
    assert asked.given_at is None
    police = next(one for one in quorum(meeting).parties if one.party == "Polisen")
    assert police.asked == 3


def test_wanted_after_the_summons_she_gets_her_own_at_once(planned, local_police, call, seat_of):
    from samsyn.domains.meetings.services.invitations import want_seat, withdraw_invitation

    meeting, _receivers = call(planned)
    invitation, receivers = call(meeting, want_seat, seat=seat_of("lokal-polis"))
    assert receivers == [local_police.user.email]
    assert meeting.contributions.filter(seat=seat_of("lokal-polis")).exists()

    def take_back(*, actor, meeting):
        withdraw_invitation(actor=actor, invitation=invitation)

    _none, receivers = call(meeting, take_back)
    assert receivers == [local_police.user.email]
    assert not meeting.contributions.filter(seat=seat_of("lokal-polis")).exists()


def test_a_presenter_sees_the_item_she_presents_and_nothing_else(
    planned, council, call, presenting
):
    from samsyn.base.access import visible
    from samsyn.domains.meetings.models import AgendaItem, Contribution, Decision, Meeting, Paper
    from samsyn.domains.meetings.services.invitations import want_guest
    from samsyn.domains.meetings.services.summons import give_contribution

    guest, actor = council.cast.frivardaren, council.cast.samordnaren.viewer
    item = planned.items.get(title="Uppföljning")
    want_guest(actor=actor, meeting=planned, capacity="presenter", function=presenting, item=item)
    assert not visible(guest.viewer, Meeting).filter(pk=planned.pk).exists()

    meeting, receivers = call(planned)
    assert guest.user.email in receivers
    assert visible(guest.viewer, Meeting).filter(pk=meeting.pk).exists()
    assert list(visible(guest.viewer, AgendaItem).filter(meeting=meeting)) == [item]
    assert not visible(guest.viewer, Decision).filter(item__meeting=meeting).exists()
    assert not visible(guest.viewer, Paper).exclude(item=item).exists()
    (asked,) = visible(guest.viewer, Contribution).filter(meeting=meeting)
    assert asked.called == presenting.name
    give_contribution(actor=guest.viewer, contribution=asked, text="Fem nya insatser i vår.")
    item.refresh_from_db()
    assert item.presenter == presenting.name

    Meeting.objects.filter(pk=meeting.pk).update(state="approved")
    assert not visible(guest.viewer, Meeting).filter(pk=meeting.pk).exists()


def test_who_is_adjoined_sees_the_whole_agenda_but_nobody_elses_contribution(
    planned, council, call, presenting
):
    from samsyn.base.access import visible
    from samsyn.domains.meetings.models import AgendaItem, Contribution
    from samsyn.domains.meetings.services.invitations import want_guest

    guest = council.cast.frivardaren.viewer
    want_guest(
        actor=council.cast.samordnaren.viewer,
        meeting=planned,
        capacity="adjoined",
        function=presenting,
    )
    meeting, _receivers = call(planned)

    assert visible(guest, AgendaItem).filter(meeting=meeting).count() == meeting.items.count()
    assert visible(guest, Contribution).filter(meeting=meeting).count() == 1


def test_somebody_outside_the_agreement_stands_in_the_summons_but_gets_no_letter(
    planned, council, call
):
    from samsyn.domains.meetings.selectors.content import content_of
    from samsyn.domains.meetings.services.invitations import want_guest
    from samsyn.outputs.meeting_document import summons_document

    want_guest(
        actor=council.cast.samordnaren.viewer,
        meeting=planned,
        capacity="presenter",
        label="Räddningstjänstens förebyggare",
    )
    meeting, receivers = call(planned)
    assert len(receivers) == 6
    sections = {one.key: one for one in summons_document(content_of(meeting)).sections}
    (table,) = sections["called"].blocks
    assert ("Räddningstjänstens förebyggare", "", "Föredragande") in table.rows
    assert not any("lokal polis" in row[0].casefold() for row in table.rows)


def test_the_chair_may_want_somebody_but_no_other_member(planned, council, seat_of):
    from samsyn.base.errors import NotAllowed
    from samsyn.domains.meetings.services.invitations import want_seat

    seat = seat_of("lokal-polis")
    for actor in (council.cast.polischefen, council.cast.framlingen, council.cast.utomstaende):
        with pytest.raises(NotAllowed):
            want_seat(actor=actor.viewer, meeting=planned, seat=seat)
    want_seat(actor=council.cast.ledningen.viewer, meeting=planned, seat=seat)
    assert planned.invitations.count() == 1


def test_after_the_meeting_nobody_more_is_wanted(planned, council, seat_of, set_clock, come):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.invitations import want_seat
    from samsyn.domains.meetings.services.minutes import end_meeting

    set_clock(dt.datetime(2026, 3, 12, 11))
    come(planned, "ledningsgruppen")
    meeting = end_meeting(actor=council.cast.samordnaren.viewer, meeting=planned)
    with pytest.raises(UserError, match="redan hållits"):
        want_seat(
            actor=council.cast.samordnaren.viewer, meeting=meeting, seat=seat_of("lokal-polis")
        )
