"""A function passes to another person with everything that is open, and an assignment to another receiver; traced."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

pytestmark = pytest.mark.clause("L06", "L07")


@pytest.fixture
def successor(council):
    """A new chief of the local police."""
    from samsyn.base.orgs.models import Role
    from tests.cast import add_actor

    return add_actor("Nya polischefen", council.party["polisen"].organisation, Role.COUNCIL_MEMBER)


@pytest.fixture
def chief(council):
    return council.agreement.functions.get(ref="lokalpolisomradeschef")


@pytest.fixture
def much_open(called, council, chief):
    """The chief has an assignment, a contribution and a party's word to give, and leads a coming meeting."""
    from samsyn.domains.meetings.models import Meeting
    from samsyn.domains.meetings.services.assignments import give_assignment

    Meeting.objects.filter(pk=called.pk).update(adjuster=council.cast.polischefen.user)
    return give_assignment(
        actor=council.cast.samordnaren.viewer,
        item=called.items.get(title="Uppföljning"),
        title="Hämta siffror om cykelstölder",
        to_function=chief,
        due_on=dt.date(2026, 4, 1),
    )


def pass_on(council, chief, successor, day=dt.date(2026, 2, 2)):
    from samsyn.domains.agreements.services.holders import hand_over

    (made,) = hand_over(
        actor=council.cast.samordnaren.viewer, function=chief, to=successor.user, on=day
    )
    return made


def waiting_for(actor, council):
    """What waits for her, by sort."""
    from samsyn.domains.meetings.selectors.assignments import my_assignments
    from samsyn.domains.meetings.selectors.meetings import contributions_wanted, decisions_wanted

    place = council.municipality
    return {
        "assignments": [one.title for one in my_assignments(actor.viewer, place)],
        "decisions": [one.party for one in decisions_wanted(actor.viewer, place.pk)],
        "contributions": [one.seat.ref for one in contributions_wanted(actor.viewer, place.pk)],
    }


def test_everything_open_waits_for_the_new_one_and_nothing_for_the_one_before(
    much_open, called, council, chief, successor
):
    before = waiting_for(council.cast.polischefen, council)
    assert before["assignments"] == ["Hämta siffror om cykelstölder"]
    assert before["decisions"] == ["Polisen"]
    assert "polischefen" in before["contributions"]

    pass_on(council, chief, successor)

    assert waiting_for(successor, council) == before
    left = waiting_for(council.cast.polischefen, council)
    assert left == {"assignments": [], "decisions": [], "contributions": []}
    called.refresh_from_db()
    assert called.adjuster == successor.user


def test_the_new_one_does_what_was_open(much_open, called, question, council, chief, successor):
    from samsyn.domains.meetings.services.assignments import report_back
    from samsyn.domains.meetings.services.decisions import record_stand
    from samsyn.domains.meetings.services.summons import give_contribution

    pass_on(council, chief, successor)
    actor = successor.viewer
    asked = called.contributions.get(seat__ref="polischefen")
    assert give_contribution(actor=actor, contribution=asked, text="Lugnt i centrum.").given_at
    said = record_stand(
        actor=actor, decision=question, party=council.party["polisen"], said="agrees"
    )
    assert said.stands.get().in_writing
    assert report_back(actor=actor, assignment=much_open, text="Hämtat.").state == "reported"


def test_what_passed_is_kept_with_the_handover_and_the_new_one_gets_a_letter(
    much_open, called, council, chief, successor, mailoutbox, django_capture_on_commit_callbacks
):
    from samsyn.domains.agreements.selectors.passing import open_with, read_kept

    person = council.cast.polischefen.user.pk
    expected = open_with(chief, person, dt.date(2026, 2, 2))
    with django_capture_on_commit_callbacks(execute=True):
        made = pass_on(council, chief, successor)

    assert read_kept(made.took_along) == expected
    kinds = {one.kind for one in expected}
    assert {"Plats", "Uppdrag", "Bidrag inför möte", "Besked för parten"} <= kinds
    (letter,) = [one for one in mailoutbox if one.subject.startswith("Du har tagit över")]
    assert letter.to == [successor.user.email]
    assert reverse("overlamning", args=[made.pk]) in letter.body


@pytest.mark.clause("H07")
def test_commitments_that_fall_due_are_among_what_passes(council):
    from samsyn.domains.agreements.selectors.passing import open_with

    coordinator = council.agreement.functions.get(ref="samordnare")
    found = open_with(coordinator, None, dt.date(2026, 2, 2))
    commitments = [one for one in found if one.kind == "Åtagande"]
    assert commitments
    assert all(one.link.kind == "commitment" for one in commitments)


@pytest.mark.clause("U08")
def test_needs_that_wait_in_the_bodies_it_calls_together_pass_too(council):
    from samsyn.domains.agreements.selectors.passing import open_with
    from samsyn.domains.meetings.services.needs import send_need

    send_need(
        actor=council.cast.frivardaren.viewer,
        municipality=council.municipality,
        title="Mörkt vid busstorget",
        text="Lamporna har varit släckta i tre veckor.",
    )
    coordinator = council.agreement.functions.get(ref="samordnare")
    found = open_with(coordinator, None, dt.date(2026, 2, 2))
    assert "Mörkt vid busstorget" in {one.title for one in found}


def test_minutes_of_a_meeting_that_was_held_stay_with_who_was_there(
    called, council, come, chief, successor, set_clock
):
    from samsyn.domains.agreements.selectors.passing import read_kept
    from samsyn.domains.meetings.services.minutes import choose_people, end_meeting

    set_clock(dt.datetime(2026, 3, 12, 11))
    come(called, "ledningsgruppen", "polischefen", "kriminalvarden")
    cast = council.cast
    choose_people(
        actor=cast.samordnaren.viewer, meeting=called, secretary=cast.samordnaren.user,
        chair=cast.ledningen.user, adjuster=cast.polischefen.user,
    )  # fmt: skip
    end_meeting(actor=cast.samordnaren.viewer, meeting=called)
    made = pass_on(council, chief, successor, dt.date(2026, 3, 12))

    called.refresh_from_db()
    assert called.adjuster == cast.polischefen.user
    (stays,) = [one for one in read_kept(made.took_along) if one.stays]
    assert stays.title == "Strategiska rådet"


def test_the_page_shows_what_passes_before_it_is_confirmed_and_after(
    much_open, council, chief, successor
):
    client = council.cast.samordnaren.client
    address = reverse("funktion_lamna_over", args=[chief.pk])
    html = client.get(address).content.decode()
    assert "Det här följer med" in html
    assert "Hämta siffror om cykelstölder" in html
    assert "Bekräfta överlämningen" in html

    answer = client.post(address, {"to": successor.user.pk, "on": "2026-02-02"}, follow=True)
    html = answer.content.decode()
    assert "Det här följde med" in html
    assert "Hämta siffror om cykelstölder" in html
    assert "Nya polischefen" in html
    page = answer.request["PATH_INFO"]

    own = successor.client.get(page).content.decode()
    assert "Hämta siffror om cykelstölder" in own
    other = council.cast.frivardschefen.client.get(page).content.decode()
    assert "Hämta siffror om cykelstölder" not in other
    assert council.cast.framlingen.client.get(page).status_code == 404
    assert council.cast.frivardschefen.client.get(address).status_code in (403, 404)


def test_nobody_to_pass_from_is_said_in_words(council, chief, successor):
    from samsyn.domains.agreements.models import Holder

    Holder.objects.filter(function=chief).delete()
    client = council.cast.samordnaren.client
    address = reverse("funktion_lamna_over", args=[chief.pk])
    assert "Ingen har funktionen i dag" in client.get(address).content.decode()
    refused = client.post(address, {"to": successor.user.pk, "on": "2026-02-02"})
    assert refused.status_code == 422


def test_an_assignment_is_passed_on_when_one_has_seen_what_goes_along(much_open, council):
    client = council.cast.samordnaren.client
    address = reverse("uppdrag_lamna_over", args=[much_open.pk])
    police = council.agreement.functions.get(ref="kommunpolis")
    html = client.get(address, {"to": f"funktion:{police.pk}"}).content.decode()
    assert "Så blir det" in html
    assert "Polischefen" in html
    assert "Kommunpolisen" in html
    much_open.refresh_from_db()
    assert much_open.receiver.ref == "lokalpolisomradeschef"

    without = client.post(address, {"to": f"funktion:{police.pk}", "note": ""})
    assert "Skälet saknas" in without.content.decode()
    given = {"to": f"funktion:{police.pk}", "note": "Siffrorna finns hos kommunpolisen"}
    html = client.post(address, given, follow=True).content.decode()
    assert "Siffrorna finns hos kommunpolisen" in html
    much_open.refresh_from_db()
    assert much_open.receiver == police
    assert much_open.due_on == dt.date(2026, 4, 1)


def test_an_assignment_that_comes_back_is_told_of_again(
    much_open, council, chief, mailoutbox, django_capture_on_commit_callbacks
):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.assignments import hand_over

    actor, police = (
        council.cast.samordnaren.viewer,
        council.agreement.functions.get(ref="kommunpolis"),
    )
    with django_capture_on_commit_callbacks(execute=True):
        for receiver in (police, chief):
            hand_over(actor=actor, assignment=much_open, to_function=receiver, why="Byte")
    told = [one.to[0] for one in mailoutbox if one.subject.startswith("Nytt uppdrag")]
    assert told.count(council.cast.polischefen.user.email) == 2
    with pytest.raises(UserError, match="redan uppdraget"):
        hand_over(actor=actor, assignment=much_open, to_function=chief, why="Byte")
    trace = [step.text for step in much_open.steps.filter(kind="handed_over")]
    assert len(trace) == 2
    assert all("Byte" in text for text in trace)


def test_only_who_gave_it_passes_an_assignment_on(much_open, council):
    address = reverse("uppdrag_lamna_over", args=[much_open.pk])
    for actor in (council.cast.polischefen, council.cast.framlingen, council.cast.utomstaende):
        assert actor.client.get(address).status_code == 404
