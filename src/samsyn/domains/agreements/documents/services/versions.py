"""A document is opened, gets versions, and each version goes its way: presented, decided, valid, replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import SYSTEM, Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.files.models import StoredFile
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.documents.permits import (
    may,
    municipalities_of,
    require_work,
)
from samsyn.domains.agreements.documents.proving import (
    prove_accepted,
    prove_decided,
    prove_presented,
    prove_signed,
    prove_valid,
    unprove,
)
from samsyn.domains.agreements.documents.rules import (
    Deed,
    SkipsStep,
    State,
    after,
    may_come_with_agreement,
    required_by,
    settled,
)
from samsyn.domains.agreements.documents.services.intake import keep_file, partial, sniffed
from samsyn.domains.agreements.documents.slots import LiveVersion
from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.guarding import fit_to_keep
from samsyn.domains.agreements.models import Agreement, Document, DocumentVersion


def open_annex(*, actor: Viewer, agreement: Agreement, annex: str) -> Document:
    """Return the document of an annex in the agreement's file, made the first time (L04)."""
    require_in_agreement(actor, agreement)
    known = agreement.documents.filter(annex=annex).first()
    if known is not None:
        return known
    file = contents(agreement)
    described = next((one for one in file.annexes if one.id == annex), None)
    if described is None:
        raise UserError(_("Bilagan finns inte i avtalets fil."))
    needs = required_by(
        described.signature.rule,
        parties=party_refs(agreement),
        named=described.signature.parties,
        per_party=described.signature.per_party,
    )
    bodies = {body.ref: body for body in agreement.bodies.filter(municipality=None)}
    kinds = {document.id: document.kind for document in file.documents}
    with transaction.atomic():
        made = Document.objects.create(
            agreement=agreement,
            annex=annex,
            number=described.number,
            title=described.title,
            kinds=[kinds[one] for one in described.documents if one in kinds],
            presented_to=bodies.get(described.presented_to or ""),
            decided_by=bodies.get(described.decided_by or ""),
            required=dict(needs.parties),
            approval_is_enough=needs.approval_is_enough,
            first_valid_with_agreement=described.first_valid_with_agreement,
            created_by_id=actor.user,
        )
        log(actor, "document.opened", made, annex=annex)
    return made


def open_document(
    *,
    actor: Viewer,
    agreement: Agreement,
    title: str,
    kind: str,
    required: dict[str, int],
    approval_is_enough: bool = False,
    municipality: Organisation | None = None,
) -> Document:
    """Open a free document beside the annexes, with what it takes to make it valid.

    `required` maps a party's ref to how many must answer for it; empty when the decision is enough.
    """
    places = frozenset({municipality.pk}) if municipality else municipalities_of(agreement)
    require_in_agreement(actor, agreement, places)
    name = fit_to_keep(title, longest=300)
    if not name:
        raise UserError(_("Skriv vad dokumentet heter."))
    if not places <= municipalities_of(agreement) or not set(required) <= set(
        party_refs(agreement)
    ):
        raise UserError(_("Dokumentet kan bara gälla avtalets egna kommuner och parter."))
    with transaction.atomic():
        made = Document.objects.create(
            agreement=agreement,
            municipality=municipality,
            title=name,
            kinds=[kind] if kind else [],
            required={ref: max(1, min(9, count)) for ref, count in required.items()},
            approval_is_enough=approval_is_enough,
            created_by_id=actor.user,
        )
        log(actor, "document.opened", made)
    return made


def upload_version(
    *, actor: Viewer, document: Document, name: str, content: bytes, dated: str = ""
) -> DocumentVersion:
    """Add a version from an uploaded PDF or Word file. UserError where it is neither."""
    require_work(actor, document)
    media_type = sniffed(content)
    check_room(document, dated)
    stored = keep_file(actor, document, name, media_type, content)
    return add_version(actor, document, stored, dated, source=DocumentVersion.Source.UPLOAD)


def attach_live(
    *, actor: Viewer, document: Document, live: LiveVersion, dated: str = ""
) -> DocumentVersion:
    """Add a version from a frozen version in the system; its bytes are kept, so that the hash holds for good."""
    require_work(actor, document)
    name, media_type, content = live.content()
    check_room(document, dated)
    stored = keep_file(actor, document, name, media_type, content)
    return add_version(
        actor,
        document,
        stored,
        dated or live.frozen_on.isoformat(),
        source=DocumentVersion.Source.LIVE,
        live_kind=live.link.kind,
        live_key=live.link.key,
        live_title=live.title[:200],
    )


def check_room(document: Document, dated: str) -> None:
    """UserError where the date cannot be read or the version before is not decided: before a file is kept."""
    if dated:
        partial(dated)
    last = document.versions.order_by("-number").first()
    if last is not None and last.state in (State.DRAFT, State.PRESENTED):
        raise UserError(
            _("Version %(n)d är inte beslutad än. Besluta den eller dra tillbaka den först.")
            % {"n": last.number}
        )


def add_version(
    actor: Viewer, document: Document, stored: StoredFile, dated: str, **fields: str
) -> DocumentVersion:
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        check_room(document, dated)
        last = document.versions.order_by("-number").first()
        made = DocumentVersion.objects.create(
            document=document,
            number=last.number + 1 if last else 1,
            file=stored,
            checksum=stored.sha256,
            dated=dated and partial(dated),
            created_by_id=actor.user,
            created_by_label=actor.label,
            **fields,
        )
        log(actor, "document.version_added", made, number=made.number, sha256=made.checksum)
    return made


def present_version(
    *, actor: Viewer, version: DocumentVersion, on: dt.date, to: str = ""
) -> DocumentVersion:
    """Note that the version was presented, to the body the agreement names or the one written (L12)."""
    require_work(actor, version.document)
    not_ahead(on)
    with transaction.atomic():
        version = step(version, Deed.PRESENT)
        version.presented_on = on
        version.presented_to = fit_to_keep(to, longest=300) or str(
            version.document.presented_to or ""
        )
        version.save(update_fields=["stage", "presented_on", "presented_to"])
        log(actor, "document.presented", version, on=on.isoformat())
        prove_presented(actor, version, on)
    return version


def decide_version(
    *,
    actor: Viewer,
    version: DocumentVersion,
    on: dt.date,
    diary_number: str,
    by: str = "",
    decision: str = "",
    valid_from: dt.date | None = None,
) -> DocumentVersion:
    """Note the decision with its diary number; from now on the requirement is frozen.

    Valid at once where nobody has to answer for it and its first day has come.
    """
    require_work(actor, version.document)
    not_ahead(on)
    if version.presented_on and on < version.presented_on:
        raise UserError(_("Beslutet ligger före föredragningen. Rätta ett av datumen."))
    number = diary(diary_number)
    needs = version.document.requirement
    with transaction.atomic():
        version = step(version, Deed.DECIDE)
        version.decided_on = on
        version.decided_by = fit_to_keep(by, longest=300) or str(version.document.decided_by or "")
        version.decision = fit_to_keep(decision, longest=120)
        version.diary_number = number
        version.valid_from = valid_from or on
        version.required = dict(needs.parties)
        version.approval_is_enough = needs.approval_is_enough
        version.save()
        log(actor, "document.decided", version, on=on.isoformat(), diary_number=number)
        prove_decided(actor, version, on)
        settle(actor, version)
    return version


def accept_with_agreement(
    *, actor: Viewer, version: DocumentVersion, diary_number: str
) -> DocumentVersion:
    """The first version of an annex is valid through the agreement itself (L12), from its first day."""
    document = version.document
    require_work(actor, document)
    earlier = document.versions.filter(number__lt=version.number)
    earlier = earlier.exclude(stage=State.WITHDRAWN)
    if not may_come_with_agreement(
        said_by_agreement=document.first_valid_with_agreement, earlier_versions=earlier.count()
    ):
        raise UserError(
            _("Bara bilagans första version gäller genom avtalet. Föredra och besluta den här.")
        )
    number, agreement = diary(diary_number), document.agreement
    with transaction.atomic():
        version = step(version, Deed.ACCEPT_WITH_AGREEMENT)
        version.through_agreement = True
        version.diary_number = number
        version.valid_from = version.became_valid_on = agreement.starts_on
        version.save()
        log(actor, "document.valid", version, with_agreement=agreement.code)
        prove_accepted(actor, version, agreement.starts_on)
    return version


def settle(actor: Viewer, version: DocumentVersion) -> None:
    """Let the version become signed and valid when its time has come; the one before it is replaced.

    Call within the transaction of what changed.
    """
    today = clock.today()
    marks = [
        one.mark for one in version.signatures.filter(withdrawn_at=None).select_related("party")
    ]
    state = settled(
        version.state,
        version.requirement,
        marks,
        version.checksum,
        valid_from=version.valid_from or today,
        today=today,
    )
    if state == version.state:
        return
    if version.state == State.DECIDED and version.required:
        prove_signed(actor, version, today)
    if state == State.VALID:
        replace_earlier(actor, version, today)
        version.became_valid_on = today
        prove_valid(actor, version, today)
    version.stage = state
    version.save(update_fields=["stage", "became_valid_on"])
    log(actor, "document.valid" if state == State.VALID else "document.signed_by_all", version)


def replace_earlier(actor: Viewer, version: DocumentVersion, today: dt.date) -> None:
    for before in version.document.versions.filter(stage=State.VALID).exclude(pk=version.pk):
        before.stage, before.ended_on = after(before.state, Deed.REPLACE), today
        before.save(update_fields=["stage", "ended_on"])
        log(actor, "document.replaced", before, by=version.number)


def withdraw_version(*, actor: Viewer, version: DocumentVersion, why: str) -> DocumentVersion:
    """Take back a version that is not valid yet; it stays to be read, and its links are closed."""
    require_work(actor, version.document)
    reason = fit_to_keep(why, longest=300)
    if not reason:
        raise UserError(_("Skriv varför, så att de andra parterna förstår."))
    with transaction.atomic():
        version = step(version, Deed.WITHDRAW)
        version.withdrawn_why, version.ended_on = reason, clock.today()
        version.save(update_fields=["stage", "withdrawn_why", "ended_on"])
        version.links.filter(used_at=None, revoked_at=None).update(revoked_at=clock.now())
        log(actor, "document.withdrawn", version, why=reason)
        unprove(actor, version, reason)
    return version


def let_versions_take_effect() -> str:
    """Every signed version whose first day has come becomes valid. Safe to run any number of times."""
    waiting = DocumentVersion.objects.filter(stage=State.SIGNED, valid_from__lte=clock.today())
    for version in waiting.order_by("valid_from", "number").select_related("document__agreement"):
        with transaction.atomic():
            locked = DocumentVersion.objects.select_for_update().get(pk=version.pk)
            settle(SYSTEM, locked)
    return f"{waiting.count()} waiting"


def step(version: DocumentVersion, deed: Deed) -> DocumentVersion:
    """Lock the version and move it; UserError where the deed is not its next step. The caller saves."""
    locked = (
        DocumentVersion.objects.select_for_update(of=("self",))
        .select_related("document__agreement", "document__presented_to", "document__decided_by")
        .get(pk=version.pk)
    )
    try:
        locked.stage = after(locked.state, deed)
    except SkipsStep:
        raise UserError(
            _(
                "Versionen är %(state)s. Stegen går i ordning: föredragen, beslutad, undertecknad, giltig."
            )
            % {"state": locked.get_stage_display().lower()}
        ) from None
    return locked


def diary(text: str) -> str:
    number = fit_to_keep(text, longest=60)
    if not number:
        raise UserError(_("Skriv diarienumret. Varje beslutat dokument ska ha ett."))
    return number


def not_ahead(on: dt.date) -> None:
    if on > clock.today():
        raise UserError(_("Dagen ligger framåt i tiden. Välj den dag då det gjordes."))


def contents(agreement: Agreement) -> File:
    if agreement.current_version is None:
        raise UserError(_("Avtalet har ingen fil."))
    return read_text(agreement.current_version.text)


def party_refs(agreement: Agreement) -> Sequence[str]:
    rows = agreement.parties.filter(is_party=True, is_current=True)
    return list(rows.order_by("order").values_list("ref", flat=True))


def require_in_agreement(
    actor: Viewer, agreement: Agreement, places: frozenset[int] | None = None
) -> None:
    if not may(actor, "documents.work", places or municipalities_of(agreement)):
        raise NotAllowed(_("Din roll får inte lägga upp dokument i avtalet. Fråga samordnaren."))


def log(actor: Viewer, verb: str, thing: Document | DocumentVersion, **facts: object) -> None:
    document = thing if isinstance(thing, Document) else thing.document
    record(
        actor,
        verb,
        thing,
        organisation=document.municipality_id or document.agreement.municipalities.first(),
        agreement=document.agreement.code,
        document=document.called,
        **facts,
    )
