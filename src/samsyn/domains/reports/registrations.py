"""What the rest of the house knows about reports: who sees and does what, how long, and what waits."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.access.viewer import NOBODY
from samsyn.base.audit.log import register_verbs
from samsyn.base.jobs.imports import register_importer
from samsyn.base.orgs.models import Role
from samsyn.base.retention.rules import RetentionRule, follows_its_owner, keep
from samsyn.base.search import sources
from samsyn.base.ticks import ticks
from samsyn.base.today import cards
from samsyn.domains.agreements.slots import evidence_arrives
from samsyn.domains.reports.evidence import note_reports_received
from samsyn.domains.reports.models import (
    Answer,
    Category,
    CategoryCorrection,
    CategorySet,
    KeptApart,
    Merge,
    MonthlyFeedback,
    QuickFix,
    QuickFixRecipient,
    Report,
    ReporterIdentity,
    ReportLink,
    ReportStatus,
)
from samsyn.domains.reports.rules import DESK, sees_all
from samsyn.domains.reports.services.imports import IMPORTER
from samsyn.domains.reports.today import report_cards, report_hits

grant(
    "reports.send",
    {Role.REPORTER, Role.CONTRIBUTOR, Role.COORDINATOR, Role.SECURITY_CHIEF, Role.KOMMUNPOLIS},
)
grant("reports.see_own", {Role.REPORTER, Role.CONTRIBUTOR})
grant("reports.see", DESK | {Role.KOMMUNPOLIS, Role.CONTRIBUTOR})
grant("reports.handle", DESK)
grant("reports.correct", DESK)
grant("reports.merge", DESK)
grant("reports.route", DESK)
grant("reports.answer", {Role.COORDINATOR})
grant("reports.see_reporter", {Role.COORDINATOR})
grant("reports.manage_links", {Role.COORDINATOR, Role.ADMINISTRATOR})
grant("reports.decide_categories", {Role.COORDINATOR, Role.ADMINISTRATOR})
grant("reports.publish_feedback", {Role.COORDINATOR})
grant("reports.import", {Role.COORDINATOR, Role.ADMINISTRATOR})

register_verbs(
    {
        "report.sent": _("Rapport mottagen"),
        "report.status_set": _("Rapport: nytt läge"),
        "report.category_corrected": _("Kategori rättad"),
        "report.merged": _("Rapport ihopslagen med en annan"),
        "report.kept_apart": _("Rapporter hålls isär: inte samma sak"),
        "report.unmerged": _("Sammanslagning ångrad"),
        "report.passed_on": _("Rapport skickad vidare för åtgärd"),
        "report.answered": _("Rapportör besvarad"),
        "report.reporter_seen": _("Uppgift om rapportör visad"),
        "report_link.created": _("Rapportlänk skapad"),
        "report_link.revoked": _("Rapportlänk spärrad"),
        "reports.imported": _("Tidigare rapporter inlästa"),
        "reports.import_undone": _("Inläsning av rapporter ångrad"),
        "reports.exported": _("Rapporter hämtade som fil"),
        "categories.decided": _("Kategorier beslutade"),
        "quick_fix.recipient_saved": _("Mottagare av snabba åtgärder sparad"),
        "feedback.written": _("Månadens återkoppling skriven"),
        "feedback.published": _("Månadens återkoppling publicerad"),
    }
)


def seen_by(viewer: Viewer, prefix: str = "") -> Q:
    """Return the condition that a report (at `prefix`) is one the viewer may see.

    The municipality's coordinator, security chief and contributors and the kommunpolis see all of the
    municipality's; any other organisation, and every private one, sees what it sent itself.
    """
    condition = NOBODY
    for mandate in viewer.mandates:
        if not mandate.municipalities:
            continue
        places = Q(**{f"{prefix}municipality__in": mandate.municipalities})
        if sees_all(mandate.role, mandate.organisation_kind):
            condition |= places
        elif mandate.role in {Role.REPORTER, Role.CONTRIBUTOR}:
            condition |= places & Q(**{f"{prefix}organisation": mandate.organisation})
    return condition


@rule(Report)
def reports(viewer: Viewer) -> QuerySet[Any]:
    """Those of the municipality for its own people and the kommunpolis; one's own organisation's for others."""
    return Report.objects.filter(seen_by(viewer))


@rule(ReporterIdentity)
def identities(viewer: Viewer) -> QuerySet[Any]:
    """The coordinator only (data rule 5)."""
    return ReporterIdentity.objects.filter(
        viewer.within("reports.see_reporter", "report__municipality")
    )


@rule(ReportStatus)
def statuses(viewer: Viewer) -> QuerySet[Any]:
    """With the report."""
    return ReportStatus.objects.filter(seen_by(viewer, "report__"))


@rule(CategoryCorrection)
def corrections(viewer: Viewer) -> QuerySet[Any]:
    """With the report."""
    return CategoryCorrection.objects.filter(seen_by(viewer, "report__"))


@rule(Merge)
def merges(viewer: Viewer) -> QuerySet[Any]:
    """Those who handle reports: a merge names another organisation's report too."""
    return Merge.objects.filter(viewer.within("reports.handle", "report__municipality"))


@rule(KeptApart)
def kept_apart(viewer: Viewer) -> QuerySet[Any]:
    """As a merge: it names another organisation's report too."""
    return KeptApart.objects.filter(viewer.within("reports.handle", "first__municipality"))


@rule(QuickFix)
def quick_fixes(viewer: Viewer) -> QuerySet[Any]:
    """With the report."""
    return QuickFix.objects.filter(seen_by(viewer, "report__"))


@rule(QuickFixRecipient)
def recipients(viewer: Viewer) -> QuerySet[Any]:
    """Those who pass reports on."""
    return QuickFixRecipient.objects.filter(viewer.within("reports.route"))


@rule(Answer)
def answers(viewer: Viewer) -> QuerySet[Any]:
    """With the report; and a link reads the answers to what it sent, nothing else."""
    if viewer.link is not None:
        return Answer.objects.filter(
            report__identity__link=viewer.link, report__identity__link__revoked_at=None
        )
    return Answer.objects.filter(seen_by(viewer, "report__"))


@rule(MonthlyFeedback)
def feedback(viewer: Viewer) -> QuerySet[Any]:
    """The published to all who work in the municipality or hold a link there; drafts to the coordinator."""
    published = MonthlyFeedback.objects.filter(published_at__isnull=False)
    if viewer.link is not None:
        links = ReportLink.objects.filter(pk=viewer.link, revoked_at=None)
        return published.filter(municipality__in=links.values("municipality"))
    drafts = MonthlyFeedback.objects.filter(viewer.within("reports.publish_feedback"))
    return published.filter(municipality__in=viewer.municipalities) | drafts


@rule(ReportLink)
def links(viewer: Viewer) -> QuerySet[Any]:
    """Those who hand them out."""
    return ReportLink.objects.filter(viewer.within("reports.manage_links"))


@rule(CategorySet)
def category_sets(viewer: Viewer) -> QuerySet[Any]:
    """Categories are no secret."""
    return CategorySet.objects.all()


@rule(Category)
def categories(viewer: Viewer) -> QuerySet[Any]:
    """Categories are no secret."""
    return Category.objects.all()


keep(
    RetentionRule(
        key="reports",
        model=Report,
        why=_("Rapporter behövs i tre år för att se mönster över tid och följa upp åtgärder."),
        months=36,
        counted_from="ends_at",
    )
)
keep(
    RetentionRule(
        key="reports.reporters",
        model=ReporterIdentity,
        why=_("Vem som rapporterade behövs bara för svar; det gallras före rapporten."),
        months=12,
        counted_from="created_at",
        municipality="report__municipality",
    )
)
follows_its_owner(
    ReportStatus, CategoryCorrection, Merge, KeptApart, Answer, QuickFix, why=_("Följer rapporten.")
)
follows_its_owner(
    QuickFixRecipient, ReportLink, why=_("Följer kommunen: funktioner, inga rapporter.")
)
follows_its_owner(
    CategorySet,
    Category,
    MonthlyFeedback,
    why=_("Bevaras: visar vad som har beslutats och berättats."),
)

register_importer(IMPORTER)
cards.fill("reports", report_cards, order=20)
sources.fill("reports", report_hits, order=20)
ticks.fill("reports.evidence", note_reports_received, order=50)
evidence_arrives("report_received", _("Kommer en gång i månaden när händelser har rapporterats."))
evidence_arrives("information_sent", _("Kommer när månadens återkoppling är publicerad."))
