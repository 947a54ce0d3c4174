"""Putting questions, and saying what a party thinks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.domains.meetings.models import AgendaItem, Decision
from samsyn.domains.meetings.selectors.bodies import parties_of
from samsyn.domains.meetings.services import decisions as services
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.meetings.door import back, do, given_key

PAGES = {"protokoll": "mote_protokoll", "mote": "mote", "visa": "mote_visa_punkt"}


@staff
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the decision, in its meeting."""
    found = get_visible(viewer_of(request), Decision, pk=pk)
    return back("mote", found.item.meeting_id, at=f"beslut-{pk}")


def go_back(request: HttpRequest, item: AgendaItem, at: str) -> HttpResponse:
    """Return to the page that was left."""
    page = request.POST.get("from", "mote")
    keys = [item.meeting_id]
    if page == "visa":
        keys.append(item.order)
    return back(PAGES.get(page, "mote"), *keys, at=at)


@require_POST
@staff
def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a question to the body."""
    item = get_visible(viewer_of(request), AgendaItem, pk=pk)
    do(
        request,
        services.put_decision,
        _("Förslaget är ställt."),
        item=item,
        wording=request.POST.get("wording", ""),
        about=request.POST.get("about", ""),
    )
    return go_back(request, item, f"arende-{item.pk}")


@require_POST
@staff
def stand(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a party says."""
    found = get_visible(viewer_of(request), Decision, pk=pk)
    key = given_key(request, "party")
    party = next((one for one in parties_of(found.body) if one.pk == key), None)
    if party is None:
        raise Http404
    went = do(
        request,
        services.record_stand,
        decision=found,
        party=party,
        said=request.POST.get("said", ""),
        reason=request.POST.get("reason", ""),
        in_writing="in_writing" in request.POST,
    )
    if went:
        found.refresh_from_db()
        told = messages.warning if found.outcome == Decision.Came.BLOCKED else messages.success
        told(request, _("%(party)s: noterat. %(why)s") % {"party": party.called, "why": found.why})
    return go_back(request, found.item, f"beslut-{pk}")


@require_POST
@staff
def steer(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword, withdraw, declare, say what it is about, or answer what must be there first."""
    found = get_visible(viewer_of(request), Decision, pk=pk)
    item, action = found.item, request.POST.get("action", "")
    if action == "reword":
        wording = request.POST.get("wording", "")
        done = _("Förslaget är omformulerat. Parterna säger sitt på nytt.")
        do(request, services.reword_decision, done, decision=found, wording=wording)
    elif action == "withdraw":
        do(request, services.withdraw_decision, _("Förslaget är taget tillbaka."), decision=found)
        return go_back(request, item, f"arende-{item.pk}")
    elif action in ("yes", "no"):
        do(request, services.declare_outcome, _("Noterat."), decision=found, yes=action == "yes")
    elif action == "gate":
        do(
            request,
            services.answer_gate,
            _("Underlaget är noterat."),
            decision=found,
            gate=request.POST.get("gate", ""),
            answers={key: str(text) for key, text in request.POST.items()},
        )
    elif action == "about":
        do(
            request,
            services.change_about,
            _("Noterat vad beslutet gäller."),
            decision=found,
            about=request.POST.get("about", ""),
        )
    else:
        raise Http404
    return go_back(request, item, f"beslut-{pk}")
