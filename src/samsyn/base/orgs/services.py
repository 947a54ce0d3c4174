"""Writes about organisations and who acts for them."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access.viewer import Viewer, require
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.orgs.models import Membership, Organisation, Role


def create_organisation(
    *,
    actor: Viewer,
    municipality: Organisation,
    kind: str,
    name: str,
    short_name: str = "",
    email: str = "",
) -> Organisation:
    """Add an organisation that works in the municipality (H09)."""
    require(actor, "orgs.administer", municipality)
    with transaction.atomic():
        made = Organisation.objects.create(
            kind=kind, name=name, short_name=short_name, email=email, slug=free_slug(name)
        )
        made.municipalities.add(municipality)
        record(actor, "organisation.created", made, organisation=municipality, name=name, kind=kind)
    return made


def free_slug(name: str) -> str:
    """Return a slug of the name that no organisation has."""
    stem = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if slug not in taken
    )


def change_organisation(
    *, actor: Viewer, municipality: Organisation, organisation: Organisation, **changes: object
) -> Organisation:
    """Change name, short name, e-mail or in-use date, with what stood before in the log."""
    require(actor, "orgs.administer", municipality)
    before = {name: getattr(organisation, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        return organisation
    with transaction.atomic():
        for name, value in changed.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=list(changed))
        record(
            actor,
            "organisation.changed",
            organisation,
            organisation=municipality,
            before={name: str(before[name]) for name in changed},
            after={name: str(value) for name, value in changed.items()},
        )
    return organisation


def give_membership(
    *,
    actor: Viewer,
    municipality: Organisation,
    email: str,
    name: str,
    organisation: Organisation,
    role: str,
    function: str = "",
) -> Membership:
    """Give a person a role for an organisation; the account is made where there is none.

    Only an administrator makes another administrator. Raises UserError where she has the role already.
    """
    require(actor, "people.administer", municipality)
    if role == Role.ADMINISTRATOR and not (actor.is_system or Role.ADMINISTRATOR in actor.roles):
        raise NotAllowed(_("Bara en administratör kan göra någon till administratör."))
    if (
        organisation != municipality
        and not organisation.municipalities.filter(pk=municipality.pk).exists()
    ):
        raise NotAllowed(_("Organisationen arbetar inte i din kommun."))
    try:
        with transaction.atomic():
            user = User.objects.filter(email__iexact=email).first()
            if user is None:
                user = User.objects.create_user(email, None, name=name)
                record(actor, "account.created", user, organisation=municipality)
            member = Membership.objects.create(
                user=user,
                organisation=organisation,
                role=role,
                function=function,
                municipality=None if organisation == municipality else municipality,
            )
            record(actor, "membership.given", member, organisation=municipality, role=role)
    except IntegrityError:
        raise UserError(_("Personen har redan den rollen i organisationen.")) from None
    return member


def end_membership(*, actor: Viewer, municipality: Organisation, member: Membership) -> None:
    """End a person's role as of today; it stays in the history."""
    require(actor, "people.administer", municipality)
    with transaction.atomic():
        member.until = clock.today() - dt.timedelta(days=1)
        member.save(update_fields=["until"])
        record(actor, "membership.ended", member, organisation=municipality, role=member.role)
