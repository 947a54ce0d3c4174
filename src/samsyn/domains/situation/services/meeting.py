"""Noting what is said, and what is to be done, while the picture is shown."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer, visible
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.situation.models import Part, Picture, PresentationNote
from samsyn.domains.situation.sections import SECTIONS
from samsyn.domains.situation.services.guarded import fit_to_keep


def note_in_meeting(
    *,
    actor: Viewer,
    picture: Picture,
    text: str,
    kind: str = "note",
    section: str = "",
    responsible: str = "",
    due_on: dt.date | None = None,
) -> PresentationNote:
    """Keep a note or an action; also for a finished picture, since it stands beside it.

    `responsible` is a function, not a person. Raises UserError for a text that cannot be kept.
    """
    working = actor.is_system or visible(actor, Part).filter(picture=picture).exists()
    if not working:
        raise NotAllowed(_("Bara de som arbetar med lägesbilden kan anteckna."))
    if kind not in PresentationNote.Kind.values or (section and section not in SECTIONS):
        raise UserError(_("Anteckningen gick inte att spara. Ladda om sidan och försök igen."))
    with transaction.atomic():
        note = PresentationNote.objects.create(
            picture=picture,
            kind=kind,
            section=section,
            text=fit_to_keep(text, longest=500),
            responsible=fit_to_keep(responsible, longest=120) if responsible.strip() else "",
            due_on=due_on,
            written_by_id=actor.user,
            written_by_label=actor.label,
        )
        record(actor, "picture.noted", picture, organisation=picture.scope_id, kind=kind)
        return note
