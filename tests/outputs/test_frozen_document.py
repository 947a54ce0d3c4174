"""A finished picture as a document: its state, checksum, parties, and nothing of what is left out."""

from samsyn.base.access import SYSTEM
from samsyn.domains.situation.selectors import frozen_picture, shown_picture
from samsyn.domains.situation.services import hide_sentence
from samsyn.outputs import json_, pdf
from samsyn.outputs.blocks import Paragraph
from samsyn.outputs.picture_document import document_of
from tests.domains.situation.helping import sentence


def test_a_finished_picture_says_so_with_its_checksum(finished):
    document = document_of(frozen_picture(SYSTEM, finished.versions.get()))
    assert document.state_text.startswith("Färdig ")
    assert document.banner == ""
    assert document.checksum == finished.checksum
    parties = next(section for section in document.sections if section.key == "parties").blocks[0]
    assert [row[:2] for row in parties.rows] == [
        ("Luleå kommun", "släppt"),
        ("Lokalpolisområde Luleå-Boden", "släppt"),
    ]
    assert pdf.render_pdf(document)


def test_a_draft_is_marked_as_a_draft(drafted, cast):
    document = document_of(shown_picture(cast.samordnaren.viewer, drafted))
    assert document.banner == "Utkast, inte för spridning."
    assert document.state_text.startswith("Utkast.")


def test_a_hidden_sentence_is_in_no_rendering(drafted, cast):
    hide_sentence(
        actor=cast.samordnaren.viewer, sentence=sentence(drafted, "new", "change"), version=1
    )
    shown = shown_picture(cast.samordnaren.viewer, drafted)
    hidden = sentence(drafted, "new", "change").text
    assert hidden not in str(document_of(shown))
    assert hidden not in str(json_.picture_json(shown))


def test_what_is_not_released_to_the_viewer_is_told_as_closed(drafted, cast):
    document = document_of(shown_picture(cast.kommunpolisen.viewer, drafted))
    level = next(section for section in document.sections if section.key == "level")
    assert level.blocks[0].text.startswith("Luleå kommun har inte släppt sin text")
    assert not any(isinstance(block, Paragraph) for block in level.blocks)
