"""From the form's rows to the agreement file, and from an agreement to the next one's file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml

from samsyn.domains.agreements.file import AgreementFileError, read_agreement, write_agreement
from samsyn.domains.agreements.file.draft.notes import slug
from samsyn.web.staff.agreements.forms import RHYTHM_DATA

MEMBER = re.compile(r"^(?P<name>[^()]+?)\s*(?:\((?P<party>[^()]+)\))?$")
# Words in a function's name → the role that it has in the program.
ROLES = (
    ("kommunpolis", "kommunpolis"),
    ("biträdande lokalpolisområdeschef", "deputy_police_area_chief"),
    ("lokalpolisområdeschef", "police_area_chief"),
    ("säkerhetschef", "security_chief"),
    ("samordnare", "coordinator"),
    ("kommunchef", "municipal_director"),
    ("kommundirektör", "municipal_director"),
    ("ordförande", "political_leader"),
    ("förvaltningschef", "department_head"),
    ("socialtjänst", "social_services"),
    ("skol", "school"),
    ("fritid", "leisure"),
)


def file_text(
    basics: dict[str, Any],
    parties: list[dict[str, Any]],
    bodies: list[dict[str, Any]],
    commitments: list[dict[str, Any]],
) -> str:
    """Return the file that the form describes, in the canonical form where it is without faults.

    What does not hang together (an unknown responsible) is left as it was written, so that the check
    shows it on its line.
    """
    names = Names()
    data: dict[str, Any] = {
        "format": 1,
        "id": basics["code"],
        "kind": "agreement",
        "title": basics["title"],
        "validity": {"from": str(basics["starts"])},
        "parties": [party_data(row, names) for row in parties],
    }
    if basics["ends"]:
        data["validity"]["to"] = str(basics["ends"])
    functions: list[dict[str, Any]] = []
    data["bodies"] = [body_data(row, names, functions, data["parties"]) for row in bodies]
    if functions:
        data["functions"] = functions
    data["commitments"] = [
        *(meeting_data(row, body, data) for row, body in zip(bodies, data["bodies"], strict=True)),
        *(commitment_data(row, names) for row in commitments),
    ]
    if basics["signed"]:
        data["signatures"] = {"date": str(basics["signed"])}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    try:
        return write_agreement(read_agreement(text))
    except AgreementFileError:
        return text


class Names:
    """Gives every name an id of its own, and finds it again by the name."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def add(self, name: str) -> str:
        wanted = slug(name)
        taken = set(self.ids.values())
        ref = next(
            one for one in (wanted, *(f"{wanted}-{n}" for n in range(2, 200))) if one not in taken
        )
        self.ids.setdefault(name.casefold(), ref)
        return ref

    def find(self, name: str) -> str:
        """The id behind a name, or the name itself where it is unknown: the check will say so."""
        key = name.strip().casefold()
        return self.ids.get(key) or self.starts_with(key) or name.strip()

    def starts_with(self, key: str) -> str | None:
        near = [ref for known, ref in self.ids.items() if known.startswith(key)]
        return near[0] if len(near) == 1 else None


def party_data(row: dict[str, Any], names: Names) -> dict[str, Any]:
    local = {"municipality": "Kommunen", "police_area": "Polisen"}.get(row["kind"])
    data: dict[str, Any] = {
        "id": names.add(row["name"]),
        "kind": row["kind"],
        "name": row["name"].strip(),
    }
    if local and local.casefold() not in names.ids:
        data["local_name"] = local
        names.ids[local.casefold()] = data["id"]
    if row["kind"] == "municipality" and row["code"]:
        data["municipality"] = row["code"]
    if row["number"]:
        data["organisation_number"] = row["number"]
    return data


def body_data(
    row: dict[str, Any],
    names: Names,
    functions: list[dict[str, Any]],
    parties: list[dict[str, Any]],
) -> dict[str, Any]:
    seats = []
    for member in filter(None, (part.strip() for part in row["members"].split(","))):
        match = MEMBER.match(member)
        name, party = (match["name"], match["party"]) if match else (member, None)
        ref = names.ids.get(name.casefold())
        if ref is None:
            ref = names.add(name)
            functions.append(function_data(ref, name, party, names, parties))
        owner = next(
            (one["party"] for one in functions if one["id"] == ref),
            parties[0]["id"] if parties else "",
        )
        seats.append({"id": ref, "party": owner, "any_of": [ref]})
    data = {
        "id": names.add(row["name"]),
        "clause": row["clause"],
        "name": row["name"],
        "role": row["role"],
    }
    return {**data, "seats": seats} if seats else data


def function_data(
    ref: str, name: str, party: str | None, names: Names, parties: list[dict[str, Any]]
) -> dict[str, Any]:
    low = name.casefold()
    role = next((role for word, role in ROLES if word in low), "other")
    police = next((one["id"] for one in parties if one["kind"] == "police_area"), "")
    first = parties[0]["id"] if parties else ""
    owner = names.find(party) if party else police if "polis" in low and police else first
    data = {"id": ref, "name": name, "party": owner, "role": role}
    return {**data, "public_contact": True} if role == "coordinator" else data


def meeting_data(row: dict[str, Any], body: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """That the body meets, as a commitment of its own."""
    return {
        "id": f"{body['id'][:50]}-mote",
        "clause": row["clause"],
        "text": f"{row['name']} möts.",
        "subject": f"{row['name']}s möte",
        "responsible": [body["id"]],
        "body": body["id"],
        "rhythm": RHYTHM_DATA[row["rhythm"]],
        "evidence": ["meeting_held"] if row["role"] == "weekly" else ["meeting_minuted"],
    }


def commitment_data(row: dict[str, Any], names: Names) -> dict[str, Any]:
    data = {
        "id": names.add(row["subject"]),
        "clause": row["clause"],
        "text": row["text"],
        "subject": row["subject"],
        "responsible": [names.find(one) for one in responsible_in(row["responsible"])],
        "rhythm": RHYTHM_DATA[row["rhythm"]],
    }
    if row["hardness"] != "must":
        data["hardness"] = row["hardness"]
    return {**data, "evidence": [row["evidence"]]}


def responsible_in(text: str) -> Iterable[str]:
    return filter(None, (part.strip() for part in re.split(r",| och ", text)))


def renewal_text(text: str) -> str:
    """Return the next agreement's file from this one's: the years after, unsigned, with the chain (L05, K28)."""
    before = read_agreement(text)
    end = before.validity.prolonged_to or before.validity.to
    first = end.last_day.year + 1 if end else before.validity.start.first_day.year + 1
    length = end.last_day.year - before.validity.start.first_day.year if end else 2
    stem = re.sub(r"-\d{4}$", "", before.id)
    data = yaml.safe_load(text)
    data.pop("signatures", None)
    data |= {
        "id": f"{stem}-{first}",
        "title": re.sub(r"\b\d{4}\s*[–-]\s*\d{4}\b", f"{first}–{first + length}", before.title),
        "validity": {"from": f"{first}-01-01", "to": f"{first + length}-12-31"},
        "chain": [{"relation": "replaces", "title": before.title, "agreement": before.id}],
    }
    dumped = yaml.safe_dump(plain(data), allow_unicode=True, sort_keys=False, width=100)
    try:
        return write_agreement(read_agreement(dumped))
    except AgreementFileError:
        return dumped


def plain(value: Any) -> Any:
    """Dates that YAML guessed, as the text that stood there."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
