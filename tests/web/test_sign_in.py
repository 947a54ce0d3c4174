"""Signing in: a second step before anything unreleased, a pause after many failures, strict headers."""

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.base.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
PASSWORD = "ett-långt-lösenord"


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_without_an_account_one_comes_to_the_sign_in_page():
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.clause("C05")
def test_a_role_that_sees_unreleased_data_must_set_up_its_second_step(cast):
    cast.samordnaren.user.authenticator_set.all().delete()
    client = cast.samordnaren.client
    assert client.get("/").url == reverse("mfa_index")
    assert client.get(reverse("lagesbild")).url == reverse("mfa_index")


def test_a_reporter_needs_no_second_step(cast):
    cast.fritidsledaren.user.authenticator_set.all().delete()
    assert cast.fritidsledaren.client.get("/").status_code == 200


def test_the_demo_is_exempt_and_says_so(cast, settings):
    settings.DEMO = True
    cast.samordnaren.user.authenticator_set.all().delete()
    page = cast.samordnaren.client.get("/")
    assert "Tvåstegsinloggning är avstängd" in page.content.decode()


def test_signing_in_as_somebody_works_in_the_demo_alone(cast, settings):
    key = cast.samordnaren.user.pk
    assert Client().post(reverse("demo_login"), {"user": key}).status_code == 404
    settings.DEMO = True
    assert (
        Client().post(reverse("demo_login"), {"user": key}).status_code == 404
    )  # no demo organisation
    type(cast.samordnaren.organisation).objects.update(is_demo=True)
    assert Client().post(reverse("demo_login"), {"user": key}).status_code == 302


def test_a_password_leads_to_the_second_step(cast):
    client = Client()
    answer = sign_in(client, cast.samordnaren.user.email)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("mfa_authenticate"))


def test_many_failures_are_answered_with_a_pause(cast):
    client = Client()
    for _try in range(12):
        sign_in(client, cast.samordnaren.user.email, "fel")
    answer = sign_in(client, cast.samordnaren.user.email)
    assert answer.status_code in {200, 429}
    assert client.get("/").status_code == 302  # still outside
    assert AuditEntry.objects.filter(verb="account.sign_in_failed").exists()


def test_the_log_never_keeps_the_address_that_was_tried(cast):
    sign_in(Client(), "fel.adress@exempel.se", "fel")
    assert "fel.adress" not in str(list(AuditEntry.objects.values()))


def test_nobody_signs_up_by_herself():
    answer = Client().get("/konto/signup/")
    assert b"password1" not in answer.content


@pytest.mark.parametrize("address", ["/", "/konto/login/", "/om/", "/finns-inte/"])
def test_every_answer_has_the_strict_headers(address):
    answer = Client().get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_language_is_chosen_and_the_browsers_wish_not_asked():
    client = Client()
    assert 'lang="sv"' in client.get("/om/", headers={"accept-language": "en"}).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": "/om/"})
    assert 'lang="en"' in client.get("/om/").content.decode()


def test_another_municipality_cannot_be_chosen(cast, town):
    client = cast.samordnaren.client
    assert client.post(reverse("byt_kommun"), {"municipality": town.lomma.pk}).status_code == 404
    police = cast.kommunpolisen.client
    assert police.post(reverse("byt_kommun"), {"municipality": town.boden.pk}).status_code == 302
    assert "Bodens kommun" in police.get("/").content.decode()
    assert (
        police.post(
            reverse("byt_kommun"), {"municipality": "x", "next": "https://ont.example/"}
        ).status_code
        == 404
    )


def test_no_page_of_somebody_signed_in_is_kept(client, cast):
    assert cast.samordnaren.client.get("/om/").headers["Cache-Control"] == "private, no-store"
    assert "no-store" not in client.get("/offentligt/").headers["Cache-Control"]
