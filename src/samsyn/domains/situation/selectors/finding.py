"""Finding pictures, and the history of their sentences."""

from __future__ import annotations

from django.db.models import QuerySet

from samsyn.base.access import Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.situation.models import (
    Picture,
    PictureKind,
    Sentence,
    SentenceChange,
)


def pictures(viewer: Viewer, scope: Organisation | None = None) -> QuerySet[Picture]:
    """Return the pictures she sees, newest first; of one municipality with the joint ones of its area."""
    rows = visible(viewer, Picture).select_related("scope").defer("numbers")
    if scope is None:
        return rows
    areas = Organisation.objects.filter(kind="police_area", municipalities=scope)
    return rows.filter(scope__in=[scope.pk, *areas.values_list("pk", flat=True)])


def picture_of_week(
    viewer: Viewer, scope: Organisation, iso_year: int, iso_week: int
) -> Picture | None:
    """Return the weekly picture of that week, None where there is none that she sees."""
    return (
        visible(viewer, Picture)
        .select_related("scope")
        .filter(kind=PictureKind.WEEKLY, scope=scope, iso_year=iso_year, iso_week=iso_week)
        .first()
    )


def history(viewer: Viewer, sentence: Sentence) -> QuerySet[SentenceChange]:
    """Return the changes of a sentence, newest first."""
    return visible(viewer, SentenceChange).filter(sentence=sentence)
