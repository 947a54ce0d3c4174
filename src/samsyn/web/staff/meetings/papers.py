"""Where a paper is opened: its file, or the page of what it points at."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from samsyn.domains.meetings.models import Paper
from samsyn.web.links import url_of


def address_of_paper(paper: Paper) -> str:
    """Return the address that one tap opens; an empty string where this installation has no such page."""
    if paper.file_id is not None:
        return reverse("moteshandling", args=[paper.pk])
    try:
        return url_of(paper.link) if paper.link else ""
    except (LookupError, NoReverseMatch):
        return ""
