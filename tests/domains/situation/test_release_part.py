"""Releasing: signed in, by a one-time link, by a noted consent. Each is traced and shown."""

import datetime as dt

import pytest

from samsyn.base import clock
from samsyn.base.audit.log import entries_about
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.situation.selectors import part_behind_link, shown_picture
from samsyn.domains.situation.services import (
    create_release_link,
    edit_sentence,
    leave_out_part,
    record_consent,
    release_by_link,
    release_part,
    revoke_release_link,
    withdraw_release,
)
from tests.domains.situation.helping import part_of, sentence


@pytest.fixture
def police_part(drafted, town):
    return part_of(drafted, town.police)


@pytest.mark.clause("C01")
def test_each_party_releases_its_own_part_only(drafted, police_part, cast, town):
    release_part(actor=cast.kommunpolisen.viewer, part=police_part)
    for actor in (cast.kommunpolisen, cast.framlingen, cast.lasaren, cast.fritidsledaren):
        with pytest.raises(NotAllowed):
            release_part(actor=actor.viewer, part=part_of(drafted, town.lulea))


def test_the_coordinator_cannot_release_for_the_police(police_part, cast):
    with pytest.raises(NotAllowed):
        release_part(actor=cast.samordnaren.viewer, part=police_part)


def test_a_part_is_released_once(police_part, cast):
    release_part(actor=cast.kommunpolisen.viewer, part=police_part)
    with pytest.raises(UserError, match="redan släppt"):
        release_part(actor=cast.kommunpolisen.viewer, part=police_part)


def test_what_has_changed_since_it_was_read_is_not_released(police_part, drafted, cast):
    seen = next(
        part for part in shown_picture(cast.kommunpolisen.viewer, drafted).parts if part.is_own
    ).content_checksum
    edit_sentence(
        actor=cast.samordnaren.viewer,
        sentence=sentence(drafted, "police_events", "count"),
        text="Annat.",
        version=1,
    )
    with pytest.raises(UserError, match="har ändrats sedan"):
        release_part(actor=cast.kommunpolisen.viewer, part=police_part, seen=seen)


def test_a_release_can_be_taken_back_and_the_trace_stays(police_part, drafted, cast):
    release_part(actor=cast.kommunpolisen.viewer, part=police_part)
    withdraw_release(actor=cast.kommunpolisen.viewer, part=police_part, reason="En siffra är fel.")
    first = police_part.releases.get()
    assert first.withdrawn_reason == "En siffra är fel."
    release_part(actor=cast.kommunpolisen.viewer, part=police_part)
    assert police_part.releases.count() == 2
    verbs = [entry.verb for entry in entries_about(drafted)]
    assert verbs.count("picture.part_released") == 2
    assert verbs.count("picture.release_withdrawn") == 1


def test_a_link_shows_one_part_and_releases_it_once(police_part, drafted, cast):
    made = create_release_link(
        actor=cast.samordnaren.viewer, part=police_part, function="Kommunpolis"
    )
    behind = part_behind_link(made.token)
    assert behind.organisation == police_part.organisation.called
    assert [section.key for section in behind.sections] == ["police_events", "registered"]
    assert made.token not in str(made.link.__dict__)
    release = release_by_link(token=made.token, seen=behind.content_checksum)
    assert (release.way, release.function) == ("link", "Kommunpolis")
    shown = next(
        part
        for part in shown_picture(cast.samordnaren.viewer, drafted).parts
        if part.kind == "police_area"
    )
    assert shown.release.way_text == "med engångslänk"
    for again in (part_behind_link, lambda token: release_by_link(token=token)):
        with pytest.raises(UserError, match="bara användas en gång"):
            again(made.token)


@pytest.mark.parametrize("how", ["expired", "revoked", "wrong", "finished"])
def test_a_link_that_does_not_hold_says_the_same_whatever_the_reason(
    how, police_part, drafted, cast, town
):
    made = create_release_link(
        actor=cast.samordnaren.viewer, part=police_part, function="Kommunpolis"
    )
    token = made.token
    if how == "expired":
        made.link.expires_at = clock.now() - dt.timedelta(seconds=1)
        made.link.save()
    elif how == "revoked":
        revoke_release_link(actor=cast.samordnaren.viewer, link=made.link)
    elif how == "finished":
        drafted.state = "finished"
        drafted.save()
    else:
        token = "fel"
    with pytest.raises(UserError, match="Länken gäller inte längre"):
        release_by_link(token=token)
    assert not police_part.releases.exists()


def test_only_the_coordinator_makes_links_and_notes_consent(police_part, cast):
    for actor in (cast.kommunpolisen, cast.lasaren, cast.framlingen):
        with pytest.raises(NotAllowed):
            create_release_link(actor=actor.viewer, part=police_part, function="Kommunpolis")
        with pytest.raises(NotAllowed):
            record_consent(
                actor=actor.viewer, part=police_part, function="Kommunpolis", note="Per telefon."
            )


def test_a_noted_consent_says_who_and_how(police_part, drafted, cast):
    record_consent(
        actor=cast.samordnaren.viewer,
        part=police_part,
        function="Kommunpolis",
        note="Sa ja på veckomötet.",
    )
    shown = next(
        part
        for part in shown_picture(cast.samordnaren.viewer, drafted).parts
        if part.kind == "police_area"
    )
    assert (shown.release.function, shown.release.note) == ("Kommunpolis", "Sa ja på veckomötet.")
    with pytest.raises(UserError):
        record_consent(actor=cast.samordnaren.viewer, part=police_part, function="", note="")


def test_another_partys_part_can_be_left_out_with_a_note_but_not_ones_own(
    police_part, drafted, cast, town
):
    left = leave_out_part(
        actor=cast.samordnaren.viewer, part=police_part, note="Polisen hann inte."
    )
    assert left.is_left_out
    with pytest.raises(UserError):
        leave_out_part(
            actor=cast.samordnaren.viewer, part=part_of(drafted, town.lulea), note="Nej."
        )
