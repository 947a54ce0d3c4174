"""Who holds what in the demo, and Laholm's council: it has met once and is called again. Invented, all of it."""

from __future__ import annotations

import datetime as dt

from samsyn.base import clock
from samsyn.base.access import SYSTEM, viewer_for
from samsyn.base.accounts.models import User
from samsyn.base.orgs.models import Organisation, Role
from samsyn.cli.demo.cast import Cast
from samsyn.cli.demo.reports import MARK
from samsyn.domains.agreements.models import Agreement, Body, Function, Holder
from samsyn.domains.agreements.services.holders import appoint_holder
from samsyn.domains.meetings.models import Decision, Meeting
from samsyn.domains.meetings.selectors.bodies import parties_of, people_of
from samsyn.domains.meetings.services.agenda import add_item
from samsyn.domains.meetings.services.assignments import give_assignment
from samsyn.domains.meetings.services.decisions import record_stand
from samsyn.domains.meetings.services.minutes import (
    approve_minutes,
    choose_people,
    end_meeting,
    hand_to_adjuster,
    note_attendance,
    write_item_notes,
)
from samsyn.domains.meetings.services.planning import plan_meeting
from samsyn.domains.meetings.services.summons import call_meeting

# The agreement's function by its role, and the account that holds it in the demo.
ROLES = {
    "coordinator": Role.COORDINATOR,
    "kommunpolis": Role.KOMMUNPOLIS,
    "security_chief": Role.SECURITY_CHIEF,
    "social_services": Role.CONTRIBUTOR,
    "municipal_director": Role.COUNCIL_MEMBER,
    "management_group": Role.COUNCIL_MEMBER,
    "probation_chief": Role.CONTRIBUTOR,
}
LAHOLM = "laholm-2024"
LIGHT = "Rådet ger den operativa gruppen i uppdrag att se över belysningen vid gångtunneln."
CAMERA = "Rådet föreslår kameror vid stationen."
FRIDAYS = "Rådet prioriterar fredagskvällar vid stationen när åtgärdsplanen förnyas."


def hold_meetings(cast: Cast) -> str:
    """Give the functions their holders, hold the last council meeting in Laholm and call the next."""
    held = sum(
        fill_functions(agreement) for agreement in Agreement.objects.filter(kind="agreement")
    )
    agreement = Agreement.objects.filter(code=LAHOLM, state=Agreement.State.STARTED).first()
    today = clock.today()
    if agreement is None or not agreement.starts_on <= today <= (agreement.ends_on or today):
        return f"Funktioner tillsatta: {held}."
    council = Body.objects.get(agreement=agreement, ref="strategiska-radet")
    meet(council, cast.towns["1381"])
    call_next(council)
    return f"Funktioner tillsatta: {held}. Strategiska rådet i Laholm har mötts och är kallat igen."


def fill_functions(agreement: Agreement) -> int:
    """Let each account of the demo hold the function that its role answers to, once."""
    made = 0
    for function in Function.objects.filter(agreement=agreement, role__in=ROLES, is_current=True):
        user = account_for(function)
        if user is None or function.holders.exists():
            continue
        appoint_holder(
            actor=SYSTEM,
            function=function,
            user=user,
            since=max(agreement.starts_on, dt.date(2024, 1, 1)),
        )
        made += 1
    return made


def account_for(function: Function) -> User | None:
    """Return the account of the function's organisation with the role, if the demo has one."""
    return (
        User.objects.filter(
            memberships__organisation=function.party.organisation_id,
            memberships__role=ROLES[function.role],
        )
        .order_by("pk")
        .first()
    )


def meet(council: Body, town: Organisation) -> Meeting:
    """Hold a council meeting a while ago: one decision taken, one blocked, one assignment, minutes frozen."""
    day = workday(clock.today() - dt.timedelta(days=24))
    meeting = plan_meeting(actor=SYSTEM, body=council, day=day, place="Kommunhuset, Laholm")
    items = [
        add_item(actor=SYSTEM, meeting=meeting, title=title, proposal=wording)
        for title, wording in (
            ("Belysning vid gångtunneln", LIGHT),
            ("Kameror vid stationen", CAMERA),
        )
    ]
    meeting = call_meeting(actor=SYSTEM, meeting=meeting)
    people = people_of(council, day)
    for one in people:
        if not one.seat.at_need:
            note_attendance(
                actor=SYSTEM, meeting=meeting, seat=one.seat, is_present=True,
                user=one.holders[0].user if one.holders else None,
                label="" if one.holders else "Närvarande",
            )  # fmt: skip
    say(items[0].decisions.get())
    say(
        items[1].decisions.get(),
        against="polisen",
        why="Underlaget om antalet händelser räcker inte än",
    )
    write_item_notes(actor=SYSTEM, item=items[0], text=f"{MARK} Platsen är mörk efter klockan 16.")
    write_item_notes(actor=SYSTEM, item=items[1], text=f"{MARK} Polisen återkommer med underlag.")
    give_assignment(
        actor=SYSTEM, item=items[0], title="Se över belysningen vid gångtunneln",
        text="Mät ljuset på plats och föreslå åtgärder.",
        to_body=Body.objects.get(agreement=council.agreement, ref="operativa-gruppen"),
        due_on=clock.today() + dt.timedelta(days=10),
    )  # fmt: skip
    approve(meeting, town)
    return meeting


def approve(meeting: Meeting, town: Organisation) -> None:
    """End the meeting; the coordinator chairs and the kommunpolis adjusts."""
    holders = {
        one.function.role: one.user
        for one in Holder.objects.filter(function__agreement=meeting.body.agreement).select_related(
            "function", "user"
        )
    }
    chair, adjuster = holders.get("coordinator"), holders.get("kommunpolis")
    choose_people(actor=SYSTEM, meeting=meeting, secretary=None, chair=chair, adjuster=adjuster)
    meeting = end_meeting(actor=SYSTEM, meeting=meeting)
    if chair is None or adjuster is None:
        return
    meeting = hand_to_adjuster(actor=SYSTEM, meeting=meeting)
    for user in (chair, adjuster):
        meeting = approve_minutes(actor=viewer_for(user), meeting=meeting)


def say(decision: Decision, *, against: str = "", why: str = "") -> None:
    """Let every party say yes, or one of them no."""
    for party in parties_of(decision.body):
        no = party.ref == against
        record_stand(
            actor=SYSTEM,
            decision=decision,
            party=party,
            said="objects" if no else "agrees",
            reason=why if no else "",
        )


def call_next(council: Body) -> None:
    """Call the next meeting, with a question that waits for the parties."""
    meeting = (
        Meeting.objects.filter(body=council, state=Meeting.State.PLANNED)
        .order_by("starts_at")
        .first()
    )
    if meeting is None:
        day = workday(clock.today() + dt.timedelta(days=13))
        meeting = plan_meeting(actor=SYSTEM, body=council, day=day, place="Kommunhuset, Laholm")
    add_item(actor=SYSTEM, meeting=meeting, title="Fredagskvällar vid stationen", proposal=FRIDAYS)
    call_meeting(actor=SYSTEM, meeting=meeting)


def workday(day: dt.date) -> dt.date:
    """Return the day, or the Monday after it."""
    return day + dt.timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day
