"""What the holder of a one-time link is shown."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.domains.situation.models import (
    Contribution,
)
from samsyn.domains.situation.part_words import part_checksum, stands
from samsyn.domains.situation.result import WeeklyNumbers, from_json
from samsyn.domains.situation.sections import SECTIONS
from samsyn.domains.situation.selectors.showing import shown_sentence, title_of
from samsyn.domains.situation.services.releases import working_link
from samsyn.domains.situation.shown import (
    ShownSection,
)


@dataclass(frozen=True)
class LinkedPart:
    """What the page behind a one-time link shows: the part's words and what is released by saying yes."""

    picture_title: str
    organisation: str
    function: str
    expires_at: str
    sections: tuple[ShownSection, ...]
    contribution: str
    content_checksum: str


def part_behind_link(token: str) -> LinkedPart:
    """Return the part that the link releases; UserError where the link does not work."""
    link = working_link(token)
    part = link.part
    sentences = [one for one in part.sentences.all() if stands(one)]
    contribution = Contribution.objects.filter(part=part).first()
    return LinkedPart(
        picture_title=title_of(from_json(WeeklyNumbers, part.picture.numbers)),
        organisation=part.organisation.called,
        function=link.function,
        expires_at=link.expires_at.isoformat(),
        sections=tuple(
            ShownSection(
                key,
                str(section.title),
                tuple(shown_sentence(one, False) for one in sentences if one.section == key),
            )
            for key, section in SECTIONS.items()
            if any(one.section == key for one in sentences)
        ),
        contribution=contribution.text if contribution else "",
        content_checksum=part_checksum(part),
    )
