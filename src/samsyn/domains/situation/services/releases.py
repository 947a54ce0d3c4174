"""Releasing a party's part: signed in, by a one-time link, or by a consent that the coordinator notes."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.situation import rules
from samsyn.domains.situation.models import Part, Picture, Release, ReleaseLink
from samsyn.domains.situation.part_words import part_checksum, part_has_content
from samsyn.domains.situation.services.guarded import fit_to_keep, open_picture, touch

LINK_DAYS = 7
Way = Release.Way


@dataclass(frozen=True)
class NewLink:
    """A link just made. `token` is shown once and kept nowhere."""

    link: ReleaseLink
    token: str


def release_part(*, actor: Viewer, part: Part, seen: str = "") -> Release:
    """Make the actor's own part joint. `seen` is the checksum of what she was shown, where known.

    Raises NotAllowed for another party's part, UserError where it is finished, empty, already released
    or has changed since she saw it.
    """
    with transaction.atomic():
        part = held(part)
        if not rules.may_release_part(actor, part):
            raise NotAllowed(_("Bara parten själv kan släppa sin del."))
        return make_joint(actor, part, Way.SIGNED_IN, seen=seen)


def record_consent(*, actor: Viewer, part: Part, function: str, note: str) -> Release:
    """Release another party's part on its word: the coordinator notes who said so and how.

    `function` is who consented ("Kommunpolis"), never a person's name. Both stand in the picture.
    """
    with transaction.atomic():
        part = held(part)
        require_coordinator(actor, part.picture)
        function, note = fit_to_keep(function, longest=120), fit_to_keep(note, longest=500)
        return make_joint(actor, part, Way.CONSENT, function=function, note=note)


def create_release_link(
    *, actor: Viewer, part: Part, function: str, days: int = LINK_DAYS
) -> NewLink:
    """Make a link that lets `function` see and release the part once, within `days` (1–30)."""
    if not 1 <= days <= 30:
        raise UserError(_("Länken kan gälla mellan 1 och 30 dagar."))
    with transaction.atomic():
        part = held(part)
        require_coordinator(actor, part.picture)
        if standing_release(part) is not None:
            raise UserError(_("Delen är redan släppt. Ingen länk behövs."))
        token = secrets.token_urlsafe(24)
        link = ReleaseLink.objects.create(
            part=part,
            function=fit_to_keep(function, longest=120),
            token_hash=hash_of(token),
            created_by_label=actor.label,
            expires_at=clock.now() + dt.timedelta(days=days),
        )
        record(
            actor,
            "picture.release_link_created",
            part.picture,
            organisation=part.organisation_id,
            function=link.function,
            days=days,
        )
        return NewLink(link, token)


def revoke_release_link(*, actor: Viewer, link: ReleaseLink) -> None:
    """Make the link useless."""
    with transaction.atomic():
        part = held(link.part)
        require_coordinator(actor, part.picture)
        ReleaseLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(
            revoked_at=clock.now()
        )
        record(
            actor,
            "picture.release_link_revoked",
            part.picture,
            organisation=part.organisation_id,
            function=link.function,
        )


def working_link(token: str) -> ReleaseLink:
    """Return the link of `token`; UserError, the same for all reasons, where it does not work."""
    link = (
        ReleaseLink.objects.select_related("part__picture__scope", "part__organisation")
        .filter(token_hash=hash_of(token))
        .first()
    )
    if link is None or not link.works_at(clock.now()) or link.part.picture.is_finished:
        raise UserError(
            _("Länken gäller inte längre. Den kan bara användas en gång. Be samordnaren om en ny.")
        )
    return link


def release_by_link(*, token: str, seen: str = "") -> Release:
    """Release the part that the link is for, and use the link up.

    Raises UserError where the link does not work or the part has changed since it was shown (`seen`).
    """
    with transaction.atomic():
        link = working_link(token)
        part = held(link.part)
        used = ReleaseLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None)
        if not used.update(used_at=clock.now()):
            raise UserError(_("Länken är redan använd. Be samordnaren om en ny."))
        actor = Viewer(
            kind="anonymous", label=_("%(function)s (engångslänk)") % {"function": link.function}
        )
        return make_joint(actor, part, Way.LINK, function=link.function, seen=seen)


def withdraw_release(*, actor: Viewer, part: Part, reason: str = "") -> None:
    """Take a release back before the picture is finished; the trace stays."""
    with transaction.atomic():
        part = held(part)
        if not (rules.may_release_part(actor, part) or rules.coordinates(actor, part.picture)):
            raise NotAllowed(_("Bara parten själv eller samordnaren kan ta tillbaka släppet."))
        release = standing_release(part)
        if release is None:
            raise UserError(_("Delen är inte släppt."))
        withdraw(actor, release, fit_to_keep(reason, longest=300) if reason.strip() else "")


def leave_out_part(*, actor: Viewer, part: Part, note: str, left_out: bool = True) -> Part:
    """Finish without this part, with a note of why; or take it in again. Never the scope's own part."""
    with transaction.atomic():
        part = held(part)
        require_coordinator(actor, part.picture)
        if part.organisation_id == part.picture.scope_id:
            raise UserError(_("Den egna delen går inte att utelämna. Dölj meningar i stället."))
        part.is_left_out = left_out
        part.left_out_note = fit_to_keep(note, longest=300) if left_out else ""
        part.save(update_fields=["is_left_out", "left_out_note"])
        touch(part.picture)
        record(
            actor,
            "picture.part_left_out",
            part.picture,
            organisation=part.organisation_id,
            left_out=left_out,
            note=part.left_out_note,
        )
        return part


def make_joint(
    actor: Viewer,
    part: Part,
    way: Release.Way,
    *,
    function: str = "",
    note: str = "",
    seen: str = "",
) -> Release:
    """Write the release; refuse an empty part, a second release and a text other than the one shown."""
    if standing_release(part) is not None:
        raise UserError(_("Delen är redan släppt."))
    if not part_has_content(part):
        raise UserError(_("Delen är tom. Det finns inget att släppa."))
    content = part_checksum(part)
    if seen and seen != content:
        raise UserError(
            _("Delen har ändrats sedan du öppnade sidan. Läs den igen och släpp den sedan.")
        )
    release = Release.objects.create(
        part=part,
        way=way,
        function=function,
        note=note,
        content_checksum=content,
        by_id=actor.user,
        by_label=actor.label,
        edition=part.picture.edition + 1,
    )
    part.links.filter(used_at=None, revoked_at=None).update(revoked_at=clock.now())
    touch(part.picture)
    record(
        actor,
        "picture.part_released",
        part.picture,
        organisation=part.organisation_id,
        way=str(way),
        function=function,
        checksum=content,
    )
    return release


def withdraw(actor: Viewer, release: Release, reason: str) -> None:
    """Mark the release as withdrawn, with its row in the log."""
    release.withdrawn_at, release.withdrawn_by_label = clock.now(), actor.label
    release.withdrawn_reason = reason
    release.save(update_fields=["withdrawn_at", "withdrawn_by_label", "withdrawn_reason"])
    picture = release.part.picture
    touch(picture)
    record(
        actor,
        "picture.release_withdrawn",
        picture,
        organisation=release.part.organisation_id,
        reason=reason,
    )


def standing_release(part: Part) -> Release | None:
    """Return the release that holds now."""
    return part.releases.filter(withdrawn_at=None).select_related("part__picture").first()


def held(part: Part) -> Part:
    """Return the part with its picture locked and open."""
    picture = open_picture(part.picture)
    part = Part.objects.select_related("organisation").get(pk=part.pk)
    part.picture = picture
    return part


def require_coordinator(actor: Viewer, picture: Picture) -> None:
    if not rules.coordinates(actor, picture):
        raise NotAllowed(_("Bara samordnaren kan göra det här."))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
