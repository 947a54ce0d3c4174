"""Every reference points at something, of the right sort, and every id is alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from samsyn.domains.agreements.file.check.findings import Findings
from samsyn.domains.agreements.file.schema import Agreement
from samsyn.domains.agreements.file.yaml_source import Path

ACTOR, ORGANISATION, FUNCTION, BODY = "actor", "organisation", "function", "body"
MUNICIPALITY, PARTY, DOCUMENT, COMMITMENT = "municipality", "party", "document", "commitment"

_WHAT = {
    ACTOR: "Parten, funktionen eller organet",
    ORGANISATION: "Parten eller organisationen",
    FUNCTION: "Funktionen",
    BODY: "Organet",
    PARTY: "Parten",
    MUNICIPALITY: "Kommunen",
    DOCUMENT: "Dokumentet",
    COMMITMENT: "Åtagandet",
}

# Section → field (dotted for nested groups and lists) → what it must point at.
_FIELDS: dict[str, dict[str, str]] = {
    "parties": {"covers": MUNICIPALITY},
    "functions": {"party": ORGANISATION, "appointed_by": ACTOR, "supported_by": ACTOR},
    "bodies": {
        "parties": PARTY,
        "one_in_each": MUNICIPALITY,
        "consists_of": BODY,
        "chair": ACTOR,
        "conveners": ACTOR,
        "secretaries": ACTOR,
        "decision.proposes_to": BODY,
        "seats.party": ORGANISATION,
        "seats.any_of": FUNCTION,
        "seats.appointed_by": ACTOR,
        "presenters.who": ACTOR,
        "adjoined.who": ACTOR,
        "assigns_to": BODY,
        "mandate.mandate_from": BODY,
        "mandate.assignment_from": BODY,
        "mandate.set_up_by": ACTOR,
    },
    "documents": {
        "in_each": MUNICIPALITY,
        "contributions.party": ACTOR,
        "based_on": DOCUMENT,
        "drafted_by": ACTOR,
        "decided_by": ACTOR,
        "issued_by": PARTY,
        "signed_by": PARTY,
    },
    "annexes": {
        "documents": DOCUMENT,
        "presented_to": BODY,
        "decided_by": ACTOR,
        "signature.parties": PARTY,
        "renewed_by": COMMITMENT,
    },
    "commitments": {
        "responsible": ACTOR,
        "participants": ACTOR,
        "body": BODY,
        "in_each": MUNICIPALITY,
        "document": DOCUMENT,
    },
    "contact_routes": {"steps.to": ACTOR},
    "cost_shares": {"party": PARTY},
    "resources": {"parties": PARTY, "body": BODY},
    "communication": {"responsible": ACTOR},
    "related": {"parties": ORGANISATION},
}
_SINGLE: dict[str, dict[str, str]] = {
    "focus": {
        "rules.proposed_by": ACTOR,
        "rules.decided_by": ACTOR,
        "areas.parties": PARTY,
        "areas.responsibilities.who": ACTOR,
    },
    "signatures": {"signatories.party": PARTY},
}


def reference_sort(names: tuple[str, ...]) -> str:
    """What the field at a schema path points at (``("bodies", "chair")`` → ACTOR); empty for none."""
    if len(names) < 2:
        return ""
    section, field = names[0], ".".join(names[1:])
    return {**_FIELDS, **_SINGLE}.get(section, {}).get(field, "")


def known_ids(agreement: Agreement) -> dict[str, set[str]]:
    """The ids that each sort of reference may point at."""
    parties = {party.id for party in agreement.parties}
    organisations = parties | {other.id for other in agreement.others}
    functions = {function.id for function in agreement.functions}
    bodies = {body.id for body in agreement.bodies}
    return {
        PARTY: parties,
        ORGANISATION: organisations,
        MUNICIPALITY: {
            actor.id
            for actor in (*agreement.parties, *agreement.others)
            if actor.kind == "municipality"
        },
        FUNCTION: functions,
        BODY: bodies,
        ACTOR: organisations | functions | bodies,
        DOCUMENT: {document.id for document in agreement.documents},
        COMMITMENT: {commitment.id for commitment in agreement.commitments},
    }


def check_targets(agreement: Agreement, findings: Findings) -> None:
    """Every reference points at something of the right sort."""
    known = known_ids(agreement)
    for section, fields in _FIELDS.items():
        for index, item in enumerate(getattr(agreement, section)):
            for field, sort in fields.items():
                _check_field(item, field, (section, index), sort, known, findings)
    for section, fields in _SINGLE.items():
        item = getattr(agreement, section)
        if item is not None:
            for field, sort in fields.items():
                _check_field(item, field, (section,), sort, known, findings)


def _check_field(
    item: Any, field: str, path: Path, sort: str, known: dict[str, set[str]], findings: Findings
) -> None:
    for where, ref in _values(item, field.split("."), path):
        if ref in known[sort]:
            continue
        if ref in known[ACTOR] and sort != DOCUMENT:
            findings.error(
                where,
                f"”{ref}” är inte av rätt slag här.",
                f"Skriv id för {_KIND_NAMES[sort]}. {_choices(known[sort])}".rstrip(),
            )
        else:
            findings.unknown(where, _WHAT[sort], ref, known[sort])


_KIND_NAMES = {
    ACTOR: "en part, en funktion eller ett organ",
    ORGANISATION: "en part eller organisation",
    FUNCTION: "en funktion",
    BODY: "ett organ",
    PARTY: "en part",
    MUNICIPALITY: "en kommun",
    DOCUMENT: "ett dokument",
    COMMITMENT: "ett åtagande",
}


def _choices(known: set[str]) -> str:
    words = sorted(known)[:12]
    return f"Välj bland: {', '.join(words)}." if words else ""


def _values(item: Any, steps: list[str], path: Path) -> Iterable[tuple[Path, str]]:
    value = getattr(item, steps[0])
    here = (*path, steps[0])
    nodes = (
        [((*here, index), part) for index, part in enumerate(value)]
        if isinstance(value, tuple)
        else [(here, value)]
    )
    for where, node in nodes:
        if node is None:
            continue
        if len(steps) == 1:
            yield where, node
        else:
            yield from _values(node, steps[1:], where)


def check_unique_ids(agreement: Agreement, findings: Findings) -> None:
    """Parties, organisations, functions and bodies share one set of ids; each list has its own."""
    actor_lists = ("parties", "others", "functions", "bodies")
    _unique(
        (
            ((section, index, "id"), item.id)
            for section in actor_lists
            for index, item in enumerate(getattr(agreement, section))
        ),
        findings,
    )
    for section in (
        "clauses",
        "aims",
        "documents",
        "annexes",
        "commitments",
        "gates",
        "contact_routes",
        "cost_shares",
        "resources",
        "exclusions",
        "communication",
        "related",
    ):
        _unique(
            (
                ((section, index, "id"), item.id)
                for index, item in enumerate(getattr(agreement, section))
            ),
            findings,
        )
    for number, body in enumerate(agreement.bodies):
        for part in ("seats", "agenda"):
            _unique(
                (
                    (("bodies", number, part, index, "id"), item.id)
                    for index, item in enumerate(getattr(body, part))
                ),
                findings,
            )


def _unique(ids: Iterable[tuple[Path, str]], findings: Findings) -> None:
    seen: dict[str, Path] = {}
    for path, name in ids:
        if name in seen:
            first = ".".join(str(step) for step in seen[name][:1])
            findings.error(
                path,
                f"Id ”{name}” används redan (under {first}).",
                "Ge den ena ett eget id; varje id står för en sak.",
            )
        seen.setdefault(name, path)


def check_circles(agreement: Agreement, findings: Findings) -> None:
    """No body consists of itself, no document rests on itself, no proposal goes in a ring."""
    _circles(
        "bodies",
        "consists_of",
        {b.id: b.consists_of for b in agreement.bodies},
        "Organet",
        findings,
    )
    _circles(
        "documents",
        "based_on",
        {d.id: d.based_on for d in agreement.documents},
        "Dokumentet",
        findings,
    )
    proposals: dict[str, tuple[str, ...]] = {
        body.id: (body.decision.proposes_to,)
        for body in agreement.bodies
        if body.decision and body.decision.proposes_to
    }
    for index, body in enumerate(agreement.bodies):
        ring = _ring(body.id, proposals)
        if ring:
            findings.error(
                ("bodies", index, "decision", "proposes_to"),
                f"Organet ”{body.id}” lämnar förslag till sig självt: {' → '.join(ring)}.",
                "Låt förslagen gå till ett organ som beslutar.",
            )


def _circles(
    section: str,
    field: str,
    edges: dict[str, tuple[str, ...]],
    noun: str,
    findings: Findings,
) -> None:
    for index, name in enumerate(edges):
        ring = _ring(name, edges)
        if ring:
            findings.error(
                (section, index, field),
                f"{noun} ”{name}” ingår i sig självt: {' → '.join(ring)}.",
                f"Ta bort ett av leden under ”{field}”.",
            )


def _ring(start: str, edges: dict[str, tuple[str, ...]]) -> list[str]:
    """The shortest way from ``start`` back to itself; empty when there is none."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for following in edges.get(way[-1], ()):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []
