"""From the first form to the agreement file, and from an agreement to the next one's file."""

from __future__ import annotations

import re
from typing import Any

from samsyn.domains.agreements.file import read_agreement
from samsyn.domains.agreements.file.draft.notes import slug
from samsyn.domains.agreements.file.editing import change_text
from samsyn.domains.agreements.file.yaml_source import read_yaml
from samsyn.web.staff.agreements.form.places import free_id

LOCAL_NAMES = {"municipality": "Kommunen", "police_area": "Polisen"}


def first_text(basics: dict[str, Any], parties: list[dict[str, Any]]) -> str:
    """Return the file that the first form describes; the rest is filled in part by part."""
    data: dict[str, Any] = {
        "format": 1,
        "id": basics["code"],
        "kind": "agreement",
        "title": basics["title"],
        "validity": {"from": str(basics["starts"])},
        "parties": [],
    }
    if basics["ends"]:
        data["validity"]["to"] = str(basics["ends"])
    for row in parties:
        data["parties"].append(party_data(row, data["parties"]))
    if basics["signed"]:
        data["signatures"] = {"date": str(basics["signed"])}
    return change_text("", data)


def party_data(row: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, Any]:
    """A party: the first municipality and the first police area are called as agreements call them."""
    name, taken = row["name"].strip(), {one["id"] for one in others}
    local = LOCAL_NAMES.get(row["kind"])
    first = local is not None and local.casefold() not in taken and not any(one["kind"] == row["kind"] for one in others)  # fmt: skip
    data = {
        "id": free_id(slug(str(local) if first else name), taken),
        "kind": row["kind"],
        "name": name,
    }
    if first:
        data["local_name"] = str(local)
    if row["kind"] == "municipality" and row["code"]:
        data["municipality"] = row["code"]
    if row["number"]:
        data["organisation_number"] = row["number"]
    return data


def renewal_text(text: str) -> str:
    """Return the next agreement's file from this one's: the years after, unsigned, with the chain (L05, K28)."""
    before = read_agreement(text)
    end = before.validity.prolonged_to or before.validity.to
    first = end.last_day.year + 1 if end else before.validity.start.first_day.year + 1
    length = end.last_day.year - before.validity.start.first_day.year if end else 2
    stem = re.sub(r"-\d{4}$", "", before.id)
    data = dict(read_yaml(text).data)
    data.pop("signatures", None)
    data |= {
        "id": f"{stem}-{first}",
        "title": re.sub(r"\b\d{4}\s*[–-]\s*\d{4}\b", f"{first}–{first + length}", before.title),
        "validity": {"from": f"{first}-01-01", "to": f"{first + length}-12-31"},
        "chain": [{"relation": "replaces", "title": before.title, "agreement": before.id}],
    }
    return change_text(text, data)
