"""*Idag* shows what waits: reports to look at, and who is silent."""

import datetime as dt

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.search import find
from samsyn.base.today import cards_for
from samsyn.domains.reports.selectors import silent_organisations

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def weekly(send, evening):
    """The youth centre has reported every week for ten weeks, and then not for three."""
    for back in range(3, 14):
        moment = evening - dt.timedelta(weeks=back + 1)
        send(actor=SYSTEM, starts_at=moment, ends_at=moment)


@pytest.mark.clause("H05")
def test_silence_is_shown_apart_from_calm(weekly, cast, town):
    (silent,) = silent_organisations(cast.samordnaren.viewer, town.lulea)
    assert (silent.organisation, silent.weeks) == ("Fritidsgården Björken", 3)
    texts = [
        one.text
        for one in cards_for(cast.samordnaren.viewer, town.lulea)
        if one.key == "reports.silent"
    ]
    assert "vi vet inte om det är lugnt" in texts[0]


def test_nothing_to_report_breaks_the_silence(weekly, send, cast, town, evening, monkeypatch):
    from samsyn.base import clock

    monkeypatch.setattr(clock, "now", lambda: evening - dt.timedelta(weeks=1))
    send(actor=SYSTEM, kind="nothing", category_key="NOLL")
    monkeypatch.setattr(clock, "now", lambda: evening)
    assert silent_organisations(cast.samordnaren.viewer, town.lulea) == []


def test_the_summer_pause_is_no_silence(weekly, cast, town, evening):
    from samsyn.base.orgs.models import SchoolYear

    SchoolYear.objects.create(
        municipality=town.lulea,
        year=2025,
        autumn_starts=dt.date(2025, 8, 19),
        autumn_ends=dt.date(2025, 12, 19),
        spring_starts=dt.date(2026, 1, 8),
        spring_ends=dt.date(2026, 4, 17),
        summer_pause_starts=dt.date(2026, 4, 20),
        summer_pause_ends=dt.date(2026, 6, 30),
    )
    assert silent_organisations(cast.samordnaren.viewer, town.lulea) == []


def test_who_sees_only_her_own_is_not_told_who_is_silent(weekly, cast, town):
    assert not any(
        one.key.startswith("reports.") for one in cards_for(cast.fritidsledaren.viewer, town.lulea)
    )
    assert silent_organisations(cast.framlingen.viewer, town.lulea) == []


def test_new_reports_wait_on_idag(send, cast, town):
    send()
    send()
    (card,) = [
        one for one in cards_for(cast.samordnaren.viewer, town.lulea) if one.key == "reports.new"
    ]
    assert card.number == "2"
    assert "2 rapporter har kommit" in card.text


def test_the_search_box_finds_by_place_note_and_number(send, cast):
    report = send()
    for words in ("badplats", "mopeder", report.number):
        hits = find(cast.samordnaren.viewer, words)["reports"].hits
        assert [one.link.key for one in hits] == [str(report.pk)]
    assert "reports" not in find(cast.framlingen.viewer, "mopeder")
    assert "reports" not in find(cast.fastighetsbolaget.viewer, "mopeder")
