"""What several of the agreement pages need."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base import clock
from samsyn.base.links import Link
from samsyn.domains.agreements.models import Agreement
from samsyn.web.doors import get_visible, viewer_of
from samsyn.web.links import url_of

# The look's word for each state: its form, and what it is called here.
BADGES = {
    "late": ("late", gettext_lazy("Försenat")),
    "due": ("due", gettext_lazy("Förfaller")),
    "upcoming": ("planned", gettext_lazy("Kommer")),
    "paused": ("none", gettext_lazy("Uppehåll")),
    "soft": ("active", gettext_lazy("Följs")),
    "done": ("done", gettext_lazy("Uppfyllt")),
    "not_applicable": ("none", gettext_lazy("Gäller inte")),
}


def agreement_at(request: HttpRequest, code: str) -> Agreement:
    """The agreement that the viewer may see, else 404."""
    found = get_visible(viewer_of(request), Agreement, code=code)
    return Agreement.objects.select_related("current_version").get(pk=found.pk)


def day_in(request: HttpRequest, name: str = "dag") -> dt.date:
    """The day in the address; today where there is none or it is no day."""
    try:
        return dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return clock.today()


def url_or_none(link: Link | None) -> str:
    """The address of a thing; nothing for what no page shows."""
    if link is None:
        return ""
    try:
        return url_of(link)
    except LookupError:
        return ""


def tabs_of(agreement: Agreement, current: str) -> list[dict[str, object]]:
    """The pages of one agreement."""
    words = (
        ("avtal_sida", _("Avtalet")),
        ("avtal_laget", _("Läget i avtalet")),
        ("avtal_arshjul", _("Årshjul")),
        ("dokument_lista", _("Dokument")),
    )
    return [
        {"label": label, "url": reverse(name, args=[agreement.code]), "current": name == current}
        for name, label in words
    ]


def thread_to(agreement: Agreement, label: str) -> list[dict[str, str]]:
    """Avtal → the agreement → where one stands."""
    return [
        {"label": _("Avtal"), "url": reverse("avtal")},
        {"label": agreement.title, "url": reverse("avtal_sida", args=[agreement.code])},
        {"label": label},
    ]
