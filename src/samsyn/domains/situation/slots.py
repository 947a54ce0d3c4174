"""What the picture offers the other rooms: things in the week ahead, and word of a finished version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from samsyn.base.slots import Slot

if TYPE_CHECKING:
    from samsyn.domains.situation.models import PictureVersion
    from samsyn.domains.situation.result import Ahead, Scope
    from samsyn.domains.situation.weeks import Week

# Entries for the fourteen days after the week: a promise that falls due, an inspection, a mailing.
week_ahead: Slot[Callable[[Scope, Week], Sequence[Ahead]]] = Slot("week_ahead")

# Called in the transaction that freezes a version.
finished: Slot[Callable[[PictureVersion], object]] = Slot("picture_finished")
