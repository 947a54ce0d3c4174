"""What the pages of the room share: doing something, telling how it went, and going on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date, parse_time

from samsyn.base import clock
from samsyn.base.errors import UserError
from samsyn.domains.meetings.models import Meeting
from samsyn.web.doors import get_visible, viewer_of


def seen_meeting(request: HttpRequest, pk: int) -> Meeting:
    """Return the meeting with body and agreement; 404 where she may not see it."""
    found = get_visible(viewer_of(request), Meeting, pk=pk)
    return Meeting.objects.select_related(
        "body__agreement__current_version",
        "body__proposes_to",
        "municipality",
        "secretary",
        "chair",
        "adjuster",
    ).get(pk=found.pk)


def do(request: HttpRequest, work: Callable[..., Any], done: str = "", **more: Any) -> bool:
    """Do the work as the one who asks; a UserError is told and nothing is kept. Returns whether it went."""
    try:
        work(actor=viewer_of(request), **more)
    except UserError as error:
        messages.error(request, str(error))
        return False
    if done:
        messages.success(request, done)
    return True


def back(url_name: str, *keys: Any, at: str = "") -> HttpResponse:
    """Go to the page, to the part of it where one was."""
    response = redirect(url_name, *keys)
    if at:
        response["Location"] += f"#{at}"
    return response


def given_date(request: HttpRequest, name: str) -> dt.date | None:
    """Return the date that was given; None for none, or for anything that is no date."""
    try:
        return parse_date(request.POST.get(name, ""))
    except ValueError:
        return None


def given_moment(request: HttpRequest, day: str, time: str) -> dt.datetime | None:
    """Return day and time as a moment in Swedish time; None where either is missing or wrong."""
    date = given_date(request, day)
    try:
        at = parse_time(request.POST.get(time, ""))
    except ValueError:
        at = None
    if date is None or at is None:
        return None
    return dt.datetime.combine(date, at.replace(tzinfo=None), clock.SWEDEN)


def given_key(request: HttpRequest, name: str) -> int:
    """Return a key that was posted; 0 for anything that is none."""
    text = request.POST.get(name, "")
    return int(text[:18]) if text.isdecimal() else 0
