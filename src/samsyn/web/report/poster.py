"""A link as a QR code."""

from __future__ import annotations

import io

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def address_of(token: str) -> str:
    """Return the whole address that the link's token opens."""
    return f"{settings.BASE_URL}{reverse('report:link_form', args=[token])}"


def qr_svg(token: str) -> SafeString:
    """Return the link as an SVG drawing with a title, to be put in a page. No colour but ink, no script."""
    import segno

    out = io.BytesIO()
    segno.make(address_of(token), error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=4,
        svgclass="qr",
        lineclass=None,
        title=_("QR-kod till rapportformuläret"),
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 - made by segno from our own address
