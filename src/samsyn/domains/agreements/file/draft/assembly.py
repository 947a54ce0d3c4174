"""Proposals put together to a file: what is missing is marked, never made up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from samsyn.domains.agreements.file.draft.notes import Proposal, slug
from samsyn.domains.agreements.file.writing import write_data

TO_FILL_IN = "ATT FYLLA I"
_TO_FILL_IN_ID = "att-fylla-i"
_ORDER = (
    "format", "id", "title", "validity", "chain", "clauses", "aims", "parties", "equal_parties",
    "others", "functions", "bodies", "documents", "annexes", "commitments", "gates", "focus",
    "cost_shares", "resources", "exclusions", "related", "signatures",
)  # fmt: skip


_MATTERS = {"exclusions-ekonomi": "money", "exclusions-sekretess": "other"}
_DOUBTFUL = "wrong_check_digit"


@dataclass
class Assembled:
    """The file's data, and the places that a person must fill in."""

    data: dict[str, Any] = field(default_factory=dict)
    to_fill_in: list[str] = field(default_factory=list)

    def missing(self, path: str, why: str) -> None:
        self.to_fill_in.append(f"{path}: {why}")


def assemble(
    title: str, proposals: Collection[Proposal], accepted: Collection[str] | None, at_least: float
) -> Assembled:
    """The data of a file from the accepted proposals, or from those sure enough."""
    chosen = {
        proposal.path: proposal.value
        for proposal in proposals
        if (proposal.path in accepted if accepted is not None else proposal.confidence >= at_least)
    }
    out = Assembled()
    out.data = {"format": 1, "id": slug(title) if title else _TO_FILL_IN_ID, "title": title or TO_FILL_IN}  # fmt: skip
    if not title:
        out.missing("title", "avtalets namn")
    out.data["validity"] = _fields(chosen, "validity")
    if "from" not in out.data["validity"]:
        out.missing("validity.from", "första dagen eller året")
    names = _actors(chosen, out)
    _papers(chosen, out)
    _commitments(chosen, out, names)
    _matters(chosen, out)
    out.data = {key: out.data[key] for key in _ORDER if out.data.get(key)}
    return out


def to_yaml(assembled: Assembled, proposals: Collection[Proposal]) -> str:
    """The YAML text, with the words behind each item above it and what is missing at the top."""
    text = write_data(assembled.data)
    by_path = {proposal.path: proposal for proposal in proposals}
    lines: list[str] = []
    section = ""
    for line in text.splitlines():
        if line[:1].isalpha():
            section = line.partition(":")[0]
        if line.startswith(("- id: ", "- {id: ")):
            name = line.partition("id: ")[2].partition(",")[0].strip()
            proposal = by_path.get(f"{section}.{name}")
            if proposal:
                words = " ".join(proposal.sentence.words.split())
                lines.append(f"# {round(proposal.confidence * 100)} % säkert: {words[:160]}")
        lines.append(line)
    header = [f"# {TO_FILL_IN}: {missing}" for missing in assembled.to_fill_in]
    header += [
        f"# TVEKSAMT: {p.path}: {p.value} har fel kontrollsiffra. Jämför med avtalet."
        for p in proposals
        if p.rule == _DOUBTFUL
    ]
    return "\n".join([lines[0], *header, *lines[1:]]) + "\n"


def _fields(chosen: dict[str, Any], prefix: str) -> dict[str, Any]:
    """The values proposed directly under ``prefix``."""
    found = {}
    for path, value in chosen.items():
        head, _, name = path.rpartition(".")
        if head == prefix:
            found[name] = value
    return found


def _items(chosen: dict[str, Any], section: str) -> dict[str, dict[str, Any]]:
    return {
        name: dict(value)
        for name, value in _fields(chosen, section).items()
        if isinstance(value, dict)
    }


def _actors(chosen: dict[str, Any], out: Assembled) -> dict[str, str]:
    """Parties, others, functions and bodies under ids of their own; old id → id."""
    parties = _items(chosen, "parties")
    if not parties:
        parties = {_TO_FILL_IN_ID: {"kind": "other", "name": TO_FILL_IN}}
        out.missing("parties", "parterna")
    for name, party in parties.items():
        party.update(_fields(chosen, f"parties.{name}"))
    out.data["parties"] = [{"id": name, **party} for name, party in parties.items()]
    taken = set(parties)
    out.data["others"] = [
        {"id": name, **other}
        for name, other in _items(chosen, "others").items()
        if name not in taken
    ]
    taken |= {other["id"] for other in out.data["others"]}
    bodies = {name: _free(name, taken) for name in _items(chosen, "bodies")}
    functions = _items(chosen, "functions")
    for name, function in functions.items():
        if function["party"] not in taken:
            function["party"] = next(iter(parties))
            out.missing(f"functions.{name}.party", f"vems funktion ”{function['name']}” är")
    names = {name: name for name in taken} | bodies
    names |= {name: _free(name, taken) for name in functions}
    out.data["functions"] = [{"id": names[n], **function} for n, function in functions.items()]
    out.data["bodies"] = [
        _body(chosen, out, name, body, names) for name, body in _items(chosen, "bodies").items()
    ]
    return names


def _free(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free)
    return free


def _body(
    chosen: dict[str, Any], out: Assembled, name: str, body: dict[str, Any], names: dict[str, str]
) -> dict[str, Any]:
    path = f"bodies.{name}"
    data: dict[str, Any] = {"id": names[name], **body}
    single = _fields(chosen, path)
    for field_name in ("chair", "substitutes"):
        if single.get(field_name) is True or single.get(field_name) in names:
            data[field_name] = names.get(single[field_name], True)
    for field_name in ("conveners", "consists_of", "assigns_to"):
        refs = [names[ref] for ref in single.get(field_name, ()) if ref in names]
        if refs:
            data[field_name] = refs
    decision = chosen.get(f"{path}.decision.rule")
    if decision and not (decision == "proposes" and not _proposes_to(chosen, name, names)):
        data["decision"] = {"rule": decision}
        if decision == "proposes":
            data["decision"]["proposes_to"] = _proposes_to(chosen, name, names)
    if "text" in single:  # only a chair that alternates is told so
        data["text"] = single["text"]
        out.missing(f"{path}.chair", f"ordförandeskapet växlar: ”{single['text']}”")
    for guests in ("presenters", "adjoined"):
        if chosen.get(f"{path}.{guests}.at_need"):
            data[guests] = {"at_need": True}
    data["seats"] = [
        _seat(out, path, key, seat, names) for key, seat in _items(chosen, f"{path}.seats").items()
    ]
    if not data["seats"]:
        del data["seats"]
    _check_chair(out, path, data)
    _check_consensus(out, path, data)
    return data


def _check_chair(out: Assembled, path: str, data: dict[str, Any]) -> None:
    """A chair whom the body's seats do not have is left for a person."""
    chair = data.get("chair")
    if not chair or "seats" not in data or chair in _seated(data["seats"]):
        return
    del data["chair"]
    named = {function["id"]: function["name"] for function in out.data["functions"]}
    out.missing(f"{path}.chair", f"ordförande är ”{named.get(chair, chair)}”, som inte har någon plats i organet")  # fmt: skip


def _check_consensus(out: Assembled, path: str, data: dict[str, Any]) -> None:
    """Consensus is among the parties that have seats; where too few do, a person says which."""
    if data.get("decision", {}).get("rule") != "consensus":
        return
    parties = [party["id"] for party in out.data["parties"]]
    seated = [party for party in parties if party in {s["party"] for s in data.get("seats", ())}]
    if len(seated) == len(parties):
        return
    if len(seated) > 1:
        data["parties"] = seated
    else:
        del data["decision"]
        out.missing(f"{path}.decision", "besluten fattas i enighet; ange platserna för parterna")


def _proposes_to(chosen: dict[str, Any], name: str, names: dict[str, str]) -> str | None:
    """The one body that decides, when there is just one."""
    deciding = [
        other
        for other in _items(chosen, "bodies")
        if other != name and chosen.get(f"bodies.{other}.decision.rule") in ("decides", "consensus")
    ]
    return names[deciding[0]] if len(deciding) == 1 else None


def _seat(
    out: Assembled, path: str, key: str, seat: dict[str, Any], names: dict[str, str]
) -> dict[str, Any]:
    data = {"id": key, **seat}
    data["any_of"] = [names[ref] for ref in seat["any_of"] if ref in names]
    homes = {function["id"]: function["party"] for function in out.data["functions"]}
    if data.get("party") is None:
        data["party"] = homes.get(data["any_of"][0]) if data["any_of"] else None
    if data.get("party") is None:
        data["party"] = out.data["parties"][0]["id"]
        out.missing(f"{path}.seats.{key}.party", "vems plats det är")
    if "appointed_by" in data:
        data["appointed_by"] = [names[ref] for ref in data["appointed_by"] if ref in names]
    return data


def _seated(seats: list[dict[str, Any]]) -> set[str]:
    return {seat["party"] for seat in seats} | {ref for seat in seats for ref in seat["any_of"]}


def _papers(chosen: dict[str, Any], out: Assembled) -> None:
    documents = _items(chosen, "documents")
    annexes = _items(chosen, "annexes")
    if annexes and "annex_rule" not in chosen:
        out.missing("annexes", "vad som krävs för att en ny version av en bilaga ska gälla (none är satt)")  # fmt: skip
    for name, annex in annexes.items():
        annex["documents"] = [ref for ref in annex.get("documents", ()) if ref in documents]
        if not annex["documents"]:
            documents[name] = {"kind": "other", "name": annex["title"]}
            annex["documents"] = [name]
        annex["signature"] = {"rule": chosen.get("annex_rule", "none")}
    out.data["documents"] = [{"id": name, **document} for name, document in documents.items()]
    out.data["annexes"] = [{"id": name, **annex} for name, annex in annexes.items()]


def _commitments(chosen: dict[str, Any], out: Assembled, names: dict[str, str]) -> None:
    clauses: dict[str, str] = {}
    found: list[dict[str, Any]] = []
    commitments = _items(chosen, "commitments")
    numbered = any(commitment.get("clause") for commitment in commitments.values())
    for name, commitment in commitments.items():
        heading = commitment.pop("heading", "") or out.data["title"]
        title = commitment.pop("clause_title", "") or heading
        clause = _clause(clauses, str(commitment.pop("clause", "")), title, numbered=numbered)
        refs = list(dict.fromkeys(names[ref] for ref in commitment["responsible"] if ref in names))
        if not refs:
            refs = [_TO_FILL_IN_ID]
            out.missing(f"commitments.{name}.responsible", "vem som ansvarar")
        commitment["responsible"] = refs
        if commitment.get("body") in names:
            commitment["body"] = names[commitment["body"]]
        else:
            commitment.pop("body", None)
        if commitment["hardness"] == "must":
            del commitment["hardness"]
        found.append({"id": name, "clause": clause, "source": heading[:300], **commitment})
    out.data["clauses"] = [{"id": number, "title": title[:300]} for number, title in clauses.items()]  # fmt: skip
    out.data["commitments"] = found
    if any(_TO_FILL_IN_ID in commitment["responsible"] for commitment in found):
        out.data["functions"].append(
            {"id": _TO_FILL_IN_ID, "name": TO_FILL_IN, "party": out.data["parties"][0]["id"]}
        )


def _clause(clauses: dict[str, str], number: str, heading: str, *, numbered: bool) -> str:
    """The document's own number; where it numbers nothing, the next free one.

    A heading without number in a document that numbers others goes by its words: a number of ours
    would take the place of one of the document's.
    """
    if not number:
        known = next((own for own, title in clauses.items() if title == heading), None)
        names = (str(n) for n in count(1)) if not numbered else _names_of(heading)
        number = known or next(name for name in names if name not in clauses)
    clauses.setdefault(number, heading)
    return number


def _names_of(heading: str) -> Iterator[str]:
    """``avtalstid``, ``avtalstid-2`` …"""
    yield slug(heading, longest=20)
    for number in count(2):
        yield f"{slug(heading, longest=16)}-{number}"


def _matters(chosen: dict[str, Any], out: Assembled) -> None:
    parties = [party["id"] for party in out.data["parties"]]
    for section in ("aims", "chain", "related", "cost_shares", "exclusions", "resources"):
        items = []
        for name, item in _items(chosen, section).items():
            named = {} if section == "chain" else {"id": slug(f"{section}-{name}")}
            items.append({**named, **item})
        if section == "exclusions":
            items = [{**item, "matter": _MATTERS.get(item["id"], "other"), "text": item["text"][:300].strip()} for item in items]  # fmt: skip
        if section == "cost_shares":
            items = [item for item in items if item["party"] in parties]
        out.data[section] = items
    out.data["gates"] = [
        {"id": name, "text": f"{TO_FILL_IN}: kravet med egna ord", **gate}
        for name, gate in _items(chosen, "gates").items()
    ]
    if "equal_parties" in chosen:
        out.data["equal_parties"] = chosen["equal_parties"]
    areas = [{"id": name, **area} for name, area in _items(chosen, "focus.areas").items()]
    rules = _fields(chosen, "focus.rules")
    if areas or rules:
        out.data["focus"] = {**({"rules": rules} if rules else {}), **({"areas": areas} if areas else {})}  # fmt: skip
    signatures = _fields(chosen, "signatures")
    signed = [
        signatory
        for signatory in _items(chosen, "signatures.signatories").values()
        if signatory["party"] in parties
    ]
    if signatures or signed:
        out.data["signatures"] = {**signatures, **({"signatories": signed} if signed else {})}
