"""Reading pictures: each function shows what the viewer may see, and no more."""

from samsyn.domains.situation.selectors.finding import history, picture_of_week, pictures
from samsyn.domains.situation.selectors.linked import LinkedPart, part_behind_link
from samsyn.domains.situation.selectors.rows import RowsBehind, rows_behind
from samsyn.domains.situation.selectors.showing import (
    frozen_picture,
    shown_picture,
    title_of,
    unsaved_picture,
)

__all__ = [
    "LinkedPart",
    "RowsBehind",
    "frozen_picture",
    "history",
    "part_behind_link",
    "picture_of_week",
    "pictures",
    "rows_behind",
    "shown_picture",
    "title_of",
    "unsaved_picture",
]
