"""Whether two reports tell of the same: merge them, take it back, or say that they do not."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.domains.reports.models import KeptApart, Merge, Report, ReportKind


def merge_reports(*, actor: Viewer, report: Report, into: Report) -> Merge:
    """Say that `report` tells of the same as `into`. Both are kept; only `into` is counted.

    What was merged into `report` before follows along, so that chains never arise.
    """
    require(actor, "reports.merge", into.municipality_id)
    with transaction.atomic():
        rows = {
            one.pk: one
            for one in Report.objects.select_for_update().filter(pk__in=[report.pk, into.pk])
        }
        require_mergeable(rows.get(report.pk), rows.get(into.pk))
        for one in [*Report.objects.filter(merged_into=report.pk), rows[report.pk]]:
            Merge.objects.filter(report=one, undone_at=None).update(
                undone_at=clock.now(), undone_by_label=actor.label
            )
            merge = Merge.objects.create(
                report=one, into_id=into.pk, by_id=actor.user, by_label=actor.label
            )
            Report.objects.filter(pk=one.pk).update(merged_into=into.pk)
            record(
                actor, "report.merged", one, organisation=into.municipality_id, into=str(into.pk)
            )
    report.merged_into_id = into.pk
    return merge


def require_mergeable(report: Report | None, into: Report | None) -> None:
    """Raise UserError where the two cannot be one."""
    if report is None or into is None or report.municipality_id != into.municipality_id:
        raise UserError(_("Rapporterna hör inte till samma kommun och kan inte slås ihop."))
    if report.pk == into.pk:
        raise UserError(_("En rapport kan inte slås ihop med sig själv. Välj en annan."))
    if report.merged_into_id is not None or into.merged_into_id is not None:
        raise UserError(_("En av rapporterna är redan ihopslagen med en annan. Ångra det först."))
    if ReportKind.NOTHING in {report.kind, into.kind}:
        raise UserError(_("”Inget att rapportera” kan inte slås ihop."))


def unmerge(*, actor: Viewer, report: Report) -> Report:
    """Take back the merging of `report`; it is counted by itself again."""
    require(actor, "reports.merge", report.municipality_id)
    with transaction.atomic():
        undone = Merge.objects.filter(report=report, undone_at=None).update(
            undone_at=clock.now(), undone_by_label=actor.label
        )
        if not undone:
            raise UserError(_("Rapporten är inte ihopslagen med någon annan."))
        Report.objects.filter(pk=report.pk).update(merged_into=None)
        record(actor, "report.unmerged", report, organisation=report.municipality_id)
    report.merged_into = None
    return report


def keep_apart(*, actor: Viewer, report: Report, other: Report) -> KeptApart:
    """Say that the two do not tell of the same, so that the pair is never suggested again.

    Saying it twice changes nothing. Both are counted by themselves, as before; they can still be merged.
    """
    require(actor, "reports.merge", report.municipality_id)
    if report.pk == other.pk or report.municipality_id != other.municipality_id:
        raise UserError(_("Välj två olika rapporter i samma kommun."))
    first, second = sorted((report, other), key=lambda one: one.pk)
    with transaction.atomic():
        said, is_new = KeptApart.objects.get_or_create(
            first=first, second=second, defaults={"by_id": actor.user, "by_label": actor.label}
        )
        if is_new:
            record(
                actor,
                "report.kept_apart",
                report,
                organisation=report.municipality_id,
                other=str(other.pk),
            )
    return said
