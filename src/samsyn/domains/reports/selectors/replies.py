"""What those who report may read: answers to their own reports, and the month's account."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from samsyn.base.access import Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import (
    Answer,
    MonthlyFeedback,
    QuickFixRecipient,
    Report,
    ReporterIdentity,
    ReportLink,
)


def answers_for(viewer: Viewer) -> QuerySet[Answer]:
    """Return the answers that the viewer may read, newest first; for a link those to its own reports."""
    return visible(viewer, Answer).select_related("report__place").order_by("-at")


def my_reports(viewer: Viewer) -> QuerySet[Report]:
    """Return the reports that the signed-in person sent herself, as long as that is still kept."""
    if viewer.user is None:
        return Report.objects.none()
    return visible(viewer, Report).filter(identity__user=viewer.user)


def published_feedback(
    viewer: Viewer, municipality: Organisation | int
) -> QuerySet[MonthlyFeedback]:
    """Return the months' accounts that are published, newest first."""
    return visible(viewer, MonthlyFeedback).filter(
        municipality=municipality, published_at__isnull=False
    )


def links_of(viewer: Viewer, municipality: Organisation | int) -> QuerySet[ReportLink]:
    """Return the report links of the municipality."""
    return (
        visible(viewer, ReportLink).filter(municipality=municipality).select_related("organisation")
    )


def with_use(links: QuerySet[ReportLink]) -> QuerySet[ReportLink]:
    """Return the links with `sent`: how many reports came by each, as long as that is still kept."""
    sent = (
        ReporterIdentity.objects.filter(link=OuterRef("pk"))
        .order_by()
        .values("link")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return links.annotate(sent=Coalesce(Subquery(sent), 0))


def all_feedback(viewer: Viewer, municipality: Organisation | int) -> QuerySet[MonthlyFeedback]:
    """Return the months' accounts, also the drafts that the viewer may see, newest first."""
    return visible(viewer, MonthlyFeedback).filter(municipality=municipality)


def all_recipients(viewer: Viewer, municipality: Organisation | int) -> QuerySet[QuickFixRecipient]:
    """Return the functions to which quick fixes go, also those no longer used."""
    return visible(viewer, QuickFixRecipient).filter(municipality=municipality)


def recipients_of(viewer: Viewer, municipality: Organisation | int) -> QuerySet[QuickFixRecipient]:
    """Return the functions to which a quick fix can be passed on."""
    return visible(viewer, QuickFixRecipient).filter(municipality=municipality, is_active=True)
