"""The meeting's own page: what the member opens from the summons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.domains.meetings.models import AgendaItem, Meeting
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.bodies import may_hold, own_seats, people_of, seat_name
from samsyn.domains.meetings.selectors.content import minutes_of
from samsyn.domains.meetings.selectors.meetings import decisions_wanted
from samsyn.domains.meetings.selectors.presence import quorum
from samsyn.domains.meetings.services import minutes as minuting
from samsyn.domains.meetings.services import planning, summons
from samsyn.web.doors import staff, viewer_of
from samsyn.web.staff.meetings.door import back, do, given_key, given_moment, seen_meeting
from samsyn.web.staff.meetings.papers import address_of_paper

STEPS = (Stage.PLANNED, Stage.CALLED, Stage.HELD, Stage.ADJUSTED, Stage.APPROVED)


@staff
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show agenda with papers, what is wanted of the viewer, and for who holds it the next step."""
    shown = seen_meeting(request, pk)
    if request.method == "POST":
        return steer(request, shown)
    viewer = viewer_of(request)
    inside = visible(viewer, AgendaItem).filter(meeting=shown).exists() or shown.is_trace
    if shown.is_frozen and not inside:
        return render(
            request,
            "staff/meetings/frozen.html",
            {"room": "moten", "meeting": shown, "content": minutes_of(shown)},
        )
    holds = may_hold(viewer, shown.body)
    seats = own_seats(viewer, shown.body, clock.today())
    own, contributions = {one.seat.pk for one in seats}, contributions_of(shown)
    return render(
        request,
        "staff/meetings/meeting.html",
        {
            "room": "moten",
            "meeting": shown,
            "holds": holds,
            "items": items_of(shown),
            "own_parties": {one.seat.party_id for one in seats if one.seat.party.is_party},
            "own_contributions": [row for row in contributions if row.seat_id in own],
            "contributions": contributions,
            "wanted": wanted_of(
                shown, viewer, [row for row in contributions if row.seat_id in own]
            ),
            "people": people_of(shown.body, shown.day),
            "quorum": quorum(shown) if shown.attendances.exists() else None,
            "step": step_of(shown),
            "steps": [_("Planerat"), _("Kallat"), _("Hållet"), _("Justeras"), _("Klart")],
            "may_approve": may_approve(request, shown),
            "approvals": list(shown.approvals.all()),
            "thread": [
                {"label": _("Möten"), "url": ".."},
                {"label": shown.body.name, "url": request.path},
            ],
        },
    )


def items_of(shown: Meeting) -> list[AgendaItem]:
    """Return the agenda with papers, decisions with stands, and assignments (seven queries)."""
    items = list(
        shown.items.select_related("assignment")
        .prefetch_related(
            "papers__file",
            "decisions__stands__party",
            "assignments__receiver_body",
            "assignments__receiver",
        )
        .order_by("order", "pk")
    )
    for item in items:
        for paper in item.papers.all():
            paper.address = address_of_paper(paper)  # type: ignore[attr-defined]
    return items


def contributions_of(shown: Meeting) -> list[Any]:
    """Return what each seat was asked for, with the seat's name."""
    rows = list(
        shown.contributions.select_related("seat__party").prefetch_related("seat__functions")
    )
    people = {one.seat.pk: one for one in people_of(shown.body, shown.day)} if rows else {}
    for row in rows:
        row.called = seat_name(row.seat)  # type: ignore[attr-defined]
        seat = people.get(row.seat_id)
        holders = (seat.holders or seat.substitutes) if seat else ()
        row.people = ", ".join(str(one.user) for one in holders)  # type: ignore[attr-defined]
    return rows


def wanted_of(shown: Meeting, viewer: Viewer, own: list[Any]) -> list[tuple[str, str]]:
    """Return what waits for the viewer in this meeting: where on the page, and in words."""
    found = []
    if shown.state not in (Stage.PLANNED, Stage.CANCELLED):
        mine = [one for one in decisions_wanted(viewer) if one.decision.item.meeting_id == shown.pk]
        found += [
            (
                f"#beslut-{one.decision.pk}",
                _("besked om %(item)s") % {"item": one.decision.item.title},
            )
            for one in mine
        ]
    if not shown.is_over and any(row.given_at is None for row in own):
        found.append(("#bidrag", _("det du har med dig")))
    return found


def step_of(shown: Meeting) -> int:
    """Return how far the meeting has come, from 1; 0 for one that is cancelled."""
    if shown.state not in STEPS:
        return 0
    return STEPS.index(Stage(shown.state)) + 1


def may_approve(request: HttpRequest, shown: Meeting) -> bool:
    """Tell whether she is asked to approve and has not yet."""
    user = viewer_of(request).user
    if shown.state != Stage.ADJUSTED or user not in (shown.chair_id, shown.adjuster_id):
        return False
    return not shown.approvals.filter(user=user).exists()


ACTIONS: dict[str, tuple[Any, Any]] = {
    "call": (summons.call_meeting, gettext_lazy("Kallelsen är skickad.")),
    "end": (minuting.end_meeting, gettext_lazy("Mötet är avslutat.")),
    "hand": (minuting.hand_to_adjuster, gettext_lazy("Protokollet är lämnat till justering.")),
    "back": (minuting.take_back, gettext_lazy("Protokollet är öppet för ändring igen.")),
    "approve": (minuting.approve_minutes, gettext_lazy("Ditt godkännande är noterat.")),
}


def steer(request: HttpRequest, shown: Meeting) -> HttpResponse:
    """Take the meeting one step further."""
    action = request.POST.get("action", "")
    if action == "cancel":
        do(
            request,
            planning.cancel_meeting,
            _("Mötet är inställt."),
            meeting=shown,
            why=request.POST.get("why", ""),
        )
        return redirect("mote", shown.pk)
    if action not in ACTIONS:
        raise Http404
    work, done = ACTIONS[action]
    went = do(request, work, str(done), meeting=shown)
    writing_on = action == "end" and not (went and shown.is_light)
    following = "mote_protokoll" if writing_on or (action == "hand" and not went) else "mote"
    return redirect(following, shown.pk)


@staff
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change when and where."""
    shown = seen_meeting(request, pk)
    if not may_hold(viewer_of(request), shown.body):
        raise Http404
    if request.method == "POST":
        starts = given_moment(request, "day", "time")
        if starts is None:
            messages.error(request, _("Skriv dag och tid för mötet."))
            return redirect("mote_andra", pk)
        went = do(
            request,
            planning.change_meeting,
            _("Mötet är ändrat."),
            meeting=shown,
            starts_at=starts,
            ends_at=given_moment(request, "day", "until"),
            place=request.POST.get("place", ""),
            extended="extended" in request.POST,
        )
        return redirect("mote" if went else "mote_andra", pk)
    ends = shown.ends_at.astimezone(clock.SWEDEN) if shown.ends_at else None
    return render(
        request, "staff/meetings/change.html", {"room": "moten", "meeting": shown, "ends": ends}
    )


@require_POST
@staff
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what a seat brings."""
    shown = seen_meeting(request, pk)
    seat = next(
        (row.seat for row in contributions_of(shown) if row.seat_id == given_key(request, "seat")),
        None,
    )
    if seat is None:
        raise Http404
    do(
        request,
        summons.give_contribution,
        _("Tack, bidraget är lämnat."),
        meeting=shown,
        seat=seat,
        text=request.POST.get("text", ""),
    )
    return back("mote", pk, at="bidrag")
