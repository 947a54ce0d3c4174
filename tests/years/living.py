"""An agreement at work: its people, its clock, its meetings, and what is done by whom on which day.

A walk goes day by day through the program's own doors. Every morning the clock is set and the regular
work is run; then those who have something to do that day do it, as themselves.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings as django_settings

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.orgs.models import Organisation, Role, SchoolYear
from samsyn.base.ticks import run_ticks
from tests.cast import add_actor
from tests.years.rooms import Rooms

DAY = dt.timedelta(days=1)
CALLED_BEFORE, APPROVED_AFTER = 14, 4
ROLES = {
    "coordinator": Role.COORDINATOR,
    "kommunpolis": Role.KOMMUNPOLIS,
    "security_chief": Role.SECURITY_CHIEF,
    "police_area_chief": Role.COUNCIL_MEMBER,
    "probation_chief": Role.COUNCIL_MEMBER,
    "management_group": Role.COUNCIL_MEMBER,
    "municipal_director": Role.COUNCIL_MEMBER,
}


@dataclass(frozen=True)
class Matter:
    """A question that is put to a body in a meeting; `gates` says where what must come first is found."""

    title: str
    about: str = ""
    gates: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """An assignment that a body gives in a meeting."""

    title: str
    to: str


class Town(Rooms):
    """One agreement among its people.

    `matters` maps (body, its how-manieth meeting of the walk) to what is taken up there; `neglected`
    holds the bodies whose meetings are planned and then never held; without `weekly` quiet weeks are
    passed by, and only the first of each month is lived.
    """

    def __init__(self, settings, code, *, began, text=None):
        from samsyn.domains.agreements.file import shipped_agreements
        from samsyn.domains.agreements.services.loading import load_agreement
        from samsyn.domains.agreements.services.running import start_agreement

        # Given back once, when the test ends; each new hour is then set on the same settings.
        settings.DEMO, settings.DEMO_CLOCK = True, ""
        self.set_clock(began)
        text = text or shipped_agreements()[code].read_text(encoding="utf-8")
        self.agreement = load_agreement(actor=SYSTEM, text=text).agreement
        self.places = list(self.agreement.municipalities.order_by("pk"))
        Organisation.objects.filter(pk__in=[one.pk for one in self.places]).update(
            in_use_from=began
        )
        start_agreement(actor=SYSTEM, agreement=self.agreement, in_use_from=began)
        self.agreement.refresh_from_db()
        self.matters = defaultdict(list)
        self.neglected = set()
        self.weekly = True
        self.deeds = defaultdict(list)
        self.met = defaultdict(int)
        self.coordinators = {
            place.pk: add_actor("Samordnaren", place, Role.COORDINATOR) for place in self.places
        }
        self.people = {}
        self.fill_functions(began)

    # People

    def fill_functions(self, since):
        """Appoint somebody for every function of an organisation that the program knows."""
        from samsyn.domains.agreements.services.holders import appoint_holder

        for function in self.agreement.functions.select_related("party__organisation"):
            organisation = function.party.organisation
            if organisation is None:
                continue
            actor = self.person_for(function, organisation)
            self.people[function.ref] = actor
            appoint_holder(
                actor=self.coordinator().viewer, function=function, user=actor.user, since=since
            )

    def person_for(self, function, organisation):
        if function.role == "coordinator" and organisation.pk in self.coordinators:
            return self.coordinators[organisation.pk]
        name = f"Funktion {function.ref}"
        return add_actor(name, organisation, ROLES.get(function.role, Role.CONTRIBUTOR))

    def coordinator(self, place=None):
        return self.coordinators[(place or self.places[0]).pk]

    def body(self, ref, code=None):
        """The body with the file's id; of those that each municipality has, the one with the code."""
        rows = self.agreement.bodies.filter(ref=ref)
        return rows.get(municipality__municipality_code=code) if code else rows.get()

    def commitment(self, ref, code=None):
        rows = self.agreement.commitments.filter(ref=ref, is_current=True)
        return rows.get(municipality__municipality_code=code) if code else rows.get()

    # Time

    def set_clock(self, day, hour=7):
        moment = dt.datetime.combine(day, dt.time(hour), clock.SWEDEN)
        django_settings.DEMO_CLOCK = moment.isoformat()

    def on(self, day, deed):
        """Note that `deed` is done on `day`."""
        self.deeds[day].append(deed)

    def walk(self, first, last, *, every_day=False):
        """Live from `first` to `last`, both included: every day, or regularly and when there is something to do."""
        day = first
        while day <= last:
            self.set_clock(day)
            if every_day or self.is_busy(day):
                self.live(day)
            day += DAY

    def live(self, day):
        """One day: the regular work in the morning, then what people have to do."""
        run_ticks()
        self.set_clock(day, hour=11)
        for deed in self.deeds.pop(day, ()):
            deed()
        self.tend_meetings(day)

    def is_busy(self, day):
        from samsyn.domains.meetings.models import Meeting

        if day in self.deeds or (day.weekday() == 0 if self.weekly else day.day == 1):
            return True
        days = [day + CALLED_BEFORE * DAY, day, day - DAY, day - APPROVED_AFTER * DAY]
        return Meeting.objects.filter(starts_at__date__in=days).exists()

    # Meetings

    def plan(self, ref, first, last, code=None):
        """Plan the meetings that the body's rhythm asks for."""
        from samsyn.domains.meetings.services.planning import plan_meetings

        body = self.body(ref, code)
        return plan_meetings(
            actor=self.coordinator(body.municipality).viewer, body=body, first=first, last=last
        )

    def plan_one(self, ref, day, code=None):
        """Plan one meeting on a day."""
        from samsyn.domains.meetings.services.planning import plan_meeting

        body = self.body(ref, code)
        return plan_meeting(actor=self.coordinator(body.municipality).viewer, body=body, day=day)

    def tend_meetings(self, day):
        """Call what is two weeks ahead, hold what is today, and bring the minutes on their way."""
        from samsyn.domains.meetings.models import Meeting

        rows = Meeting.objects.exclude(state__in=("cancelled", "approved")).select_related(
            "body", "municipality"
        )
        near = rows.filter(starts_at__date__gte=day - 10 * DAY)
        for meeting in near.filter(starts_at__date__lte=day + CALLED_BEFORE * DAY):
            if meeting.body.ref in self.neglected or meeting.body.agreement_id != self.agreement.pk:
                continue
            self.tend(meeting, day)

    def tend(self, meeting, day):
        if meeting.state == "planned" and meeting.form == "full" and meeting.day > day:
            self.call(meeting)
        elif meeting.state in ("planned", "called") and meeting.day == day:
            self.hold(meeting)
        elif meeting.state == "held" and meeting.form == "full" and meeting.day + DAY <= day:
            self.hand_over(meeting)
        elif meeting.state == "adjusted" and meeting.day + APPROVED_AFTER * DAY <= day:
            self.approve(meeting)

    def holder_of(self, meeting):
        return self.coordinator(meeting.municipality).viewer

    def call(self, meeting):
        from samsyn.domains.meetings.services.summons import call_meeting, give_contribution

        meeting = call_meeting(actor=self.holder_of(meeting), meeting=meeting)
        for asked in meeting.contributions.select_related("seat", "meeting__body"):
            give_contribution(
                actor=self.holder_of(meeting), contribution=asked, text="Inget nytt att säga."
            )

    def hold(self, meeting):
        from samsyn.domains.meetings.services.minutes import end_meeting, write_light_notes

        actor = self.holder_of(meeting)
        self.met[meeting.body.ref] += 1
        if meeting.form == "light":
            write_light_notes(actor=actor, meeting=meeting, text="Veckan gicks igenom.")
        else:
            self.hold_whole(actor, meeting)
        meeting.refresh_from_db()
        end_meeting(actor=actor, meeting=meeting)

    def hold_whole(self, actor, meeting):
        from samsyn.domains.meetings.selectors.bodies import may_chair, seats_of
        from samsyn.domains.meetings.services.minutes import (
            choose_people,
            choose_proved,
            note_attendance,
            note_guest,
            write_item_notes,
        )

        seats = seats_of(meeting.body)
        for seat in seats:
            note_attendance(actor=actor, meeting=meeting, seat=seat, is_present=True)
        if not seats:
            note_guest(actor=actor, meeting=meeting, label="Kommundirektör", capacity="adjoined")
        secretary = self.coordinator(meeting.municipality).user
        chair = next(key for key in may_chair(meeting) if key != secretary.pk)
        users = {one.user.pk: one.user for one in self.people.values()}
        adjuster = next(one for key, one in users.items() if key not in (chair, secretary.pk))
        choose_people(
            actor=actor, meeting=meeting, secretary=secretary, chair=users[chair], adjuster=adjuster
        )
        item = meeting.items.order_by("order").first()
        write_item_notes(actor=actor, item=item, text="Mötet öppnades.")
        for matter in self.matters[meeting.body.ref, self.met[meeting.body.ref]]:
            if isinstance(matter, Matter):
                self.decide(actor, meeting, matter)
            elif isinstance(matter, Given):
                self.give(actor, meeting, matter)
            else:
                choose_proved(actor=actor, meeting=meeting, refs=[matter])

    def decide(self, actor, meeting, matter):
        """Put the question, see to what must come first, and let the parties say yes."""
        from samsyn.domains.meetings.models import Decision
        from samsyn.domains.meetings.selectors.bodies import parties_of
        from samsyn.domains.meetings.selectors.gates import conditions_of
        from samsyn.domains.meetings.services import decisions
        from samsyn.domains.meetings.services.agenda import add_item

        wanted = Decision.objects.filter(
            item__meeting=meeting, about=matter.about, follows__isnull=False
        ).first()
        if wanted is None:
            item = add_item(actor=actor, meeting=meeting, title=matter.title, subject=matter.about)
            wanted = decisions.put_decision(
                actor=actor, item=item, wording=matter.title, about=matter.about
            )
        for condition in conditions_of(wanted):
            words = {one.key: matter.gates[condition.gate.id] for one in condition.questions}
            decisions.answer_gate(
                actor=actor, decision=wanted, gate=condition.gate.id, answers=words
            )
        if wanted.rule == "consensus":
            for party in parties_of(meeting.body):
                decisions.record_stand(actor=actor, decision=wanted, party=party, said="agrees")
        else:
            decisions.declare_outcome(actor=actor, decision=wanted, yes=True)
        wanted.refresh_from_db()
        assert wanted.is_settled, wanted.why

    def give(self, actor, meeting, given):
        from samsyn.domains.meetings.services.assignments import give_assignment

        give_assignment(
            actor=actor,
            item=meeting.items.order_by("order").first(),
            title=given.title,
            to_body=self.body(given.to),
            due_on=meeting.day + 60 * DAY,
        )

    def report_back(self, ref):
        """Let the body report on every open assignment it has."""
        from samsyn.domains.meetings.models import Assignment
        from samsyn.domains.meetings.services.assignments import report_back

        for one in Assignment.objects.filter(receiver_body__ref=ref, state="open"):
            report_back(
                actor=self.coordinator(one.municipality).viewer,
                assignment=one,
                text="Gruppen föreslår bättre belysning.",
            )

    def hand_over(self, meeting):
        from samsyn.domains.meetings.services.minutes import hand_to_adjuster

        hand_to_adjuster(actor=self.holder_of(meeting), meeting=meeting)

    def approve(self, meeting):
        from samsyn.base.access import viewer_for
        from samsyn.domains.meetings.services.minutes import approve_minutes

        for user in (meeting.chair, meeting.adjuster):
            meeting = approve_minutes(actor=viewer_for(user), meeting=meeting)
        assert meeting.state == "approved"

    # What is judged

    def states(self, at):
        """Where each clause stands: "L06 radet-mots" → state; with the municipality where each has its own."""
        from samsyn.domains.agreements.selectors.status import status_of

        return named(status_of(self.agreement, at))

    def why(self, ref, at):
        from samsyn.domains.agreements.selectors.status import status_of

        return next(
            one.state.why for one in status_of(self.agreement, at) if one.commitment.ref == ref
        )

    def law(self, at, place=None):
        """The law meter: "§ 6 lagesbild-uppdateras" → state and how much evidence there is."""
        from samsyn.domains.agreements.selectors.status import law_of

        found = law_of(place or self.places[0], at)
        return {
            f"{one.commitment.clause} {one.commitment.ref}": (one.name, bool(one.evidence))
            for one in found
        }

    def arrived_by_itself(self):
        """Every (commitment, kind) that came without anybody's hand."""
        from samsyn.domains.agreements.models import Evidence

        rows = Evidence.objects.filter(
            commitment__agreement=self.agreement, automatic=True, withdrawn_at=None
        )
        return set(rows.values_list("commitment__ref", "kind"))


def named(statuses):
    found = {}
    for one in statuses:
        code = one.commitment.municipality_code
        found[f"{one.commitment.clause} {one.commitment.ref}{f' {code}' if code else ''}"] = (
            one.name
        )
    return found


def school_years(municipality, *first_years):
    """Decide school years like Swedish ones: summer leave from the second Friday of June."""
    for year in first_years:
        SchoolYear.objects.create(
            municipality=municipality,
            year=year,
            autumn_starts=dt.date(year, 8, 18),
            autumn_ends=dt.date(year, 12, 19),
            spring_starts=dt.date(year + 1, 1, 8),
            spring_ends=dt.date(year + 1, 6, 12),
            summer_pause_starts=dt.date(year + 1, 6, 16),
            summer_pause_ends=dt.date(year + 1, 8, 10),
        )
