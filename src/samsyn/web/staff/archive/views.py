"""The log and the disposals of one's own organisation."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date

from samsyn.base.access import visible
from samsyn.base.audit.log import record, verbs
from samsyn.base.audit.models import AuditEntry
from samsyn.base.retention.models import DisposalRecord
from samsyn.web.doors import municipality_of, staff_where, viewer_of

PAGE = 50


@staff_where("audit.read")
def archive(request: HttpRequest) -> HttpResponse:
    """The way to the log and the disposals."""
    return render(request, "staff/archive/archive.html")


@staff_where("audit.read")
def log(request: HttpRequest) -> HttpResponse:
    """Search the log. That somebody searched is logged too."""
    entries = visible(viewer_of(request), AuditEntry)
    words, verb = request.GET.get("q", "").strip()[:100], request.GET.get("handelse", "")
    first, last = day_of(request, "fran"), day_of(request, "till")
    if words:
        entries = entries.filter(Q(actor_label__icontains=words) | Q(thing_key=words))
    if verb in verbs():
        entries = entries.filter(verb=verb)
    if first:
        entries = entries.filter(at__date__gte=first)
    if last:
        entries = entries.filter(at__date__lte=last)
    if words or verb or first or last:
        with transaction.atomic():
            record(
                viewer_of(request),
                "audit.searched",
                organisation=municipality_of(request),
                verb=verb,
            )
    page = Paginator(entries, PAGE).get_page(request.GET.get("sida"))
    rows = [(entry, verbs().get(entry.verb, entry.verb)) for entry in page.object_list]
    known = sorted(((key, str(words)) for key, words in verbs().items()), key=lambda pair: pair[1])
    return render(
        request,
        "staff/archive/log.html",
        {
            "page": page,
            "rows": rows,
            "verbs": known,
            "verb": verb,
            "words": words,
            "first": first,
            "last": last,
        },
    )


def day_of(request: HttpRequest, name: str) -> object:
    """Return the date in the address, None where there is none or it is no date."""
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


@staff_where("retention.see")
def disposals(request: HttpRequest) -> HttpResponse:
    """Show the proofs of disposal."""
    page = Paginator(visible(viewer_of(request), DisposalRecord), PAGE).get_page(
        request.GET.get("sida")
    )
    return render(request, "staff/archive/disposals.html", {"page": page})
