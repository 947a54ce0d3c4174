"""Residents read what is promised and whom to turn to, without an account and without a cookie."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.base.access import SYSTEM
from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.services.holders import change_contact
from samsyn.domains.agreements.services.loading import load_agreement
from samsyn.domains.agreements.services.running import start_agreement


@pytest.fixture
def agreement(db):
    text = shipped_agreements()["laholm-2024"].read_text(encoding="utf-8")
    return load_agreement(actor=SYSTEM, text=text).agreement


def test_a_municipality_that_has_not_started_is_not_shown(agreement):
    assert Client().get(reverse("offentlig_kommun", args=["laholm"])).status_code == 404


@pytest.mark.clause("L08")
def test_a_resident_finds_the_coordination_function_and_the_promises(agreement):
    start_agreement(actor=SYSTEM, agreement=agreement, in_use_from=dt.date(2026, 1, 1))
    coordinator = agreement.functions.get(ref="samordnare")
    change_contact(
        actor=SYSTEM, function=coordinator, email="trygghet@exempel.se", phone="0430-10 00"
    )

    browser = Client()
    listed = browser.get(reverse("offentligt"))
    page = browser.get(reverse("offentlig_kommun", args=["laholm"]))
    promised = browser.get(reverse("offentligt_avtal", args=["laholm", "laholm-2024"]))

    assert "Laholms kommun" in listed.content.decode()
    assert "trygghet@exempel.se" in page.content.decode()
    assert "möts fyra gånger om året" in promised.content.decode()
    assert not browser.cookies
