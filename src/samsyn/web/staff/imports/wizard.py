"""The wizard for the police's monthly list: shows what it understood, remembers it, reads the rest.

The file is read where it comes in and never put away: it holds street and case numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.base.jobs.imports import import_now
from samsyn.base.orgs.models import Organisation
from samsyn.domains.registered.importing.police_list import row_label, row_secret
from samsyn.domains.registered.mapping import category_map
from samsyn.domains.registered.models import ImportProfile
from samsyn.domains.registered.selectors import missing_lists, month_words, police_area_of
from samsyn.domains.registered.services import save_profile
from samsyn.domains.reports.selectors.categories import categories_of
from samsyn.formats.base import FormatError
from samsyn.formats.moments import DATE_FORMATS
from samsyn.formats.police_list import (
    ROLES,
    Profile,
    Understanding,
    guess_profile,
    inspect_police_list,
    read_police_list,
)
from samsyn.web.doors import municipality_of, staff_where, viewer_of

SHOWN_ERRORS = 20
SHOWN_LABELS = 60


class ListForm(forms.Form):
    """The list, under what name its reading is remembered, and its month where it does not say."""

    file = forms.FileField(
        label=gettext_lazy("Polisens lista"),
        help_text=gettext_lazy("Excel eller CSV. Filen sparas inte."),
    )
    name = forms.CharField(
        label=gettext_lazy("Tolkningens namn"),
        max_length=60,
        initial="manadslista",
        help_text=gettext_lazy("Nästa månad räcker det att välja filen."),
    )
    month = forms.RegexField(
        r"^(19|20)\d\d-(0[1-9]|1[0-2])$",
        label=gettext_lazy("Anmäld månad"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
        help_text=gettext_lazy("Bara om listan själv inte säger när brotten anmäldes."),
    )  # fmt: skip


@dataclass
class Trial:
    """What the list looks like when it is read with the profile: nothing is stored."""

    understanding: Understanding
    profile: Profile
    rows: int = 0
    errors: list[Any] = field(default_factory=list)
    error_count: int = 0
    notes: list[str] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)


@staff_where("registered.import")
def police_list(request: HttpRequest) -> HttpResponse:
    """Look at the list, correct what was misunderstood, and read it in."""
    municipality = municipality_of(request)
    police_area = police_area_of(municipality)
    form = ListForm(request.POST or None, request.FILES or None)
    trial = None
    if request.method == "POST" and form.is_valid() and police_area is not None:
        try:
            content = form.cleaned_data["file"].read()
            trial = try_list(request, content, form.cleaned_data, police_area, municipality)
            if request.POST.get("step") == "read":
                return redirect(
                    "arbete", read_in(request, content, form.cleaned_data, trial, police_area).pk
                )
        except (FormatError, UserError) as error:
            form.add_error("file", str(error))
    return render(
        request,
        "staff/imports/wizard.html",
        {
            "form": form,
            "trial": trial,
            "police_area": police_area,
            "roles": ROLES,
            "date_formats": DATE_FORMATS,
            "categories": categories_of(municipality),
            "missing": [month_words(month) for month in missing_lists(municipality)],
            "profiles": visible(viewer_of(request), ImportProfile).filter(police_area=police_area),
        },
    )


def try_list(
    request: HttpRequest, content: bytes, given: dict[str, Any], police_area: Organisation, municipality: Organisation
) -> Trial:  # fmt: skip
    """Read the list without storing anything, by the corrected, the remembered or the guessed profile."""
    understanding = inspect_police_list(content)
    known = ImportProfile.objects.filter(
        police_area=police_area, name=slugify(given["name"])
    ).first()
    profile = corrected_profile(request, understanding)
    if profile is None:
        profile = (
            Profile.from_json(known.profile) if known is not None else guess_profile(understanding)
        )
    result = read_police_list(content, profile, secret=row_secret())
    chosen = chosen_categories(request, known)
    mapping = category_map(municipality, chosen)
    labels = sorted(
        {row_label(row) for row in result.rows if not row.crime_code and row_label(row)}
    )
    return Trial(
        understanding=understanding,
        profile=profile,
        rows=len(result.rows),
        errors=result.errors[:SHOWN_ERRORS],
        error_count=len(result.errors),
        notes=[*understanding.notes, *result.notes],
        labels=[(label, mapping.by_label.get(label, "")) for label in labels[:SHOWN_LABELS]],
        columns=columns_of(understanding, profile),
    )


def corrected_profile(request: HttpRequest, understanding: Understanding) -> Profile | None:
    """Return the profile as the columns were corrected in the form; None before there is anything to correct."""
    roles = {
        guess.header: request.POST.get(f"role-{guess.index}", "")
        for guess in understanding.columns
        if f"role-{guess.index}" in request.POST
    }
    if not roles:
        return None
    columns: dict[str, str] = {}
    for header, role in roles.items():
        if role and role != "dropped":
            columns.setdefault(role, header)
    ignored = tuple(header for header, role in roles.items() if role == "dropped")
    wanted_format = request.POST.get("date_format") or None
    return guess_profile(
        understanding,
        columns=columns,
        ignored=ignored,
        date_format=wanted_format if wanted_format in DATE_FORMATS else None,
    )


def columns_of(understanding: Understanding, profile: Profile) -> list[dict[str, Any]]:
    """Return each column with its role and a sample, as the form shows it."""
    role_by_header = {header: role for role, header in profile.columns.items()}
    return [
        {
            "index": guess.index,
            "header": guess.header,
            "role": role_by_header.get(guess.header, "dropped" if guess.header in profile.ignored else str(guess.role)),
            "sure": guess.confidence >= 0.8,
            "samples": [row[guess.header] for row in understanding.samples[:3] if row.get(guess.header)],
        }
        for guess in understanding.columns
    ]  # fmt: skip


def chosen_categories(request: HttpRequest, known: ImportProfile | None) -> dict[str, str]:
    """Return heading → category as chosen in the form, on top of what is remembered."""
    remembered = dict(known.categories) if known is not None else {}
    labels, keys = request.POST.getlist("label"), request.POST.getlist("category")
    return remembered | {label: key for label, key in zip(labels, keys, strict=False) if key}


def read_in(
    request: HttpRequest,
    content: bytes,
    given: dict[str, Any],
    trial: Trial,
    police_area: Organisation,
) -> Any:
    """Read the list in, and remember how when that went well."""
    name = slugify(given["name"]) or "manadslista"
    known = ImportProfile.objects.filter(police_area=police_area, name=name).first()
    reading = {
        "profile": trial.profile.to_json(),
        "categories": chosen_categories(request, known),
    }
    job = import_now(
        actor=viewer_of(request),
        kind="import.police-list",
        source=content,
        organisation=municipality_of(request),
        parameters={
            **reading,
            "police_area": police_area.pk,
            "municipality_code": municipality_of(request).municipality_code,
            "month": int(given["month"].replace("-", "")) if given["month"] else None,
        },
    )
    save_profile(actor=viewer_of(request), police_area=police_area, name=name, **reading)
    return job
