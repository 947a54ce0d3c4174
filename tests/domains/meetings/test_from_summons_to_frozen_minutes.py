"""A council meeting from summons to approved minutes, step by step."""

from __future__ import annotations

import datetime as dt

import pytest

MEETING_DAY = dt.datetime(2026, 3, 12, 11, 0)


@pytest.fixture
def held(called, come, council, set_clock):
    """The meeting, held, with chair, secretary and adjuster chosen."""
    from samsyn.domains.meetings.services.minutes import choose_people, end_meeting

    set_clock(MEETING_DAY)
    come(called, "ledningsgruppen", "polischefen", "kriminalvarden")
    actor = council.cast.samordnaren.viewer
    choose_people(
        actor=actor,
        meeting=called,
        secretary=council.cast.samordnaren.user,
        chair=council.cast.ledningen.user,
        adjuster=council.cast.polischefen.user,
    )
    return end_meeting(actor=actor, meeting=called)


@pytest.mark.clause("L06")
def test_the_summons_goes_once_to_each_holder_with_the_agenda(
    council, mailoutbox, django_capture_on_commit_callbacks
):
    from samsyn.domains.meetings.services.letters import send_letters
    from samsyn.domains.meetings.services.planning import plan_meeting
    from samsyn.domains.meetings.services.summons import call_meeting

    actor = council.cast.samordnaren.viewer
    meeting = plan_meeting(
        actor=actor, body=council.council, day=dt.date(2026, 3, 12), place="Kommunhuset"
    )
    with django_capture_on_commit_callbacks(execute=True):
        call_meeting(actor=actor, meeting=meeting)
    send_letters()

    receivers = sorted(letter.to[0] for letter in mailoutbox)
    cast = council.cast
    assert receivers == sorted(
        actor.user.email
        for actor in (
            cast.samordnaren,
            cast.sakerhetschefen,
            cast.ledningen,
            cast.polischefen,
            cast.kommunpolisen,
            cast.frivardschefen,
        )
    )
    text = mailoutbox[0].body
    assert mailoutbox[0].subject == "Kallelse: Strategiska rådet 12\u00a0mars 2026"
    assert "Kommunhuset" in text
    assert "Aktuell lägesbild" in text
    assert f"/moten/{meeting.pk}/" in text


@pytest.mark.clause("L06")
def test_the_agenda_holds_the_standing_items_between_opening_and_closing(called):
    titles = [item.title for item in called.items.order_by("order")]

    assert titles[0] == "Öppnande, närvaro och val av justerare"
    assert titles[-1] == "Nästa möte och avslutning"
    standing = [
        "Aktuell lägesbild",
        "Arbetet med beslutade åtgärder",
        "Medborgarlöftet",
        "Uppföljning",
    ]
    assert [title for title in titles if title in standing] == standing


@pytest.mark.clause("L07")
def test_each_seat_is_asked_and_it_is_seen_who_has_not_given(called, council, seat_of):
    from samsyn.base.errors import NotAllowed
    from samsyn.domains.meetings.services.summons import give_contribution

    asked = {row.seat.ref for row in called.contributions.all()}
    assert "lokal-polis" not in asked  # only at need
    assert {"polischefen", "kriminalvarden", "laholmshem"} <= asked

    give_contribution(
        actor=council.cast.polischefen.viewer,
        contribution=called.contributions.get(seat=seat_of("polischefen")),
        text="Fler cykelstölder vid stationen.",
    )
    missing = {row.seat.ref for row in called.contributions.filter(given_at=None)}
    assert "polischefen" not in missing
    assert "kriminalvarden" in missing
    with pytest.raises(NotAllowed):
        give_contribution(
            actor=council.cast.polischefen.viewer,
            contribution=called.contributions.get(seat=seat_of("kriminalvarden")),
            text="Inget",
        )


def test_minutes_are_frozen_when_chair_and_adjuster_have_approved(held, council):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.models import AgendaItem
    from samsyn.domains.meetings.selectors.content import checksum_of
    from samsyn.domains.meetings.services.minutes import (
        approve_minutes,
        hand_to_adjuster,
        write_item_notes,
    )

    actor = council.cast.samordnaren.viewer
    item = held.items.get(title="Uppföljning")
    write_item_notes(actor=actor, item=item, text="Planen följs.")
    hand_to_adjuster(actor=actor, meeting=held)
    meeting = approve_minutes(actor=council.cast.ledningen.viewer, meeting=held)
    assert meeting.state == "adjusted"
    meeting = approve_minutes(actor=council.cast.polischefen.viewer, meeting=held)

    assert meeting.state == "approved"
    assert meeting.checksum == checksum_of(meeting.frozen)
    assert [one["as"] for one in meeting.frozen["approvals"]] == ["Justerare", "Ordförande"]
    with pytest.raises(UserError, match="fryst"):
        write_item_notes(actor=actor, item=AgendaItem.objects.get(pk=item.pk), text="Något annat")


def test_the_secretary_alone_approves_nothing(held, council):
    from samsyn.base.errors import NotAllowed, UserError
    from samsyn.domains.meetings.services.minutes import (
        approve_minutes,
        choose_people,
        hand_to_adjuster,
    )

    actor = council.cast.samordnaren.viewer
    with pytest.raises(UserError, match="annan än"):
        choose_people(
            actor=actor, meeting=held, secretary=council.cast.samordnaren.user,
            chair=council.cast.ledningen.user, adjuster=council.cast.samordnaren.user,
        )  # fmt: skip
    hand_to_adjuster(actor=actor, meeting=held)
    with pytest.raises(NotAllowed):
        approve_minutes(actor=actor, meeting=held)


def test_the_chair_is_of_the_party_that_has_the_chair(held, council):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.minutes import choose_people

    with pytest.raises(UserError, match="Ordförandeskapet"):
        choose_people(
            actor=council.cast.samordnaren.viewer, meeting=held, secretary=None,
            chair=council.cast.frivardschefen.user, adjuster=None,
        )  # fmt: skip


def test_a_correction_takes_back_the_approvals(held, council):
    from samsyn.domains.meetings.services.minutes import (
        approve_minutes,
        hand_to_adjuster,
        take_back,
    )

    hand_to_adjuster(actor=council.cast.samordnaren.viewer, meeting=held)
    approve_minutes(actor=council.cast.ledningen.viewer, meeting=held)
    meeting = take_back(actor=council.cast.polischefen.viewer, meeting=held)

    assert meeting.state == "held"
    assert not meeting.approvals.exists()


@pytest.mark.clause("L06", "C06")
def test_approved_minutes_prove_the_councils_meeting(held, council):
    from samsyn.domains.agreements.models import Evidence
    from samsyn.domains.meetings.services.minutes import approve_minutes, hand_to_adjuster

    assert not Evidence.objects.filter(commitment__ref="radet-mots").exists()
    hand_to_adjuster(actor=council.cast.samordnaren.viewer, meeting=held)
    for actor in (council.cast.ledningen, council.cast.polischefen):
        approve_minutes(actor=actor.viewer, meeting=held)

    evidence = Evidence.objects.get(commitment__ref="radet-mots")
    assert evidence.occurred_on == dt.date(2026, 3, 12)
    assert (evidence.link_kind, evidence.link_key) == ("meeting", str(held.pk))
    assert not Evidence.objects.filter(commitment__ref="radet-utokat").exists()


@pytest.mark.clause("L06")
def test_an_extended_meeting_also_proves_that_one_was_held(council, come, set_clock):
    from samsyn.domains.agreements.models import Evidence
    from samsyn.domains.meetings.services.minutes import (
        approve_minutes,
        choose_people,
        end_meeting,
        hand_to_adjuster,
    )
    from samsyn.domains.meetings.services.planning import change_meeting, plan_meeting

    actor, cast = council.cast.samordnaren.viewer, council.cast
    meeting = plan_meeting(actor=actor, body=council.council, day=dt.date(2026, 3, 12))
    meeting = change_meeting(
        actor=actor, meeting=meeting, starts_at=meeting.starts_at, extended=True
    )
    set_clock(MEETING_DAY)
    come(meeting, "ledningsgruppen", "polischefen", "kriminalvarden")
    choose_people(
        actor=actor,
        meeting=meeting,
        secretary=cast.samordnaren.user,
        chair=cast.ledningen.user,
        adjuster=cast.polischefen.user,
    )
    end_meeting(actor=actor, meeting=meeting)
    hand_to_adjuster(actor=actor, meeting=meeting)
    for each in (cast.ledningen, cast.polischefen):
        approve_minutes(actor=each.viewer, meeting=meeting)

    assert Evidence.objects.filter(commitment__ref="radet-utokat").count() == 1


def test_two_who_write_at_once_lose_nothing(called, council):
    from samsyn.domains.meetings.services.minutes import EditConflict, write_item_notes

    actor = council.cast.samordnaren.viewer
    item = called.items.get(title="Uppföljning")
    write_item_notes(actor=actor, item=item, text="Först", known_version=1)
    with pytest.raises(EditConflict) as caught:
        write_item_notes(actor=actor, item=item, text="Sedan", known_version=1)

    assert caught.value.theirs == "Först"
    item.refresh_from_db()
    assert item.notes == "Först"


def test_a_note_about_a_person_is_not_kept(called, council):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.minutes import write_item_notes

    item = called.items.get(title="Uppföljning")
    with pytest.raises(UserError, match="Inget har sparats"):
        write_item_notes(
            actor=council.cast.samordnaren.viewer,
            item=item,
            text="Ring 070-174 06 35 om 811228-9874",
        )
    item.refresh_from_db()
    assert item.notes == ""


def test_a_meeting_that_is_another_day_cannot_be_ended(called, council):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.minutes import end_meeting

    with pytest.raises(UserError, match="en annan dag"):
        end_meeting(actor=council.cast.samordnaren.viewer, meeting=called)


def test_a_cancelled_meeting_tells_those_who_were_called(
    called, council, mailoutbox, django_capture_on_commit_callbacks
):
    from samsyn.domains.meetings.services.planning import cancel_meeting

    with django_capture_on_commit_callbacks(execute=True):
        cancel_meeting(actor=council.cast.samordnaren.viewer, meeting=called, why="Snöstorm")
    told = [letter for letter in mailoutbox if letter.subject.startswith("Inställt")]
    assert len(told) == 6
    assert "Snöstorm" in told[0].body


def test_mail_that_does_not_go_is_tried_again_and_seen(called, council, monkeypatch, mailoutbox):
    from django.core.mail import EmailMessage

    from samsyn.domains.meetings.models import Letter
    from samsyn.domains.meetings.services.letters import send_letters

    def broken(self, fail_silently=False):
        raise OSError("no connection")

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", broken)
        assert send_letters() == "0 sent, 6 failed"
    assert set(Letter.objects.values_list("failure", "tries")) == {("OSError", 1)}
    assert send_letters() == "6 sent, 0 failed"
    assert send_letters() == "0 sent, 0 failed"
    assert len(mailoutbox) == 6
