"""The tabs of what is set for reports: links, recipients, feedback, categories."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.web.doors import municipality_of, viewer_of


def settings_pages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return those pages that the viewer may open, with what each is for."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    pages = (
        ("rapporter_lankar", "reports.manage_links", _("Länkar och QR"), "qr-code", _("Vägar in utan konto")),
        ("rapporter_mottagare", "reports.route", _("Mottagare"), "mail", _("Vem som lagar lampan")),
        ("rapporter_aterkoppling", "reports.publish_feedback", _("Återkoppling"), "megaphone", _("Vad rapporterna ledde till")),
        ("rapporter_kategorier", "", _("Kategorier"), "tag", _("Den beslutade uppsättningen")),
    )  # fmt: skip
    return [
        {"label": label, "icon": icon, "text": text, "url": reverse(name)}
        for name, permission, label, icon, text in pages
        if not permission or viewer.can(permission, municipality)
    ]


def settings_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the tabs with the present one marked."""
    return [
        {**one, "current": request.path.startswith(one["url"])} for one in settings_pages(request)
    ]
