"""What is done with a report. Each answers with the report, or with the next one of the queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.domains.reports import services
from samsyn.domains.reports.models import Report, Status
from samsyn.domains.reports.selectors import categories_of, recipients_of
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.reports import forms
from samsyn.web.staff.reports.neighbours import neighbours_of
from samsyn.web.staff.reports.views.one import show

MOST_AT_ONCE = 200
Action = Callable[..., HttpResponse]


def on_report(permission: str) -> Callable[[Action], Action]:
    """Give the view the visible report; 404 for who may not do this there: the action does not exist."""

    def decorate(view: Action) -> Action:
        @require_POST
        @staff
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID) -> HttpResponse:
            viewer = viewer_of(request)
            report = get_visible(viewer, Report, pk=pk)
            if not viewer.can(permission, report.municipality_id):
                raise Http404
            return view(request, report)

        return guarded

    return decorate


def back_to(request: HttpRequest, report: Report) -> HttpResponse:
    """Return to the page that asked, else to the report."""
    following = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure())
    return redirect(
        following if safe else f"{reverse('rapport', args=[report.pk])}{query(request)}"
    )


def query(request: HttpRequest) -> str:
    text = request.GET.urlencode()
    return f"?{text}" if text else ""


@on_report("reports.handle")
def mark_seen(request: HttpRequest, report: Report) -> HttpResponse:
    """Mark as looked at, and go to the next one where one works through the queue."""
    neighbours = neighbours_of(request, report)
    services.mark_seen(actor=viewer_of(request), reports=[report])
    messages.success(
        request, _("Rapport %(number)s är markerad som tittad på.") % {"number": report.number}
    )
    if neighbours.in_queue and not request.POST.get("next"):
        return redirect(neighbours.later or neighbours.back)
    return back_to(request, report)


@require_POST
@staff
def mark_many(request: HttpRequest) -> HttpResponse:
    """Mark the ticked ones as looked at."""
    viewer = viewer_of(request)
    keys = [key for key in map(as_uuid, request.POST.getlist("rapport")[:MOST_AT_ONCE]) if key]
    reports = list(visible(viewer, Report).filter(pk__in=keys))
    if any(not viewer.can("reports.handle", one.municipality_id) for one in reports) or not any(
        viewer.municipalities_where("reports.handle")
    ):
        raise Http404
    count = services.mark_seen(actor=viewer, reports=reports)
    if count:
        said = ngettext(
            "En rapport är markerad som tittad på.",
            "%(n)s rapporter är markerade som tittade på.",
            count,
        )
        messages.success(request, said % {"n": count})
    else:
        messages.warning(request, _("Inget var valt. Kryssa för rapporterna först."))
    return redirect("rapporter_ko")


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@on_report("reports.handle")
def close(request: HttpRequest, report: Report) -> HttpResponse:
    """Say that nothing more will be done."""
    services.set_status(actor=viewer_of(request), report=report, status=Status.CLOSED)
    messages.success(request, _("Rapporten är avslutad."))
    return back_to(request, report)


@on_report("reports.correct")
def correct(request: HttpRequest, report: Report) -> HttpResponse:
    """Give the report another category; the old one is kept."""
    categories = categories_of(report.municipality_id)
    form = forms.CorrectionForm(request.POST, categories=categories, prefix="ratta")
    return run(
        request,
        report,
        form,
        "correction",
        services.correct_category,
        _("Kategorin är rättad. Den gamla finns kvar i historiken."),
    )


@on_report("reports.route")
def route(request: HttpRequest, report: Report) -> HttpResponse:
    """Pass the report on by e-mail."""
    recipients = recipients_of(viewer_of(request), report.municipality_id)
    form = forms.QuickFixForm(request.POST, recipients=recipients, prefix="atgard")
    return run(
        request,
        report,
        form,
        "quick_fix",
        services.route_quick_fix,
        _("Rapporten är skickad vidare."),
    )


@on_report("reports.answer")
def answer(request: HttpRequest, report: Report) -> HttpResponse:
    """Answer the reporter."""
    form = forms.AnswerForm(request.POST, prefix="svar")
    return run(request, report, form, "answer", services.answer_reporter, _("Svaret är skickat."))


def run(
    request: HttpRequest,
    report: Report,
    form: Any,
    name: str,
    service: Callable[..., Any],
    said: str,
) -> HttpResponse:
    """Do it where the form is right; otherwise show the report with what must be mended."""
    if form.is_valid():
        try:
            service(actor=viewer_of(request), report=report, **form.cleaned_data)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return back_to(request, report)
    response = show(request, report, **{name: form})
    response.status_code = 422
    return response


@on_report("reports.merge")
def merge(request: HttpRequest, report: Report) -> HttpResponse:
    """Merge this report into another that the viewer sees too."""
    into = get_visible(viewer_of(request), Report, pk=as_uuid(request.POST.get("med", "")))
    return told(
        request,
        report,
        lambda: services.merge_reports(actor=viewer_of(request), report=report, into=into),
        _("Rapporterna är ihopslagna och räknas som en. Det går att ångra."),
    )


@on_report("reports.merge")
def keep_apart(request: HttpRequest, report: Report) -> HttpResponse:
    """Say that this report and another do not tell of the same."""
    other = get_visible(viewer_of(request), Report, pk=as_uuid(request.POST.get("med", "")))
    return told(
        request,
        report,
        lambda: services.keep_apart(actor=viewer_of(request), report=report, other=other),
        _("Rapporterna räknas var för sig. Paret föreslås inte igen."),
    )


@on_report("reports.merge")
def unmerge(request: HttpRequest, report: Report) -> HttpResponse:
    """Take the merging back."""
    return told(
        request,
        report,
        lambda: services.unmerge(actor=viewer_of(request), report=report),
        _("Sammanslagningen är ångrad. Rapporten räknas för sig igen."),
    )


def told(
    request: HttpRequest, report: Report, change: Callable[[], Any], said: str
) -> HttpResponse:
    """Do it and tell how it went."""
    try:
        change()
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return back_to(request, report)
