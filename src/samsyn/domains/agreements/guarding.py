"""The text guard between form and storage: no personal data in notes, reasons and reports (C05)."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.base.errors import UserError
from samsyn.privacy import guard


def fit_to_keep(text: str, *, longest: int = 500) -> str:
    """Return the text trimmed; UserError where it is too long or holds personal data. Nothing is logged."""
    text = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if len(text) > longest:
        raise UserError(_("Texten är längre än %(n)s tecken. Korta den.") % {"n": longest})
    found = [one for one in guard.check(text, get_language() or "sv") if one.severity == "block"]
    if found:
        said = dict.fromkeys(f"{one.why} {one.suggestion}" for one in found)
        raise UserError(" ".join([*said, _("Inget har sparats.")]))
    return text
