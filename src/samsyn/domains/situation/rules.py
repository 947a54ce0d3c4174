"""Pure decisions about a picture: who may write in which part, what stops it, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from samsyn.base.access import Viewer
from samsyn.domains.situation.models import Part, Picture
from samsyn.domains.situation.result import WeeklyNumbers

NextStep = Literal["edit", "release", "wait", "finish", "present", "none"]


def coordinates(viewer: Viewer, picture: Picture) -> bool:
    """Tell whether she holds the picture together: the municipality's coordinator; for a joint picture
    also the police area's kommunpolis."""
    return coordinates_scope(viewer, picture.scope)


def coordinates_scope(viewer: Viewer, scope: object) -> bool:
    """The same for an organisation that has no picture yet."""
    if viewer.is_system:
        return True
    key, kind = scope.pk, scope.kind  # type: ignore[attr-defined]
    if kind != "police_area":
        return key in viewer.organisations_where("pictures.coordinate")
    return key in viewer.organisations_where("pictures.contribute") or bool(
        viewer.municipalities_where("pictures.coordinate")
        & {place.pk for place in scope.municipalities.all()}  # type: ignore[attr-defined]
    )


def is_own(viewer: Viewer, part: Part) -> bool:
    """Tell whether the part is her own party's."""
    return part.organisation_id in viewer.organisations_where("pictures.contribute")


def may_see_part(viewer: Viewer, part: Part, *, is_released: bool) -> bool:
    """Her own, what is released, and as coordinator what the police delivered to her municipality;
    in a joint picture the sums, to those who hold it together."""
    if viewer.is_system or is_released or may_edit_part(viewer, part):
        return True
    return is_joint_sum(part) and coordinates(viewer, part.picture)


def is_joint_sum(part: Part) -> bool:
    """Tell whether the part holds the sums over the municipalities of a police area."""
    return part.organisation_id == part.picture.scope_id and part.organisation.kind == "police_area"


def may_edit_part(viewer: Viewer, part: Part) -> bool:
    """The party itself; the municipality's coordinator also the police's part, which she drafts for them."""
    if viewer.is_system or is_own(viewer, part):
        return True
    return (
        part.organisation.kind == "police_area"
        and part.picture.scope.kind == "municipality"
        and coordinates(viewer, part.picture)
    )


def may_release_part(viewer: Viewer, part: Part) -> bool:
    """Only the party itself; others' consent is recorded, or given by a link."""
    return part.organisation_id in viewer.organisations_where("pictures.release")


@dataclass(frozen=True)
class PartState:
    """How far one party is: what it has written and whether it has been released."""

    organisation: str
    has_content: bool
    is_released: bool
    is_left_out: bool

    @property
    def stops(self) -> bool:
        """Whether the picture cannot be finished because of this part."""
        return self.has_content and not self.is_released and not self.is_left_out


def parts_that_stop(states: list[PartState]) -> list[str]:
    """Return the parties whose part must be released, or left out, before the picture is finished."""
    return [state.organisation for state in states if state.stops]


def next_step(
    *, is_finished: bool, coordinates: bool, own: PartState | None, states: list[PartState]
) -> NextStep:
    """Return the one thing that comes next for the viewer."""
    if is_finished:
        return "present"
    if own is not None and own.stops:
        return "release"
    if parts_that_stop(states):
        return "wait"
    return "finish" if coordinates else "wait"


def masked(
    numbers: WeeklyNumbers, *, with_reports: bool, with_police_list: bool, with_plans: bool = True
) -> WeeklyNumbers:
    """Return the numbers without what the viewer may not see yet: another party's unreleased rows.

    Plans are what the municipality's own bodies have ahead and have given somebody to do.
    """
    if not with_plans:
        open_kinds = {"risk_date", "planned"}
        numbers = replace(
            numbers,
            ahead=tuple(entry for entry in numbers.ahead if entry.kind in open_kinds),
            assignments=None,
        )
    if not with_police_list:
        rows = tuple(row for row in numbers.registered.rows if row.source != "police_list")
        numbers = replace(
            numbers,
            registered=replace(numbers.registered, rows=rows),
            gaps=tuple(gap for gap in numbers.gaps if gap.kind != "missing_list"),
            sources=tuple(note for note in numbers.sources if note.kind != "police_list"),
        )
    if not with_reports:
        numbers = replace(
            numbers,
            reports=None,
            municipalities=(),
            ahead=tuple(entry for entry in numbers.ahead if entry.kind != "planned"),
            gaps=tuple(
                gap for gap in numbers.gaps if gap.kind in {"missing_list", "preliminary", "no_bra"}
            ),
            sources=tuple(note for note in numbers.sources if note.kind != "reports"),
            provenance=(),
        )
    return numbers
