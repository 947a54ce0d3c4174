"""Approving by a one-time link: no account, one function, one version, once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samsyn.base.errors import UserError
from samsyn.domains.agreements.documents.selectors import party_names
from samsyn.domains.agreements.documents.services import answers
from samsyn.domains.agreements.documents.wording import listed
from samsyn.web.staff.documents.door import handed_out
from samsyn.web.staff.documents.forms import title_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the document to the function the link names, and approve it when she says so.

    Looking never uses the link up; mail filters open every address they see.
    """
    error = ""
    try:
        link = answers.link_behind(secret)
        if request.method == "POST":
            made = answers.approve_by_link(
                secret=secret,
                seen=request.POST.get("seen", ""),
                place=request.POST.get("ort", "")[:200],
            )
            context = {"answer": made, "title": title_of(link.version.document)}
            return private(render(request, "staff/documents/linked_done.html", context))
    except UserError as problem:
        error = str(problem)
        try:
            link = answers.link_behind(secret)
        except UserError:
            gone = {"reason": error}
            return private(render(request, "staff/documents/linked_gone.html", gone, status=404))
    version = link.version
    names = party_names(version.document.agreement)
    context = {
        "link": link,
        "current": version,
        "title": title_of(version.document),
        "secret": secret,
        "error": error,
        "parties": listed([names.get(ref, ref) for ref in version.required]),
    }
    return private(
        render(request, "staff/documents/linked.html", context, status=422 if error else 200)
    )


@never_cache
@require_safe
def file(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the document to who holds the open link, as a download."""
    try:
        link = answers.link_behind(secret)
    except UserError as problem:
        gone = {"reason": str(problem)}
        return private(render(request, "staff/documents/linked_gone.html", gone, status=404))
    return private(
        handed_out(link.version.file, to=answers.as_function(link), version=link.version)
    )


def private(response: HttpResponse) -> HttpResponse:
    """The address is the key: nobody indexes it. The house's referrer policy keeps it from other sites."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
