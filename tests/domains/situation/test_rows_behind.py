"""Every number leads back to its rows (C04)."""

import pytest

from samsyn.domains.situation.result import Source, from_json
from samsyn.domains.situation.selectors import rows_behind
from tests.domains.situation.helping import sentence


def rows(actor, picture, section, key):
    sources = [from_json(Source, source) for source in sentence(picture, section, key).sources]
    return [rows_behind(actor.viewer, source).rows for source in sources]


@pytest.mark.clause("C04")
def test_the_sentence_of_all_reports_opens_all_reports(drafted, cast):
    assert rows(cast.samordnaren, drafted, "level", "count")[0].count() == 34


@pytest.mark.clause("C04")
def test_the_sentence_of_a_category_or_a_place_opens_those(drafted, cast):
    assert rows(cast.samordnaren, drafted, "what", "above-TRAF")[0].count() == 11
    assert rows(cast.samordnaren, drafted, "where", "top")[0].count() == 23


def test_the_sentence_of_police_events_opens_the_events(drafted, cast):
    events = rows(cast.samordnaren, drafted, "police_events", "count")[0]
    assert sorted(event.police_id for event in events) == [1, 2]


def test_who_may_not_see_the_rows_opens_an_empty_list(drafted, cast):
    assert rows(cast.framlingen, drafted, "level", "count")[0].count() == 0


def test_a_source_without_rows_opens_nothing(cast):
    assert rows_behind(cast.samordnaren.viewer, Source("risk_date", label="valborg")) is None
