"""Editing sentences: traced, never lost, never by two at once."""

import pytest

from samsyn.base.audit.log import entries_about
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.situation.services import (
    EditConflict,
    add_sentence,
    edit_sentence,
    hide_sentence,
    release_part,
    restore_sentence,
)
from tests.domains.situation.helping import part_of, sentence


@pytest.fixture
def count(drafted):
    return sentence(drafted, "level", "count")


def test_an_edit_keeps_the_draft_and_leaves_a_trace(count, drafted, cast):
    edit_sentence(
        actor=cast.samordnaren.viewer, sentence=count, text="  Det kom  34 rapporter. ", version=1
    )
    count.refresh_from_db()
    assert count.text == "Det kom 34 rapporter."
    assert count.generated_text == "Vecka 20 kom 34 rapporter."
    change = count.changes.get()
    assert (change.before, change.after) == ("Vecka 20 kom 34 rapporter.", "Det kom 34 rapporter.")
    entry = entries_about(drafted).first()
    assert entry.verb == "picture.sentence_edited"
    assert "34" not in str(entry.facts)


def test_two_editors_do_not_overwrite_each_other(count, cast):
    edit_sentence(
        actor=cast.samordnaren.viewer, sentence=count, text="Den första texten.", version=1
    )
    with pytest.raises(EditConflict) as conflict:
        edit_sentence(
            actor=cast.samordnaren.viewer, sentence=count, text="Den andra texten.", version=1
        )
    assert (conflict.value.yours, conflict.value.theirs) == (
        "Den andra texten.",
        "Den första texten.",
    )
    count.refresh_from_db()
    assert count.text == "Den första texten."
    edit_sentence(
        actor=cast.samordnaren.viewer,
        sentence=count,
        text="Den andra texten.",
        version=conflict.value.version,
    )


def test_restoring_takes_back_the_draft_and_keeps_the_history(count, cast):
    viewer = cast.samordnaren.viewer
    edit_sentence(actor=viewer, sentence=count, text="En egen text.", version=1)
    restore_sentence(actor=viewer, sentence=count, version=2)
    count.refresh_from_db()
    assert count.text == count.generated_text
    assert [change.what for change in count.changes.all()] == ["restored", "edited"]


def test_hiding_is_undone_by_showing(count, cast):
    viewer = cast.samordnaren.viewer
    hide_sentence(actor=viewer, sentence=count, version=1)
    hide_sentence(actor=viewer, sentence=count, version=2, hidden=False)
    count.refresh_from_db()
    assert not count.is_hidden
    assert count.changes.count() == 2


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_empty_and_overlong_texts_are_refused(count, cast, text):
    with pytest.raises(UserError):
        edit_sentence(actor=cast.samordnaren.viewer, sentence=count, text=text, version=1)


@pytest.mark.parametrize(
    "text",
    ["Ring 070-174 06 35 om mopederna.", "Han är född 19900101-0017.", "Se 5000-K123456-24."],
)
def test_personal_data_is_not_stored(count, cast, text):
    with pytest.raises(UserError, match="Inget har sparats"):
        edit_sentence(actor=cast.samordnaren.viewer, sentence=count, text=text, version=1)
    count.refresh_from_db()
    assert count.edited_text is None


def test_others_may_not_edit(count, drafted, cast):
    events = sentence(drafted, "police_events", "count")
    for actor, one in (
        (cast.kommunpolisen, count),
        (cast.framlingen, count),
        (cast.lasaren, count),
        (cast.framlingen, events),
    ):
        with pytest.raises(NotAllowed):
            edit_sentence(actor=actor.viewer, sentence=one, text="En annan text.", version=1)


def test_the_police_edit_their_own_part_and_the_coordinator_may_help(drafted, cast):
    events = sentence(drafted, "police_events", "count")
    edit_sentence(
        actor=cast.kommunpolisen.viewer, sentence=events, text="Två händelser.", version=1
    )
    edit_sentence(
        actor=cast.samordnaren.viewer,
        sentence=events,
        text="Två händelser publicerades.",
        version=2,
    )


def test_a_released_part_is_not_edited(count, drafted, cast, town):
    release_part(actor=cast.samordnaren.viewer, part=part_of(drafted, town.lulea))
    with pytest.raises(UserError, match="Ta tillbaka släppet först"):
        edit_sentence(
            actor=cast.samordnaren.viewer, sentence=count, text="En annan text.", version=1
        )


def test_a_finished_picture_is_not_edited(finished, cast):
    with pytest.raises(UserError, match="färdig och fryst"):
        edit_sentence(
            actor=cast.samordnaren.viewer,
            sentence=sentence(finished, "level", "count"),
            text="Nytt.",
            version=1,
        )


def test_a_sentence_is_added_in_ones_own_part(drafted, cast, town):
    mine = add_sentence(
        actor=cast.samordnaren.viewer, picture=drafted, section="where", text="Lampan är trasig."
    )
    theirs = add_sentence(
        actor=cast.kommunpolisen.viewer, picture=drafted, section="where", text="Vi fanns på plats."
    )
    assert (mine.part.organisation, theirs.part.organisation) == (town.lulea, town.police)
    with pytest.raises(UserError):
        add_sentence(actor=cast.samordnaren.viewer, picture=drafted, section="okänt", text="Något.")
    with pytest.raises(NotAllowed):
        add_sentence(actor=cast.framlingen.viewer, picture=drafted, section="where", text="Något.")
