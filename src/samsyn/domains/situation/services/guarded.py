"""What every change asks first: is the picture open, is the text fit to be kept, has somebody been faster."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.base.access import Viewer
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.reports.guarding import require_storable
from samsyn.domains.situation import rules
from samsyn.domains.situation.models import Part, Picture


class EditConflict(UserError):
    """Two people wrote at the same time. `yours` was not kept, `theirs` stands."""

    def __init__(self, *, yours: str, theirs: str, version: int) -> None:
        self.yours, self.theirs, self.version = yours, theirs, version
        super().__init__(
            _(
                "Någon annan hann ändra texten medan du skrev. Din text är inte sparad. "
                "Jämför de två och spara igen.\nDin text: %(yours)s\nDen andras text: %(theirs)s"
            )
            % {"yours": yours, "theirs": theirs}
        )


def open_picture(picture: Picture) -> Picture:
    """Return the picture, locked for this transaction; UserError where it is finished."""
    locked = (
        Picture.objects.select_for_update(of=("self",)).select_related("scope").get(pk=picture.pk)
    )
    if locked.is_finished:
        raise UserError(_("Lägesbilden är färdig och fryst. Gör en ny utgåva om något ska rättas."))
    return locked


def open_part(viewer: Viewer, part: Part) -> Part:
    """Return the part, its picture locked; NotAllowed or UserError where nothing may be written in it."""
    picture = open_picture(part.picture)
    part = Part.objects.select_related("organisation").get(pk=part.pk)
    part.picture = picture
    if not rules.may_edit_part(viewer, part):
        raise NotAllowed(_("Delen hör till en annan part. Bara den parten kan ändra i den."))
    if part.releases.filter(withdrawn_at=None).exists():
        raise UserError(
            _("%(party)s har släppt sin del. Ta tillbaka släppet först, och ändra sedan.")
            % {"party": part.organisation.called}
        )
    return part


def fit_to_keep(text: str, *, longest: int, private: bool = False) -> str:
    """Return the text trimmed; UserError where it is empty, too long or holds personal data.

    `private`: written by a private company, where a doubt stops the text too (data rule 3).
    """
    text = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if not text:
        raise UserError(_("Texten är tom. Skriv något, eller dölj meningen."))
    if len(text) > longest:
        raise UserError(
            _("Texten är %(length)s tecken. Den får vara högst %(longest)s: korta den.")
            % {"length": len(text), "longest": longest}
        )
    require_storable(text, private=private)
    return text


def same_version(*, known: int, stands: int, yours: str, theirs: str) -> None:
    """Raise EditConflict where somebody else has written since `known` was read."""
    if known != stands:
        raise EditConflict(yours=yours, theirs=theirs, version=stands)


def touch(picture: Picture) -> None:
    """Count the change of the draft, so that an open page can see that it is old."""
    picture.version += 1
    picture.save(update_fields=["version"])
