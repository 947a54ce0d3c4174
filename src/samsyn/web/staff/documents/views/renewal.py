"""The next agreement, started from this one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.errors import UserError
from samsyn.domains.agreements.documents.renewal import gap_before, start_next, suggested
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.agreements.selectors.agreements import Term, agreements_in, gaps_between
from samsyn.web.doors import municipality_of, staff_where, viewer_of
from samsyn.web.staff.documents.door import agreement_of_party, thread_to
from samsyn.web.staff.documents.forms import RenewalForm


@staff_where("agreements.set_up")
def renew(request: HttpRequest, code: str) -> HttpResponse:
    """Show the time that is left and the gaps; start setting up the next agreement as a copy of this one."""
    agreement, municipality = agreement_of_party(request, code), municipality_of(request)
    if agreement.kind != Agreement.Kind.AGREEMENT:
        raise Http404
    name, first, last = suggested(agreement)
    form = RenewalForm(request.POST or None, initial={"code": name, "first": first, "last": last})
    gap = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        gap = gap_before(agreement, given["first"])
        if gap is None or request.POST.get("glapp") == given["first"].isoformat():
            try:
                made = start_next(
                    actor=viewer_of(request),
                    municipality=municipality,
                    agreement=agreement,
                    **given,
                )
            except UserError as error:
                form.add_error(None, str(error))
            else:
                return redirect("upplaggning", made.pk)
    context = {
        "agreement": agreement,
        "term": Term(agreement, clock.today()),
        "gaps": gaps_between(agreements_in(municipality, viewer=viewer_of(request))),
        "gap": gap,
        "form": form,
        "room": "avtal",
        "thread": thread_to(agreement, {"label": _("Förnya")}),
    }
    return render(request, "staff/documents/renew.html", context)
