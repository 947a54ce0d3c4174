"""The check across sections: what the schema alone cannot see."""

from __future__ import annotations

from samsyn.domains.agreements.file.check.bodies import check_bodies
from samsyn.domains.agreements.file.check.dates import check_dates
from samsyn.domains.agreements.file.check.findings import Findings
from samsyn.domains.agreements.file.check.matters import (
    check_annexes,
    check_clauses,
    check_contact_routes,
    check_costs,
    check_hours,
    check_municipalities,
)
from samsyn.domains.agreements.file.check.references import (
    check_circles,
    check_targets,
    check_unique_ids,
)
from samsyn.domains.agreements.file.check.rhythms import check_rhythms
from samsyn.domains.agreements.file.problems import Problem
from samsyn.domains.agreements.file.schema import Agreement
from samsyn.domains.agreements.file.yaml_source import YamlSource

_RULES = (
    check_unique_ids,
    check_targets,
    check_circles,
    check_bodies,
    check_dates,
    check_rhythms,
    check_clauses,
    check_annexes,
    check_contact_routes,
    check_hours,
    check_costs,
    check_municipalities,
)


def check_references(agreement: Agreement, source: YamlSource) -> list[Problem]:
    """Every error and warning that the sections together give, in file order."""
    findings = Findings(source)
    for rule in _RULES:
        rule(agreement, findings)
    return sorted(set(findings.problems))
