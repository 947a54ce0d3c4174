"""A body decides the categories; versions are kept."""

import datetime as dt
from dataclasses import replace

import pytest

from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.reports.models import CategorySet, Report
from samsyn.domains.reports.selectors import categories_of, category_names, form_categories
from samsyn.domains.reports.selectors.categories import default_categories
from samsyn.domains.reports.services import adopt_default_categories, decide_categories

pytestmark = [pytest.mark.django_db]
DAY = dt.date(2026, 1, 15)


def test_until_a_body_decides_the_default_set_holds(town):
    assert len(categories_of(town.lulea)) == 31
    assert "Klotter" in category_names(town.lulea).values()


@pytest.mark.clause("K05")
def test_a_new_version_holds_from_its_day_and_the_old_one_before(cast, town):
    actor = cast.samordnaren.viewer
    adopt_default_categories(
        actor=actor, municipality=town.lulea, decided_by="Trygghetsrådet", decided_on=DAY
    )
    renamed = [
        replace(one, name="Mopedbus") if one.key == "TRAF" else one for one in default_categories()
    ]
    decide_categories(
        actor=actor,
        municipality=town.lulea,
        categories=renamed,
        decided_by="Trygghetsrådet",
        decided_on=DAY,
        valid_from=dt.date(2026, 6, 1),
    )
    assert [one.version for one in CategorySet.objects.all()] == [2, 1]
    before = {one.key: one.name for one in categories_of(town.lulea, dt.date(2026, 5, 31))}
    after = {one.key: one.name for one in categories_of(town.lulea, dt.date(2026, 6, 1))}
    assert before["TRAF"].startswith("Trafik")
    assert after["TRAF"] == "Mopedbus"
    assert categories_of(town.boden) == default_categories()


def test_a_report_points_at_the_version_it_was_sent_under(cast, town, send):
    adopt_default_categories(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        decided_by="Trygghetsrådet",
        decided_on=DAY,
    )
    send()
    assert Report.objects.get().category.category_set.version == 1


def test_a_category_that_is_not_on_the_form_is_no_button(cast, town):
    fewer = [replace(one, on_form=one.key in {"KLOT", "TRAF"}) for one in default_categories()]
    decide_categories(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        categories=fewer,
        decided_by="Rådet",
        decided_on=DAY,
    )
    buttons = form_categories(town.lulea, town.youth)
    assert {one.key for one in buttons.first} == {"KLOT", "TRAF"}
    assert (buttons.own, buttons.more) == ([], [])


def test_a_set_without_nothing_to_report_or_without_body_is_refused(cast, town):
    given = {"actor": cast.samordnaren.viewer, "municipality": town.lulea, "decided_on": DAY}
    without = [one for one in default_categories() if one.key != "NOLL"]
    with pytest.raises(UserError):
        decide_categories(categories=without, decided_by="Rådet", **given)
    with pytest.raises(UserError):
        decide_categories(categories=default_categories(), decided_by=" ", **given)
    with pytest.raises(NotAllowed):
        adopt_default_categories(
            actor=cast.framlingen.viewer,
            municipality=town.lulea,
            decided_by="Rådet",
            decided_on=DAY,
        )
