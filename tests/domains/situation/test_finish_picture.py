"""Finishing freezes; a correction makes a new version; a frozen picture can be made again."""

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.retention.models import DisposalRecord
from samsyn.domains.reports.models import Report
from samsyn.domains.situation.models import FrozenError
from samsyn.domains.situation.recomputing import recompute
from samsyn.domains.situation.result import checksum
from samsyn.domains.situation.selectors import frozen_picture, shown_picture
from samsyn.domains.situation.services import (
    edit_sentence,
    finish_picture,
    leave_out_part,
    new_version,
    note_in_meeting,
    record_delivery,
    release_part,
)
from tests.domains.situation.helping import part_of, sentence


def test_a_picture_is_not_finished_before_all_parts_are_released(drafted, cast, town):
    with pytest.raises(UserError, match="Luleå kommun, Lokalpolisområde Luleå-Boden"):
        finish_picture(actor=cast.samordnaren.viewer, picture=drafted)
    release_part(actor=cast.samordnaren.viewer, part=part_of(drafted, town.lulea))
    with pytest.raises(UserError, match="inte släppt än: Lokalpolisområde"):
        finish_picture(actor=cast.samordnaren.viewer, picture=drafted)


def test_only_the_coordinator_finishes(drafted, cast, town):
    with pytest.raises(NotAllowed):
        finish_picture(actor=cast.kommunpolisen.viewer, picture=drafted)


@pytest.mark.clause("C04")
def test_a_frozen_version_has_a_checksum_and_cannot_be_changed(finished):
    version = finished.versions.get()
    assert (
        version.checksum
        == checksum({"numbers": version.numbers, "words": version.words})
        == finished.checksum
    )
    version.reason = "Ändrad"
    with pytest.raises(FrozenError):
        version.save()
    with pytest.raises(FrozenError):
        version.delete()


def test_a_left_out_party_is_not_in_the_frozen_picture(drafted, cast, town):
    leave_out_part(
        actor=cast.samordnaren.viewer, part=part_of(drafted, town.police), note="Hann inte."
    )
    release_part(actor=cast.samordnaren.viewer, part=part_of(drafted, town.lulea))
    version = finish_picture(actor=cast.samordnaren.viewer, picture=drafted)
    shown = frozen_picture(SYSTEM, version)
    assert "police_events" not in {section.key for section in shown.sections}
    assert (
        next(part for part in shown.parts if part.kind == "police_area").left_out_note
        == "Hann inte."
    )


@pytest.mark.clause("C04")
def test_a_correction_makes_a_new_version_and_the_old_stays(finished, cast, town):
    first = finished.versions.get()
    picture = new_version(
        actor=cast.samordnaren.viewer, picture=finished, reason="Fel antal i första meningen."
    )
    assert shown_picture(cast.lasaren.viewer, picture).edition == 1
    edit_sentence(
        actor=cast.samordnaren.viewer,
        sentence=sentence(picture, "level", "count"),
        text="Det kom 34.",
        version=1,
    )
    with pytest.raises(UserError, match="inte släppt"):
        finish_picture(actor=cast.samordnaren.viewer, picture=picture)
    release_part(actor=cast.kommunpolisen.viewer, part=part_of(picture, town.police))
    release_part(actor=cast.samordnaren.viewer, part=part_of(picture, town.lulea))
    second = finish_picture(
        actor=cast.samordnaren.viewer, picture=picture, reason="Fel antal i första meningen."
    )
    assert (first.number, second.number) == (1, 2)
    assert first.checksum != second.checksum
    assert "Vecka 20 kom 34 rapporter." in str(first.words)
    assert "Det kom 34." in str(second.words)


@pytest.mark.clause("C04")
def test_a_frozen_picture_is_recomputed_to_the_same_numbers(finished):
    again = recompute(finished.versions.get())
    assert (again.origin, again.differences) == ("live", ())


@pytest.mark.clause("C04")
def test_rows_that_came_later_are_told_as_differences(finished, report):
    report("SKAD")
    again = recompute(finished.versions.get())
    told = {one.what: (one.frozen, one.now) for one in again.differences}
    assert told["rapporter"] == ("34", "35")
    assert finished.versions.get().numbers["reports"]["count"] == 34


@pytest.mark.clause("C04")
def test_when_the_rows_are_gone_the_kept_aggregates_give_the_same_numbers(finished, town):
    for report in Report.objects.all():
        DisposalRecord.objects.create(
            thing="reports.report",
            thing_key=str(report.pk),
            organisation=town.lulea,
            rule="reports",
            disposed_by="Systemet",
        )
    Report.objects.all().delete()
    again = recompute(finished.versions.get())
    assert again.origin == "kept"
    assert again.is_same
    assert again.numbers.reports.count == 34
    assert again.numbers.reports.level.verdict == "above"


def test_a_delivery_is_noted(finished, cast):
    version = finished.versions.get()
    record_delivery(
        actor=cast.samordnaren.viewer,
        version=version,
        form="pdf",
        recipient="Brottsförebyggande rådet",
    )
    assert version.deliveries.get().recipient == "Brottsförebyggande rådet"
    with pytest.raises(UserError):
        record_delivery(actor=cast.samordnaren.viewer, version=version, form="fax")
    with pytest.raises(NotAllowed):
        record_delivery(actor=cast.framlingen.viewer, version=version, form="pdf")


def test_notes_and_actions_are_taken_while_it_is_shown(finished, cast):
    note_in_meeting(
        actor=cast.samordnaren.viewer, picture=finished, kind="action", section="where",
        text="Se över belysningen.", responsible="Fastighetschef",
    )  # fmt: skip
    assert finished.notes.get().responsible == "Fastighetschef"
    with pytest.raises(NotAllowed):
        note_in_meeting(actor=cast.framlingen.viewer, picture=finished, text="Något.")
    with pytest.raises(UserError, match="Inget har sparats"):
        note_in_meeting(actor=cast.samordnaren.viewer, picture=finished, text="Ring 070-174 06 35.")
