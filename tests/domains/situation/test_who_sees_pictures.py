"""Who sees what: drafts to those who work on them, parts to their party, finished pictures to readers."""

import pytest

from samsyn.base.access import anonymous, visible
from samsyn.domains.reports.models import Report
from samsyn.domains.situation.models import (
    AnalysisRun,
    Delivery,
    Part,
    Picture,
    PictureVersion,
    PresentationNote,
    Release,
    ReleaseLink,
    Sentence,
    SentenceChange,
)
from samsyn.domains.situation.selectors import pictures, shown_picture
from samsyn.domains.situation.services import create_release_link, draft_picture, release_part
from samsyn.outputs.picture_document import document_of
from tests.domains.situation.helping import part_of

ALL = (
    AnalysisRun,
    Delivery,
    Part,
    Picture,
    PictureVersion,
    PresentationNote,
    Release,
    ReleaseLink,
    Sentence,
    SentenceChange,
)


def sees(actor, picture):
    return visible(actor.viewer, Picture).filter(pk=picture.pk).exists()


def test_a_draft_is_for_those_who_work_on_it(drafted, cast):
    working = {"samordnaren", "kommunpolisen", "sakerhetschefen", "socialtjansten"}
    seen = {name for name, actor in vars(cast).items() if sees(actor, drafted)}
    assert seen == working


def test_a_finished_picture_is_for_readers_of_the_municipality(finished, cast):
    seen = {name for name, actor in vars(cast).items() if sees(actor, finished)}
    assert seen == set(vars(cast)) - {"framlingen", "fritidsledaren", "fastighetsbolaget"}


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_strangers_and_residents_see_nothing_at_all(model, finished, cast):
    create_release_link  # noqa: B018 - links are covered by their own test
    assert not visible(cast.framlingen.viewer, model).exists()
    assert not visible(anonymous(), model).exists()


@pytest.mark.clause("H05", "K04")
def test_the_police_see_the_sums_of_the_reports_they_read_but_not_the_municipalitys_words(
    drafted, cast, town
):
    """What one sees at the desk one sees in the picture; the other party's judgement waits for its release."""
    viewer = cast.kommunpolisen.viewer
    assert visible(viewer, Report).count() >= 34
    assert {one.part.organisation for one in visible(viewer, Sentence)} == {town.police}
    shown = shown_picture(viewer, drafted)
    assert shown.numbers.reports.count == 34
    assert shown.numbers.assignments is None
    level = next(section for section in shown.sections if section.key == "level")
    assert (level.is_open, level.sentences) == (False, ())
    release_part(actor=cast.samordnaren.viewer, part=part_of(drafted, town.lulea))
    assert {one.part.organisation for one in visible(viewer, Sentence)} == {town.police, town.lulea}


def test_the_page_says_that_the_words_wait_and_shows_the_figures(drafted, cast):
    document = document_of(shown_picture(cast.kommunpolisen.viewer, drafted))
    level = next(section for section in document.sections if section.key == "level")
    assert "har inte släppt sin text" in level.blocks[0].text
    assert [block.key for block in level.blocks[1:]] == ["weeks"]


def test_the_coordinator_sees_what_the_police_delivered(drafted, cast, town):
    assert {one.part.organisation for one in visible(cast.samordnaren.viewer, Sentence)} == {
        town.police,
        town.lulea,
    }


def test_a_contributor_of_another_organisation_sees_nothing_that_is_not_released(
    drafted, cast, town
):
    from samsyn.base.orgs.models import Role
    from tests.cast import add_actor

    bolaget = add_actor("Bovärden", town.housing, Role.CONTRIBUTOR)
    shown = shown_picture(bolaget.viewer, drafted)
    assert not visible(bolaget.viewer, Sentence).exists()
    assert all(not section.sentences for section in shown.sections)
    assert shown.numbers.reports is None
    assert all(row.source != "police_list" for row in shown.numbers.registered.rows)


def test_release_links_are_for_the_coordinator(drafted, cast, town):
    create_release_link(
        actor=cast.samordnaren.viewer, part=part_of(drafted, town.police), function="Kommunpolis"
    )
    seen = {
        name for name, actor in vars(cast).items() if visible(actor.viewer, ReleaseLink).exists()
    }
    assert seen == {"samordnaren", "sakerhetschefen"}


@pytest.mark.clause("H10")
def test_in_the_joint_picture_each_municipality_answers_for_its_own_line(
    busy_town, report, cast, town
):
    report("SKAD", municipality=town.boden)
    picture = draft_picture(
        actor=cast.kommunpolisen.viewer, scope=town.police, iso_year=2026, iso_week=20
    )
    mine = shown_picture(cast.samordnaren.viewer, picture)
    assert [place.name for place in mine.numbers.municipalities] == ["Luleå kommun"]
    both = shown_picture(cast.kommunpolisen.viewer, picture).numbers.municipalities
    assert {place.name for place in both} == {"Luleå kommun", "Bodens kommun"}
    assert "Bodens kommun: en rapport" not in str(mine.sections)
    assert mine.numbers.reports.count == 35


def test_the_list_asks_as_many_questions_for_many_as_for_few(
    drafted, cast, town, django_assert_max_num_queries
):
    viewer = cast.samordnaren.viewer
    for week in range(1, 20):
        Picture.objects.create(
            scope=town.lulea,
            iso_year=2026,
            iso_week=week,
            starts_on="2026-01-01",
            numbers_checksum="",
            code_version="",
        )
    with django_assert_max_num_queries(2):
        assert len([picture.scope.name for picture in pictures(viewer, town.lulea)]) == 20


def test_showing_a_draft_asks_a_fixed_number_of_questions(
    drafted, cast, django_assert_max_num_queries
):
    viewer = cast.samordnaren.viewer
    picture = visible(viewer, Picture).select_related("scope").get()
    with django_assert_max_num_queries(7):
        shown_picture(viewer, picture)
