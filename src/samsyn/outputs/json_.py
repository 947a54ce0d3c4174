"""The picture's numbers and sentences as JSON, with the keys that programs rely on."""

from __future__ import annotations

from typing import Any

from samsyn.domains.situation.result import to_json
from samsyn.domains.situation.shown import ShownPicture


def picture_json(shown: ShownPicture) -> dict[str, Any]:
    """Return `municipality` (or `police_area`), `week`, the three kinds of source apart, and the sentences."""
    numbers = to_json(shown.numbers)
    scope = shown.numbers.scope
    reports = numbers["reports"]
    events = numbers["police_events"]
    registered = numbers["registered"]
    return {
        "municipality": None if scope.is_joint else scope.municipalities[0].code,
        "police_area": scope.slug if scope.is_joint else None,
        "municipalities": [place.code for place in scope.municipalities],
        "name": scope.name,
        "week": shown.numbers.week.text,
        "period": {"starts": shown.numbers.week.starts, "ends": shown.numbers.week.ends},
        "made_at": shown.numbers.made_at,
        "code_version": shown.numbers.code_version,
        "state": shown.origin,
        "edition": shown.edition,
        "checksum": shown.checksum,
        "sources": {
            "reports": {"count": reports["count"] if reports else None, **(reports or {})},
            "police_events": {
                **events,
                "ids": [int(one) for one in events["ids"]],
                "summaries": [int(one) for one in events["summaries"]],
            },
            "registered": registered,
            "notes": numbers["sources"],
        },
        "side_by_side": numbers["municipalities"],
        "ahead": numbers["ahead"],
        "assignments": numbers["assignments"],
        "gaps": numbers["gaps"],
        "provenance": numbers["provenance"],
        "sentences": [
            {
                "section": section.key,
                "key": one.key,
                "text": one.text,
                "edited": one.is_edited or one.is_added,
                "sources": [to_json(source) for source in one.sources],
            }
            for section in shown.sections
            for one in section.sentences
            if not one.is_hidden
        ],
    }
