"""What the picture offers the other rooms: things in the week ahead, open assignments, a finished version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from samsyn.base.slots import Slot

if TYPE_CHECKING:
    from samsyn.domains.situation.models import PictureVersion
    from samsyn.domains.situation.result import Ahead, OpenAssignment, Scope
    from samsyn.domains.situation.weeks import Week

# Entries for the fourteen days after the week: a promise that falls due, an inspection, a mailing.
week_ahead: Slot[Callable[[Scope, Week], Sequence[Ahead]]] = Slot("week_ahead")

# The open assignments of the scope. Empty slot: no meetings are kept here yet, and the picture says so.
open_assignments: Slot[Callable[[Scope, Week], Sequence[OpenAssignment]]] = Slot("open_assignments")

# Called in the transaction that freezes a version, so that an agreement can take it as evidence.
finished: Slot[Callable[[PictureVersion], object]] = Slot("picture_finished")
