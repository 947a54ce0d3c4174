"""What the agreements remind of by e-mail: what is late and due, what waits for an answer, what expires (L05, C03)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base.access import Viewer, visible
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.base.reminders.slots import Reminder, Span, Topic
from samsyn.domains.agreements.documents.selectors import waiting_for
from samsyn.domains.agreements.judging import CommitmentStatus
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.agreements.selectors.agreements import Term
from samsyn.domains.agreements.selectors.bodies import functions_held
from samsyn.domains.agreements.selectors.status import status_of

MINE, WHOLE, ANSWERS = "agreements.mine", "agreements.whole", "agreements.answers"
TOPICS = (
    Topic(
        MINE,
        gettext_lazy("Det jag svarar för i avtalet"),
        gettext_lazy(
            "Åtaganden där en funktion du har är ansvarig: försenade och snart förfallna."
        ),
        order=10,
    ),
    Topic(
        ANSWERS,
        gettext_lazy("Dokument som väntar på mig"),
        gettext_lazy("Bilagor och avtal som du ska godkänna."),
        order=30,
    ),
    Topic(
        WHOLE,
        gettext_lazy("Resten av avtalet"),
        gettext_lazy("Allt annat som är försenat eller snart förfaller, och när avtalet går ut."),
        default_for="agreements.set_up",
        order=60,
    ),
)


def agreement_reminders(viewer: Viewer, municipality: Organisation, span: Span) -> list[Reminder]:
    """Return what waits in the agreements that hold in the municipality, as the viewer may see them."""
    if not viewer.can("agreements.see", municipality):
        return []
    held = {(one.agreement_id, one.ref) for one in functions_held(viewer, span.today)}
    rows = visible(viewer, Agreement).filter(
        municipalities=municipality, kind=Agreement.Kind.AGREEMENT
    )
    found: list[Reminder] = []
    for agreement in rows.exclude(state=Agreement.State.ENDED).select_related("current_version"):
        term = Term(agreement, span.today)
        if term.expired:
            continue
        found += answers(viewer, agreement)
        if not agreement.is_started or term.not_begun:
            continue
        found += expiry(term, span)
        for each in status_of(agreement, span.today, viewer=viewer, municipality=municipality):
            found += duty(each, held, span)
    return found


def duty(each: CommitmentStatus, held: set[tuple[int, str]], span: Span) -> list[Reminder]:
    """A commitment that is late, or due within the span."""
    one, due = each.commitment, each.state.due
    is_late = each.name == "late"
    is_near = each.name == "due" and due is not None and due <= span.until
    if not (is_late or is_near):
        return []
    mine = any((one.agreement_id, who["ref"]) in held for who in one.responsible)
    place = f", {one.municipality.called}" if one.municipality else ""
    return [
        Reminder(
            topic=MINE if mine else WHOLE,
            title=f"{one.subject}{place}",
            link=Link("commitment", str(one.pk)),
            due=due,
            is_late=is_late,
        )
    ]


def answers(viewer: Viewer, agreement: Agreement) -> list[Reminder]:
    return [
        Reminder(
            topic=ANSWERS,
            title=_("%(title)s: godkännande för %(party)s")
            % {"title": version.document.title, "party": party},
            link=Link("document", str(version.document_id)),
        )
        for version, party in waiting_for(viewer, agreement)
    ]


def expiry(term: Term, span: Span) -> list[Reminder]:
    """That the agreement goes out, once at each of the three warnings: 12, 6 and 3 months before."""
    before = Term(term.agreement, span.since - dt.timedelta(days=1))
    if term.warning_months is None or term.warning_months == before.warning_months:
        return []
    return [
        Reminder(
            topic=WHOLE,
            title=_("%(title)s går ut. Börja på nästa avtal") % {"title": term.agreement.title},
            link=Link("agreement_renewal", term.agreement.code),
            due=term.agreement.ends_on,
        )
    ]
