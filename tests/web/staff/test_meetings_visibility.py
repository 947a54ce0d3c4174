"""Needs, groups, assignments, letters and contributions: strangers get 404, members their own, lists stay fast."""
# ruff: noqa: F811 - fixtures are brought by name from the council's story

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.domains.meetings.conftest import (  # noqa: F401
    called,
    come,
    council,
    seat_of,
    set_clock,
)
from tests.domains.meetings.test_set_up_working_group import group, lulea  # noqa: F401


@pytest.fixture
def reporter(council):
    """Somebody at the youth centre, who only reports."""
    from samsyn.base.orgs.models import Kind, Organisation, Role
    from tests.cast import add_actor

    youth = Organisation.objects.create(kind=Kind.YOUTH, name="Fritidsgården", slug="garden")
    youth.municipalities.set([council.municipality])
    return add_actor("Fritidsledaren", youth, Role.REPORTER)


@pytest.fixture
def need(council, reporter):
    from samsyn.domains.meetings.services.needs import send_need

    return send_need(
        actor=reporter.viewer,
        municipality=council.municipality,
        title="Mörkt vid busstorget",
        text="Lamporna har varit släckta länge.",
    )


@pytest.fixture
def assignment(called, council):
    """The operative group's, from the council."""
    from samsyn.domains.meetings.services.assignments import give_assignment

    return give_assignment(
        actor=council.cast.samordnaren.viewer,
        item=called.items.get(title="Uppföljning"),
        title="Se över belysningen",
        text="Mät ljuset.",
        to_body=council.operative,
    )


def opens(actor, name, *keys):
    status = actor.client.get(reverse(name, args=keys)).status_code
    assert status in (200, 404)
    return status == 200


def lists(actor, name, text, **query):
    answer = actor.client.get(reverse(name), query)
    return answer.status_code == 200 and text in answer.content.decode()


@pytest.mark.clause("U08")
def test_a_need_is_seen_by_who_sent_it_and_those_who_sort_needs(need, council, reporter):
    cast = council.cast
    for actor in (reporter, cast.samordnaren, cast.kommunpolisen):
        assert opens(actor, "behov", need.pk)
        assert lists(actor, "behov_lista", need.title)
    for actor in (cast.framlingen, cast.utomstaende, cast.polischefen, cast.frivardaren):
        assert not opens(actor, "behov", need.pk)
        assert not lists(actor, "behov_lista", need.title, visa="alla")


@pytest.mark.clause("U08")
def test_who_sent_a_need_does_not_sort_it(need, reporter, council):
    for actor in (reporter, council.cast.polischefen, council.cast.framlingen):
        actor.client.post(
            reverse("behov", args=[need.pk]), {"action": "declined", "answer": "Nej tack."}
        )
    need.refresh_from_db()
    assert need.state == "received"


@pytest.mark.clause("L06")
def test_an_assignment_is_seen_by_giver_receiver_and_coordinator(assignment, council, reporter):
    cast = council.cast
    for actor in (cast.samordnaren, cast.polischefen, cast.frivardaren):
        assert opens(actor, "uppdrag", assignment.pk)
        assert lists(actor, "uppdrag_lista", assignment.title)
    for actor in (cast.framlingen, cast.utomstaende, cast.arkivarien, reporter):
        assert not opens(actor, "uppdrag", assignment.pk)
        assert not lists(actor, "uppdrag_lista", assignment.title, visa="alla")


def test_the_trace_of_an_assignment_is_seen_with_it_and_not_otherwise(assignment, council):
    from samsyn.base.access import visible
    from samsyn.domains.meetings.models import AssignmentStep

    assert visible(council.cast.frivardaren.viewer, AssignmentStep).count() == 1
    for actor in (council.cast.framlingen, council.cast.utomstaende):
        assert not visible(actor.viewer, AssignmentStep).exists()


def test_letters_are_seen_where_one_holds_the_meetings_and_nowhere_else(called, council, reporter):
    from samsyn.base.access import visible
    from samsyn.domains.meetings.models import Letter

    cast = council.cast
    assert visible(cast.samordnaren.viewer, Letter).count() == 6
    assert lists(cast.samordnaren, "moten_brev", "Kallelse")
    for actor in (cast.polischefen, cast.kommunpolisen, cast.utomstaende, reporter):
        assert not visible(actor.viewer, Letter).exists()
        assert not opens(actor, "moten_brev")
    assert opens(cast.framlingen, "moten_brev")
    assert not lists(cast.framlingen, "moten_brev", "Strategiska rådet")


@pytest.mark.clause("L07")
def test_contributions_are_read_by_the_bodys_own_people_only(called, council, seat_of, reporter):
    from samsyn.base.access import visible
    from samsyn.domains.meetings.models import Contribution, Meeting
    from samsyn.domains.meetings.services.summons import give_contribution

    cast = council.cast
    asked = called.contributions.get(seat=seat_of("polischefen"))
    give_contribution(actor=cast.polischefen.viewer, contribution=asked, text="Fler stölder.")
    for actor in (cast.samordnaren, cast.frivardschefen):
        assert visible(actor.viewer, Contribution).filter(pk=asked.pk).exists()
    Meeting.objects.filter(pk=called.pk).update(state="approved")
    outside = (cast.framlingen, cast.utomstaende, cast.arkivarien, cast.frivardaren, reporter)
    for actor in outside:
        assert not visible(actor.viewer, Contribution).exists()
        actor.client.post(
            reverse("mote_bidrag", args=[called.pk]), {"contribution": asked.pk, "text": "Annat"}
        )
    asked.refresh_from_db()
    assert asked.text == "Fler stölder."


@pytest.mark.clause("U09")
def test_a_working_group_is_seen_by_the_parties_and_not_from_another_municipality(lulea, group):
    from samsyn.base.orgs.models import Kind, Organisation, Role
    from tests.cast import add_actor

    elsewhere = Organisation.objects.create(
        kind=Kind.MUNICIPALITY, name="Lomma kommun", slug="lomma", municipality_code="1262"
    )
    stranger = add_actor("Främlingen", elsewhere, Role.COORDINATOR)
    assert opens(lulea.coordinator, "grupp", group.pk)
    assert lists(lulea.coordinator, "grupper", group.name)
    for actor in (stranger, lulea.leader):
        assert not opens(actor, "grupp", group.pk)
        assert not lists(actor, "grupper", group.name)


def test_what_is_not_there_is_not_found(council):
    for name in ("mote", "uppdrag", "behov", "grupp", "arende", "beslut", "uppdrag_lamna_over"):
        assert not opens(council.cast.samordnaren, name, 999_999)


def test_a_guest_s_address_of_the_meeting_shows_the_guest_s_page_and_nothing_of_the_rest(
    council, mailoutbox
):
    from samsyn.domains.meetings.services.invitations import want_guest
    from samsyn.domains.meetings.services.planning import plan_meeting
    from samsyn.domains.meetings.services.summons import call_meeting

    actor = council.cast.samordnaren.viewer
    meeting = plan_meeting(actor=actor, body=council.council, day=dt.date(2026, 3, 12))
    item = meeting.items.get(title="Uppföljning")
    function = council.agreement.functions.get(ref="frivardens-tjansteman")
    want_guest(actor=actor, meeting=meeting, capacity="presenter", function=function, item=item)
    call_meeting(actor=actor, meeting=meeting)
    guest = council.cast.frivardaren
    html = guest.client.get(reverse("mote", args=[meeting.pk])).content.decode()
    assert "Du är kallad som föredragande" in html
    assert "Uppföljning" in html
    assert "Medborgarlöftet" not in html
    for name, *more in (
        ("mote_visa",), ("mote_protokoll",), ("mote_dagordning",), ("mote_andra",),
        ("mote_dokument", "kallelse", "pdf"), ("mote_dokument", "protokoll", "pdf"),
    ):  # fmt: skip
        answer = guest.client.get(reverse(name, args=[meeting.pk, *more]))
        assert answer.status_code == 404, name
    invite = reverse("mote_kalla", args=[meeting.pk])
    assert guest.client.post(invite, {"who": "annan", "label": "Någon"}).status_code == 404


def many_letters(council, called, count, start):
    from samsyn.domains.meetings.models import Letter

    Letter.objects.bulk_create(
        Letter(
            kind="summons", key=f"test:{start + n}", municipality=council.municipality, meeting=called,
            recipient=council.cast.polischefen.user, subject="Kallelse", text="Kallelse",
        )
        for n in range(count)
    )  # fmt: skip


def many_groups(council, called, count, start):
    from samsyn.domains.agreements.models import Body

    template = council.operative
    Body.objects.bulk_create(
        Body(
            agreement=council.agreement, ref=f"grupp-{start + n}", name=f"Grupp {start + n}",
            role="working_group", municipality=council.municipality, set_up_from=template, state="active",
        )
        for n in range(count)
    )  # fmt: skip


@pytest.mark.parametrize(("name", "fill"), [("moten_brev", many_letters), ("grupper", many_groups)])
def test_these_lists_ask_the_same_number_of_questions_for_10_and_1000(name, fill, council, called):
    client, counts, start = council.cast.samordnaren.client, [], 0
    for rows in (10, 990):
        fill(council, called, rows, start)
        start += rows
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_meeting_page_asks_the_same_for_few_and_many_invitations(called, council):
    from samsyn.domains.meetings.models import Invitation

    client, counts = council.cast.samordnaren.client, []
    for rows in (2, 60):
        Invitation.objects.bulk_create(
            Invitation(meeting=called, capacity="presenter", label=f"Gäst {rows}-{n}")
            for n in range(rows)
        )
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("mote", args=[called.pk])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
