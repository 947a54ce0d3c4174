"""Writing a party's own text in its own room."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed
from samsyn.base.orgs.models import Organisation
from samsyn.domains.situation.models import Contribution, Part, Picture
from samsyn.domains.situation.services.guarded import (
    fit_to_keep,
    open_part,
    open_picture,
    same_version,
    touch,
)

LONGEST = 4000


def write_contribution(
    *, actor: Viewer, picture: Picture, organisation: Organisation, text: str, version: int = 0
) -> Contribution:
    """Write, or write anew, what `organisation` brings to the picture; an empty text takes it away.

    `version` is the contribution's as the writer saw it, 0 for a first one. Raises EditConflict where a
    colleague was faster, NotAllowed for another party's room, UserError for a text that cannot be kept.
    """
    if not actor.is_system and organisation.pk not in actor.organisations_where(
        "pictures.contribute"
    ):
        raise NotAllowed(_("Du kan bara skriva bidrag för din egen organisation."))
    with transaction.atomic():
        part = open_part(actor, part_of(open_picture(picture), organisation))
        contribution = Contribution.objects.filter(part=part).first() or Contribution(
            part=part, version=0
        )
        same_version(
            known=version, stands=contribution.version, yours=text, theirs=contribution.text
        )
        contribution.text = kept_text(text, organisation)
        contribution.written_by_id, contribution.written_by_label = actor.user, actor.label
        contribution.written_at = clock.now()
        contribution.version += 1
        contribution.save()
        touch(part.picture)
        record(
            actor,
            "picture.contribution_written",
            part.picture,
            organisation=organisation,
            characters=len(contribution.text),
        )
        return contribution


def kept_text(text: str, organisation: Organisation) -> str:
    return (
        fit_to_keep(text, longest=LONGEST, private=organisation.is_private) if text.strip() else ""
    )


def part_of(picture: Picture, organisation: Organisation) -> Part:
    """Return the party's part, made at its first contribution; it must work where the picture is."""
    part = picture.parts.filter(organisation=organisation).first()
    if part is not None:
        return part
    if not works_in(organisation, picture.scope):
        raise NotAllowed(_("Organisationen arbetar inte i området som lägesbilden gäller."))
    return Part.objects.create(picture=picture, organisation=organisation)


def works_in(organisation: Organisation, scope: Organisation) -> bool:
    """Tell whether the organisation works in the scope: in the municipality, or in one of the area's."""
    places = (
        {scope.pk}
        if scope.is_municipality
        else set(scope.municipalities.values_list("pk", flat=True))
    )
    return organisation.pk in places or organisation.municipalities.filter(pk__in=places).exists()
