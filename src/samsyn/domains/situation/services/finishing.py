"""Freezing a picture, opening it for a new version, and noting where it went."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn import __version__
from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.links import Link
from samsyn.domains.agreements.services.evidence import record_evidence
from samsyn.domains.situation import rules, slots
from samsyn.domains.situation.models import Delivery, Part, Picture, PictureState, PictureVersion
from samsyn.domains.situation.part_words import frozen_numbers, frozen_words, part_has_content
from samsyn.domains.situation.result import checksum, to_json
from samsyn.domains.situation.services.guarded import fit_to_keep, open_picture
from samsyn.domains.situation.services.releases import (
    require_coordinator,
    standing_release,
    withdraw,
)
from samsyn.domains.situation.weeks import Week

FORMS = ("pdf", "docx", "csv", "json", "mail", "shown")


def finish_picture(*, actor: Viewer, picture: Picture, reason: str = "") -> PictureVersion:
    """Freeze the picture as its next version, with a checksum over numbers and words.

    Raises NotAllowed for others than the coordinator, UserError where a part is not released.
    """
    with transaction.atomic():
        picture = open_picture(picture)
        require_coordinator(actor, picture)
        waiting = rules.parts_that_stop(part_states(picture))
        if waiting:
            raise UserError(
                _("Det här är inte släppt än: %(parties)s. Be dem släppa, eller utelämna delen.")
                % {"parties": ", ".join(waiting)}
            )
        numbers, words = frozen_numbers(picture), to_json(frozen_words(picture))
        version = PictureVersion.objects.create(
            picture=picture,
            number=picture.edition + 1,
            numbers=numbers,
            words=words,
            checksum=checksum({"numbers": numbers, "words": words}),
            frozen_by_label=actor.label,
            code_version=__version__,
            reason=reason[:300],
        )
        picture.state, picture.edition = PictureState.FINISHED, version.number
        picture.checksum, picture.frozen_at = version.checksum, version.frozen_at
        picture.version += 1
        picture.save()
        record(
            actor,
            "picture.finished",
            picture,
            organisation=picture.scope_id,
            version=version.number,
            checksum=version.checksum,
        )
        tell_that_finished(actor, picture)
        for _key, take in slots.finished:
            take(version)
        return version


def tell_that_finished(actor: Viewer, picture: Picture) -> None:
    """Let the agreements count the picture as evidence, for the week that it tells of (H05, K08)."""
    day = min(clock.today(), Week(picture.iso_year, picture.iso_week).sunday)
    tell(actor, picture, "picture_finished", day)


def tell(actor: Viewer, picture: Picture, kind: str, day: dt.date) -> None:
    scope = picture.scope
    places = [scope] if scope.is_municipality else list(scope.municipalities.all())
    for municipality in places:
        record_evidence(
            actor=actor,
            kind=kind,
            on=day,
            municipality=municipality,
            document_kind="weekly_picture",
            link=Link("picture", str(picture.pk)),
        )


def new_version(*, actor: Viewer, picture: Picture, reason: str) -> Picture:
    """Open a finished picture to correct it. The frozen version stays as it was, and stays readable.

    All parts must be released anew, since their words may change.
    """
    with transaction.atomic():
        picture = (
            Picture.objects.select_for_update(of=("self",))
            .select_related("scope")
            .get(pk=picture.pk)
        )
        require_coordinator(actor, picture)
        if not picture.is_finished:
            raise UserError(_("Lägesbilden är inte färdig. Ändra direkt i utkastet."))
        reason = fit_to_keep(reason, longest=300)
        picture.state = PictureState.DRAFT
        picture.save(update_fields=["state"])
        for part in picture.parts.all():
            release = standing_release(part)
            if release is not None:
                release.part.picture = picture
                withdraw(actor, release, _("Ny utgåva: %(reason)s") % {"reason": reason[:280]})
        record(actor, "picture.reopened", picture, organisation=picture.scope_id, reason=reason)
        return picture


def record_delivery(
    *, actor: Viewer, version: PictureVersion, form: str, recipient: str = ""
) -> Delivery:
    """Note that a frozen version left in some form (pdf, docx, csv, json, mail, shown).

    `recipient` is a function or an organisation.
    """
    if form not in FORMS:
        raise UserError(_("Formen %(form)s finns inte.") % {"form": form[:20]})
    if not visible(actor, PictureVersion).filter(pk=version.pk).exists():
        raise NotAllowed(_("Du får inte lämna ut den här lägesbilden."))
    with transaction.atomic():
        delivery = Delivery.objects.create(
            picture_version=version,
            form=form,
            recipient=fit_to_keep(recipient, longest=160) if recipient.strip() else "",
            by_label=actor.label,
        )
        record(
            actor,
            "picture.delivered",
            version.picture,
            organisation=version.picture.scope_id,
            version=version.number,
            form=form,
            recipient=delivery.recipient,
        )
        if form == "shown":
            tell(actor, version.picture, "picture_presented", clock.today())
        return delivery


def part_states(picture: Picture) -> list[rules.PartState]:
    """Return how far each party is."""
    return [state_of(part) for part in picture.parts.select_related("organisation")]


def state_of(part: Part) -> rules.PartState:
    """Return how far this party is."""
    return rules.PartState(
        organisation=part.organisation.called,
        has_content=part_has_content(part),
        is_released=standing_release(part) is not None,
        is_left_out=part.is_left_out,
    )
