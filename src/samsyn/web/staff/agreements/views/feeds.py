"""Calendar addresses: made and shown once, fetched by a calendar program, revoked."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.domains.agreements.models import Agreement, Body, CalendarFeed
from samsyn.domains.agreements.selectors.feeds import feed_by_secret, feed_content
from samsyn.domains.agreements.services.feeds import make_feed, revoke_feed
from samsyn.outputs.ics import calendar_bytes
from samsyn.outputs.year_calendar import entry_of_mark, entry_of_meeting
from samsyn.web.doors import get_visible, municipality_of, staff, viewer_of
from samsyn.web.staff.agreements.views.shared import url_or_none


@staff
def feeds(request: HttpRequest) -> HttpResponse:
    """List one's addresses, and make a new one; its secret is shown on this answer alone."""
    viewer = viewer_of(request)
    made = ""
    if request.method == "POST":
        made = make(request)
    agreements = visible(viewer, Agreement).filter(
        municipalities=municipality_of(request), kind=Agreement.Kind.AGREEMENT
    )
    bodies = visible(viewer, Body).filter(agreement__in=agreements, is_current=True)
    context = {
        "feeds": visible(viewer, CalendarFeed)
        .filter(revoked_at=None)
        .select_related("agreement", "body"),
        "agreements": agreements,
        "bodies": bodies.exclude(state__in=[Body.State.TEMPLATE, Body.State.CLOSED]),
        "made": made,
        # Opens the calendar program, where one is installed.
        "webcal": made.replace("https://", "webcal://").replace("http://", "webcal://"),
        "room": "avtal",
        "thread": [{"label": _("Avtal"), "url": reverse("avtal")}, {"label": _("Kalender")}],
    }
    response = render(request, "staff/agreements/feeds.html", context)
    response["Cache-Control"] = "no-store"
    return response


def make(request: HttpRequest) -> str:
    """Make the address that was asked for, and return it whole."""
    viewer = viewer_of(request)
    kind, _sep, key = request.POST.get("vad", "").partition(":")
    agreement = get_visible(viewer, Agreement, code=key) if kind == "avtal" else None
    body = get_visible(viewer, Body, pk=key) if kind == "organ" else None
    if kind not in {"jag", "avtal", "organ"}:
        raise Http404
    _feed, secret = make_feed(actor=viewer, agreement=agreement, body=body)
    return settings.BASE_URL + reverse("kalender_fil", args=[secret])


@require_POST
@staff
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one of one's own addresses."""
    feed = get_visible(viewer_of(request), CalendarFeed, pk=pk)
    revoke_feed(actor=viewer_of(request), feed=feed)
    messages.success(request, _("Adressen är återkallad. Kalendern får inget nytt härifrån."))
    return redirect("kalendrar")


@require_safe
def fetch(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar to whoever has the secret address; 404 for all others, revoked ones too."""
    feed = feed_by_secret(secret)
    if feed is None:
        raise Http404
    content = feed_content(feed, clock.today())
    entries = [
        entry_of_mark(
            code, mark, settings.BASE_URL + reverse("atagande", args=[mark.commitment.pk])
        )
        for code, mark in content.marks
    ]
    for meeting in content.meetings:
        address = url_or_none(meeting.link)
        entries.append(entry_of_meeting(meeting, settings.BASE_URL + address if address else ""))
    CalendarFeed.objects.filter(pk=feed.pk).update(fetched_at=clock.now())
    # Stamped by the day, so that the same year is the same file all day and need not be sent again.
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    made = calendar_bytes(f"Samsyn: {content.name}", entries, now=today)
    etag = f'"{hashlib.sha256(made).hexdigest()[:32]}"'
    unchanged = etag in request.headers.get("If-None-Match", "")
    return HttpResponse(
        b"" if unchanged else made,
        status=304 if unchanged else 200,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="samsyn.ics"',
            "Cache-Control": "private, max-age=3600",
            "ETag": etag,
            "X-Robots-Tag": "noindex",
            "Referrer-Policy": "no-referrer",
        },
    )
