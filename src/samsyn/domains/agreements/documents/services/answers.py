"""The parties answer for a decided version: approved in the program or by link, signed on paper or by e-signature."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.files.models import StoredFile
from samsyn.domains.agreements.documents.permits import (
    functions_to_answer_as,
    may,
    places_of,
    require_work,
)
from samsyn.domains.agreements.documents.rules import State, doubts_about
from samsyn.domains.agreements.documents.services.intake import PDF, keep_file, partial, sniffed
from samsyn.domains.agreements.documents.services.versions import log, settle
from samsyn.domains.agreements.guarding import fit_to_keep
from samsyn.domains.agreements.models import (
    AgreementParty,
    DocumentVersion,
    Signature,
    SignatureLink,
)

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

LINK_DAYS = 14
LONGEST_LINK = 60
IMAGES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def approve_in_program(
    *,
    actor: Viewer,
    version: DocumentVersion,
    party: AgreementParty,
    function: str,
    place: str = "",
) -> Signature:
    """Approve for a party as one of its functions: *godkänd*, never *undertecknad* (L13).

    Raises NotAllowed for who may not answer for the party.
    """
    allowed = functions_to_answer_as(actor, version.document.agreement)
    if function not in allowed.get(party, ()):
        raise NotAllowed(_("Du kan inte godkänna för den parten. Fråga samordnaren."))
    return write_answer(
        actor,
        version,
        party,
        function,
        Signature.Means.PROGRAM,
        signed_on=clock.today().isoformat(),
        place=place,
    )


def make_link(
    *,
    actor: Viewer,
    version: DocumentVersion,
    party: AgreementParty,
    function: str,
    days: int = LINK_DAYS,
) -> tuple[SignatureLink, str]:
    """Make a one-time link for a named function of a party; return it with its secret, shown once.

    The secret is 256 bits; only its SHA-256 is kept.
    """
    require_work(actor, version.document)
    name = function_of(function)
    of_agreement(version, party)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        locked = decided(version)
        made = SignatureLink.objects.create(
            version=locked,
            party=party,
            function=name,
            secret_hash=hash_of(secret),
            created_by_id=actor.user,
            expires_at=clock.now() + dt.timedelta(days=max(1, min(days, LONGEST_LINK))),
        )
        log(actor, "document.link_made", locked, party=party.ref, function=name, link=made.pk)
    return made, secret


def revoke_link(*, actor: Viewer, link: SignatureLink) -> None:
    """Close a link before it is used."""
    require_work(actor, link.version.document)
    if link.used_at is not None:
        raise UserError(_("Länken är redan använd."))
    with transaction.atomic():
        link.revoked_at = clock.now()
        link.save(update_fields=["revoked_at"])
        log(actor, "document.link_revoked", link.version, link=link.pk)


def link_behind(secret: str) -> SignatureLink:
    """Return the open link with the secret. UserError, the same for a wrong, used, expired or revoked one."""
    found = (
        SignatureLink.objects.filter(secret_hash=hash_of(secret))
        .select_related("party", "version__file", "version__document__agreement")
        .first()
    )
    if found is None or not found.is_open or found.version.state != State.DECIDED:
        raise UserError(
            _("Länken gäller inte längre. Be den som skickade den om en ny, om den behövs.")
        )
    return found


def approve_by_link(*, secret: str, seen: str, place: str = "") -> Signature:
    """Approve as the function that the link names; it works once.

    `seen` is the checksum of what was shown. UserError where the link or the content is another.
    """
    with transaction.atomic():
        known = link_behind(secret)
        link = SignatureLink.objects.select_for_update(of=("self",)).get(pk=known.pk)
        if not link.is_open:
            raise UserError(_("Länken är redan använd."))
        if seen != known.version.checksum:
            raise UserError(_("Dokumentet som visades är ett annat. Öppna länken på nytt."))
        made = write_answer(
            as_function(link),
            known.version,
            link.party,
            link.function,
            Signature.Means.LINK,
            signed_on=clock.today().isoformat(),
            place=place,
        )
        link.used_at = clock.now()
        link.save(update_fields=["used_at"])
    return made


def as_function(link: SignatureLink) -> Viewer:
    """Who acts through a link: the function it was made for, without an account."""
    return Viewer(kind="link", label=f"{link.function}, {link.party}"[:160])


def record_copy(
    *,
    actor: Viewer,
    version: DocumentVersion,
    party: AgreementParty,
    function: str,
    signed_on: str,
    place: str,
    name: str,
    content: bytes,
) -> Signature:
    """Record a signature by its uploaded signed copy: *undertecknad*.

    `signed_on` has the precision that stands on the paper (`2020`, `2020-05`, `2020-05-14`); an odd
    date is taken and flagged as doubtful (L13, U15).
    """
    require_for_party(actor, version, party)
    signed = partial(signed_on)
    media_type = copy_type(content)
    if hashlib.sha256(content).hexdigest() == version.checksum:
        raise UserError(_("Filen är det oskrivna dokumentet. Lägg in den undertecknade kopian."))
    check_open(version, party, function_of(function), Signature.Means.COPY)
    fit_to_keep(place, longest=100)
    stored = keep_file(actor, version.document, name, media_type, content)
    return write_answer(
        actor,
        version,
        party,
        function,
        Signature.Means.COPY,
        signed_on=str(signed),
        place=place,
        file=stored,
    )


def record_e_signature(
    *,
    actor: Viewer,
    version: DocumentVersion,
    party: AgreementParty,
    function: str,
    place: str,
    name: str,
    content: bytes,
    service: str = "signed_pdf",
) -> Signature:
    """Record an e-signature from what the service handed back, verified here: *undertecknad*.

    One certificate signs a version once. UserError where the signature does not hold, concerns
    something else, or is used already.
    """
    from samsyn.domains.agreements.documents.esign import SERVICES, BadSignature

    require_for_party(actor, version, party)
    check_open(version, party, function_of(function), Signature.Means.E_SIGN)
    fit_to_keep(place, longest=100)
    original = version.file.path.read_bytes()
    try:
        proofs = SERVICES[service].verify(content, original=original, trusted=trusted_issuers())
    except BadSignature as error:
        raise UserError(str(error)) from None
    used = set(version.signatures.filter(withdrawn_at=None).values_list("proof_key", flat=True))
    proof = next((one for one in proofs if one.fingerprint not in used), None)
    if proof is None:
        raise UserError(_("Underskrifterna i filen är redan registrerade."))
    signed_at = proof.signed_at.astimezone(clock.SWEDEN) if proof.signed_at else clock.now()
    stored = keep_file(actor, version.document, name, PDF, content)
    return write_answer(
        actor,
        version,
        party,
        function,
        Signature.Means.E_SIGN,
        signed_on=signed_at.date().isoformat(),
        place=place,
        file=stored,
        proof=proof.to_data(),
        proof_key=proof.fingerprint,
        doubts=[] if proof.trusted else ["unknown_issuer"],
    )


def withdraw_signature(*, actor: Viewer, signature: Signature, why: str) -> None:
    """Take back an answer that was recorded wrongly, while the version waits for others."""
    require_work(actor, signature.version.document)
    reason = fit_to_keep(why, longest=300)
    if not reason:
        raise UserError(_("Skriv varför, så att de andra parterna förstår."))
    with transaction.atomic():
        version = decided(signature.version)
        signature.withdrawn_at, signature.withdrawn_why = clock.now(), reason
        signature.save(update_fields=["withdrawn_at", "withdrawn_why"])
        log(actor, "document.answer_withdrawn", version, signature=signature.pk, why=reason)


def write_answer(
    actor: Viewer,
    version: DocumentVersion,
    party: AgreementParty,
    function: str,
    means: str,
    *,
    signed_on: str,
    place: str,
    file: StoredFile | None = None,
    proof: dict[str, object] | None = None,
    proof_key: str = "",
    doubts: list[str] | None = None,
) -> Signature:
    """Write the answer with the hash of what it concerns, and let the version become valid if it was the last."""
    name = function_of(function)
    where = fit_to_keep(place, longest=100)
    of_agreement(version, party)
    with transaction.atomic():
        locked = decided(version)
        check_open(locked, party, name, means)
        made = Signature.objects.create(
            version=locked,
            party=party,
            function=name,
            means=means,
            place=where,
            signed_on=signed_on,
            doubts=[
                *(doubts or []),
                *doubts_about(
                    partial(signed_on),
                    today=clock.today(),
                    decided=locked.decided_on,
                    valid_from=locked.valid_from,
                ),
            ],
            checksum=locked.checksum,
            file=file,
            proof=proof or {},
            proof_key=proof_key,
            recorded_by_id=actor.user,
            recorded_by_label=actor.label,
        )
        document = locked.document
        record(
            actor,
            f"document.{made.way}",
            made,
            organisation=document.municipality_id or document.agreement.municipalities.first(),
            document=document.called,
            version=str(locked.pk),
            party=party.ref,
            function=name,
            means=means,
            sha256=made.checksum,
        )
        settle(actor, locked)
    return made


def decided(version: DocumentVersion) -> DocumentVersion:
    """Lock the version; UserError where it is not decided, or has all its answers."""
    locked = (
        DocumentVersion.objects.select_for_update(of=("self",))
        .select_related("document__agreement", "document__municipality")
        .get(pk=version.pk)
    )
    refuse_unless_decided(locked)
    return locked


def refuse_unless_decided(version: DocumentVersion) -> None:
    if version.state != State.DECIDED:
        raise UserError(
            _("Versionen är %(state)s. Parterna svarar när den är beslutad och inte giltig än.")
            % {"state": version.get_stage_display().lower()}
        )


def check_open(version: DocumentVersion, party: AgreementParty, function: str, means: str) -> None:
    """UserError where the function has answered for its party in the same way already."""
    refuse_unless_decided(version)
    name = function.strip().casefold()
    kind = Signature(means=means).way
    known = version.signatures.filter(party=party, withdrawn_at=None)
    if any(one.function.casefold() == name and one.way == kind for one in known):
        raise UserError(
            _("%(function)s har redan svarat för %(party)s.")
            % {"function": function, "party": party}
        )


def require_for_party(actor: Viewer, version: DocumentVersion, party: AgreementParty) -> None:
    """Who works with the documents may record for all; a party's own signatory for her party."""
    if may(actor, "documents.work", places_of(version.document)):
        return
    if party not in functions_to_answer_as(actor, version.document.agreement):
        raise NotAllowed(_("Du kan inte lägga in underskrifter för den parten."))


def of_agreement(version: DocumentVersion, party: AgreementParty) -> None:
    if party.agreement_id != version.document.agreement_id or not party.is_party:
        raise UserError(_("Den är inte part i avtalet."))


def function_of(text: str) -> str:
    name = fit_to_keep(text, longest=200)
    if not name:
        raise UserError(_("Skriv vilken funktion som svarar, till exempel Kommundirektör."))
    return name


def copy_type(content: bytes) -> str:
    """A signed copy is a PDF, a Word file or a picture of the paper."""
    for head, media_type in IMAGES:
        if content.startswith(head):
            return media_type
    return sniffed(content)


def trusted_issuers() -> list[Certificate]:
    """The issuers' certificates in the file that the installation points at; none where it points at none."""
    from pathlib import Path

    from cryptography.x509 import load_pem_x509_certificates

    path = getattr(settings, "ESIGN_ISSUERS", "")
    return list(load_pem_x509_certificates(Path(path).read_bytes())) if path else []


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
