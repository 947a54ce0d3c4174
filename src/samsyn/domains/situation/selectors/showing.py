"""A picture as one viewer may see it: draft, frozen version, or numbers that are kept nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer, visible
from samsyn.base.errors import NotAllowed
from samsyn.domains.reports.selectors import sees_every_report
from samsyn.domains.situation import rules
from samsyn.domains.situation.draft import write_sentences
from samsyn.domains.situation.models import (
    Contribution,
    Part,
    Picture,
    PictureVersion,
    Release,
    Sentence,
)
from samsyn.domains.situation.part_words import stands
from samsyn.domains.situation.result import Source, WeeklyNumbers, checksum, from_json
from samsyn.domains.situation.sections import SECTIONS
from samsyn.domains.situation.shown import (
    FrozenPart,
    FrozenWords,
    ShownPart,
    ShownPicture,
    ShownRelease,
    ShownSection,
    ShownSentence,
)


def shown_picture(viewer: Viewer, picture: Picture) -> ShownPicture:
    """Return the picture as she may see it: the draft where she works on it, else the frozen version.

    `picture` comes from `visible`. Raises NotAllowed where there is nothing for her yet.
    """
    works = viewer.is_system or visible(viewer, Part).filter(picture=picture).exists()
    if works and not picture.is_finished:
        return shown_draft(viewer, picture)
    version = picture.versions.first()
    if version is None:
        raise NotAllowed(_("Lägesbilden är inte färdig än."))
    return frozen_picture(viewer, version)


def shown_draft(viewer: Viewer, picture: Picture) -> ShownPicture:
    """Return the draft: every part she may see, with what she may do in it."""
    parts = list(
        picture.parts.select_related("organisation").prefetch_related(
            Prefetch("releases", Release.objects.filter(withdrawn_at=None), to_attr="standing"),
            "sentences",
            "contribution",
        )
    )
    for part in parts:
        part.picture = picture
    shown = {part.pk: shown_part(viewer, part) for part in parts}
    sections = shown_sections(viewer, parts)
    states = [state_of(part) for part in parts]
    own = next((state_of(part) for part in parts if rules.is_own(viewer, part)), None)
    coordinates = rules.coordinates(viewer, picture)
    return ShownPicture(
        title=title_of(from_json(WeeklyNumbers, picture.numbers)),
        numbers=open_numbers(viewer, picture, parts),
        sections=sections,
        parts=tuple(shown.values()),
        origin="draft",
        key=str(picture.pk),
        edition=picture.edition,
        refreshed_at=picture.refreshed_at.isoformat(),
        version=picture.version,
        next_step=rules.next_step(
            is_finished=False, coordinates=coordinates, own=own, states=states
        ),
        waits_for=tuple(rules.parts_that_stop(states)),
        may_coordinate=coordinates,
        is_invented=picture.is_demo,
    )


def frozen_picture(viewer: Viewer, version: PictureVersion) -> ShownPicture:
    """Return a frozen version, which every reader of the municipality sees alike."""
    picture = version.picture
    words = from_json(FrozenWords, version.words)
    numbers = from_json(WeeklyNumbers, version.numbers)
    return ShownPicture(
        title=title_of(numbers),
        numbers=numbers,
        sections=tuple(
            ShownSection(
                section.key,
                str(SECTIONS[section.key].title),
                tuple(
                    ShownSentence(
                        one.key,
                        section.key,
                        one.text,
                        one.sources,
                        is_edited=one.is_written_by_hand,
                    )
                    for one in section.sentences
                ),
            )
            for section in words.sections
        ),
        parts=tuple(thawed_part(part) for part in words.parts),
        origin="frozen",
        key=str(picture.pk),
        edition=version.number,
        checksum=version.checksum,
        frozen_at=version.frozen_at.isoformat(),
        version=picture.version,
        next_step="present",
        may_coordinate=rules.coordinates(viewer, picture),
        is_invented=picture.is_demo,
    )


def unsaved_picture(numbers: WeeklyNumbers) -> ShownPicture:
    """Return a picture of numbers that are kept nowhere: for commands."""
    drafts = write_sentences(numbers)
    return ShownPicture(
        title=title_of(numbers),
        numbers=numbers,
        sections=tuple(
            ShownSection(
                key,
                str(section.title),
                tuple(
                    ShownSentence(one.key, key, one.text, one.sources)
                    for one in drafts
                    if one.section == key
                ),
            )
            for key, section in SECTIONS.items()
            if any(one.section == key for one in drafts)
        ),
    )


def title_of(numbers: WeeklyNumbers) -> str:
    """Return "Lägesbild Luleå kommun, vecka 20 2026"."""
    return _("Lägesbild %(scope)s, vecka %(week)s %(year)s") % {
        "scope": numbers.scope.name,
        "week": numbers.week.number,
        "year": numbers.week.year,
    }


def shown_sections(viewer: Viewer, parts: list[Part]) -> tuple[ShownSection, ...]:
    """Return the sections in order; one whose party has not released it is shown as closed."""
    sentences: dict[str, list[ShownSentence]] = {key: [] for key in SECTIONS}
    owners: dict[str, Part] = {}
    closed: set[str] = set()
    rows = [(part, one) for part in parts for one in part.sentences.all()]
    for part, one in sorted(rows, key=lambda row: (row[1].order, row[1].pk)):
        owners.setdefault(one.section, part)
        if not rules.may_see_part(viewer, part, is_released=bool(part.standing)):  # type: ignore[attr-defined]
            closed.add(one.section)
            continue
        may_edit = rules.may_edit_part(viewer, part) and not part.standing  # type: ignore[attr-defined]
        if stands(one) or may_edit:
            sentences[one.section].append(shown_sentence(one, may_edit))
    return tuple(
        ShownSection(
            key,
            str(section.title),
            tuple(sentences[key]),
            is_open=key not in closed,
            owner=owners[key].organisation.called,
        )
        for key, section in SECTIONS.items()
        if key in owners
    )


def shown_sentence(one: Sentence, may_edit: bool) -> ShownSentence:
    return ShownSentence(
        key=one.key,
        section=one.section,
        text=one.text,
        sources=tuple(from_json(Source, source) for source in one.sources),
        pk=one.pk,
        version=one.version,
        generated_text=one.generated_text,
        is_edited=one.is_edited,
        is_added=one.is_added,
        is_hidden=one.is_hidden,
        basis_changed=one.basis_changed,
        edited_by=one.edited_by_label,
        edited_at=one.edited_at.isoformat() if one.edited_at else "",
        may_edit=may_edit,
    )


def shown_part(viewer: Viewer, part: Part) -> ShownPart:
    """Return how far the party is; its contribution where it is hers or released."""
    release = part.standing[0] if part.standing else None  # type: ignore[attr-defined]
    contribution: Contribution | None = getattr(part, "contribution", None)
    own = rules.is_own(viewer, part)
    open_to_her = own or viewer.is_system or release is not None
    state = state_of(part)
    name = "left_out" if state.is_left_out else "released" if state.is_released else "draft"
    return ShownPart(
        organisation=part.organisation.called,
        kind=part.organisation.kind,
        state=name if state.has_content or state.is_left_out else "empty",  # type: ignore[arg-type]
        pk=part.pk,
        organisation_key=part.organisation_id,
        release=shown_release(release) if release is not None else None,
        contribution=(contribution.text if contribution else "") if open_to_her else None,
        contribution_version=contribution.version if contribution and open_to_her else 0,
        content_checksum=checksum(words_of(part)) if own else "",
        left_out_note=part.left_out_note,
        is_own=own,
        may_edit=rules.may_edit_part(viewer, part) and release is None,
        may_release=rules.may_release_part(viewer, part) and release is None,
    )


def shown_release(release: Release) -> ShownRelease:
    return ShownRelease(
        way=release.way,
        way_text=str(release.get_way_display()),
        function=release.function,
        note=release.note,
        by=release.by_label,
        at=release.at.isoformat(),
    )


def thawed_part(part: FrozenPart) -> ShownPart:
    release = None
    if part.way:
        way_text = str(Release.Way(part.way).label)
        release = ShownRelease(part.way, way_text, part.function, part.note, part.by, part.at)
    state = "left_out" if part.is_left_out else "released" if release else "empty"
    return ShownPart(
        organisation=part.organisation,
        kind=part.kind,
        state=state,  # type: ignore[arg-type]
        release=release,
        contribution=part.contribution,
        left_out_note=part.left_out_note,
    )


def words_of(part: Part) -> dict[str, Any]:
    """The words of a part whose sentences and contribution are already fetched."""
    contribution: Contribution | None = getattr(part, "contribution", None)
    return {
        "sentences": [
            [one.section, one.key, one.text] for one in part.sentences.all() if stands(one)
        ],
        "contribution": contribution.text if contribution else "",
    }


def state_of(part: Part) -> rules.PartState:
    """How far the party is, from what is already fetched."""
    words = words_of(part)
    return rules.PartState(
        organisation=part.organisation.called,
        has_content=bool(words["sentences"] or words["contribution"]),
        is_released=bool(part.standing),  # type: ignore[attr-defined]
        is_left_out=part.is_left_out,
    )


def open_numbers(viewer: Viewer, picture: Picture, parts: list[Part]) -> WeeklyNumbers:
    """Return the picture's numbers without those of parts that are not open to her.

    Who sees every report of a municipality sees their sums too, released or not: it is the
    municipality's words about them that wait for its release.
    """
    closed = [
        part
        for part in parts
        if not rules.may_see_part(viewer, part, is_released=bool(part.standing))  # type: ignore[attr-defined]
    ]
    uncounted = [part for part in closed if not sees_every_report(viewer, part.organisation_id)]
    numbers = from_json(WeeklyNumbers, picture.numbers)
    hidden_places = {part.organisation.municipality_code for part in uncounted} - {""}
    if numbers.scope.is_joint:
        kept = tuple(one for one in numbers.municipalities if one.code not in hidden_places)
        numbers = replace(numbers, municipalities=kept)
    return rules.masked(
        numbers,
        with_reports=all(part.organisation_id != picture.scope_id for part in uncounted),
        with_plans=all(part.organisation_id != picture.scope_id for part in closed),
        with_police_list=all(part.organisation.kind != "police_area" for part in closed),
    )
