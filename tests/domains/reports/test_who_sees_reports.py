"""Who sees which reports: the municipality's own people and the kommunpolis all, others their own."""

import pytest

from samsyn.base.access import visible
from samsyn.base.orgs.models import Role
from samsyn.domains.reports.models import Answer, MonthlyFeedback, Report, ReportLink
from samsyn.domains.reports.selectors import reports_in, reports_of_week
from samsyn.domains.reports.services import (
    create_link,
    publish_feedback,
    revoke_link,
    write_feedback,
)
from tests.cast import add_actor

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def three(send, cast, town):
    """One from the youth centre, one from the housing company, one from the municipality itself."""
    return {
        "youth": send(),
        "housing": send(actor=cast.fastighetsbolaget.viewer, organisation=town.housing),
        "lulea": send(actor=cast.samordnaren.viewer, organisation=town.lulea),
    }


@pytest.mark.clause("H05")
@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("samordnaren", {"youth", "housing", "lulea"}),
        ("sakerhetschefen", {"youth", "housing", "lulea"}),
        ("kommunpolisen", {"youth", "housing", "lulea"}),
        ("socialtjansten", {"youth", "housing", "lulea"}),
        ("fritidsledaren", {"youth"}),
        ("fastighetsbolaget", {"housing"}),
        ("radsledamoten", set()),
        ("lasaren", set()),
        ("arkivarien", set()),
        ("administratoren", set()),
        ("framlingen", set()),
    ],
)
def test_each_sees_what_she_should(three, cast, name, seen):
    found = set(visible(getattr(cast, name).viewer, Report).values_list("pk", flat=True))
    assert found == {three[one].pk for one in seen}


def test_a_contributor_of_a_private_company_sees_its_own_only(three, town, evening):
    from samsyn.base.orgs.models import Membership

    actor = add_actor("Bolagets bidragslämnare", town.housing, Role.CONTRIBUTOR)
    Membership.objects.update(since="2024-01-01")
    assert [one.pk for one in visible(actor.viewer, Report)] == [three["housing"].pk]


def test_a_kommunpolis_tied_to_boden_sees_nothing_of_lulea(three, town, evening):
    from samsyn.base.orgs.models import Membership

    actor = add_actor("Kommunpolis i Boden", town.police, Role.KOMMUNPOLIS, municipality=town.boden)
    Membership.objects.update(since="2024-01-01")
    assert not visible(actor.viewer, Report).exists()


def test_a_link_reads_answers_and_published_feedback_only(three, caretaker, cast, town):
    actor = cast.samordnaren.viewer
    draft = write_feedback(actor=actor, municipality=town.lulea, year=2026, month=4, text="Utkast")
    ready = write_feedback(actor=actor, municipality=town.lulea, year=2026, month=5, text="Klart")
    publish_feedback(actor=actor, feedback=ready)
    assert not visible(caretaker.viewer, Report).exists()
    assert not visible(caretaker.viewer, ReportLink).exists()
    assert [one.text for one in visible(caretaker.viewer, MonthlyFeedback)] == ["Klart"]
    assert set(visible(actor, MonthlyFeedback)) == {draft, ready}
    revoke_link(actor=actor, link=caretaker.link)
    assert not visible(caretaker.viewer, MonthlyFeedback).exists()
    assert not visible(caretaker.viewer, Answer).exists()


def test_the_published_feedback_stands(cast, town):
    from samsyn.base.errors import UserError

    actor = cast.samordnaren.viewer
    feedback = write_feedback(
        actor=actor, municipality=town.lulea, year=2026, month=5, text="Klart"
    )
    publish_feedback(actor=actor, feedback=feedback)
    with pytest.raises(UserError):
        write_feedback(actor=actor, municipality=town.lulea, year=2026, month=5, text="Ändrat")
    assert visible(cast.fritidsledaren.viewer, MonthlyFeedback).count() == 1
    assert not visible(cast.framlingen.viewer, MonthlyFeedback).exists()


def test_the_filters_of_the_desk(three, cast, town, beach, evening):
    import datetime as dt

    viewer = cast.samordnaren.viewer
    start, end = evening - dt.timedelta(days=1), evening + dt.timedelta(days=1)
    assert reports_in(viewer, town.lulea, start, end).count() == 3
    assert reports_in(viewer, town.lulea, start, end, sources=["link"]).count() == 1
    assert reports_in(viewer, town.lulea, start, end, categories=["KLOT"]).count() == 0
    assert reports_in(viewer, town.lulea, start, end, organisations=[town.housing.pk]).count() == 1
    assert reports_in(viewer, town.boden, start, end).count() == 0
    assert reports_of_week(viewer, town.lulea, 2026, 20).count() == 3
    assert reports_of_week(viewer, town.lulea, 2026, 21).count() == 0
    with pytest.raises(ValueError, match="53"):
        reports_of_week(viewer, town.lulea, 2024, 53)


def test_links_are_handed_out_by_the_coordinator_and_kept_as_a_hash(cast, town, caretaker):
    from samsyn.base.errors import NotAllowed, UserError

    assert caretaker.token not in str(ReportLink.objects.values().get())
    with pytest.raises(NotAllowed):
        create_link(
            actor=cast.fritidsledaren.viewer,
            municipality=town.lulea,
            organisation=town.youth,
            label="X",
        )
    with pytest.raises(NotAllowed):
        create_link(
            actor=cast.framlingen.viewer,
            municipality=town.lulea,
            organisation=town.youth,
            label="X",
        )
    with pytest.raises(UserError):
        create_link(
            actor=cast.samordnaren.viewer,
            municipality=town.lulea,
            organisation=town.lomma,
            label="X",
        )
    with pytest.raises(UserError):
        create_link(
            actor=cast.samordnaren.viewer,
            municipality=town.lulea,
            organisation=town.youth,
            label=" ",
        )
