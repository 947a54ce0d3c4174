"""The agenda: built from what is due, then the coordinator's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.files.store import remove_file, store_file
from samsyn.base.links import Link
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.meetings import slots
from samsyn.domains.meetings.models import AgendaItem, Assignment, Meeting, Paper
from samsyn.domains.meetings.rules.agenda import ItemKind, ProposedItem, added
from samsyn.domains.meetings.selectors.agenda import proposals_for
from samsyn.domains.meetings.selectors.document_items import SOURCE, versions_of
from samsyn.domains.meetings.services.guarded import (
    fit_to_keep,
    needed,
    open_meeting,
    refuse_trace,
    require_holder,
    touch,
)

PAPER_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


KINDS = [str(kind) for kind in ItemKind]
# What the agenda follows until the summons has gone: it changes with the days.
FOLLOWING = (ItemKind.FOLLOW_UP, ItemKind.COMMITMENT, ItemKind.DECISION, ItemKind.PICTURE)


def refresh_agenda(meeting: Meeting) -> list[AgendaItem]:
    """Add what wants to be on the agenda and is not there; what somebody has written stays.

    Until the summons has gone, what follows the days is brought up to date, and what is no longer
    due goes. Called in a transaction. Returns the new items.
    """
    existing = {item.source: item for item in meeting.items.exclude(source="")}
    sources = [proposals_for(meeting), *(source(meeting) for _key, source in slots.agenda_items)]
    proposed = [item for source in sources for item in source]
    if meeting.state == Meeting.State.PLANNED:
        follow_the_days(existing, proposed)
    for one in proposed:
        if one.source in existing:
            add_papers(existing[one.source], one)
    made = [add_proposed(meeting, item) for item in added(existing, proposed)]
    renumber(meeting, new=len(made))
    return made


def follow_the_days(existing: dict[str, AgendaItem], proposed: Iterable[ProposedItem]) -> None:
    """Bring the texts of what follows the days up to date, and drop what is no longer due."""
    wanted = {item.source: item for item in proposed}
    taken_up = {
        f"{SOURCE}{key}"
        for key, version in versions_of(existing.values()).items()
        if version.state in (State.DRAFT, State.PRESENTED)
    }
    for source, item in list(existing.items()):
        if item.kind not in FOLLOWING or item.notes or source.startswith("need:"):
            continue
        if source in taken_up:
            continue
        if source in wanted:
            item.title, item.text = wanted[source].title[:200], wanted[source].text[:2000]
            item.save(update_fields=["title", "text"])
        elif not item.decisions.exists() and not item.assignments.exists():
            existing.pop(source)
            item.delete()


def add_papers(item: AgendaItem, proposed: ProposedItem) -> None:
    """Add the proposed papers that the item lacks."""
    there = set(item.papers.values_list("link_kind", "link_key"))
    Paper.objects.bulk_create(
        Paper(
            item=item, title=paper.title[:200], link_kind=paper.link.kind, link_key=paper.link.key
        )
        for paper in proposed.papers
        if paper.link is not None and (paper.link.kind, paper.link.key) not in there
    )


def add_proposed(meeting: Meeting, proposed: ProposedItem) -> AgendaItem:
    """Write one proposed item with its papers."""
    assignment = None
    if proposed.source.startswith("assignment:"):
        assignment = Assignment.objects.get(pk=proposed.source.partition(":")[2])
    item = AgendaItem.objects.create(
        meeting=meeting,
        order=next_order(meeting),
        kind=proposed.kind,
        source=proposed.source,
        subject=proposed.subject,
        clause=proposed.clause,
        title=proposed.title[:200],
        text=proposed.text[:2000],
        proposal=proposed.proposal[:2000],
        assignment=assignment,
    )
    add_papers(item, proposed)
    return item


def next_order(meeting: Meeting) -> int:
    last: int | None = meeting.items.aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def renumber(meeting: Meeting, *, new: int = 0) -> None:
    """Give the items the numbers 1, 2, 3 … with the closing one last.

    `new` is how many were just added, last. Until the summons has gone they go among their kind, unless
    somebody has moved the items; after it they go last, so that the numbers in the summons hold.
    """
    items = list(meeting.items.order_by("order", "pk"))
    ranks = [KINDS.index(item.kind) for item in items[: len(items) - new]]
    if meeting.state == Meeting.State.PLANNED and ranks == sorted(ranks):
        items.sort(key=lambda item: KINDS.index(item.kind))
    items.sort(key=lambda item: item.kind == ItemKind.CLOSING)
    write_order(items)


def write_order(items: Iterable[AgendaItem]) -> None:
    for number, item in enumerate(items, start=1):
        if item.order != number:
            AgendaItem.objects.filter(pk=item.pk).update(order=number)


def rebuild_agenda(*, actor: Viewer, meeting: Meeting) -> list[AgendaItem]:
    """Add what has become due since the agenda was made."""
    require_holder(actor, meeting)
    refuse_trace(meeting)
    with transaction.atomic():
        meeting = open_meeting(meeting)
        made = refresh_agenda(meeting)
        if made:
            touch(meeting)
            record(
                actor,
                "meeting.agenda_changed",
                meeting,
                organisation=meeting.municipality_id,
                added=len(made),
            )
        return made


def add_item(
    *, actor: Viewer, meeting: Meeting, title: str, text: str = "", proposal: str = "", presenter: str = "",
    subject: str = "",
) -> AgendaItem:  # fmt: skip
    """Add an item by hand, before the closing one."""
    require_holder(actor, meeting)
    refuse_trace(meeting)
    title = needed(title, longest=200, what=_("Rubriken"))
    with transaction.atomic():
        meeting = open_meeting(meeting)
        item = AgendaItem.objects.create(
            meeting=meeting,
            order=next_order(meeting),
            kind=ItemKind.DECISION if proposal.strip() else ItemKind.INFORMATION,
            title=title,
            subject=subject,
            text=fit_to_keep(text, longest=2000),
            proposal=fit_to_keep(proposal, longest=2000),
            presenter=fit_to_keep(presenter, longest=120, names_allowed=True),
        )
        renumber(meeting, new=1)
        changed(actor, meeting, item)
        return item


def change_item(
    *,
    actor: Viewer,
    item: AgendaItem,
    title: str,
    text: str = "",
    proposal: str = "",
    presenter: str = "",
) -> AgendaItem:
    """Change what an item says."""
    require_holder(actor, item.meeting)
    title = needed(title, longest=200, what=_("Rubriken"))
    with transaction.atomic():
        meeting = open_meeting(item.meeting)
        item.title, item.text = title, fit_to_keep(text, longest=2000)
        item.proposal = fit_to_keep(proposal, longest=2000)
        item.presenter = fit_to_keep(presenter, longest=120, names_allowed=True)
        item.save(update_fields=["title", "text", "proposal", "presenter"])
        changed(actor, meeting, item)
        return item


def move_item(*, actor: Viewer, item: AgendaItem, step: int) -> None:
    """Move an item one step up (-1) or down (1)."""
    require_holder(actor, item.meeting)
    with transaction.atomic():
        meeting = open_meeting(item.meeting)
        items = list(meeting.items.order_by("order", "pk"))
        here = next(place for place, one in enumerate(items) if one.pk == item.pk)
        there = here + (1 if step > 0 else -1)
        if not 0 <= there < len(items):
            return
        items[here], items[there] = items[there], items[here]
        write_order(items)
        changed(actor, meeting, item)


def remove_item(*, actor: Viewer, item: AgendaItem) -> None:
    """Take an item off the agenda; UserError where something has been decided or written in it."""
    require_holder(actor, item.meeting)
    with transaction.atomic():
        meeting = open_meeting(item.meeting)
        if item.notes or item.decisions.exists() or item.assignments.exists():
            raise UserError(
                _("Punkten har anteckningar, beslut eller uppdrag. Den kan inte tas bort.")
            )
        files = [paper.file for paper in item.papers.all() if paper.file is not None]
        record(
            actor,
            "meeting.agenda_changed",
            meeting,
            organisation=meeting.municipality_id,
            removed=item.title,
        )
        item.delete()
        for stored in files:
            remove_file(actor=actor, stored=stored)
        renumber(meeting)
        touch(meeting)


def changed(actor: Viewer, meeting: Meeting, item: AgendaItem) -> None:
    touch(meeting)
    record(
        actor, "meeting.agenda_changed", meeting, organisation=meeting.municipality_id, item=item.pk
    )


def add_paper(
    *, actor: Viewer, item: AgendaItem, title: str, name: str, chunks: Iterable[bytes]
) -> Paper:
    """Add an uploaded file as a paper. Raises UserError for a kind of file that is not a document."""
    require_holder(actor, item.meeting)
    suffix = "." + name.rpartition(".")[2].lower()
    if suffix not in PAPER_TYPES:
        raise UserError(
            _(
                "Filen är inte ett dokument som går att läsa här. Använd PDF, Word, Excel eller en bild."
            )
        )
    title = fit_to_keep(title or name.rpartition(".")[0], longest=200, names_allowed=True)
    with transaction.atomic():
        meeting = open_meeting(item.meeting)
        stored = store_file(
            actor=actor,
            organisation=meeting.municipality,
            name=name,
            chunks=chunks,
            media_type=PAPER_TYPES[suffix],
        )
        paper = Paper.objects.create(item=item, title=title or stored.name, file=stored)
        touch(meeting)
        record(
            actor,
            "meeting.paper_added",
            meeting,
            organisation=meeting.municipality_id,
            item=item.pk,
        )
        return paper


def link_paper(*, actor: Viewer, item: AgendaItem, title: str, link: Link) -> Paper:
    """Add something in the system as a paper."""
    require_holder(actor, item.meeting)
    title = fit_to_keep(title, longest=200, names_allowed=True)
    with transaction.atomic():
        meeting = open_meeting(item.meeting)
        paper = Paper.objects.create(item=item, title=title, link_kind=link.kind, link_key=link.key)
        touch(meeting)
        record(
            actor,
            "meeting.paper_added",
            meeting,
            organisation=meeting.municipality_id,
            item=item.pk,
        )
        return paper


def remove_paper(*, actor: Viewer, paper: Paper) -> None:
    """Take a paper away, its file too."""
    meeting = paper.item.meeting
    require_holder(actor, meeting)
    with transaction.atomic():
        meeting = open_meeting(meeting)
        record(
            actor,
            "meeting.paper_removed",
            meeting,
            organisation=meeting.municipality_id,
            title=paper.title,
        )
        stored = paper.file
        paper.delete()
        if stored is not None:
            remove_file(actor=actor, stored=stored)
        touch(meeting)


def note_paper_opened(*, actor: Viewer, paper: Paper) -> None:
    """Write in the log that a paper was opened."""
    with transaction.atomic():
        record(
            actor,
            "meeting.paper_opened",
            paper.item.meeting,
            organisation=paper.item.meeting.municipality_id,
            paper=paper.pk,
            day=clock.today().isoformat(),
        )
