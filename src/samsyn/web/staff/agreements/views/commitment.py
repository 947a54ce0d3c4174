"""One commitment: what the agreement says, where it stands and why, its instances, evidence and history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.audit.log import verbs
from samsyn.base.audit.models import AuditEntry
from samsyn.base.errors import UserError
from samsyn.base.files.store import store_file
from samsyn.domains.agreements.file import WORDS
from samsyn.domains.agreements.models import Commitment, Evidence
from samsyn.domains.agreements.selectors.status import status_of
from samsyn.domains.agreements.selectors.wheel import year_of
from samsyn.domains.agreements.services import evidence as services
from samsyn.domains.agreements.slots import arrives_by_itself
from samsyn.web.doors import get_visible, municipality_of, staff, viewer_of
from samsyn.web.staff.agreements.views.shared import BADGES, day_in, thread_to, url_or_none
from samsyn.web.staff.agreements.views.wheel import row_of

KINDS = WORDS["commitment.evidence"]
MEDIA = {"application/pdf", "image/png", "image/jpeg", "text/plain"}
DEEDS = {
    "ifragasatt": services.doubt_evidence,
    "bekrafta": services.uphold_evidence,
    "aterkalla": services.withdraw_evidence,
}


class EvidenceForm(forms.Form):
    """Evidence by hand."""

    kind = forms.ChoiceField(label=gettext_lazy("Vad visar det?"))
    on = forms.DateField(
        label=gettext_lazy("När gjordes det?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    place = forms.ChoiceField(label=gettext_lazy("Var?"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Anteckning"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text=gettext_lazy("Vad gjordes, och var finns det att läsa? Skriv inget om enskilda."),
    )
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        required=False,
        help_text=gettext_lazy("Till exempel ett protokoll eller en undertecknad kopia."),
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [*commitment.evidence_kinds, "note", "file"]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, KINDS[kind].capitalize()) for kind in dict.fromkeys(kinds)
        ]
        if commitment.places:
            self.fields["place"].choices = [(one, one) for one in commitment.places]  # type: ignore[attr-defined]
            self.fields["place"].required = True
        else:
            del self.fields["place"]


def commitment_at(request: HttpRequest, pk: int) -> Commitment:
    found = get_visible(viewer_of(request), Commitment, pk=pk)
    return Commitment.objects.select_related("agreement", "body", "municipality").get(pk=found.pk)


@staff
def commitment(request: HttpRequest, pk: int, form: EvidenceForm | None = None) -> HttpResponse:
    """Show the clause in own words, the rhythm in words, the year's instances, evidence and history."""
    one = commitment_at(request, pk)
    at, viewer = day_in(request), viewer_of(request)
    statuses = status_of(one.agreement, at, commitments=Commitment.objects.filter(pk=one.pk))
    found = statuses[0] if statuses else None  # a later version may have dropped it
    marks = [
        row_of(mark)
        for mark in year_of(one.agreement, at.year, at, viewer=viewer, body=one.body_id).marks
        if mark.commitment.pk == one.pk
    ]
    evidence = list(
        visible(viewer, Evidence).filter(commitment=one).select_related("recorded_by", "file")
    )
    badge, word = BADGES[found.name] if found else ("none", _("Ersatt"))
    municipality = municipality_of(request)
    context = {
        "one": one,
        "status": found,
        "badge": badge,
        "word": word,
        "marks": marks,
        "year": str(at.year),
        "evidence": [
            {
                "row": row,
                "kind": KINDS.get(row.kind, row.kind).capitalize(),
                "url": url_or_none(row.link),
            }
            for row in evidence
        ],
        "kinds": [
            {"word": KINDS[kind], "how": arrives_by_itself(kind)} for kind in one.evidence_kinds
        ],
        "hardness": WORDS["commitment.hardness"][one.hardness],
        "history": history_of(evidence),
        "form": form or EvidenceForm(commitment=one, initial={"on": clock.today()}),
        "may_prove": viewer.can("agreements.prove", municipality),
        "may_doubt": viewer.can("agreements.doubt", municipality),
        "may_withdraw": viewer.can("agreements.withdraw", municipality),
        "room": "avtal",
        "thread": thread_to(one.agreement, one.subject),
    }
    return render(request, "staff/agreements/commitment.html", context)


def history_of(evidence: list[Evidence]) -> list[dict[str, Any]]:
    """What was done with the evidence: added, doubted, upheld, withdrawn."""
    words = verbs()
    entries = AuditEntry.objects.filter(
        thing="agreements.evidence", thing_key__in=[str(row.pk) for row in evidence]
    ).order_by("-pk")[:50]
    return [
        {
            "when": entry.at,
            "text": f"{words.get(entry.verb, entry.verb)}{why_of(entry)}",
            "who": entry.actor_label,
        }
        for entry in entries
    ]


def why_of(entry: AuditEntry) -> str:
    return f": {entry.facts['why']}" if entry.facts.get("why") else ""


@require_POST
@staff
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add evidence by hand, with a note or a file."""
    one = commitment_at(request, pk)
    form = EvidenceForm(request.POST, request.FILES, commitment=one)
    if form.is_valid():
        try:
            keep(request, one, form.cleaned_data)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Underlaget är tillagt."))
            return redirect("atagande", one.pk)
    return commitment(request, pk, form)


def keep(request: HttpRequest, one: Commitment, given: dict[str, Any]) -> None:
    """Store the file, if any, and then the evidence."""
    viewer, stored = viewer_of(request), None
    upload = given.get("file")
    # Checked before the file is put away, so that a refused one leaves nothing.
    services.require_in(viewer, "agreements.prove", one)
    if upload is not None:
        stored = store_file(
            actor=viewer,
            organisation=one.municipality or municipality_of(request),
            name=upload.name,
            chunks=upload.chunks(),
            media_type=upload.content_type or "application/octet-stream",
        )
    services.add_evidence(
        actor=viewer,
        commitment=one,
        kind=given["kind"],
        on=given["on"],
        note=given["note"],
        place=given.get("place", ""),
        file=stored,
    )


@require_POST
@staff
def answer(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Doubt, uphold or withdraw evidence, with a reason."""
    if deed not in DEEDS:
        raise Http404
    row = get_visible(viewer_of(request), Evidence, pk=pk)
    try:
        DEEDS[deed](actor=viewer_of(request), evidence=row, why=request.POST.get("varfor", ""))
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Sparat. Läget är räknat på nytt."))
    return redirect("atagande", row.commitment_id)


@staff
def file(request: HttpRequest, pk: int) -> Any:
    """Give the file behind a piece of evidence, always as a download."""
    row = get_visible(viewer_of(request), Evidence, pk=pk)
    if row.file is None or not row.file.path.exists():
        raise Http404
    return FileResponse(
        row.file.path.open("rb"),
        as_attachment=True,
        filename=row.file.name,
        content_type=row.file.media_type
        if row.file.media_type in MEDIA
        else "application/octet-stream",
    )
