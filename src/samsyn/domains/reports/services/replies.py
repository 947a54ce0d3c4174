"""What comes back to those who report: answers, and the month's account of what reports led to (H06)."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.evidence import tell_that_published
from samsyn.domains.reports.guarding import require_storable
from samsyn.domains.reports.models import Answer, MonthlyFeedback, Report, ReporterIdentity, Status
from samsyn.domains.reports.models.desk import ANSWER_LENGTH
from samsyn.domains.reports.services.desk import add_status


def answer_reporter(*, actor: Viewer, report: Report, text: str) -> Answer:
    """Answer the reporter: read by the link or account that sent it, and mailed where an address was left.

    Raises NotAllowed, GuardRefused, or UserError for an empty or too long text.
    """
    require(actor, "reports.answer", report.municipality_id)
    text = text.strip()
    if not text or len(text) > ANSWER_LENGTH:
        raise UserError(_("Skriv ett svar på högst 1 000 tecken."))
    require_storable(text)
    with transaction.atomic():
        answer = Answer.objects.create(
            report=report, text=text, by_id=actor.user, by_label=actor.label
        )
        add_status(actor, report, Status.ANSWERED)
        record(actor, "report.answered", report, organisation=report.municipality_id)
        transaction.on_commit(lambda: mail_answer(answer))
    return answer


def mail_answer(answer: Answer) -> None:
    """Mail the answer where the reporter left an address. The mail says which report, not what it said."""
    identity = (
        ReporterIdentity.objects.filter(report=answer.report_id).exclude(contact_email="").first()
    )
    if identity is None:
        return
    subject = _("Svar på din rapport %(number)s") % {"number": answer.report.number}
    try:
        EmailMessage(subject=subject, body=answer.text, to=[identity.contact_email]).send()
    except OSError:
        return  # The answer is still read by link or account; `mailed_at` stays empty and is shown.
    answer.mailed_at = clock.now()
    answer.save(update_fields=["mailed_at"])


def write_feedback(
    *, actor: Viewer, municipality: Organisation, year: int, month: int, text: str
) -> MonthlyFeedback:
    """Write or rewrite the month's account; once published it stands."""
    require(actor, "reports.publish_feedback", municipality)
    text = text.strip()
    if not 1 <= month <= 12 or not text or len(text) > 5000:
        raise UserError(_("Skriv vad månadens rapporter ledde till, med högst 5 000 tecken."))
    require_storable(text)
    with transaction.atomic():
        feedback, created = MonthlyFeedback.objects.get_or_create(
            municipality=municipality, year=year, month=month, defaults={"text": text}
        )
        if not created and feedback.published_at is not None:
            raise UserError(_("Månadens återkoppling är redan publicerad och ändras inte."))
        feedback.text = text
        feedback.save(update_fields=["text"])
        record(actor, "feedback.written", feedback, organisation=municipality)
    return feedback


def publish_feedback(*, actor: Viewer, feedback: MonthlyFeedback) -> MonthlyFeedback:
    """Let every reporter in the municipality read it; twice changes nothing."""
    require(actor, "reports.publish_feedback", feedback.municipality_id)
    with transaction.atomic():
        locked = MonthlyFeedback.objects.select_for_update().get(pk=feedback.pk)
        if locked.published_at is None:
            locked.published_at, locked.published_by_label = clock.now(), actor.label
            locked.save(update_fields=["published_at", "published_by_label"])
            record(actor, "feedback.published", locked, organisation=locked.municipality_id)
            tell_that_published(actor, locked)
    return locked
