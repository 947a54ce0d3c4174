"""What pictures put on Idag, in the search box, and do by themselves on Mondays."""

import datetime as dt

import pytest

from samsyn.base.orgs.models import SchoolYear
from samsyn.base.search import find
from samsyn.base.today import cards_for
from samsyn.domains.situation.models import Picture
from samsyn.domains.situation.rhythm import draft_due_pictures, week_to_show


@pytest.fixture
def monday(settings):
    """It is Monday 18 May 2026, half past six: week 20 has ended."""
    settings.DEMO, settings.DEMO_CLOCK = True, "2026-05-18T06:30:00+02:00"


def card_of(actor, town):
    return next(
        (card for card in cards_for(actor.viewer, town.lulea) if card.key.startswith("situation.")),
        None,
    )


@pytest.mark.clause("K08")
def test_on_monday_the_week_is_drafted_once_where_there_is_a_coordinator(
    monday, busy_town, cast, town
):
    assert str(week_to_show()) == "2026-W20"
    assert draft_due_pictures() == "2026-W20: 2 drafted"
    assert draft_due_pictures() == "2026-W20: 0 drafted"
    assert set(Picture.objects.values_list("scope__slug", flat=True)) == {"lulea", "lomma"}


@pytest.mark.clause("K08")
def test_nothing_is_drafted_in_the_summer_pause_of_the_municipality(monday, cast, town):
    SchoolYear.objects.create(
        municipality=town.lulea, year=2025, autumn_starts=dt.date(2025, 8, 18), autumn_ends=dt.date(2025, 12, 19),
        spring_starts=dt.date(2026, 1, 8), spring_ends=dt.date(2026, 6, 12),
        summer_pause_starts=dt.date(2026, 5, 18), summer_pause_ends=dt.date(2026, 8, 16),
    )  # fmt: skip
    draft_due_pictures()
    assert set(Picture.objects.values_list("scope__slug", flat=True)) == {"lomma"}
    assert "Uppehåll för sommaren" in card_of(cast.samordnaren, town).text


def test_the_cards_tell_how_far_the_picture_is(monday, drafted, cast, town):
    assert (
        "Inte släppt än: Luleå kommun, Lokalpolisområde Luleå-Boden"
        in card_of(cast.samordnaren, town).text
    )
    assert "Din del är inte släppt" in card_of(cast.kommunpolisen, town).text
    assert card_of(cast.lasaren, town) is None


def test_readers_are_led_to_the_newest_finished(monday, finished, cast, town):
    assert card_of(cast.samordnaren, town).tone == "done"
    assert card_of(cast.radsledamoten, town).link.key == str(finished.pk)


def test_pictures_are_found_by_week_by_those_who_see_them(drafted, cast):
    assert [hit.title for hit in find(cast.samordnaren.viewer, "vecka 20")["pictures"].hits] == [
        "Luleå kommun, vecka 20 2026"
    ]
    assert "pictures" not in find(cast.framlingen.viewer, "vecka 20")
    assert "pictures" not in find(cast.samordnaren.viewer, "vecka 21")
