"""Pages about the system."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samsyn.base.access.permissions import all_permissions
from samsyn.base.orgs.models import Role
from samsyn.base.retention.rules import all_rules
from samsyn.web.doors import staff
from samsyn.web.staff.about.clauses import clauses_by_group


def about(request: HttpRequest) -> HttpResponse:
    """Tell what Samsyn is, and where its data and methods come from."""
    return render(request, "staff/about/about.html")


@staff
def coverage(request: HttpRequest) -> HttpResponse:
    """Show each clause with the tests that prove it."""
    groups = clauses_by_group()
    every = [clause for clauses in groups.values() for clause in clauses]
    return render(
        request,
        "staff/about/coverage.html",
        {"groups": groups, "proved": sum(1 for one in every if one.tests), "total": len(every)},
    )


@staff
def roles(request: HttpRequest) -> HttpResponse:
    """Show what each role may do, and how long each type of data is kept."""
    rows = [
        (permission, [role in allowed for role in Role.values])
        for permission, allowed in sorted(all_permissions().items())
    ]
    rules = [
        (rule.model._meta.verbose_name, rule.months, rule.why) for rule in all_rules().values()
    ]
    return render(
        request, "staff/about/roles.html", {"roles": Role.labels, "rows": rows, "rules": rules}
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement of accessibility."""
    return render(request, "staff/about/accessibility.html")
