"""What a part says, word for word: what a release is a release of, and what is frozen."""

from __future__ import annotations

from typing import Any

from samsyn.domains.situation import rules
from samsyn.domains.situation.models import Contribution, Part, Picture, Sentence
from samsyn.domains.situation.result import Source, WeeklyNumbers, checksum, from_json, to_json
from samsyn.domains.situation.sections import SECTIONS
from samsyn.domains.situation.shown import FrozenPart, FrozenSection, FrozenSentence, FrozenWords


def stands(sentence: Sentence) -> bool:
    """Tell whether the sentence is in the picture: not hidden, and still drafted or a person's."""
    return not sentence.is_hidden and (sentence.is_current or sentence.edited_text is not None)


def part_words(part: Part) -> dict[str, Any]:
    """Return the part's shown sentences and its contribution as plain values."""
    return {
        "sentences": [
            [one.section, one.key, one.text] for one in part.sentences.all() if stands(one)
        ],
        "contribution": contribution_text(part),
    }


def contribution_text(part: Part) -> str:
    """Return the party's own text, empty where it has written none."""
    return Contribution.objects.filter(part=part).values_list("text", flat=True).first() or ""


def part_checksum(part: Part) -> str:
    """Return the checksum of the part's words."""
    return checksum(part_words(part))


def part_has_content(part: Part) -> bool:
    """Tell whether there is anything to release."""
    words = part_words(part)
    return bool(words["sentences"] or words["contribution"])


def frozen_words(picture: Picture) -> FrozenWords:
    """Return the words of all parts that are in, and how each was released."""
    parts = list(picture.parts.select_related("organisation"))
    left_out = {part.pk for part in parts if part.is_left_out}
    sentences = [
        one for one in picture.sentences.all() if stands(one) and one.part_id not in left_out
    ]
    sections = (
        FrozenSection(key, tuple(frozen_sentence(one) for one in sentences if one.section == key))
        for key in SECTIONS
    )
    return FrozenWords(
        sections=tuple(section for section in sections if section.sentences),
        parts=tuple(frozen_part(part) for part in parts),
    )


def frozen_sentence(sentence: Sentence) -> FrozenSentence:
    return FrozenSentence(
        key=sentence.key,
        text=sentence.text,
        sources=tuple(from_json(Source, source) for source in sentence.sources),
        is_written_by_hand=sentence.edited_text is not None,
    )


def frozen_part(part: Part) -> FrozenPart:
    release = part.releases.filter(withdrawn_at=None).first()
    organisation = part.organisation
    if part.is_left_out or release is None:
        return FrozenPart(
            organisation.called,
            organisation.kind,
            is_left_out=part.is_left_out,
            left_out_note=part.left_out_note,
        )
    return FrozenPart(
        organisation=organisation.called,
        kind=organisation.kind,
        contribution=contribution_text(part),
        way=release.way,
        function=release.function,
        note=release.note,
        by=release.by_label,
        at=release.at.isoformat(),
    )


def frozen_numbers(picture: Picture) -> Any:
    """Return the picture's numbers, without the police's list where the police's part is left out."""
    numbers = from_json(WeeklyNumbers, picture.numbers)
    left_out = picture.parts.filter(is_left_out=True, organisation__kind="police_area").exists()
    return to_json(rules.masked(numbers, with_reports=True, with_police_list=not left_out))
