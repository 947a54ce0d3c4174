"""What the rest of the house knows about meetings: who may see and do what, how long, and what shows where."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.base.access import Viewer, grant, rule, visible
from samsyn.base.audit.log import register_verbs
from samsyn.base.orgs.models import Role
from samsyn.base.reminders.slots import register_topics, reminders
from samsyn.base.retention.rules import RetentionRule, follows_its_owner, keep
from samsyn.base.search import sources
from samsyn.base.ticks import ticks
from samsyn.base.today import cards
from samsyn.domains.agreements.models import Body, Holder
from samsyn.domains.agreements.slots import (
    evidence_arrives,
    function_passed,
    open_with_function,
    planned_meetings,
)
from samsyn.domains.meetings import models
from samsyn.domains.meetings.finding import meeting_hits
from samsyn.domains.meetings.reminders import TOPICS, meeting_reminders
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.bodies import bodies_inside, bodies_reached, holding
from samsyn.domains.meetings.selectors.calendar import meetings_called
from samsyn.domains.meetings.selectors.gate_sources import answered_by_papers, answered_in_proposal
from samsyn.domains.meetings.selectors.invitations import invited_with, items_for_guest
from samsyn.domains.meetings.selectors.passing import open_in_meetings
from samsyn.domains.meetings.services.groups import close_ended_groups
from samsyn.domains.meetings.services.letters import send_letters
from samsyn.domains.meetings.services.passing import pass_roles
from samsyn.domains.meetings.services.registering import decide_document
from samsyn.domains.meetings.slots import decision_settled, gate_answers
from samsyn.domains.meetings.today import meeting_cards

HOLDERS = {Role.COORDINATOR, Role.SECURITY_CHIEF}

grant("meetings.hold", HOLDERS)
grant(
    "meetings.read_approved",
    HOLDERS | {Role.KOMMUNPOLIS, Role.RECORDS_OFFICER, Role.READER, Role.ADMINISTRATOR},
)
grant("meetings.register", HOLDERS | {Role.RECORDS_OFFICER, Role.ADMINISTRATOR})
grant("meetings.see_trace", HOLDERS)
grant("needs.send", set(Role))
grant("needs.triage", HOLDERS | {Role.KOMMUNPOLIS})

register_verbs(
    {
        "meeting.planned": _("Möte planerat"),
        "meeting.extra_called": _("Extra möte inlagt"),
        "meeting.changed": _("Möte ändrat"),
        "meeting.cancelled": _("Möte inställt"),
        "meeting.called": _("Kallelse skickad"),
        "meeting.held": _("Möte hållet"),
        "meeting.agenda_changed": _("Dagordning ändrad"),
        "meeting.paper_added": _("Handling tillagd"),
        "meeting.paper_removed": _("Handling borttagen"),
        "meeting.paper_opened": _("Handling öppnad"),
        "meeting.contribution_given": _("Bidrag till möte lämnat"),
        "meeting.invited": _("Kallad vid behov till möte"),
        "meeting.uninvited": _("Inte längre kallad till möte"),
        "meeting.attendance_noted": _("Närvaro noterad"),
        "meeting.people_chosen": _("Ordförande, sekreterare och justerare valda"),
        "meeting.noted": _("Anteckning i protokollet"),
        "meeting.handed_to_adjuster": _("Protokoll lämnat till justering"),
        "meeting.taken_back": _("Protokoll taget tillbaka för ändring"),
        "meeting.approved_as": _("Protokoll godkänt av en person"),
        "meeting.minutes_frozen": _("Protokoll justerat och fryst"),
        "meeting.registered": _("Protokoll diariefört"),
        "decision.registered": _("Beslut diariefört"),
        "meeting.document_fetched": _("Kallelse eller protokoll hämtat"),
        "decision.put": _("Förslag ställt till beslut"),
        "decision.reworded": _("Förslag omformulerat"),
        "decision.stand_recorded": _("Parts ståndpunkt noterad"),
        "decision.declared": _("Ordförandens besked noterat"),
        "decision.gate_answered": _("Underlag för beslut angivet"),
        "decision.about_changed": _("Vad beslutet gäller ändrat"),
        "decision.settled": _("Beslut avgjort"),
        "decision.withdrawn": _("Förslag taget tillbaka"),
        "assignment.given": _("Uppdrag gett"),
        "assignment.handed_over": _("Uppdrag överlämnat"),
        "assignment.deputy_set": _("Ställföreträdare för uppdrag"),
        "assignment.moved": _("Uppdragets slutdag ändrad"),
        "assignment.reported": _("Uppdrag återrapporterat"),
        "assignment.reopened": _("Uppdrag öppnat igen"),
        "assignment.closed": _("Uppdrag avslutat"),
        "need.received": _("Behov inlämnat"),
        "need.triaged": _("Behov bedömt"),
        "need.answered": _("Svar på behov"),
        "letter.sent": _("Brev skickat"),
        "letter.failed": _("Brev gick inte fram"),
    }
)


def reached(viewer: Viewer, permission: str) -> Q:
    """The meetings of the bodies in the municipalities where she holds `permission`."""
    return Q(body__in=bodies_reached(viewer, permission).values("pk"))


def whole(viewer: Viewer) -> QuerySet[Any]:
    """The meetings she sees whole, drafts and papers too: the body's own people and the coordinator."""
    traces = reached(viewer, "meetings.see_trace") | ~Q(form="trace")
    return models.Meeting.objects.filter(traces, body__in=bodies_inside(viewer).values("pk"))


@rule(models.Meeting)
def meetings(viewer: Viewer) -> QuerySet[Any]:
    """The body's own people and the coordinator; guests from the summons until the minutes are frozen.

    Then all readers of the municipality see the minutes.
    """
    if not viewer.is_person:
        return models.Meeting.objects.none()
    frozen = Q(state=Stage.APPROVED) & reached(viewer, "meetings.read_approved")
    invited = Q(pk__in=invited_with(viewer).values("meeting"))
    return models.Meeting.objects.filter(Q(pk__in=whole(viewer).values("pk")) | invited | frozen)


def with_meeting(model: type[Any], field: str = "meeting") -> None:
    """Register that the rows of `model` are seen by those who see the meeting whole."""

    @rule(model)
    def rows(viewer: Viewer) -> QuerySet[Any]:
        return model.objects.filter(**{f"{field}__in": whole(viewer).values("pk")})  # type: ignore[no-any-return]


for model, field in (
    (models.Attendance, "meeting"),
    (models.Approval, "meeting"),
    (models.Decision, "item__meeting"),
    (models.Stand, "decision__item__meeting"),
):
    with_meeting(model, field)


@rule(models.AgendaItem)
def items(viewer: Viewer) -> QuerySet[Any]:
    """With the meeting; a guest sees what she is invited to."""
    return models.AgendaItem.objects.filter(
        Q(meeting__in=whole(viewer).values("pk")) | Q(pk__in=items_for_guest(viewer).values("pk"))
    )


@rule(models.Paper)
def papers(viewer: Viewer) -> QuerySet[Any]:
    """With the item."""
    return models.Paper.objects.filter(item__in=visible(viewer, models.AgendaItem).values("pk"))


@rule(models.Invitation)
def invitations(viewer: Viewer) -> QuerySet[Any]:
    """With the meeting; a guest sees her own."""
    return models.Invitation.objects.filter(
        Q(meeting__in=whole(viewer).values("pk")) | Q(pk__in=invited_with(viewer).values("pk"))
    )


@rule(models.Contribution)
def contributions(viewer: Viewer) -> QuerySet[Any]:
    """With the meeting; a guest sees her own."""
    return models.Contribution.objects.filter(
        Q(meeting__in=whole(viewer).values("pk"))
        | Q(invitation__in=invited_with(viewer).values("pk"))
    )


@rule(models.Assignment)
def assignments(viewer: Viewer) -> QuerySet[Any]:
    """Those who gave it, those who have it, and the coordinator."""
    if not viewer.is_person:
        return models.Assignment.objects.none()
    inside = bodies_inside(viewer).values("pk")
    functions = Holder.objects.filter(holding(clock.today()), user=viewer.user).values("function")
    return models.Assignment.objects.filter(
        viewer.within("meetings.hold")
        | Q(giver__in=inside)
        | Q(receiver_body__in=inside)
        | Q(receiver__in=functions)
        | Q(deputy__in=functions)
    )


@rule(models.AssignmentStep)
def steps(viewer: Viewer) -> QuerySet[Any]:
    """With the assignment."""
    return models.AssignmentStep.objects.filter(
        assignment__in=visible(viewer, models.Assignment).values("pk")
    )


@rule(models.GroupBasis)
def bases(viewer: Viewer) -> QuerySet[Any]:
    """With the group."""
    return models.GroupBasis.objects.filter(group__in=visible(viewer, Body).values("pk"))


@rule(models.Need)
def needs(viewer: Viewer) -> QuerySet[Any]:
    """Those who sort them, and who sent it."""
    own = Q(sent_by=viewer.user) if viewer.user is not None else Q(pk__in=())
    return models.Need.objects.filter(own | viewer.within("needs.triage"))


@rule(models.Letter)
def letters(viewer: Viewer) -> QuerySet[Any]:
    """Those who hold the meetings see what has gone and what has not."""
    return models.Letter.objects.filter(viewer.within("meetings.hold"))


follows_its_owner(
    models.Meeting,
    models.AgendaItem,
    models.Paper,
    models.Invitation,
    models.Attendance,
    models.Approval,
    models.Decision,
    models.Stand,
    models.Assignment,
    models.AssignmentStep,
    models.GroupBasis,
    why=_("Bevaras: protokoll och beslut visar vad parterna kom överens om."),
)
keep(
    RetentionRule(
        key="meetings.contributions",
        model=models.Contribution,
        why=_("Bidrag inför möten är arbetsmaterial; det viktiga står i protokollet."),
        months=24,
        counted_from="asked_at",
        municipality="meeting__municipality",
    )
)
keep(
    RetentionRule(
        key="needs",
        model=models.Need,
        why=_(
            "Behov gallras när de har blivit besvarade; det som blev uppdrag eller beslut bevaras där."
        ),
        months=36,
        counted_from="received_at",
    )
)
keep(
    RetentionRule(
        key="meetings.letters",
        model=models.Letter,
        why=_("Brev behövs ett år för att se att kallelser har gått fram."),
        months=12,
        counted_from="written_at",
    )
)

cards.fill("meetings", meeting_cards, order=40)
sources.fill("meetings", meeting_hits, order=40)
open_with_function.fill("meetings", open_in_meetings)
function_passed.fill("meetings", pass_roles)
planned_meetings.fill("meetings", meetings_called)
decision_settled.fill("documents", decide_document)
gate_answers.fill("proposals", answered_in_proposal, order=10)
gate_answers.fill("papers", answered_by_papers, order=20)
evidence_arrives("meeting_held", _("Kommer när mötet avslutas."))
evidence_arrives("meeting_minuted", _("Kommer när protokollet är justerat."))
evidence_arrives("assignment_given", _("Kommer när uppdraget ges i ett möte."))
evidence_arrives("proposal_made", _("Kommer när förslaget lämnas i ett möte eller föredras."))
evidence_arrives("focus_areas_decided", _("Kommer när beslutet är fattat i ett möte."))
evidence_arrives("contribution_given", _("Kommer när någon lämnar sitt bidrag inför mötet."))
ticks.fill("meetings.letters", send_letters, order=40)
# Before the agreements close what is past its day: here each group gets its report.
ticks.fill("meetings.groups", close_ended_groups, order=30)
register_topics(*TOPICS)
reminders.fill("meetings", meeting_reminders, order=20)
