"""A file becomes a running agreement, and a changed file its next version (C02)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base.access import SYSTEM, Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.contents import last_day, municipality_refs
from samsyn.domains.agreements.file import (
    ACT_ID,
    AgreementFileError,
    check_agreement,
    diff_agreements,
    read_agreement,
    shipped_agreements,
)
from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.models import Agreement, AgreementVersion
from samsyn.domains.agreements.services.organisations import find_organisations
from samsyn.domains.agreements.services.rows import write_rows


@dataclass(frozen=True)
class Loaded:
    """What a load did: `created` the first time, `changed` when the text differs from what stood there."""

    agreement: Agreement
    created: bool
    changed: bool
    changes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def load_agreement(*, actor: Viewer, text: str | bytes) -> Loaded:
    """Read in an agreement's file. The same text again changes nothing; another text is a new version.

    Parameters
    ----------
    text : the YAML, str or UTF-8 bytes.

    Raises AgreementFileError with every problem found, NotAllowed where the actor may not set up
    agreements in any of its municipalities, UserError where a party cannot be placed. Nothing is
    changed then.
    """
    checked = check_agreement(text)
    if checked.agreement is None:
        raise AgreementFileError(checked.errors)
    file = checked.agreement
    written = text if isinstance(text, str) else text.decode("utf-8-sig")
    checksum = hashlib.sha256(written.encode()).hexdigest()
    warnings = tuple(str(problem) for problem in checked.warnings)
    with transaction.atomic():
        known = Agreement.objects.select_for_update().filter(code=file.id).first()
        require_set_up(actor, file, known)
        if (
            known is not None
            and known.current_version
            and known.current_version.checksum == checksum
        ):
            return Loaded(known, created=False, changed=False, warnings=warnings)
        agreement, changes = write_version(actor, known, file, written, checksum)
    return Loaded(agreement, known is None, True, changes, warnings)


def require_set_up(actor: Viewer, file: File, known: Agreement | None) -> None:
    """An agreement is set up by someone who may in one of its municipalities, also as it was before."""
    if actor.is_system:
        return
    codes = {party.municipality for party in file.parties if party.id in municipality_refs(file)}
    mine = actor.municipalities_where("agreements.set_up")
    in_file = Organisation.objects.filter(municipality_code__in=codes - {None}, pk__in=mine)
    if file.kind == "act" or not in_file.exists():
        raise NotAllowed(_("Avtalet gäller ingen kommun där du får lägga upp avtal."))
    if known is not None and not known.municipalities.filter(pk__in=mine).exists():
        raise NotAllowed(_("Avtalets id används redan av andra kommuner. Välj ett annat id."))


def write_version(
    actor: Viewer, known: Agreement | None, file: File, text: str, checksum: str
) -> tuple[Agreement, tuple[str, ...]]:
    """Write the agreement, its version and every row; return it with what changed, in sentences."""
    changes: tuple[str, ...] = ()
    if known is not None and known.current_version is not None:
        before = read_agreement(known.current_version.text)
        changes = tuple(change.sentence for change in diff_agreements(before, file))
    agreement = known or Agreement(code=file.id)
    agreement.kind, agreement.title = file.kind, file.title
    agreement.starts_on, agreement.ends_on = file.validity.start.first_day, last_day(file)
    agreement.signed_on = (
        str(file.signatures.date) if file.signatures and file.signatures.date else ""
    )
    if file.kind == "act":
        agreement.state = Agreement.State.STARTED
    agreement.save()
    agreement.current_version = AgreementVersion.objects.create(
        agreement=agreement,
        number=(known.current_version.number + 1) if known and known.current_version else 1,
        text=text,
        checksum=checksum,
        changes=list(changes),
        loaded_by_id=actor.user,
        loaded_by_label=actor.label,
    )
    agreement.save(update_fields=["current_version"])
    organisations = find_organisations(actor=actor, file=file)
    if file.kind == "agreement":
        name_municipalities(
            actor, agreement, [organisations[ref] for ref in municipality_refs(file)]
        )
    write_rows(agreement, file, organisations)
    record(
        actor,
        "agreement.loaded" if known is None else "agreement.changed",
        agreement,
        organisation=agreement.municipalities.first(),
        code=agreement.code,
        version=agreement.current_version.number,
        checksum=checksum,
        changes=len(changes),
    )
    return agreement, changes


def name_municipalities(actor: Viewer, agreement: Agreement, places: list[Organisation]) -> None:
    """Lay the agreement over its municipalities; where the actor has no say, the log there tells it.

    Such a municipality sees the agreement, and it does not start before somebody there has said yes.
    NotAllowed where the agreement has started already.
    """
    known = set(agreement.municipalities.values_list("pk", flat=True))
    for place in places:
        if place.pk in known or actor.is_system or actor.can("agreements.set_up", place):
            continue
        if agreement.is_started:
            raise NotAllowed(
                _(
                    "Avtalet är startat. %(place)s kan bara läggas till av någon som får lägga upp "
                    "avtal där."
                )
                % {"place": place.called}
            )
        record(actor, "agreement.named", agreement, organisation=place, code=agreement.code)
    agreement.municipalities.set(places)


def lay_act_over(municipality: Organisation) -> Agreement:
    """Return the act, loaded from the program's own file and laid over the municipality (H02)."""
    act = Agreement.objects.filter(code=ACT_ID).select_related("current_version").first()
    text = shipped_agreements()[ACT_ID].read_text(encoding="utf-8")
    checksum = hashlib.sha256(text.encode()).hexdigest()
    if act is None or act.current_version is None or act.current_version.checksum != checksum:
        act = load_agreement(actor=SYSTEM, text=text).agreement
    if not act.municipalities.filter(pk=municipality.pk).exists():
        with transaction.atomic():
            act.municipalities.add(municipality)
            write_rows(act, read_agreement(text), {})
    return act
