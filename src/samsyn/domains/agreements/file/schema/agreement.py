"""The whole file: one agreement, or an act laid over every municipality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from samsyn.domains.agreements.file.schema.base import ClauseId, Item, Line, Slug, Strict, Text
from samsyn.domains.agreements.file.schema.bodies import Body, Seat
from samsyn.domains.agreements.file.schema.commitments import (
    Commitment,
    ContactRoute,
    Gate,
    Hours,
)
from samsyn.domains.agreements.file.schema.documents import (
    Annex,
    ChainLink,
    Document,
    RelatedAgreement,
    Signatures,
    Validity,
)
from samsyn.domains.agreements.file.schema.matters import (
    Aim,
    Clause,
    CommunicationItem,
    CostShare,
    Exclusion,
    Focus,
    Resource,
)
from samsyn.domains.agreements.file.schema.parties import Function, Organisation, Party

Actor = Party | Organisation | Function | Body


class EqualParties(Item):
    """That the parties have equal rights (L03)."""

    text: Text
    """Med egna ord."""


class Agreement(Strict):
    """En samverkansöverenskommelse, eller lagen, som programmet kan köra."""

    format: Literal[1]
    """Filformatets version."""
    id: Slug
    """Avtalets id, samma som filens namn utan ändelse, till exempel laholm-2024."""
    kind: Literal["agreement", "act"] = "agreement"
    """agreement: en överenskommelse. act: en lag som läggs över varje kommun."""
    title: Line
    """Avtalets namn."""
    summary: Text | None = None
    """Vad avtalet går ut på, med egna ord."""
    source: Line | None = None
    """Texten som filen återger."""
    validity: Validity
    """Giltighetstid."""
    chain: tuple[ChainLink, ...] = ()
    """Avtal som det här ersätter eller förlänger."""
    clauses: tuple[Clause, ...] = ()
    """Avtalets klausuler i ordning."""
    aims: tuple[Aim, ...] = ()
    """Syften, mål, principer och definitioner."""
    parties: Annotated[tuple[Party, ...], Field(min_length=1)]
    """Parter."""
    equal_parties: EqualParties | None = None
    """Att parterna är likvärdiga, när avtalet säger det."""
    others: tuple[Organisation, ...] = ()
    """Organisationer som deltar utan att vara parter."""
    functions: tuple[Function, ...] = ()
    """Funktioner som avtalet nämner."""
    bodies: tuple[Body, ...] = ()
    """Samverkansorgan och forum."""
    documents: tuple[Document, ...] = ()
    """Levande dokument: lägesbilder, planer, löften."""
    annexes: tuple[Annex, ...] = ()
    """Bilagor."""
    commitments: tuple[Commitment, ...] = ()
    """Åtaganden."""
    gates: tuple[Gate, ...] = ()
    """Det som måste finnas innan ett steg tas."""
    focus: Focus | None = None
    """Fokusområden."""
    office_hours: Hours | None = None
    """Kontorstid, när kontaktvägar beror på den."""
    contact_routes: tuple[ContactRoute, ...] = ()
    """Vem som kontaktas när."""
    cost_shares: tuple[CostShare, ...] = ()
    """Delade kostnader."""
    resources: tuple[Resource, ...] = ()
    """Resurser som parterna avsätter."""
    exclusions: tuple[Exclusion, ...] = ()
    """Det som avtalet uttryckligen inte reglerar."""
    communication: tuple[CommunicationItem, ...] = ()
    """Kommunikationsplanens rader."""
    related: tuple[RelatedAgreement, ...] = ()
    """Andra avtal vid sidan av det här."""
    signatures: Signatures | None = None
    """Underskrifter."""

    def actors(self) -> Iterator[Actor]:
        """Everyone that a reference can point at: parties, others, functions, bodies."""
        yield from self.parties
        yield from self.others
        yield from self.functions
        yield from self.bodies

    def actor(self, ref: str) -> Actor:
        """The party, organisation, function or body with the id ``ref``; KeyError if none."""
        for actor in self.actors():
            if actor.id == ref:
                return actor
        raise KeyError(ref)

    def party_of(self, ref: str) -> str | None:
        """The id of the party or organisation behind ``ref``; None for a body."""
        actor = self.actor(ref)
        if isinstance(actor, Function):
            return actor.party
        return None if isinstance(actor, Body) else actor.id

    def name_of(self, ref: str) -> str:
        """The name to show for ``ref``: the agreement's own word where it has one."""
        actor = self.actor(ref)
        return getattr(actor, "local_name", None) or actor.name

    def refs_in(self, municipality: str, refs: Iterable[str]) -> tuple[str, ...]:
        """Those of ``refs`` that concern one municipality: other municipalities' fall away.

        For what a file says once for several municipalities (``in_each``, ``one_in_each``).
        """
        others = {
            actor.id
            for actor in (*self.parties, *self.others)
            if actor.kind == "municipality" and actor.id != municipality
        }
        return tuple(ref for ref in refs if self.party_of(ref) not in others)

    def seats_in(self, municipality: str, body: Body) -> tuple[Seat, ...]:
        """The seats of a body that exists once in each municipality, in one of them."""
        return tuple(seat for seat in body.seats if self.refs_in(municipality, (seat.party,)))

    def items(self) -> Iterator[tuple[str, Item]]:
        """Every item that can hold a clause, with its path: ``("bodies[0].seats[1]", …)``."""
        yield from _items_within(self, "")

    def clause_ids(self) -> tuple[ClauseId, ...]:
        """The clauses in the file's order; where none are listed, in order of use."""
        if self.clauses:
            return tuple(clause.id for clause in self.clauses)
        used = (clause for _path, item in self.items() for clause in item.clauses)
        return tuple(dict.fromkeys(used))


def _items_within(node: Strict, path: str) -> Iterator[tuple[str, Item]]:
    for name in type(node).model_fields:
        value = getattr(node, name)
        here = f"{path}.{name}" if path else name
        if isinstance(value, Strict):
            children = [(here, value)]
        elif isinstance(value, tuple):
            children = [
                (f"{here}[{index}]", child)
                for index, child in enumerate(value)
                if isinstance(child, Strict)
            ]
        else:
            continue
        for where, child in children:
            if isinstance(child, Item):
                yield where, child
            yield from _items_within(child, where)
