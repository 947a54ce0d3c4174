"""How the picture's texts are shown in templates."""

from __future__ import annotations

import datetime as dt

from django import template

from samsyn.base.clock import SWEDEN
from samsyn.formats import swedish
from samsyn.outputs.blocks import Table

register = template.Library()


@register.filter
def iso_moment(text: str) -> str:
    """Show ISO text as a Swedish moment."""
    return swedish.moment(dt.datetime.fromisoformat(text).astimezone(SWEDEN))


@register.filter
def cells(table: Table) -> list[list[tuple[str, bool]]]:
    """Return each row as its cells, each with whether its column is of figures and stands to the right."""
    return [
        [(cell, column.is_number) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
