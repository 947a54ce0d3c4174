"""One job: how far it is, what came of it, its row errors, and undoing it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.jobs.models import Job, JobState
from samsyn.base.jobs.work import cancel_job, kind_of, undo_job
from samsyn.domains.registered.selectors import month_words
from samsyn.formats.csv_out import harmless
from samsyn.web.doors import get_visible, staff_where, viewer_of

SHOWN_ERRORS = 50
WORDS = {
    "rows": gettext_lazy("rader i filen"),
    "new": gettext_lazy("nya"),
    "changed": gettext_lazy("ändrade, den tidigare versionen är sparad"),
    "revised": gettext_lazy("reviderade, den tidigare siffran är sparad"),
    "unchanged": gettext_lazy("oförändrade"),
    "final_kept": gettext_lazy("preliminära som inte ersatte slutliga"),
    "replaced": gettext_lazy("ersatta från samma månads förra lista"),
    "unmapped": gettext_lazy("utan kategori"),
    "areas": gettext_lazy("områden"),
    "places": gettext_lazy("platser"),
    "elsewhere": gettext_lazy("i andra kommuner, inte inlästa"),
    "texts_left_out": gettext_lazy("texter som inte togs in"),
    "read_summaries": gettext_lazy("sammanfattningar, räknas inte som händelser"),
    "errors": gettext_lazy("rader med fel"),
    "warnings": gettext_lazy("rader som ser tveksamma ut"),
}  # fmt: skip


@staff_where("jobs.see")
def job(request: HttpRequest, pk: Any) -> HttpResponse:
    """Show the job; while it runs the page asks again by itself."""
    found = get_visible(viewer_of(request), Job, pk=pk)
    return render(
        request,
        "staff/imports/job.html",
        {
            "job": found,
            "label": kind_of(found).label,
            "figures": [
                (words, found.summary[key])
                for key, words in WORDS.items()
                if found.summary.get(key)
            ],
            "months": [
                {**one, "words": month_words(one["month"])}
                for one in found.summary.get("months", [])
            ],
            "errors": found.errors.all()[:SHOWN_ERRORS],
            "may_undo": kind_of(found).undo is not None
            and not found.dry_run
            and found.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED},
        },
    )


class Echo:
    """A file that hands back what is written, for the CSV writer."""

    def write(self, value: str) -> str:
        return value


@staff_where("jobs.see")
def errors_csv(request: HttpRequest, pk: Any) -> StreamingHttpResponse:
    """Hand out the row errors as CSV."""
    found = get_visible(viewer_of(request), Job, pk=pk)
    with transaction.atomic():
        record(viewer_of(request), "job.errors_fetched", found, organisation=found.organisation_id)
    response = StreamingHttpResponse(csv_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="radfel-{found.pk}.csv"'
    return response


def csv_lines(found: Job) -> Iterator[str]:
    """Give the lines of the CSV, with a byte order mark so that Excel reads it rightly."""
    writer = csv.writer(Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([_("rad"), _("kolumn"), _("värde"), _("orsak")])
    for row in found.errors.values_list("row", "column", "value", "reason").iterator():
        yield writer.writerow(["" if cell is None else harmless(str(cell)) for cell in row])


@require_POST
@staff_where("jobs.steer")
def cancel(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask the job to stop."""
    cancel_job(actor=viewer_of(request), job=get_visible(viewer_of(request), Job, pk=pk))
    messages.success(request, _("Arbetet avbryts vid nästa steg."))
    return redirect("arbete", pk)


@require_POST
@staff_where("jobs.steer")
def undo(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take back what the job wrote."""
    try:
        undo_job(actor=viewer_of(request), job=get_visible(viewer_of(request), Job, pk=pk))
        messages.success(request, _("Inläsningen är ångrad."))
    except UserError as error:
        messages.error(request, str(error))
    return redirect("arbete", pk)
