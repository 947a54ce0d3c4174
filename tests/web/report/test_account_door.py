"""Signed in: the same form, for one's own organisation."""

import json
import re

import pytest
from django.test import Client

from samsyn.domains.reports.models import Report

pytestmark = [pytest.mark.django_db]


def test_the_youth_leader_reports_for_the_youth_centre(cast, town, filled):
    response = cast.fritidsledaren.client.post("/rapportera/", filled())
    assert response.status_code == 302
    report = Report.objects.get()
    assert (report.organisation, report.source) == (town.youth, "form")
    assert report.identity.user == cast.fritidsledaren.user


def test_nobody_signed_in_is_sent_to_sign_in(db, filled):
    assert Client().get("/rapportera/").status_code == 302
    assert (
        Client().post("/rapportera/skicka", filled(), content_type="application/json").status_code
        == 302
    )


@pytest.mark.parametrize("name", ["lasaren", "radsledamoten", "arkivarien", "administratoren"])
def test_to_who_may_not_report_the_page_does_not_exist(cast, name):
    assert getattr(cast, name).client.get("/rapportera/").status_code == 404


def test_the_stranger_reports_in_her_own_town_only(cast, town, filled):
    response = cast.framlingen.client.post(
        "/rapportera/skicka", filled(), content_type="application/json"
    )
    assert response.status_code == 422  # the place is not in Lomma
    fields = filled(plats="", plats_text="Torget")
    assert (
        cast.framlingen.client.post(
            "/rapportera/skicka", fields, content_type="application/json"
        ).status_code
        == 201
    )
    assert Report.objects.get().municipality == town.lomma


def test_another_organisation_cannot_be_named(cast, town, filled):
    cast.fritidsledaren.client.post("/rapportera/", filled(**{"for": str(town.housing.pk)}))
    assert Report.objects.get().organisation == town.youth


def test_another_site_cannot_send_in_her_name(cast, filled):
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.fritidsledaren.client.cookies
    assert (
        client.post(
            "/rapportera/skicka", json.dumps(filled()), content_type="application/json"
        ).status_code
        == 403
    )
    token = client.get("/rapportera/nyckel").json()["token"]
    sent = client.post(
        "/rapportera/skicka",
        json.dumps(filled()),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert sent.status_code == 201


def test_the_answers_are_shown_to_the_organisation(cast, filled):
    from samsyn.domains.reports.services import answer_reporter

    cast.fritidsledaren.client.post("/rapportera/", filled())
    answer_reporter(
        actor=cast.samordnaren.viewer, report=Report.objects.get(), text="Bommen är lagad."
    )
    assert "Bommen är lagad." in cast.fritidsledaren.client.get("/rapportera/svar").content.decode()
    assert (
        "Bommen är lagad."
        not in cast.fastighetsbolaget.client.get("/rapportera/svar").content.decode()
    )


def test_no_script_or_style_stands_in_the_page(cast):
    page = cast.fritidsledaren.client.get("/rapportera/").content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)
    scripts = re.findall(r"<script[^>]*>", page)
    assert all("src=" in one or 'type="application/json"' in one for one in scripts)
