"""The data room's first page, and the forms that take a file in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.base.files.store import store_file
from samsyn.base.jobs.imports import import_now
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import create_job, enqueue_job, kind_of
from samsyn.domains.registered.models import PoliceListMonth
from samsyn.domains.registered.selectors import missing_lists, month_words
from samsyn.formats.base import FormatError
from samsyn.web.doors import municipality_of, staff_where, viewer_of

PAGE = 20


class UploadForm(forms.Form):
    """A file, and whether it is only tried."""

    file = forms.FileField(label=gettext_lazy("Fil"))
    dry_run = forms.BooleanField(
        label=gettext_lazy("Prova först: räkna, men ändra ingenting"), required=False, initial=False
    )


class AreasForm(UploadForm):
    """Areas come with the date of their edition."""

    valid_from = forms.DateField(
        label=gettext_lazy("Utgåvan gäller från"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    name_field = forms.CharField(
        label=gettext_lazy("Fältet med områdets namn"), max_length=60, required=False
    )
    code_field = forms.CharField(
        label=gettext_lazy("Fältet med områdets kod"), max_length=60, required=False
    )


@dataclass(frozen=True)
class Intake:
    """One kind of file that the data room takes: who may, the form, and whether the file may be kept."""

    kind: str
    name: str | Promise
    help: str | Promise
    permission: str
    icon: str
    form: type[UploadForm] = UploadForm
    kept: bool = True


INTAKES = {
    "polishandelser": Intake(
        "import.police-events",
        gettext_lazy("Polisens händelser"),
        gettext_lazy("JSON-filen från polisen.se, också packad (gzip). Samma fil kan läsas in flera gånger."),
        "registered.import",
        "siren",
    ),
    "bra": Intake(
        "import.bra",
        gettext_lazy("Siffror från Brå"),
        gettext_lazy("Databasfilen, årsfilen, Indikatorer för kommuners lägesbild eller den månatliga filen."),
        "registered.import",
        "chart-column",
    ),
    "omraden": Intake(
        "import.areas",
        gettext_lazy("Områden och platser"),
        gettext_lazy("GeoJSON eller GeoPackage: DeSO, RegSO, egna områden eller namngivna platser."),
        "geo.change",
        "map",
        AreasForm,
    ),
    "tidigare-rapporter": Intake(
        "import.earlier-reports",
        gettext_lazy("Tidigare rapporter"),
        gettext_lazy("En lista i Excel med datum, kategori, plats och notering. Noteringarna granskas rad för rad."),
        "reports.import",
        "list",
        # The notes are not checked yet, so the list is never put away.
        kept=False,
    ),
}  # fmt: skip


@staff_where("jobs.see")
def data_room(request: HttpRequest) -> HttpResponse:
    """Show what can be read in, what is missing, and what has been read."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    jobs = visible(viewer, Job).filter(
        Q(organisation=municipality) | Q(organisation__municipalities=municipality)
    )
    page = Paginator(jobs.distinct(), PAGE).get_page(request.GET.get("sida"))
    return render(
        request,
        "staff/imports/data_room.html",
        {
            "intakes": [
                (slug, one)
                for slug, one in INTAKES.items()
                if viewer.can(one.permission, municipality)
            ],
            "missing": [month_words(month) for month in missing_lists(municipality)],
            "months": visible(viewer, PoliceListMonth).filter(
                municipality=municipality, is_current=True
            )[:6],
            "page": page,
            "jobs": [(job, kind_of(job).label) for job in page.object_list],
        },
    )


@staff_where("jobs.see")
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a file in as a job; one that cannot be read changes nothing."""
    intake = INTAKES.get(kind)
    if intake is None or not viewer_of(request).can(intake.permission, municipality_of(request)):
        raise Http404
    initial = {"valid_from": clock.today()}
    form = intake.form(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            job = start(request, intake, form.cleaned_data)
        except (FormatError, UserError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("arbete", job.pk)
    return render(request, "staff/imports/upload.html", {"form": form, "intake": intake})


def start(request: HttpRequest, intake: Intake, given: dict[str, Any]) -> Job:
    """Start the job: at once where the file may not be kept, else by a worker."""
    file, dry_run = given.pop("file"), given.pop("dry_run")
    viewer, municipality = viewer_of(request), municipality_of(request)
    parameters = {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in given.items()
    }
    parameters["municipality"] = municipality.pk
    if not intake.kept:
        return import_now(
            actor=viewer, kind=intake.kind, source=file.read(), organisation=municipality,
            parameters=parameters, dry_run=dry_run,
        )  # fmt: skip
    stored = store_file(
        actor=viewer,
        organisation=municipality,
        name=file.name,
        chunks=file.chunks(),
        media_type=file.content_type or "application/octet-stream",
    )
    job = create_job(
        actor=viewer, kind=intake.kind, organisation=municipality, file=stored, parameters=parameters, dry_run=dry_run
    )  # fmt: skip
    enqueue_job(job)
    messages.success(request, _("Filen är mottagen."))
    return job
