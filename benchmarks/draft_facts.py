"""What an agreement says, flat, so that a drafted file can be compared with what was expected.

Expected is either a hand-made agreement file or a short list (``tests/…/drafts/*.yaml``): parties,
bodies with seats, duties, signatures. All become the same `Facts`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from samsyn.domains.agreements.file import Agreement
from samsyn.rhythm.parsing import parse_rhythm


@dataclass(frozen=True)
class BodyFacts:
    name: str
    role: str
    meets: str = ""
    leads: tuple[str, ...] = ()
    decision: str = ""
    seats: tuple[tuple[str, str], ...] = ()  # (party, one function)
    path: str = ""


@dataclass(frozen=True)
class Duty:
    text: str
    heading: str
    clause: str
    who: frozenset[str]
    parties: frozenset[str]
    rhythm: str
    hardness: str
    own_pace: bool = False
    path: str = ""


@dataclass
class Facts:
    parties: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    validity: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[BodyFacts] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    annexes: list[str] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    gates: list[tuple[str, str]] = field(default_factory=list)
    focus: list[str] = field(default_factory=list)
    single: list[tuple[str, str]] = field(default_factory=list)
    signed: list[tuple[str, str]] = field(default_factory=list)
    paths: dict[str, dict[Any, str]] = field(default_factory=dict)


def place(name: str) -> str:
    """The word that tells one organisation from another of its kind."""
    words = re.findall(r"[A-ZÅÄÖ][a-zåäö]+", name)
    if not words:
        return name.casefold()
    police = re.search(r"polis", name, re.IGNORECASE)
    named = [w for w in words if w not in ("Polismyndigheten", "Polisen", "Lokalpolisområde")]
    if police:
        return re.sub(r"s$", "", named[-1].casefold()) if named else ""
    if "förening" in name.casefold():
        return words[-1].casefold()
    if name.startswith(("Region ", "AB ")) and len(words) > 1:
        return words[1].casefold()
    return re.sub(r"s$", "", words[0].casefold())


def party_key(kind: str, name: str) -> str:
    return "kriminalvården" if kind == "probation" else f"{place(name)}"


def bare(name: str) -> str:
    """What is filled once in each municipality counts once."""
    return re.sub(r" i [A-ZÅÄÖ]\w+$", "", name)


def facts_of(a: Agreement) -> Facts:
    """From an agreement file, hand-made or drafted."""
    keys = {p.id: party_key(p.kind, p.name) for p in (*a.parties, *a.others)}
    home = lambda ref: keys.get(a.party_of(ref) or "", "")  # noqa: E731
    v = a.validity
    dated = [("from", v.start), ("to", v.to), ("notice", v.notice_months), ("extends", v.extends_by_years)]  # fmt: skip
    found = Facts(
        parties=[(p.kind, keys[p.id]) for p in a.parties],
        numbers=[p.organisation_number for p in a.parties if p.organisation_number],
        others=[o.name for o in a.others],
        validity=[(name, str(value)) for name, value in dated if value],
        functions=sorted({bare(f.name) for f in a.functions if f.id != "att-fylla-i"}),
        documents={d.kind for d in a.documents},
        annexes=[x.title for x in a.annexes],
        gates=[(g.before, g.requires) for g in a.gates],
        focus=[area.name for area in a.focus.areas] + (list(a.focus.rules.always_include) if a.focus.rules else []) if a.focus else [],
        single=(
            [("chain", str(link.date)) for link in a.chain]
            + [("renew", str(v.renew_in))] * bool(v.renew_in)
            + [("cost", f"{share.percent:g}") for share in a.cost_shares]
            + [("exclusion", e.matter) for e in a.exclusions]
            + [("related", str(r.since)) for r in a.related]
        ),
    )  # fmt: skip
    for body in a.bodies:
        meets = [
            str(c.rhythm.to_data())
            for c in a.commitments
            if c.body == body.id
            and {"meeting_minuted", "meeting_held"} & set(c.evidence)
            and c.rhythm.to_data() != "ongoing"
        ]
        leads = [bare(a.name_of(ref)) for ref in (body.chair, *body.conveners) if ref]
        seats = [
            (keys.get(seat.party, ""), bare(a.name_of(ref)))
            for seat in body.seats
            for ref in seat.any_of
        ]
        decision = body.decision.rule if body.decision else ""
        found.bodies.append(
            BodyFacts(
                body.name, body.role, meets[0] if meets else "", tuple(dict.fromkeys(leads)),
                "" if decision == "informs" else decision, tuple(dict.fromkeys(seats)), f"bodies.{body.id}",
            )
        )  # fmt: skip
    for c in a.commitments:
        names = frozenset(
            bare(a.name_of(ref)) if ref not in keys else keys[ref] for ref in c.responsible
        )
        found.duties.append(
            Duty(
                c.text, _heading(c.source or ""), c.clause, names,
                frozenset(filter(None, (home(ref) for ref in c.responsible))),
                str(c.rhythm.to_data()), c.hardness, c.rhythm_set_by == "program", f"commitments.{c.id}",
            )
        )  # fmt: skip
    s = a.signatures
    if s is not None:
        found.signed = [("date", str(s.date))] * bool(s.date) + [("place", str(s.place))] * bool(s.place)  # fmt: skip
        found.signed += [("originals", str(s.originals))] * bool(s.originals)
        found.signed += [("party " + keys.get(x.party, ""), x.function) for x in s.signatories]
    return found


def _heading(source: str) -> str:
    text = re.split(r"[,;]", source)[0].casefold()
    return {"inledningen": "", "ingressen": "", "rubriken": ""}.get(text, text)


def _rhythm(said: Any) -> str:
    """A rhythm as the file would write it."""
    return str(parse_rhythm(said).to_data())


def facts_in(path: Path) -> Facts:
    """From a short list of what is expected (YAML)."""
    said = yaml.safe_load(path.read_text())
    keys = {p["name"]: party_key(p["kind"], p["name"]) for p in said["parties"]}
    for p in said["parties"]:
        kind = {"municipality": "kommunen", "police_area": "polisen", "probation": "Kriminalvården"}.get(p["kind"])  # fmt: skip
        if kind:
            keys.setdefault(kind, keys[p["name"]])
    key = lambda name: keys.get(name, place(name))  # noqa: E731
    found = Facts(
        parties=[(p["kind"], keys[p["name"]]) for p in said["parties"]],
        numbers=[p["number"] for p in said["parties"] if "number" in p],
        others=said.get("others", []),
        documents=set(said.get("documents", [])),
        annexes=said.get("annexes", []),
        gates=[tuple(g) for g in said.get("gates", [])],
        focus=said.get("focus", []),
    )
    names = {"from": "from", "to": "to", "notice_months": "notice", "extends_by_years": "extends"}
    valid = said["validity"]
    found.validity = [(names[n], str(valid[n])) for n in names if n in valid]
    found.single = (
        [("chain", str(said.get("chain")))] * ("chain" in said)
        + [("renew", str(valid.get("renew_in")))] * ("renew_in" in valid)
        + [("cost", str(n)) for n in said.get("cost", [])]
        + [("exclusion", "money" if m == "money" else "other") for m in said.get("exclusions", [])]
    )
    homes: dict[str, str] = {}
    for body in said.get("bodies", []):
        seats = [
            (key(party), option.rstrip("?"))
            for party, members in body.get("seats", {}).items()
            for member in members
            for option in member.split("|")
        ]
        homes |= {function: party for party, function in seats}
        leads = [n for n in (body.get("chair"), *body.get("conveners", [])) if n]
        leads = [keys[n] if n in ("kommunen", "polisen") else n for n in leads]
        found.bodies.append(
            BodyFacts(
                body["name"], body["role"], _rhythm(body["meets"]) if body.get("meets") else "",
                tuple(dict.fromkeys(leads)), body.get("decision", ""), tuple(seats),
            )
        )  # fmt: skip
    bodies = {body.name for body in found.bodies}
    asked = {n for duty in said["duties"] for n in duty["who"]} | {n for b in found.bodies for n in b.leads}  # fmt: skip
    known = set(keys) | set(keys.values()) | bodies
    found.functions = sorted(set(homes) | (asked - known))
    for duty in said["duties"]:
        who = [keys.get(n, n) for n in duty["who"]]
        owners = [keys.get(n) or homes.get(n, "") for n in duty["who"]]
        found.duties.append(
            Duty(
                duty["what"], str(duty["at"]).casefold(), str(duty["at"]), frozenset(who),
                frozenset(filter(None, owners)), _rhythm(duty.get("how", "ongoing")), duty.get("hard", "must"),
            )
        )  # fmt: skip
    signed = said.get("signed", {})
    found.signed = [(n, str(signed[n])) for n in ("date", "place", "originals") if n in signed]
    found.signed += [("party " + key(p), f) for p, fs in signed.get("by", {}).items() for f in fs]
    return found
