"""Working groups and needs on their pages: nothing starts too early, every sender gets an answer."""
# ruff: noqa: F811 - fixtures are brought by name from the groups' story

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from tests.domains.meetings.conftest import set_clock  # noqa: F401
from tests.domains.meetings.test_set_up_working_group import (  # noqa: F401
    assign,
    decide,
    group,
    lulea,
)


@pytest.mark.clause("U09")
def test_a_group_is_proposed_rested_and_started_from_its_page(lulea):
    from samsyn.domains.agreements.models import Body

    client = lulea.police.client
    function = lulea.agreement.functions.get(ref="kommunpolis")
    client.post(
        reverse("grupp_ny"),
        {
            "template": lulea.template.pk,
            "name": "Norra hamn",
            "text": "Insatser på kvällar.",
            "function": function.pk,
        },
    )
    made = Body.objects.get(name="Norra hamn")
    page = client.get(reverse("grupp", args=[made.pk])).content.decode()
    assert "Den får inte börja" in page
    told = client.post(
        reverse("grupp", args=[made.pk]), {"action": "start"}, follow=True
    ).content.decode()
    assert "saknar mandat från Styrgruppen" in told

    decision, given = decide(lulea, "Gruppen får mandat."), assign(lulea, made)
    coordinator = lulea.coordinator.client
    for action, data in (
        ("mandate", {"decision": decision.pk}),
        ("assignment", {"assignment": given.pk}),
        ("start", {}),
    ):
        coordinator.post(reverse("grupp", args=[made.pk]), {"action": action, **data})
    made.refresh_from_db()
    assert made.state == "active"
    assert coordinator.get(reverse("grupper")).status_code == 200


def test_who_does_not_set_up_groups_gets_404(lulea, group):
    client = lulea.leader.client
    assert client.get(reverse("grupp_ny")).status_code == 404
    assert client.post(reverse("grupp", args=[group.pk]), {"action": "start"}).status_code == 404


@pytest.mark.clause("U08")
def test_a_need_is_sent_sorted_and_answered_from_its_pages(lulea):
    from samsyn.domains.meetings.models import Need
    from samsyn.domains.meetings.services.planning import plan_meeting

    plan_meeting(actor=lulea.coordinator.viewer, body=lulea.preparatory, day=dt.date(2023, 2, 9))
    sender = lulea.leader.client
    sent = sender.post(
        reverse("behov_nytt"),
        {"title": "Mörkt vid skateparken", "text": "Ungdomar undviker platsen efter 18."},
        follow=True,
    )
    assert "Behovet är inlämnat" in sent.content.decode()
    need = Need.objects.get()
    queue = lulea.police.client.get(reverse("behov_lista")).content.decode()
    assert "Mörkt vid skateparken" in queue
    lulea.police.client.post(
        reverse("behov", args=[need.pk]), {"action": "take_up", "answer": "Tas upp den 9 februari."}
    )
    page = sender.get(reverse("behov", args=[need.pk])).content.decode()
    assert "Tas upp den 9 februari." in page
    assert (
        sender.post(
            reverse("behov", args=[need.pk]), {"action": "declined", "answer": "x"}
        ).status_code
        == 404
    )

    function = lulea.agreement.functions.get(ref="samordnare")
    lulea.coordinator.client.post(
        reverse("behov", args=[need.pk]),
        {"action": "assign", "to": function.pk, "answer": "Nu är det ett uppdrag."},
    )
    need.refresh_from_db()
    assert need.state == "assigned"
    assert need.assignment.receiver == function


def test_what_the_guard_stops_stays_in_the_form_and_is_not_kept(lulea):
    from samsyn.domains.meetings.models import Need

    answer = lulea.leader.client.post(
        reverse("behov_nytt"), {"title": "Oro", "text": "Det gäller 811228-9874 vid parken"}
    ).content.decode()
    assert "Inget har sparats" in answer
    assert "vid parken" in answer
    assert not Need.objects.exists()
