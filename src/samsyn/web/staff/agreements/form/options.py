"""What references can point at in a file, by name; read also from a file with faults in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from samsyn.domains.agreements.file.check import references

Choices = list[tuple[str, Any]]


class Options:
    """The ids of a file's data with their names, by what they are."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def of(self, sort: str) -> Choices:
        """What a reference of the sort may point at, in groups where they are of several kinds."""
        parties, others = self.named("parties"), self.named("others")
        if sort == references.PARTY:
            return parties
        if sort == references.MUNICIPALITY:
            towns = {
                one.get("id")
                for section in ("parties", "others")
                for one in self.items(section)
                if one.get("kind") == "municipality"
            }
            return [pair for pair in (*parties, *others) if pair[0] in towns]
        if sort == references.ORGANISATION:
            return [*parties, *others]
        if sort == references.FUNCTION:
            return self.named("functions")
        if sort == references.BODY:
            return self.named("bodies")
        if sort == references.DOCUMENT:
            return self.named("documents")
        if sort == references.COMMITMENT:
            return self.named("commitments")
        groups = (
            (_("Funktioner"), self.named("functions")),
            (_("Parter"), parties),
            (_("Andra som deltar"), others),
            (_("Organ"), self.named("bodies")),
        )
        return [(title, pairs) for title, pairs in groups if pairs]

    def clauses(self) -> Choices:
        """The clauses, for the list that a text box suggests from."""
        return [(str(one.get("id")), str(one.get("title", ""))) for one in self.items("clauses")]

    def named(self, section: str) -> Choices:
        return [
            (one["id"], title_of(one))
            for one in self.items(section)
            if isinstance(one.get("id"), str)
        ]

    def items(self, section: str) -> Iterator[dict[str, Any]]:
        found = self.data.get(section)
        return (one for one in (found if isinstance(found, list) else ()) if isinstance(one, dict))

    def names(self) -> dict[str, str]:
        """Every id of an actor with its name."""
        sections = ("parties", "others", "functions", "bodies", "documents")
        return {ref: name for section in sections for ref, name in self.named(section)}


def title_of(part: dict[str, Any]) -> str:
    """What a part of the file is called, as far as it says."""
    keys = (
        "subject",
        "name",
        "title",
        "matter",
        "message",
        "text",
        "function",
        "party",
        "who",
        "id",
    )
    for key in keys:
        value = part.get(key)
        if (
            isinstance(value, str)
            and value.strip()
            and not (key == "subject" and "rhythm" not in part)
        ):
            return value
    return _("Utan namn")
