"""E-mail to those who take part: written once in the transaction, sent by the regular work, never twice."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import record
from samsyn.base.links import Link, address_of
from samsyn.domains.agreements.models import Holder
from samsyn.domains.meetings.models import (
    Assignment,
    Contribution,
    Invitation,
    Letter,
    Meeting,
    Need,
)
from samsyn.domains.meetings.selectors.invitations import everybody_of, people_called
from samsyn.formats import swedish

MOST_TRIES = 5
AT_A_TIME = 200
log = logging.getLogger(__name__)


def write_to_members(meeting: Meeting, kind: str, *, again: bool = False) -> list[Letter]:
    """Write a summons, or word that the meeting is cancelled, to all who are called; of ready minutes to the body."""
    mark = f":{meeting.version}" if again else ""
    writers = {"summons": summons, "cancelled": cancellation, "minutes": minutes_ready}
    subject, text = writers[kind](meeting)
    if again:
        subject = _("Ändrat: %(subject)s") % {"subject": subject}
    people = everybody_of(meeting) if kind == "minutes" else people_called(meeting)
    return write_letters(kind, f"{kind}:{meeting.pk}{mark}", people, subject, text, meeting)


def write_to_invited(invitation: Invitation, people: Iterable[User]) -> list[Letter]:
    """Send the summons to somebody who became wanted after it had gone."""
    meeting = invitation.meeting
    subject, text = summons(meeting)
    return write_letters("summons", f"invited:{invitation.pk}", people, subject, text, meeting)


def write_to_uninvited(invitation: Invitation, people: Iterable[User]) -> list[Letter]:
    """Tell somebody who was summoned that she is not wanted after all."""
    meeting = invitation.meeting
    subject = _("Inte längre kallad: %(body)s %(day)s") % {
        "body": meeting.body.name,
        "day": swedish.date(meeting.day),
    }
    text = _("Du behöver inte vara med på mötet.")
    return write_letters("uninvited", f"uninvited:{invitation.pk}", people, subject, text, meeting)


def write_letters(
    kind: str, key: str, people: Iterable[User], subject: str, text: str, meeting: Meeting
) -> list[Letter]:
    """Write one letter to each; who has this one already gets no other. They go after the commit."""
    made = []
    for person in people:
        letter, is_new = Letter.objects.get_or_create(
            key=f"{key}:{person.pk}",
            defaults={
                "kind": kind,
                "municipality": meeting.municipality,
                "meeting": meeting,
                "recipient": person,
                "subject": subject[:200],
                "text": text,
            },
        )
        made += [letter] if is_new else []
    if made:
        transaction.on_commit(send_soon)
    return made


def summons(meeting: Meeting) -> tuple[str, str]:
    """Return subject and text of the summons: when, where, the agenda with its papers, what is wanted."""
    start = meeting.local_start
    subject = _("Kallelse: %(body)s %(day)s") % {
        "body": meeting.body.name,
        "day": swedish.date(meeting.day),
    }
    when = _("%(day)s kl. %(time)s") % {
        "day": swedish.date(meeting.day, weekday=True).capitalize(),
        "time": swedish.clock(start),
    }
    lines = [f"{meeting.body.name}\n{when}{', ' + meeting.place if meeting.place else ''}", ""]
    if meeting.occasion:
        lines += [_("Extra möte: %(why)s") % {"why": meeting.occasion}, ""]
    if meeting.extended:
        lines += [_("Mötet är utökat."), ""]
    lines.append(_("Dagordning"))
    for item in meeting.items.prefetch_related("papers").order_by("order"):
        mark = _(" (beslut)") if item.proposal else ""
        lines.append(f"{item.order}. {item.title}{mark}")
        lines += [f"   – {paper.title}" for paper in item.papers.all()]
    if Contribution.objects.filter(meeting=meeting, given_at__isnull=True).exists():
        lines += ["", _("Lämna gärna ditt bidrag före mötet.")]
    lines += [
        "",
        _("Handlingarna och det du ska ta ställning till finns här:"),
        address_of(Link("meeting", str(meeting.pk))),
    ]
    return subject, "\n".join(lines)


def cancellation(meeting: Meeting) -> tuple[str, str]:
    subject = _("Inställt: %(body)s %(day)s") % {
        "body": meeting.body.name,
        "day": swedish.date(meeting.day),
    }
    return subject, _("Mötet är inställt. %(why)s") % {"why": meeting.cancelled_why}


def minutes_ready(meeting: Meeting) -> tuple[str, str]:
    subject = _("Protokollet är klart: %(body)s %(day)s") % {
        "body": meeting.body.name,
        "day": swedish.date(meeting.day),
    }
    text = _("Protokollet är justerat och kan läsas här:\n%(address)s") % {
        "address": address_of(Link("meeting", str(meeting.pk)))
    }
    return subject, text


def write_to_approvers(meeting: Meeting) -> None:
    """Ask the chair and the adjuster to read the minutes."""
    people = [one for one in (meeting.chair, meeting.adjuster) if one is not None]
    subject = _("Att justera: %(body)s %(day)s") % {
        "body": meeting.body.name,
        "day": swedish.date(meeting.day),
    }
    text = _("Läs protokollet och godkänn det här:\n%(address)s") % {
        "address": address_of(Link("meeting", str(meeting.pk)))
    }
    write_letters(
        "adjust", f"adjust:{meeting.pk}:{meeting.version}", people, subject, text, meeting
    )


def write_to_silent_parties(
    meeting: Meeting, decision_key: str, people: Iterable[User], wording: str
) -> None:
    """Ask the people of a party that was absent for its written consent."""
    subject = _("Ert besked behövs: %(body)s") % {"body": meeting.body.name}
    text = _(
        "Ni var inte med när %(body)s tog upp detta:\n\n%(wording)s\n\n"
        "Beslutet gäller först när ni har sagt ja skriftligt. Lämna ert besked här:\n%(address)s"
    ) % {
        "body": meeting.body.name,
        "wording": wording,
        "address": address_of(Link("meeting", str(meeting.pk))),
    }
    write_letters("consent", f"consent:{decision_key}", people, subject, text, meeting)


def write_about_assignment(assignment: Assignment, people: Iterable[User], *, step: int) -> None:
    """Tell those who hold the function that it has been given an assignment, or that one has come to it."""
    if assignment.item is None:
        return
    subject = _("Nytt uppdrag från %(body)s") % {"body": assignment.giver.name}
    due = (
        _("Senast %(day)s.") % {"day": swedish.date(assignment.due_on)} if assignment.due_on else ""
    )
    text = "\n\n".join(
        part
        for part in (
            assignment.title,
            assignment.text,
            due,
            address_of(Link("assignment", str(assignment.pk))),
        )
        if part
    )
    write_letters(
        "assignment",
        f"assignment:{assignment.pk}:{step}",
        people,
        subject,
        text,
        assignment.item.meeting,
    )


def write_about_taking_over(holder: Holder) -> None:
    """Tell who has taken over a function that she has, and where she finds what is open."""
    agreement = holder.function.agreement
    municipality = agreement.municipalities.order_by("pk").first()
    if municipality is None:
        return
    open_now = sum(not row["stays"] for row in holder.took_along)
    told = ngettext(
        "En sak är öppen och följer med.", "%(count)s saker är öppna och följer med.", open_now
    ) % {"count": open_now}
    text = _("Du har tagit över funktionen %(function)s från %(day)s. %(told)s\n%(address)s") % {
        "function": holder.function.name,
        "day": swedish.date(holder.since),
        "told": told if open_now else "",
        "address": address_of(Link("handover", str(holder.pk))),
    }
    Letter.objects.get_or_create(
        key=f"taken_over:{holder.pk}",
        defaults={
            "kind": "taken_over",
            "municipality": municipality,
            "recipient": holder.user,
            "subject": (_("Du har tagit över: %(function)s") % {"function": holder.function.name})[
                :200
            ],
            "text": text,
        },
    )
    transaction.on_commit(send_soon)


def write_answer(need: Need) -> None:
    """Send the answer to who sent the need."""
    if need.sent_by is None:
        return
    Letter.objects.get_or_create(
        key=f"answer:{need.pk}:{need.state}",
        defaults={
            "kind": "answer",
            "municipality": need.municipality,
            "recipient": need.sent_by,
            "subject": _("Svar: %(need)s") % {"need": need.title},
            "text": f"{need.answer}\n\n{address_of(Link('need', str(need.pk)))}",
        },
    )
    transaction.on_commit(send_soon)


def send_soon() -> None:
    """Send what waits, without letting the post stop the one who wrote it."""
    try:
        send_letters()
    except Exception:
        log.exception("The letters were not sent; the regular work tries again.")


def send_letters() -> str:
    """Send every letter that has not gone, at most five tries each. Safe to run at any time, and twice."""
    sent = failed = 0
    waiting = Letter.objects.filter(sent_at__isnull=True, tries__lt=MOST_TRIES)
    for key in list(waiting.order_by("written_at").values_list("pk", flat=True)[:AT_A_TIME]):
        outcome = send_one(key)
        sent += outcome == "sent"
        failed += outcome == "failed"
    return f"{sent} sent, {failed} failed"


def send_one(key: int) -> str:
    """Send one letter, locked so that no two workers send the same."""
    with transaction.atomic():
        letter = (
            Letter.objects.select_for_update(of=("self",))
            .select_related("recipient")
            .filter(pk=key, sent_at__isnull=True)
            .first()
        )
        if letter is None:
            return "gone"
        letter.tries += 1
        try:
            EmailMessage(
                subject=letter.subject, body=letter.text, to=[letter.recipient.email]
            ).send()
        except (OSError, SMTPException) as error:
            letter.failure = type(error).__name__[:300]
            letter.save(update_fields=["tries", "failure"])
            record(
                SYSTEM,
                "letter.failed",
                letter,
                organisation=letter.municipality_id,
                kind=letter.kind,
            )
            return "failed"
        letter.sent_at, letter.failure = clock.now(), ""
        letter.save(update_fields=["tries", "failure", "sent_at"])
        record(SYSTEM, "letter.sent", letter, organisation=letter.municipality_id, kind=letter.kind)
        return "sent"


def try_again(municipality: int) -> int:
    """Let the letters that could not be sent be tried anew; returns how many."""
    return Letter.objects.filter(
        municipality=municipality, sent_at__isnull=True, tries__gte=MOST_TRIES
    ).update(tries=0)
