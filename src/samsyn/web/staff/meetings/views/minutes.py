"""The minutes on one page: attendance, notes, decisions, assignments, and the end."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.accounts.models import User
from samsyn.base.errors import UserError
from samsyn.domains.agreements.models import Body
from samsyn.domains.meetings.models import AgendaItem, Attendance, Meeting
from samsyn.domains.meetings.selectors.bodies import (
    functions_to_assign,
    may_chair,
    may_hold,
    parties_of,
    people_of,
)
from samsyn.domains.meetings.selectors.content import contributions_of
from samsyn.domains.meetings.selectors.invitations import invitations_of, seats_wanted
from samsyn.domains.meetings.selectors.presence import quorum
from samsyn.domains.meetings.services import minutes as services
from samsyn.formats import swedish
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.meetings.door import back, do, given_key, seen_meeting
from samsyn.web.staff.meetings.views.agenda import subjects_of
from samsyn.web.staff.meetings.views.meeting import items_of, step_of


@staff
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page on which the minutes are written."""
    shown = seen_meeting(request, pk)
    if not may_hold(viewer_of(request), shown.body) or shown.is_trace:
        raise Http404
    if request.method == "POST":
        return choose(request, shown)
    if not shown.may_be_written_in:
        return redirect("mote", pk)
    return render(request, "staff/meetings/minutes.html", writing(shown))


def writing(shown: Meeting) -> dict[str, Any]:
    """Return what the page of the minutes and the meeting mode both need."""
    people = people_of(shown.body, shown.day)
    noted = {row.seat_id: row for row in shown.attendances.select_related("user") if row.seat_id}
    return {
        "room": "moten",
        "meeting": shown,
        "items": items_of(shown),
        "rows": [(one, noted.get(one.seat.pk)) for one in people],
        "guests": shown.attendances.filter(seat__isnull=True),
        "expected": expected_guests(shown),
        "seats_wanted": seats_wanted(shown),
        "quorum": quorum(shown),
        "parties": parties_of(shown.body),
        "contributions": contributions_of(shown),
        "bodies": Body.objects.filter(assigned_by=shown.body_id, is_current=True).exclude(
            state__in=(Body.State.TEMPLATE, Body.State.CLOSED)
        ),
        "functions": functions_to_assign(shown.body),
        "users": users_in(people),
        "chairs": may_chair(shown),
        "subjects": subjects_of(shown.body.agreement),
        "provable": provable(shown),
        "registers": True,
        "step": step_of(shown),
        "steps": [_("Planerat"), _("Kallat"), _("Hållet"), _("Justeras"), _("Klart")],
        "thread": [
            {"label": _("Möten"), "url": "/moten/"},
            {"label": str(shown), "url": f"/moten/{shown.pk}/"},
            {"label": _("Anteckningar") if shown.is_light else _("Protokoll"), "url": ""},
        ],
    }


def expected_guests(shown: Meeting) -> list[Any]:
    """Return who is invited to present or be adjoined and has not been noted as present."""
    noted = set(shown.attendances.filter(seat__isnull=True).values_list("label", flat=True))
    return [
        one
        for one in invitations_of(shown)
        if one.seat_id is None and one.called[:120] not in noted
    ]


def users_in(people: list[Any]) -> list[User]:
    """Return those who may lead, keep or adjust: everybody in the body, once."""
    return list({one.user_id: one.user for seat in people for one in seat.everyone}.values())


def provable(shown: Meeting) -> list[Any]:
    """Return the commitments that some of the body's meetings keep, for who writes to point out."""
    rows = shown.body.commitments.filter(is_current=True, agreement__kind="agreement")
    return [
        one
        for one in rows
        if {"meeting_minuted", "meeting_held"} & set(one.evidence_kinds)
        and isinstance(one.rhythm, dict)
    ][1:]


def choose(request: HttpRequest, shown: Meeting) -> HttpResponse:
    """Choose chair, secretary and adjuster, or what the meeting also shows."""
    if request.POST.get("action") == "proves":
        done = _("Noterat vad mötet också visar.")
        do(request, services.choose_proved, done, meeting=shown, refs=request.POST.getlist("ref"))
        return back("mote_protokoll", shown.pk, at="avsluta")
    people = {one.pk: one for one in users_in(people_of(shown.body, shown.day))}
    if request.user.pk not in people and request.user.is_authenticated:
        people[request.user.pk] = request.user
    do(
        request,
        services.choose_people,
        _("Sparat."),
        meeting=shown,
        chair=people.get(given_key(request, "chair")),
        secretary=people.get(given_key(request, "secretary")),
        adjuster=people.get(given_key(request, "adjuster")),
    )
    return back("mote_protokoll", shown.pk, at="narvaro")


@require_POST
@staff
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the whole list of who came at once, or one guest."""
    shown = seen_meeting(request, pk)
    if not may_hold(viewer_of(request), shown.body):
        raise Http404
    if request.POST.get("action") == "guest":
        label, capacity = request.POST.get("label", ""), request.POST.get("capacity", "")
        do(
            request,
            services.note_guest,
            _("Deltagaren är noterad."),
            meeting=shown,
            label=label,
            capacity=capacity,
        )
        return back("mote_protokoll", pk, at="narvaro")
    if request.POST.get("action") == "remove_guest":
        guest = shown.attendances.filter(pk=given_key(request, "guest"), seat__isnull=True).first()
        if guest is not None:
            do(request, services.remove_guest, guest=guest)
        return back("mote_protokoll", pk, at="narvaro")
    if save_attendance(request, shown):
        do(
            request,
            lambda actor: None,
            _("Närvaron är sparad. %(words)s") % {"words": quorum(shown).words},
        )
    return back("mote_protokoll", pk, at="narvaro")


def save_attendance(request: HttpRequest, shown: Meeting) -> bool:
    """Note each seat whose row was changed."""
    noted = {row.seat_id: row for row in shown.attendances.all() if row.seat_id}
    for one in people_of(shown.body, shown.day):
        key = one.seat.pk
        came = request.POST.get(f"who-{key}", "")
        label = request.POST.get(f"label-{key}", "")
        holder = next((each for each in one.everyone if str(each.user_id) == came), None)
        other = came == "other" or bool(label.strip() and not holder)
        wanted = {
            "is_present": bool(holder) or other or came == "present",
            "user": holder.user if holder else None,
            "label": label if other or came == "present" else "",
            "capacity": Attendance.Capacity.SUBSTITUTE
            if other or (holder is not None and holder.standing == "substitute")
            else Attendance.Capacity.HOLDER,
        }
        known = noted.get(key)
        if known is None and not wanted["is_present"]:
            continue
        if known is not None and all(
            getattr(known, name) == value for name, value in wanted.items()
        ):
            continue
        if not do(request, services.note_attendance, meeting=shown, seat=one.seat, **wanted):
            return False
    return True


@require_POST
@staff
def item_notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the notes of an item: by itself while one writes, or by the button."""
    item = get_visible(viewer_of(request), AgendaItem, pk=pk)
    version = given_key(request, "version") or None
    text = request.POST.get("notes", "")
    if not getattr(request, "htmx", False):
        do(
            request,
            services.write_item_notes,
            _("Sparat."),
            item=item,
            text=text,
            known_version=version,
        )
        if request.POST.get("from") == "visa":
            return redirect("mote_visa_punkt", item.meeting_id, item.order)
        return back("mote_protokoll", item.meeting_id, at=f"arende-{pk}")
    context: dict[str, Any] = {"item": item, "when": swedish.clock(clock.now())}
    try:
        context["item"] = services.write_item_notes(
            actor=viewer_of(request), item=item, text=text, known_version=version
        )
    except services.EditConflict as conflict:
        context |= {"error": str(conflict), "theirs": conflict.theirs}
        context["item"].refresh_from_db()
    except UserError as error:
        context["error"] = str(error)
    return render(request, "staff/meetings/parts/saved.html", context)


@require_POST
@staff
def light_notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the notes of a light meeting."""
    shown = seen_meeting(request, pk)
    text = request.POST.get("notes", "")
    if not getattr(request, "htmx", False):
        do(request, services.write_light_notes, _("Sparat."), meeting=shown, text=text)
        return back("mote_protokoll", pk)
    context: dict[str, Any] = {"when": swedish.clock(clock.now())}
    try:
        services.write_light_notes(actor=viewer_of(request), meeting=shown, text=text)
    except UserError as error:
        context["error"] = str(error)
    return render(request, "staff/meetings/parts/saved.html", context)
