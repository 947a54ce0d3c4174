"""Where the form may not take it, it says who to call at that hour: by link, by account, plain and offline."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.domains.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.clause("K22")]
WORRY = "Jag är orolig för en elev, hon mår dåligt."


def test_a_worry_sent_as_a_page_is_not_stored_and_shows_who_to_call(phone, filled):
    answer = phone.client.post(phone.address, filled(text=WORRY))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert not Report.objects.exists()
    assert 'id="vem" data-who open' in page
    assert 'href="tel:112"' in page
    assert 'href="tel:11414"' in page
    assert "Sociala jouren" in page


def test_the_form_holds_the_ways_also_for_the_hours_when_there_is_no_network(phone, cast):
    by_link = phone.client.get(phone.address).content.decode()
    by_account = cast.fritidsledaren.client.get(reverse("report:form")).content.decode()

    for page in (by_link, by_account):
        assert 'data-when="office_hours"' in page
        assert 'data-when="out_of_hours"' in page
        assert "orolig" in page.split('id="samsyn-report"')[1]
        assert reverse("offentlig_kontakt", args=["lulea"]) in page


def test_the_page_of_contacts_answers_before_any_agreement_has_started(town):
    page = Client().get(reverse("offentlig_kontakt", args=["lulea"]))

    assert page.status_code == 200
    assert 'href="tel:112"' in page.content.decode()
    assert Client().get(reverse("offentlig_kontakt", args=["fastighetsbolaget"])).status_code == 404
