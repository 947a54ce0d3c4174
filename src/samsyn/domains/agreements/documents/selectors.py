"""Reads about documents; each takes who looks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Prefetch

from samsyn.base.access import Viewer, visible
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.documents.permits import functions_to_answer_as
from samsyn.domains.agreements.documents.rules import State, doubts_about, is_retroactive
from samsyn.domains.agreements.documents.wording import still_missing, where_it_stands
from samsyn.domains.agreements.file.schema import PartialDate, Signatory
from samsyn.domains.agreements.models import (
    Agreement,
    AgreementParty,
    Document,
    DocumentVersion,
    Signature,
)


@dataclass(frozen=True)
class DocumentNow:
    """A document as it stands: the version in force, the one on its way, and the sentence about them."""

    document: Document
    versions: tuple[DocumentVersion, ...]
    names: dict[str, str] = field(default_factory=dict)

    @property
    def valid(self) -> DocumentVersion | None:
        return next((one for one in self.versions if one.state == State.VALID), None)

    @property
    def on_its_way(self) -> DocumentVersion | None:
        newest = self.versions[0] if self.versions else None
        ways = (State.DRAFT, State.PRESENTED, State.DECIDED, State.SIGNED)
        return newest if newest and newest.state in ways else None

    @property
    def newest(self) -> DocumentVersion | None:
        return self.on_its_way or self.valid or (self.versions[0] if self.versions else None)

    @property
    def sentence(self) -> str:
        return where_it_stands(self.document, self.newest, self.names)

    @property
    def also(self) -> str:
        """What holds meanwhile, where a newer version is on its way."""
        if self.on_its_way is None or self.valid is None:
            return ""
        return where_it_stands(self.document, self.valid, self.names)


def party_names(agreement: Agreement) -> dict[str, str]:
    """Party ref → what the agreement calls it."""
    return {one.ref: one.called for one in agreement.parties.all()}


def versions_seen(viewer: Viewer) -> Prefetch:
    """The versions that she may see, newest first, with their answers."""
    answers = Signature.objects.select_related("party", "file")
    seen = visible(viewer, DocumentVersion).select_related("file")
    return Prefetch(
        "versions",
        seen.prefetch_related(Prefetch("signatures", answers)).order_by("-number"),
    )


def documents_of(agreement: Agreement, *, viewer: Viewer) -> list[DocumentNow]:
    """Return the agreement's documents that she may see, annexes first (five queries)."""
    names = party_names(agreement)
    rows = (
        visible(viewer, Document)
        .filter(agreement=agreement)
        .select_related("agreement", "municipality", "presented_to", "decided_by")
        .prefetch_related(versions_seen(viewer))
    )
    found = []
    for row in rows:
        versions = tuple(row.versions.all())
        for one in versions:
            one.document = row
        found.append(DocumentNow(row, versions, names))
    return sorted(found, key=lambda one: (one.document.annex == "", one.document.number or 99))


def waiting_for(
    viewer: Viewer, agreement: Agreement
) -> list[tuple[DocumentVersion, AgreementParty]]:
    """Return the decided versions that lack an answer from a party that she may answer for."""
    mine = functions_to_answer_as(viewer, agreement)
    if not mine:
        return []
    found = []
    for one in documents_of(agreement, viewer=viewer):
        version = one.on_its_way
        if version is None or version.state != State.DECIDED:
            continue
        left = still_missing(version)
        found += [
            (version, party)
            for party, functions in mine.items()
            if party.ref in left and not has_answered(version, party, functions)
        ]
    return found


def has_answered(version: DocumentVersion, party: AgreementParty, functions: list[str]) -> bool:
    """Whether each of these functions has answered already, if only by approval."""
    done = {
        one.function
        for one in version.signatures.all()
        if one.withdrawn_at is None and one.party_id == party.pk
    }
    return set(functions) <= done


def versions_decided(agreement: Agreement, *, viewer: Viewer) -> list[DocumentVersion]:
    """Return every decided version with a diary number, oldest decision first: what the registry takes."""
    return [
        version
        for one in documents_of(agreement, viewer=viewer)
        for version in reversed(one.versions)
        if version.diary_number
    ]


@dataclass(frozen=True)
class AgreementSignature:
    """A signature under the agreement itself, as its file tells (L13, U15)."""

    party: str
    function: str
    place: str
    date: str
    doubts: tuple[str, ...]
    retroactive: bool


def agreement_signatures(agreement: Agreement, today: dt.date) -> list[AgreementSignature]:
    """Return who signed the agreement, by function; odd dates are kept and flagged."""
    file = read_text(agreement.current_version.text) if agreement.current_version else None
    signed = file.signatures if file else None
    if signed is None:
        return []
    names = party_names(agreement)

    def row(one: Signatory) -> AgreementSignature:
        date = one.date or signed.date
        odd = doubts_about(date, today=today, valid_from=agreement.starts_on) if date else []
        return AgreementSignature(
            party=names.get(one.party, one.party),
            function=one.function,
            place=one.place or signed.place or "",
            date=str(date or ""),
            doubts=tuple(odd),
            retroactive=bool(date) and is_retroactive(PartialDate(date), agreement.starts_on),
        )

    return [row(one) for one in signed.signatories]
