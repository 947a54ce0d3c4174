"""Items that are about a version of one of the agreement's documents (L12)."""

from __future__ import annotations

from collections.abc import Iterable

from samsyn.domains.agreements.models import DocumentVersion
from samsyn.domains.meetings.models import AgendaItem, Meeting

SOURCE = "document_version:"


def key_of(item: AgendaItem) -> str:
    """Return the key of the version that the item is about; empty where it is about none."""
    return item.source.removeprefix(SOURCE) if item.source.startswith(SOURCE) else ""


def versions_of(items: Iterable[AgendaItem]) -> dict[str, DocumentVersion]:
    """Return key → version of those that the items are about (one query, none where there are none)."""
    keys = [key for item in items if (key := key_of(item))]
    if not keys:
        return {}
    rows = DocumentVersion.objects.filter(pk__in=keys).select_related("document__agreement")
    return {str(one.pk): one for one in rows}


def versions_on(meeting: Meeting) -> dict[str, DocumentVersion]:
    """Return the versions on the meeting's agenda."""
    return versions_of(meeting.items.filter(source__startswith=SOURCE))


def version_of(item: AgendaItem) -> DocumentVersion | None:
    """Return the version that the item is about."""
    return versions_of([item]).get(key_of(item))
