"""Drafting a picture, and fetching its numbers anew."""

import pytest

from samsyn.base.audit.log import entries_about
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.situation.models import Picture, Sentence
from samsyn.domains.situation.services import (
    add_sentence,
    draft_picture,
    edit_sentence,
    hide_sentence,
    refresh_picture,
    release_part,
)
from tests.domains.situation.helping import part_of, sentence

EDITED = "Vecka 20 var en ovanlig vecka vid badplatsen."


@pytest.mark.clause("C01")
def test_a_draft_has_its_sentences_parts_and_analyses(drafted, town):
    assert sentence(drafted, "level", "count").text == "Vecka 20 kom 34 rapporter."
    assert {part.organisation for part in drafted.parts.all()} == {town.lulea, town.police}
    assert sentence(drafted, "police_events", "count").part.organisation == town.police
    assert sentence(drafted, "level", "count").part.organisation == town.lulea


@pytest.mark.clause("C04")
def test_each_analysis_is_kept_with_what_it_was_made_from(drafted):
    run = drafted.analysis_runs.get(key="levels")
    assert run.method == "early_warning(method='own_normal')"
    assert run.parameters["level"] == 0.8
    assert len(run.input_hash) == 64
    assert run.code_version


def test_drafting_is_logged_once_and_the_second_time_gives_the_same(drafted, cast, town):
    again = draft_picture(
        actor=cast.samordnaren.viewer, scope=town.lulea, iso_year=2026, iso_week=20
    )
    assert again == drafted
    assert [entry.verb for entry in entries_about(drafted)] == ["picture.drafted"]


def test_only_those_who_hold_it_together_begin_a_picture(cast, town):
    for actor in (cast.kommunpolisen, cast.socialtjansten, cast.lasaren, cast.framlingen):
        with pytest.raises(NotAllowed):
            draft_picture(actor=actor.viewer, scope=town.lulea, iso_year=2026, iso_week=20)


def test_the_kommunpolis_may_begin_the_joint_picture(cast, town):
    picture = draft_picture(
        actor=cast.kommunpolisen.viewer, scope=town.police, iso_year=2026, iso_week=20
    )
    assert {part.organisation for part in picture.parts.all()} == {
        town.police,
        town.lulea,
        town.boden,
    }
    assert sentence(picture, "level", "municipality-2582").part.organisation == town.boden


def test_a_week_to_come_and_a_week_that_is_not_are_refused(cast, town):
    with pytest.raises(UserError, match="har inte börjat"):
        draft_picture(actor=cast.samordnaren.viewer, scope=town.lulea, iso_year=2099, iso_week=1)
    with pytest.raises(UserError, match="finns inte år 2024"):
        draft_picture(actor=cast.samordnaren.viewer, scope=town.lulea, iso_year=2024, iso_week=53)
    assert not Picture.objects.exists()


def test_new_numbers_never_overwrite_an_edit(drafted, report, cast):
    edit_sentence(
        actor=cast.samordnaren.viewer,
        sentence=sentence(drafted, "level", "count"),
        text=EDITED,
        version=1,
    )
    report("SKAD")
    done = refresh_picture(actor=cast.samordnaren.viewer, picture=drafted)
    kept = sentence(drafted, "level", "count")
    assert kept.text == EDITED
    assert kept.generated_text == "Vecka 20 kom 35 rapporter."
    assert kept.basis_changed
    assert done.picture.numbers["reports"]["count"] == 35
    assert sentence(drafted, "new", "change").text == "Det är åtta fler än vecka 19, då det kom 27."


def test_an_edit_whose_numbers_stand_is_not_marked(drafted, cast):
    edit_sentence(
        actor=cast.samordnaren.viewer,
        sentence=sentence(drafted, "level", "count"),
        text=EDITED,
        version=1,
    )
    refresh_picture(actor=cast.samordnaren.viewer, picture=drafted)
    assert not sentence(drafted, "level", "count").basis_changed


def test_hidden_and_added_sentences_stay(drafted, report, cast):
    viewer = cast.samordnaren.viewer
    hide_sentence(actor=viewer, sentence=sentence(drafted, "new", "change"), version=1)
    added = add_sentence(
        actor=viewer, picture=drafted, section="level", text="Veckan hade tre lovdagar."
    )
    report("SKAD")
    refresh_picture(actor=viewer, picture=drafted)
    assert sentence(drafted, "new", "change").is_hidden
    assert Sentence.objects.get(pk=added.pk).text == "Veckan hade tre lovdagar."


def test_a_sentence_that_the_numbers_no_longer_give_goes_unless_somebody_wrote_it(drafted, cast):
    from samsyn.domains.reports.models import Report

    viewer = cast.samordnaren.viewer
    edit_sentence(
        actor=viewer,
        sentence=sentence(drafted, "what", "above-TRAF"),
        text="Mopederna är många.",
        version=1,
    )
    Report.objects.filter(category_key="TRAF").delete()
    refresh_picture(actor=viewer, picture=drafted)
    assert sentence(drafted, "what", "above-TRAF").basis_changed
    assert not drafted.sentences.filter(
        section="new", key="first", generated_text__contains="Trafik"
    ).exists()


def test_a_release_lapses_when_its_words_change_by_new_numbers(drafted, report, cast, town):
    release_part(actor=cast.samordnaren.viewer, part=part_of(drafted, town.lulea))
    release_part(actor=cast.kommunpolisen.viewer, part=part_of(drafted, town.police))
    report("SKAD")
    done = refresh_picture(actor=cast.samordnaren.viewer, picture=drafted)
    assert done.withdrawn == ("Luleå kommun",)
    lapsed = part_of(drafted, town.lulea).releases.get()
    assert lapsed.withdrawn_reason == "Underlaget har ändrats sedan delen släpptes."
    assert part_of(drafted, town.police).releases.get().withdrawn_at is None
