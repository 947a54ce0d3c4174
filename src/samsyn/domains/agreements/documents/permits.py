"""Who may do what with the documents of an agreement, and for whom one may answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.errors import NotAllowed
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.models import (
    Agreement,
    AgreementParty,
    Document,
    Function,
    Holder,
)


def places_of(document: Document) -> frozenset[int]:
    """The municipalities that the document belongs to: its own, or all of the agreement's."""
    if document.municipality_id is not None:
        return frozenset({document.municipality_id})
    return municipalities_of(document.agreement)


def municipalities_of(agreement: Agreement) -> frozenset[int]:
    return frozenset(agreement.municipalities.values_list("pk", flat=True))


def may(actor: Viewer, permission: str, places: frozenset[int]) -> bool:
    return actor.is_system or bool(actor.municipalities_where(permission) & places)


def require_work(actor: Viewer, document: Document) -> None:
    """Raise NotAllowed unless she works with the documents there."""
    if not may(actor, "documents.work", places_of(document)):
        raise NotAllowed(_("Din roll får inte ändra dokument i avtalet. Fråga samordnaren."))


def signatory_functions(agreement: Agreement) -> dict[str, list[str]]:
    """Party ref → the functions that answer for it: those who signed the agreement, and those who lead."""
    found: dict[str, list[str]] = {}
    file = read_text(agreement.current_version.text) if agreement.current_version else None
    if file is not None and file.signatures is not None:
        for one in file.signatures.signatories:
            found.setdefault(one.party, []).append(one.function)
    for function in agreement.functions.filter(is_current=True).select_related("party"):
        if function.is_leading and function.name not in found.get(function.party.ref, ()):
            found.setdefault(function.party.ref, []).append(function.name)
    return found


def functions_to_answer_as(viewer: Viewer, agreement: Agreement) -> dict[AgreementParty, list[str]]:
    """Return the parties that she may answer for in the program, with the functions she does it as.

    One who holds a leading or signing function answers as it. A council member of the party's own
    organisation answers as a signing function that nobody else holds in the program.
    """
    if not viewer.is_person:
        return {}
    answering = signatory_functions(agreement)
    today = clock.today()
    held_by: dict[tuple[str, str], set[int]] = {}
    holders = Holder.objects.filter(function__agreement=agreement, function__is_current=True)
    for holder in holders.select_related("function__party"):
        if holder.holds_on(today):
            function: Function = holder.function
            held_by.setdefault((function.party.ref, function.name), set()).add(holder.user_id)
    mine = viewer.organisations_where("documents.approve")
    found: dict[AgreementParty, list[str]] = {}
    for party in agreement.parties.filter(is_party=True, is_current=True):
        names = [
            name
            for name in answering.get(party.ref, ())
            if viewer.user in (held := held_by.get((party.ref, name), set()))
            or (not held and party.organisation_id in mine)
        ]
        if names:
            found[party] = names
    return found
