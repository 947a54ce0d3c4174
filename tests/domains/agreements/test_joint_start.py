"""An agreement of several municipalities does not start before all that can have said yes."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.base.audit.models import AuditEntry
from samsyn.base.errors import NotAllowed
from samsyn.base.orgs.models import Organisation, Role
from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.services.loading import load_agreement
from samsyn.domains.agreements.services.running import start_agreement, waiting_for
from samsyn.domains.agreements.today import agreement_cards
from tests.cast import add_actor

TEXT = shipped_agreements()["hallsberg-2024"].read_text(encoding="utf-8")
DAY = dt.date(2026, 1, 1)


def town(code, name):
    return Organisation.objects.create(
        kind="municipality", name=f"{name} kommun", short_name=name, slug=name.lower(),
        municipality_code=code,
    )  # fmt: skip


@pytest.fixture
def two(db):
    """Coordinators in Hallsberg and Kumla; nobody in Askersund and Laxå uses Samsyn."""
    hallsberg, kumla = town("1861", "Hallsberg"), town("1881", "Kumla")
    return (
        add_actor("Samordnaren i Hallsberg", hallsberg, Role.COORDINATOR),
        add_actor("Samordnaren i Kumla", kumla, Role.COORDINATOR),
    )


def home(one):
    return one.user.memberships.get().organisation


@pytest.mark.clause("H01", "C02")
def test_what_one_loads_is_only_prepared_and_the_other_town_sees_it_in_its_log(two):
    first, second = two
    agreement = load_agreement(actor=first.viewer, text=TEXT).agreement

    assert agreement.state == "prepared"
    told = AuditEntry.objects.filter(verb="agreement.named").values_list(
        "organisation_id", flat=True
    )
    assert home(second).pk in told
    assert home(first).pk not in told


@pytest.mark.clause("H01", "C02")
def test_it_starts_when_the_last_one_that_can_has_said_yes(two):
    first, second = two
    agreement = load_agreement(actor=first.viewer, text=TEXT).agreement

    waiting = start_agreement(actor=first.viewer, agreement=agreement, in_use_from=DAY)
    agreement.refresh_from_db()
    assert [place.short_name for place in waiting] == ["Kumla"]
    assert not agreement.is_started
    asked = {
        one.user.name: [card.title for card in agreement_cards(one.viewer, home(one))]
        for one in two
    }
    assert asked == {
        "Samordnaren i Hallsberg": [],
        "Samordnaren i Kumla": ["Ett avtal väntar på ert ja"],
    }

    assert start_agreement(actor=second.viewer, agreement=agreement, in_use_from=DAY) == []
    agreement.refresh_from_db()
    assert agreement.is_started
    assert waiting_for(agreement) == []
    assert AuditEntry.objects.filter(verb="agreement.agreed").count() == 2


def test_a_town_is_not_put_under_a_running_agreement_by_another(two):
    first, _second = two
    agreement = load_agreement(actor=first.viewer, text=TEXT).agreement
    for one in two:
        start_agreement(actor=one.viewer, agreement=agreement, in_use_from=DAY)
    elsewhere = TEXT.replace("municipality: '1860'", "municipality: '1283'")
    assert elsewhere != TEXT

    with pytest.raises(NotAllowed, match="bara läggas till av någon"):
        load_agreement(actor=first.viewer, text=elsewhere)
    assert agreement.versions.count() == 1
