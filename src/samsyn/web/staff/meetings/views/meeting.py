"""The meeting's own page: what the member opens from the summons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.domains.meetings.models import AgendaItem, Contribution, Invitation, Meeting
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.bodies import (
    SeatPeople,
    is_inside,
    may_hold,
    may_register,
    own_seats,
    people_of,
)
from samsyn.domains.meetings.selectors.content import contributions_of, minutes_of
from samsyn.domains.meetings.selectors.document_items import key_of, versions_of
from samsyn.domains.meetings.selectors.gates import conditions_of
from samsyn.domains.meetings.selectors.invitations import (
    functions_to_invite,
    invitations_of,
    may_invite,
    seats_to_want,
)
from samsyn.domains.meetings.selectors.meetings import decisions_wanted
from samsyn.domains.meetings.selectors.presence import quorum
from samsyn.domains.meetings.services import invitations, planning, summons
from samsyn.domains.meetings.services import minutes as minuting
from samsyn.web.doors import get_visible, staff, viewer_of
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
    if not is_inside(viewer, shown):
        return seen_from_outside(request, shown)
    holds = may_hold(viewer, shown.body)
    seats = own_seats(viewer, shown.body, clock.today())
    contributions = with_people(shown, contributions_of(shown))
    own = own_among(contributions, seats)
    return render(
        request,
        "staff/meetings/meeting.html",
        {
            "room": "moten",
            "meeting": shown,
            "holds": holds,
            "today": clock.today(),
            "registers": holds or may_register(viewer, shown),
            "items": items_of(shown),
            "own_parties": {one.seat.party_id for one in seats if one.seat.party.is_party},
            "own_contributions": own,
            "contributions": contributions,
            "wanted": wanted_of(shown, viewer, own),
            "people": people_of(shown.body, shown.day),
            **inviting(viewer, shown),
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


def items_of(shown: Meeting, *, among: QuerySet[AgendaItem] | None = None) -> list[AgendaItem]:
    """Return the agenda with papers, decisions with stands, and assignments (seven queries)."""
    rows = shown.items.all() if among is None else among.filter(meeting=shown)
    items = list(
        rows.select_related("assignment")
        .prefetch_related(
            "papers__file",
            "decisions__stands__party",
            "decisions__item__meeting",
            "decisions__body__agreement__current_version",
            "assignments__receiver_body",
            "assignments__receiver",
        )
        .order_by("order", "pk")
    )
    versions = versions_of(items)
    for item in items:
        item.version = versions.get(key_of(item))  # type: ignore[attr-defined]
        for paper in item.papers.all():
            paper.address = address_of_paper(paper)  # type: ignore[attr-defined]
        for decision in item.decisions.all():
            decision.conditions = conditions_of(decision)  # type: ignore[attr-defined]
    return items


def seen_from_outside(request: HttpRequest, shown: Meeting) -> HttpResponse:
    """Show the frozen minutes to a reader of the municipality, and to a guest what she is invited to."""
    if shown.is_frozen:
        context = {
            "room": "moten",
            "meeting": shown,
            "content": minutes_of(shown),
            "registers": may_register(viewer_of(request), shown),
        }
        return render(request, "staff/meetings/frozen.html", context)
    viewer = viewer_of(request)
    own = visible(viewer, Contribution).filter(meeting=shown)
    context = {
        "room": "moten",
        "meeting": shown,
        "items": items_of(shown, among=visible(viewer, AgendaItem)),
        "invitations": visible(viewer, Invitation).filter(meeting=shown).select_related("item"),
        "own_contributions": own.select_related("invitation__function__party"),
        "thread": [
            {"label": _("Möten"), "url": ".."},
            {"label": shown.body.name, "url": request.path},
        ],
    }
    return render(request, "staff/meetings/guest.html", context)


def inviting(viewer: Viewer, shown: Meeting) -> dict[str, Any]:
    """Return who is wanted beside the seats that always come, and for who decides it, whom one may want."""
    open_to_change = shown.state in (Stage.PLANNED, Stage.CALLED) and not shown.is_trace
    found: dict[str, Any] = {"invitations": [] if shown.is_trace else invitations_of(shown)}
    if open_to_change and may_invite(viewer, shown):
        functions = functions_to_invite(shown.body)
        found |= {
            "invites": True,
            "seats_to_want": seats_to_want(shown),
            "functions_named": [one for one, named in functions if named],
            "functions_else": [one for one, named in functions if not named],
        }
    return found


def with_people(shown: Meeting, rows: list[Contribution]) -> list[Contribution]:
    """Give each of what was asked for the names of those who sit there."""
    people = {one.seat.pk: one for one in people_of(shown.body, shown.day)} if rows else {}
    for row in rows:
        seat = people.get(row.seat_id or 0)
        holders = (seat.holders or seat.substitutes) if seat else ()
        row.people = ", ".join(str(one.user) for one in holders)  # type: ignore[attr-defined]
    return rows


def own_among(rows: list[Contribution], seats: list[SeatPeople]) -> list[Contribution]:
    own = {one.seat.pk for one in seats}
    return [row for row in rows if row.seat_id in own]


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
    """Save what was asked for."""
    shown = seen_meeting(request, pk)
    asked = get_visible(
        viewer_of(request), Contribution, meeting=shown, pk=given_key(request, "contribution")
    )
    do(
        request,
        summons.give_contribution,
        _("Tack, bidraget är lämnat."),
        contribution=asked,
        text=request.POST.get("text", ""),
    )
    return back("mote", pk, at="bidrag")


@require_POST
@staff
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who is wanted at the meeting beside those who always come, or is not after all."""
    shown, viewer = seen_meeting(request, pk), viewer_of(request)
    if not is_inside(viewer, shown):
        raise Http404
    if request.POST.get("action") == "remove":
        key = given_key(request, "invitation")
        invitation = get_visible(viewer, Invitation, meeting=shown, pk=key)
        do(request, invitations.withdraw_invitation, _("Borttagen."), invitation=invitation)
        return back("mote", pk, at="kallas")
    kind, _colon, key = request.POST.get("who", "").partition(":")
    number = int(key[:18]) if key.isdecimal() else 0
    why = request.POST.get("why", "")
    done = _("Kallelsen är skickad.") if shown.state == Stage.CALLED else _("Kallas med kallelsen.")
    if kind == "plats":
        seat = next((one for one in seats_to_want(shown) if one.pk == number), None)
        if seat is None:
            raise Http404
        do(request, invitations.want_seat, done, meeting=shown, seat=seat, why=why)
        return back("mote", pk, at="kallas")
    functions = [one for one, _named in functions_to_invite(shown.body)]
    do(
        request,
        invitations.want_guest,
        done if kind == "funktion" else _("Noterad. Skicka kallelsen till den utifrån själv."),
        meeting=shown,
        capacity=request.POST.get("capacity", ""),
        function=next((one for one in functions if kind == "funktion" and one.pk == number), None),
        label=request.POST.get("label", ""),
        item=shown.items.filter(pk=given_key(request, "item")).first(),
        why=why,
    )
    return back("mote", pk, at="kallas")
