"""All reading of reports. Each takes the viewer, except what is no secret: the categories."""

from samsyn.domains.reports.selectors.categories import (
    button_name,
    categories_of,
    category_names,
    form_categories,
)
from samsyn.domains.reports.selectors.reading import (
    MergeSuggestion,
    for_list,
    places_for_form,
    planned_ahead,
    reports_in,
    reports_of_week,
    reports_to_look_at,
    search_reports,
    suggest_merges,
    suggestions_for,
    week_bounds,
    with_history,
)
from samsyn.domains.reports.selectors.replies import (
    all_feedback,
    all_recipients,
    answers_for,
    links_of,
    my_reports,
    published_feedback,
    recipients_of,
    with_use,
)
from samsyn.domains.reports.selectors.silence import silent_organisations

__all__ = [
    "MergeSuggestion",
    "all_feedback",
    "all_recipients",
    "answers_for",
    "button_name",
    "categories_of",
    "category_names",
    "for_list",
    "form_categories",
    "links_of",
    "my_reports",
    "places_for_form",
    "planned_ahead",
    "published_feedback",
    "recipients_of",
    "reports_in",
    "reports_of_week",
    "reports_to_look_at",
    "search_reports",
    "silent_organisations",
    "suggest_merges",
    "suggestions_for",
    "week_bounds",
    "with_history",
    "with_use",
]
