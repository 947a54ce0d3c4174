"""How the picture's texts are shown in templates."""

from __future__ import annotations

import datetime as dt
import re

from django import template

from samsyn.base.clock import SWEDEN
from samsyn.formats import swedish

register = template.Library()
NUMBER = re.compile("[0-9<\u2212+–,\u00a0 %]+$")


@register.filter
def iso_moment(text: str) -> str:
    """Show ISO text as a Swedish moment."""
    return swedish.moment(dt.datetime.fromisoformat(text).astimezone(SWEDEN))


@register.filter
def looks_like_number(text: str) -> bool:
    """Tell whether a cell is figures, so that it stands to the right."""
    return bool(text) and NUMBER.match(text) is not None
