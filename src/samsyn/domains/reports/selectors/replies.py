"""What those who report may read: answers to their own reports, and the month's account."""

from __future__ import annotations

from django.db.models import QuerySet

from samsyn.base.access import Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import (
    Answer,
    MonthlyFeedback,
    QuickFixRecipient,
    Report,
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


def recipients_of(viewer: Viewer, municipality: Organisation | int) -> QuerySet[QuickFixRecipient]:
    """Return the functions to which a quick fix can be passed on."""
    return visible(viewer, QuickFixRecipient).filter(municipality=municipality, is_active=True)
