"""The coordinator's desk: look at, correct, pass on."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.domains.reports.guarding import require_storable
from samsyn.domains.reports.models import (
    CategoryCorrection,
    QuickFix,
    QuickFixRecipient,
    Report,
    ReporterIdentity,
    ReportStatus,
    Status,
)
from samsyn.domains.reports.models.report import ReportLink
from samsyn.domains.reports.selectors.categories import categories_of, category_names
from samsyn.formats import swedish


def set_status(*, actor: Viewer, report: Report, status: str) -> ReportStatus:
    """Add a step to the report's way: seen or closed. The steps are added to, never changed."""
    require(actor, "reports.handle", report.municipality_id)
    if status not in Status.values:
        raise UserError(_("Läget finns inte. Välj ett i listan."))
    with transaction.atomic():
        return add_status(actor, report, status)


def add_status(actor: Viewer, report: Report, status: str) -> ReportStatus:
    """Add the step and its line in the log, inside the caller's transaction."""
    step = ReportStatus.objects.create(
        report=report, status=status, by_id=actor.user, by_label=actor.label
    )
    record(
        actor, "report.status_set", report, organisation=report.municipality_id, status=str(status)
    )
    return step


def mark_seen(*, actor: Viewer, reports: list[Report]) -> int:
    """Mark those that nobody has looked at as seen; returns how many they were."""
    for municipality in {one.municipality_id for one in reports}:
        require(actor, "reports.handle", municipality)
    with transaction.atomic():
        known = set(
            ReportStatus.objects.filter(report__in=reports).values_list("report_id", flat=True)
        )
        fresh = [one for one in reports if one.pk not in known]
        for one in fresh:
            add_status(actor, one, Status.SEEN)
    return len(fresh)


def correct_category(
    *, actor: Viewer, report: Report, category_key: str, reason: str = ""
) -> CategoryCorrection:
    """Give the report another category of the set in force; the old one is kept beside.

    Raises NotAllowed, UserError for an unknown or unchanged category, GuardRefused for the reason.
    """
    require(actor, "reports.correct", report.municipality_id)
    require_storable(reason)
    chosen = {one.key: one for one in categories_of(report.municipality_id)}.get(category_key)
    if chosen is None:
        raise UserError(_("Kategorin finns inte i den beslutade uppsättningen. Välj en i listan."))
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.category_key == category_key:
            raise UserError(_("Rapporten har redan den kategorin. Inget har ändrats."))
        correction = CategoryCorrection.objects.create(
            report=locked,
            old_key=locked.category_key,
            new_key=category_key,
            reason=reason[:200],
            by_id=actor.user,
            by_label=actor.label,
        )
        locked.category_key, locked.category_id = category_key, chosen.pk
        locked.save(update_fields=["category_key", "category"])
        record(
            actor,
            "report.category_corrected",
            locked,
            organisation=locked.municipality_id,
            old=correction.old_key,
            new=category_key,
        )
    report.category_key, report.category_id = category_key, chosen.pk
    return correction


def save_recipient(
    *,
    actor: Viewer,
    municipality_id: int,
    matter: str,
    name: str,
    email: str,
    recipient: QuickFixRecipient | None = None,
    is_active: bool = True,
) -> QuickFixRecipient:
    """Add the function that mends such matters, or change it."""
    require(actor, "reports.route", municipality_id)
    if recipient is not None and recipient.municipality_id != municipality_id:
        raise UserError(_("Mottagaren hör till en annan kommun."))
    with transaction.atomic():
        made = recipient or QuickFixRecipient(municipality_id=municipality_id)
        made.matter, made.name, made.email, made.is_active = (
            matter,
            name.strip(),
            email.strip(),
            is_active,
        )
        made.full_clean()
        made.save()
        record(
            actor,
            "quick_fix.recipient_saved",
            made,
            organisation=municipality_id,
            matter=str(matter),
        )
    return made


def route_quick_fix(
    *, actor: Viewer, report: Report, recipient: QuickFixRecipient, message: str = ""
) -> QuickFix:
    """Pass the report on by e-mail to the named function, and keep the trace (never the sender's name)."""
    require(actor, "reports.route", report.municipality_id)
    require_storable(message)
    if recipient.municipality_id != report.municipality_id or not recipient.is_active:
        raise UserError(_("Mottagaren används inte i kommunen. Välj en annan."))
    with transaction.atomic():
        fix = QuickFix.objects.create(
            report=report,
            recipient=recipient,
            sent_to=recipient.email,
            message=message.strip()[:500],
            by_id=actor.user,
            by_label=actor.label,
        )
        add_status(actor, report, Status.PASSED_ON)
        record(
            actor,
            "report.passed_on",
            report,
            organisation=report.municipality_id,
            to=recipient.name,
        )
        transaction.on_commit(lambda: mail_quick_fix(fix))
    return fix


def mail_quick_fix(fix: QuickFix) -> None:
    """Send the mail and write down how it went: a mail that fails is seen at the desk, not lost."""
    try:
        EmailMessage(
            subject=_("%(matter)s: %(place)s")
            % {
                "matter": fix.recipient.get_matter_display(),
                "place": fix.report.where or _("se karta"),
            },
            body=words_of_quick_fix(fix),
            to=[fix.sent_to],
        ).send()
    except OSError as error:
        fix.failure = f"{type(error).__name__}: {error}"[:200]
    else:
        fix.mailed_at = clock.now()
    fix.save(update_fields=["mailed_at", "failure"])


def words_of_quick_fix(fix: QuickFix) -> str:
    """Return the mail: what, where, when and the coordinator's words."""
    report = fix.report
    name = category_names(report.municipality_id).get(report.category_key, report.category_key)
    lines = [
        _("Vad: %s") % name,
        _("Var: %s") % (report.where or _("se kartan")),
        _("När: %s") % swedish.moment(report.starts_at.astimezone(clock.SWEDEN)),
    ]
    if report.longitude is not None:
        lines.append(
            _("Karta: %s")
            % f"https://www.openstreetmap.org/?mlat={report.latitude}&mlon={report.longitude}&zoom=18"
        )
    if report.note:
        lines.append(_("Anteckning: %s") % report.note)
    if fix.message:
        lines += ["", fix.message]
    lines += ["", _("Rapport %(number)s, %(municipality)s.") % {
        "number": report.number,
        "municipality": report.municipality.name,
    }]  # fmt: skip
    return "\n".join(lines)


def show_reporter(
    *, actor: Viewer, report: Report
) -> tuple[ReporterIdentity, ReportLink | None] | None:
    """Return who sent the report, for the coordinator alone; that she looked is logged (data rule 5)."""
    require(actor, "reports.see_reporter", report.municipality_id)
    identity = (
        ReporterIdentity.objects.filter(report=report)
        .select_related("user", "link__organisation")
        .first()
    )
    if identity is None:
        return None
    with transaction.atomic():
        record(actor, "report.reporter_seen", report, organisation=report.municipality_id)
    return identity, identity.link
