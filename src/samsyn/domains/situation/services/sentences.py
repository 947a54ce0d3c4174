"""Changing the sentences of a picture. The drafted text is always kept beside the person's."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.situation import rules
from samsyn.domains.situation.models import Part, Picture, Sentence, SentenceChange
from samsyn.domains.situation.services.guarded import (
    fit_to_keep,
    open_part,
    open_picture,
    same_version,
    touch,
)

LONGEST = 1000
What = SentenceChange.What


def edit_sentence(*, actor: Viewer, sentence: Sentence, text: str, version: int) -> Sentence:
    """Put the person's words in place of the drafted ones.

    `version` is the sentence's version as the editor saw it. Raises EditConflict where it has changed,
    UserError for a text that cannot be kept, a finished picture or a released part.
    """
    with transaction.atomic():
        sentence, part = opened(actor, sentence)
        same_version(known=version, stands=sentence.version, yours=text, theirs=sentence.text)
        text = fit_to_keep(text, longest=LONGEST)
        if text == sentence.text:
            return sentence
        before = sentence.text
        sentence.edited_text, sentence.basis = text, sentence.generated_text
        sentence.edited_by_id, sentence.edited_by_label = actor.user, actor.label
        sentence.edited_at = clock.now()
        keep_change(actor, sentence, part, What.EDITED, "picture.sentence_edited", before)
        return sentence


def restore_sentence(*, actor: Viewer, sentence: Sentence, version: int) -> Sentence:
    """Take back the drafted text, of today's numbers; the edit stays in the history."""
    with transaction.atomic():
        sentence, part = opened(actor, sentence)
        same_version(known=version, stands=sentence.version, yours="", theirs=sentence.text)
        if sentence.is_added:
            raise UserError(_("Meningen är skriven för hand. Dölj den om den inte ska vara med."))
        before = sentence.text
        sentence.edited_text, sentence.basis = None, ""
        keep_change(actor, sentence, part, What.RESTORED, "picture.sentence_restored", before)
        return sentence


def hide_sentence(
    *, actor: Viewer, sentence: Sentence, version: int, hidden: bool = True
) -> Sentence:
    """Leave the sentence out of the picture, or take it in again."""
    with transaction.atomic():
        sentence, part = opened(actor, sentence)
        same_version(known=version, stands=sentence.version, yours="", theirs=sentence.text)
        if sentence.is_hidden == hidden:
            return sentence
        sentence.is_hidden = hidden
        what, verb = (
            (What.HIDDEN, "picture.sentence_hidden")
            if hidden
            else (What.SHOWN, "picture.sentence_shown")
        )
        keep_change(actor, sentence, part, what, verb, sentence.text)
        return sentence


def add_sentence(*, actor: Viewer, picture: Picture, section: str, text: str) -> Sentence:
    """Add a sentence by hand, last in its section, in the actor's own part.

    Raises UserError for an unknown section or a text that cannot be kept.
    """
    from samsyn.domains.situation.sections import SECTIONS

    if section not in SECTIONS:
        raise UserError(_("Avsnittet finns inte. Ladda om sidan och försök igen."))
    with transaction.atomic():
        part = open_part(actor, own_part(actor, open_picture(picture)))
        last = part.picture.sentences.filter(section=section).aggregate(last=Max("order"))["last"]
        sentence = Sentence(
            picture=part.picture,
            part=part,
            section=section,
            key=f"added-{uuid.uuid4().hex[:12]}",
            order=(last or SECTIONS[section].order * 1000) + 1,
            edited_text=fit_to_keep(text, longest=LONGEST),
            edited_by_id=actor.user,
            edited_by_label=actor.label,
            edited_at=clock.now(),
            is_added=True,
            version=0,
        )
        keep_change(actor, sentence, part, What.ADDED, "picture.sentence_added", "")
        return sentence


def opened(actor: Viewer, sentence: Sentence) -> tuple[Sentence, Part]:
    """Return the sentence as it stands now and its part, locked and open to the actor."""
    part = open_part(actor, sentence.part)
    return Sentence.objects.select_for_update(of=("self",)).get(pk=sentence.pk), part


def own_part(actor: Viewer, picture: Picture) -> Part:
    """Return the part in which the actor writes: her party's own, the scope's before others."""
    parts = list(picture.parts.select_related("organisation"))
    parts.sort(key=lambda part: part.organisation_id != picture.scope_id)
    for part in parts:
        if actor.is_system or rules.is_own(actor, part):
            return part
    raise NotAllowed(_("Din organisation har ingen del i lägesbilden. Skriv ett bidrag i stället."))


def keep_change(
    actor: Viewer, sentence: Sentence, part: Part, what: SentenceChange.What, verb: str, before: str
) -> None:
    """Save the sentence, its history and the log row."""
    sentence.version += 1
    sentence.save()
    SentenceChange.objects.create(
        sentence=sentence, what=what, before=before, after=sentence.text, by_label=actor.label
    )
    touch(part.picture)
    record(
        actor,
        verb,
        part.picture,
        organisation=part.organisation_id,
        section=sentence.section,
        key=sentence.key,
        version=sentence.version,
    )
