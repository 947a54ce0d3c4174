"""The visual check before an agreement starts, and the button that starts it (C02)."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.errors import UserError
from samsyn.domains.agreements.selectors.bodies import bodies_of
from samsyn.domains.agreements.selectors.wheel import year_of
from samsyn.domains.agreements.services.running import (
    end_agreement,
    start_agreement,
    waiting_for,
)
from samsyn.outputs.wheel import draw_wheel
from samsyn.web.doors import staff_where, viewer_of
from samsyn.web.staff.agreements.views.shared import agreement_at, thread_to
from samsyn.web.staff.agreements.views.wheel import mark_url, meeting_url


class StartForm(forms.Form):
    """From which day the program asks."""

    in_use_from = forms.DateField(
        label=gettext_lazy("Följ avtalet från och med"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Inget som skulle ha gjorts före den dagen räknas som försenat."),
    )


@staff_where("agreements.set_up")
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the agreement will ask for during its next year, and start it."""
    agreement = agreement_at(request, code)
    viewer, today = viewer_of(request), clock.today()
    form = StartForm(request.POST or None, initial={"in_use_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            waiting = start_agreement(
                actor=viewer, agreement=agreement, in_use_from=form.cleaned_data["in_use_from"]
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            if waiting:
                messages.info(request, _("Ert ja är sparat. Avtalet startar när alla har sagt ja."))
                return redirect("avtal_starta", agreement.code)
            messages.success(
                request, _("Avtalet är startat. Nu syns det i Idag när något förfaller.")
            )
            return redirect("avtal_laget", agreement.code)
    shown = shown_year(agreement.starts_on, agreement.ends_on, today)
    year = year_of(agreement, shown, min(today, dt.date(shown, 1, 1)), viewer=viewer)
    context = {
        "agreement": agreement,
        "form": form,
        "agreed": [place.called for place in agreement.agreed_in.all()],
        "waiting": []
        if agreement.is_started
        else [place.called for place in waiting_for(agreement)],
        "mine_waits": any(
            viewer.can("agreements.set_up", place) for place in waiting_for(agreement)
        ),
        "bodies": bodies_of([agreement], today, viewer=viewer),
        "parties": agreement.parties.filter(is_current=True, is_party=True),
        "year": year,
        # Everything in it is escaped where it is drawn.
        "svg": mark_safe(draw_wheel(year, today, mark_url, meeting_url)),  # noqa: S308
        "room": "avtal",
        "thread": thread_to(agreement, _("Starta")),
    }
    return render(request, "staff/agreements/start.html", context)


@require_POST
@staff_where("agreements.set_up")
def end(request: HttpRequest, code: str) -> HttpResponse:
    """End following the agreement before its time, with a reason."""
    agreement = agreement_at(request, code)
    try:
        end_agreement(
            actor=viewer_of(request), agreement=agreement, why=request.POST.get("varfor", "")
        )
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Avtalet är avslutat. Allt går att läsa, ingenting förfaller."))
    return redirect("avtal_sida", code)


def shown_year(first: dt.date, last: dt.date | None, today: dt.date) -> int:
    """This year, or the nearest one within the agreement."""
    return max(first.year, min(today.year, last.year if last else today.year))
