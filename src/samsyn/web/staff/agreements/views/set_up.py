"""Ways to set up an agreement: a form, a file, the prose of the signed one, or an agreement that is there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.models import SetUp
from samsyn.domains.agreements.services.set_up import draft_set_up, make_set_up
from samsyn.web.doors import municipality_of, staff_where, viewer_of
from samsyn.web.staff.agreements.form_file import first_text, renewal_text
from samsyn.web.staff.agreements.forms import BasicsForm, PartyRows
from samsyn.web.staff.agreements.views.shared import agreement_at

MAX_BYTES = 2_000_000


class UploadForm(forms.Form):
    """A file: the agreement as YAML, or its prose."""

    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy(
            "Avtalets text (.txt, .docx) eller en färdig fil (.yaml). Högst 2 MB."
        ),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(
                _("Filen är större än 2 MB. Ett avtal brukar vara mycket mindre.")
            )
        return upload


@staff_where("agreements.set_up")
def set_ups(request: HttpRequest) -> HttpResponse:
    """Choose how to begin, or go on with what has been begun."""
    viewer = viewer_of(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin(request, form.cleaned_data["file"])
        except UserError as error:
            form.add_error("file", str(error))
        else:
            return redirect("upplaggning_forslag" if made.proposals else "upplaggning", made.pk)
    context = {
        "form": form,
        "set_ups": visible(viewer, SetUp).filter(municipality=municipality_of(request))[:20],
        "shipped": sorted(shipped_agreements()),
        "room": "avtal",
        "thread": [
            {"label": _("Avtal"), "url": reverse("avtal")},
            {"label": _("Lägg upp ett avtal")},
        ],
    }
    return render(request, "staff/agreements/set_ups.html", context)


def begin(request: HttpRequest, upload: Any) -> SetUp:
    """Begin from an upload: proposals from prose, or the file as it is."""
    viewer, municipality, name = viewer_of(request), municipality_of(request), upload.name
    content = upload.read()
    if not name.lower().endswith((".yaml", ".yml")):
        return draft_set_up(actor=viewer, municipality=municipality, name=name, content=content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(_("Filen är inte UTF-8. Spara den som UTF-8 och försök igen.")) from None
    return make_set_up(actor=viewer, municipality=municipality, name=name, text=text)


@staff_where("agreements.set_up")
def from_form(request: HttpRequest) -> HttpResponse:
    """Begin with a name, the time and the parties; the rest is filled in part by part."""
    municipality = municipality_of(request)
    data = request.POST or None
    basics = BasicsForm(data)
    parties = PartyRows(data, prefix="part", initial=first_parties(municipality))
    if data is not None and all([basics.is_valid(), parties.is_valid()]):
        made = make_set_up(
            actor=viewer_of(request),
            municipality=municipality,
            name=basics.cleaned_data["title"],
            text=first_text(basics.cleaned_data, [row for row in parties.cleaned_data if row]),
        )
        messages.success(request, _("Avtalet är påbörjat. Fyll i del för del, i vilken ordning du vill."))  # fmt: skip
        return redirect("upplaggning_form", made.pk)
    context = {
        "basics": basics,
        "parties": parties,
        "room": "avtal",
        "thread": [
            {"label": _("Avtal"), "url": reverse("avtal")},
            {"label": _("Lägg upp ett avtal"), "url": reverse("avtal_nytt")},
            {"label": _("Formulär")},
        ],
    }
    return render(request, "staff/agreements/form.html", context)


def first_parties(municipality: Any) -> list[dict[str, str]]:
    """The two that are nearly always there."""
    return [
        {
            "kind": "municipality",
            "name": municipality.name,
            "code": municipality.municipality_code,
            "number": municipality.org_number,
        },
        {"kind": "police_area", "name": _("Lokalpolisområde "), "code": "", "number": ""},
    ]


@staff_where("agreements.set_up")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a new version of an agreement from its file as it is, or its renewal."""
    one = agreement_at(request, code)
    if request.method != "POST" or one.current_version is None:
        return redirect("avtal_sida", code)
    made = make_set_up(
        actor=viewer_of(request),
        municipality=municipality_of(request),
        name=one.title,
        text=renewal_text(one.current_version.text)
        if "fornya" in request.POST
        else one.current_version.text,
    )
    return redirect("upplaggning_form", made.pk)
