"""Setting up an agreement: from the form, from a file, or from the prose of the signed one (C02)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.file.draft import DocumentError, Draft, Proposal, draft_from_file
from samsyn.domains.agreements.file.draft.notes import Evidence as Words
from samsyn.domains.agreements.models import SetUp
from samsyn.domains.agreements.services.loading import Loaded, load_agreement

LONGEST = 400_000


def make_set_up(*, actor: Viewer, municipality: Organisation, name: str, text: str = "") -> SetUp:
    """Start setting up an agreement, with the file so far."""
    require(actor, "agreements.set_up", municipality)
    with transaction.atomic():
        made = SetUp.objects.create(
            municipality=municipality, name=name[:200], text=text[:LONGEST], made_by_id=actor.user
        )
        record(actor, "set_up.made", made, organisation=municipality)
    return made


def draft_set_up(*, actor: Viewer, municipality: Organisation, name: str, content: bytes) -> SetUp:
    """Start from the prose of an agreement (.txt or .docx): proposals, each with its sentence.

    The text itself is not kept. UserError where it cannot be read.
    """
    require(actor, "agreements.set_up", municipality)
    drafted = read_prose(name, content)
    proposals = [
        {
            "kind": one.kind,
            "path": one.path,
            "value": one.value,
            "words": [one.words.words, one.words.start, one.words.end],
            "sentence": [one.sentence.words, one.sentence.start, one.sentence.end],
            "confidence": one.confidence,
            "rule": one.rule,
            "accepted": None,
        }
        for one in drafted.proposals
    ]
    with transaction.atomic():
        made = SetUp.objects.create(
            municipality=municipality,
            name=(drafted.title or name)[:200],
            proposals=proposals,
            made_by_id=actor.user,
        )
        record(actor, "set_up.made", made, organisation=municipality, proposals=len(proposals))
    return made


def read_prose(name: str, content: bytes) -> Draft:
    """Read an uploaded agreement's text into proposals."""
    suffix = Path(name).suffix.lower()
    if suffix not in {".txt", ".docx"}:
        raise UserError(_("Filen är varken .txt eller .docx. Spara avtalet i ett av de formaten."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"avtal{suffix}"
        path.write_bytes(content)
        try:
            return draft_from_file(path)
        except (DocumentError, OSError, ValueError) as error:
            raise UserError(_("Filen går inte att läsa: %(why)s") % {"why": str(error)}) from None


def decide_proposals(
    *, actor: Viewer, set_up: SetUp, accepted: set[str], rejected: set[str]
) -> None:
    """Keep what the person has accepted and rejected; the rest waits."""
    require(actor, "agreements.set_up", set_up.municipality)
    for row in set_up.proposals:
        row["accepted"] = (
            True if row["path"] in accepted else False if row["path"] in rejected else None
        )
    set_up.changed_at = clock.now()
    with transaction.atomic():
        set_up.save(update_fields=["proposals", "changed_at"])
        record(
            actor,
            "set_up.changed",
            set_up,
            organisation=set_up.municipality,
            accepted=sum(row["accepted"] is True for row in set_up.proposals),
            rejected=sum(row["accepted"] is False for row in set_up.proposals),
        )


def change_proposal(*, actor: Viewer, set_up: SetUp, path: str, value: Any) -> None:
    """Let a proposal say something else than was read, and accept it; what was read is kept beside."""
    require(actor, "agreements.set_up", set_up.municipality)
    with transaction.atomic():
        for row in set_up.proposals:
            if row["path"] == path:
                row.setdefault("read", row["value"])
                row["value"], row["accepted"] = value, True
        set_up.changed_at = clock.now()
        set_up.save(update_fields=["proposals", "changed_at"])
        record(actor, "set_up.changed", set_up, organisation=set_up.municipality, proposal=path)


def write_draft(*, actor: Viewer, set_up: SetUp) -> str:
    """Put the accepted proposals together to a file, with what is missing marked; returns the text."""
    require(actor, "agreements.set_up", set_up.municipality)
    drafted = Draft("", set_up.name, tuple(proposal_of(row) for row in set_up.proposals))
    chosen = {row["path"] for row in set_up.proposals if row["accepted"]}
    with transaction.atomic():
        set_up.text, set_up.changed_at = drafted.to_yaml(chosen), clock.now()
        set_up.save(update_fields=["text", "changed_at"])
        record(actor, "set_up.changed", set_up, organisation=set_up.municipality)
    return set_up.text


def proposal_of(row: dict[str, Any]) -> Proposal:
    return Proposal(
        row["kind"],
        row["path"],
        row["value"],
        Words(*row["words"]),
        Words(*row["sentence"]),
        row["confidence"],
        row["rule"],
    )


def change_set_up(*, actor: Viewer, set_up: SetUp, text: str) -> None:
    """Keep the file as it is written so far, also with faults in it."""
    require(actor, "agreements.set_up", set_up.municipality)
    if len(text) > LONGEST:
        raise UserError(_("Filen är för stor. Ett avtal brukar rymmas på under 100 kB."))
    with transaction.atomic():
        set_up.text, set_up.changed_at = text, clock.now()
        set_up.save(update_fields=["text", "changed_at"])
        record(actor, "set_up.changed", set_up, organisation=set_up.municipality)


def finish_set_up(*, actor: Viewer, set_up: SetUp) -> Loaded:
    """Load the file. AgreementFileError with every problem; nothing is changed then."""
    require(actor, "agreements.set_up", set_up.municipality)
    with transaction.atomic():
        loaded = load_agreement(actor=actor, text=set_up.text)
        set_up.loaded_as, set_up.changed_at = loaded.agreement, clock.now()
        set_up.save(update_fields=["loaded_as", "changed_at"])
    return loaded


def remove_set_up(*, actor: Viewer, set_up: SetUp) -> None:
    """Throw the work away; an agreement that was loaded from it stays."""
    require(actor, "agreements.set_up", set_up.municipality)
    with transaction.atomic():
        record(actor, "set_up.removed", set_up, organisation=set_up.municipality, name=set_up.name)
        set_up.delete()
