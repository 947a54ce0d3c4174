"""All writing of reports."""

from samsyn.domains.reports.services.categories import adopt_default_categories, decide_categories
from samsyn.domains.reports.services.desk import (
    correct_category,
    mark_seen,
    route_quick_fix,
    save_recipient,
    set_status,
    show_reporter,
)
from samsyn.domains.reports.services.intake import DraftRefused, send_report
from samsyn.domains.reports.services.links import (
    LinkClosed,
    TooManyReports,
    create_link,
    note_use,
    open_link,
    revoke_link,
    viewer_of_link,
)
from samsyn.domains.reports.services.merging import keep_apart, merge_reports, unmerge
from samsyn.domains.reports.services.replies import (
    answer_reporter,
    publish_feedback,
    write_feedback,
)

__all__ = [
    "DraftRefused",
    "LinkClosed",
    "TooManyReports",
    "adopt_default_categories",
    "answer_reporter",
    "correct_category",
    "create_link",
    "decide_categories",
    "keep_apart",
    "mark_seen",
    "merge_reports",
    "note_use",
    "open_link",
    "publish_feedback",
    "revoke_link",
    "route_quick_fix",
    "save_recipient",
    "send_report",
    "set_status",
    "show_reporter",
    "unmerge",
    "viewer_of_link",
    "write_feedback",
]
