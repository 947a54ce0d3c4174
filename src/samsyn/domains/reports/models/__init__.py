"""What the reporting domain keeps."""

from samsyn.domains.reports.models.categories import Category, CategorySet
from samsyn.domains.reports.models.desk import (
    Answer,
    CategoryCorrection,
    KeptApart,
    Matter,
    Merge,
    MonthlyFeedback,
    QuickFix,
    QuickFixRecipient,
    ReportStatus,
    Status,
)
from samsyn.domains.reports.models.report import (
    PeopleBand,
    Report,
    ReporterIdentity,
    ReportKind,
    ReportLink,
    Source,
)

__all__ = [
    "Answer",
    "Category",
    "CategoryCorrection",
    "CategorySet",
    "KeptApart",
    "Matter",
    "Merge",
    "MonthlyFeedback",
    "PeopleBand",
    "QuickFix",
    "QuickFixRecipient",
    "Report",
    "ReportKind",
    "ReportLink",
    "ReportStatus",
    "ReporterIdentity",
    "Source",
    "Status",
]
