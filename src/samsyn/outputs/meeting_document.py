"""Summons and minutes as documents: the same plain values as the page, put into the house's blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from samsyn.formats import swedish
from samsyn.outputs.blocks import (
    Block,
    Column,
    DocumentSection,
    Line,
    Note,
    Paragraph,
    PictureDocument,
    Quote,
    Table,
)

Content = Mapping[str, Any]


def summons_document(content: Content) -> PictureDocument:
    """Return the summons: when and where, the agenda with its papers, what is to be decided, who is called."""
    return PictureDocument(
        kind=_("kallelse"),
        title=_("Kallelse: %(body)s") % {"body": content["body"]},
        subtitle=when(content),
        state_text=_("Utökat möte") if content["extended"] else _("Kallelse"),
        checksum="",
        facts=facts(content),
        sections=tuple(part for part in (agenda(content), called(content)) if part.blocks),
        banner=banner(content),
    )


def minutes_document(
    content: Content, *, checksum: str = "", diary_number: str = ""
) -> PictureDocument:
    """Return the minutes: who came, each paragraph with notes, decisions and assignments, who approved.

    `diary_number` is given after the minutes are frozen, and stands beside what is frozen.
    """
    light = content["form"] == "light"
    sections = [] if light else [attendance(content)]
    if content["notes"]:
        sections.append(
            DocumentSection("notes", _("Anteckningar"), tuple(said("notes", content["notes"])))
        )
    sections += [
        paragraph(item, light=light) for item in content["items"] if not light or has_content(item)
    ]
    if not light:
        sections.append(approval(content, checksum))
    return PictureDocument(
        kind=_("mötesanteckningar") if light else _("protokoll"),
        title=(_("Anteckningar: %(body)s") if light else _("Protokoll: %(body)s"))
        % {"body": content["body"]},
        subtitle=when(content),
        state_text=state_words(content, checksum),
        checksum=checksum,
        facts=(*facts(content), *(((_("Diarienummer"), diary_number),) if diary_number else ())),
        sections=tuple(part for part in sections if part.blocks),
        banner=banner(content) or ("" if checksum or light else _("Utkast, inte justerat.")),
    )


def state_words(content: Content, checksum: str) -> str:
    """Say whether the minutes are approved; of light notes nobody approves anything."""
    if content["form"] == "light":
        return _("Mötesanteckningar")
    return _("Justerat protokoll") if checksum else _("Protokoll, inte justerat")


def banner(content: Content) -> str:
    return _("Påhittade uppgifter, för visning.") if content["is_demo"] else ""


def when(content: Content) -> str:
    """Return `torsdag 12 mars 2026 kl. 09.00`."""
    start = dt.datetime.fromisoformat(content["starts_at"])
    text = _("%(day)s kl. %(time)s") % {
        "day": swedish.date(start.date(), weekday=True),
        "time": swedish.clock(start),
    }
    if content["ends_at"]:
        text += f"–{swedish.clock(dt.datetime.fromisoformat(content['ends_at']))}"
    return text


def facts(content: Content) -> tuple[tuple[str, str], ...]:
    found = [
        (_("Plats"), content["place"]),
        (_("Ordförande"), content["chair"]),
        (_("Sekreterare"), content["secretary"]),
        (_("Justerare"), content["adjuster"]),
    ]
    return tuple((label, value) for label, value in found if value)


def agenda(content: Content) -> DocumentSection:
    """The agenda as a table, then each item's background, proposal and papers."""
    columns = (Column(_("Ärende")), Column(_("Föredragande")), Column(_("Vad")))
    rows = tuple(
        (
            f"{item['number']}. {item['title']}",
            item["presenter"],
            _("Beslut") if item["proposal"] else "",
        )
        for item in content["items"]
    )
    blocks: list[Block] = []
    if content["occasion"]:
        blocks.append(Note(_("Extra möte: %(why)s") % {"why": content["occasion"]}, "caution"))
    blocks.append(filled(Table("agenda", _("Ärenden"), columns, rows)))
    for item in content["items"]:
        parts = [part for part in (item["text"], proposal_words(item), papers_words(item)) if part]
        if parts:
            blocks.append(Quote(f"{item['number']}. {item['title']}", "\n".join(parts)))
    return DocumentSection("agenda", _("Dagordning"), tuple(blocks))


def filled(table: Table) -> Table:
    """Return the table without the columns in which nothing stands."""
    kept = [
        place
        for place in range(len(table.columns))
        if place == 0 or any(row[place] for row in table.rows)
    ]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


def papers_words(item: Mapping[str, Any]) -> str:
    papers = ", ".join(paper["title"] for paper in item["papers"])
    return _("Handlingar: %(papers)s.") % {"papers": papers} if papers else ""


def proposal_words(item: Mapping[str, Any]) -> str:
    return (
        _("Förslag till beslut: %(wording)s") % {"wording": item["proposal"]}
        if item["proposal"]
        else ""
    )


def called(content: Content) -> DocumentSection:
    """The seats that are called with their parties, and who is invited to this meeting."""
    seats = tuple(
        (seat["seat"], seat["party"], _("Kallas till det här mötet") if seat["at_need"] else "")
        for seat in content["seats"]
        if seat.get("wanted", True)
    )
    guests = tuple(
        (one["who"], one["party"], f"{one['as']}: {one['item']}" if one["item"] else one["as"])
        for one in content.get("invited", ())
    )
    columns = (Column(_("Plats")), Column(_("Part")), Column(_("Som")))
    table = filled(Table("called", _("De som kallas"), columns, seats + guests))
    return DocumentSection("called", _("Kallas"), (table,) if seats else ())


def attendance(content: Content) -> DocumentSection:
    """Who came, party by party, and whether all parties were there."""
    rows = tuple(
        (seat["seat"], seat["party"], who_came(seat))
        for seat in content["seats"]
        if seat["present"] or not seat["at_need"]
    )
    guests = tuple((guest["as"], "", guest["who"]) for guest in content["guests"])
    columns = (Column(_("Plats")), Column(_("Part")), Column(_("Vem")))
    table = Table("attendance", _("Deltagare"), columns, rows + guests)
    return DocumentSection("attendance", _("Närvaro"), (table, Note(content["quorum"])))


def who_came(seat: Mapping[str, Any]) -> str:
    """Return who sat in the seat, and that it was a substitute where it was."""
    if not seat["present"]:
        return _("Inte\u00a0med")
    who = seat["who"] or _("Med")
    return _("%(who)s (ersättare)") % {"who": who} if seat["substitute"] else str(who)


def has_content(item: Mapping[str, Any]) -> bool:
    return bool(item["notes"] or item["decisions"] or item["assignments"])


def paragraph(item: Mapping[str, Any], *, light: bool) -> DocumentSection:
    """One item: its paragraph sign, what was said, what was decided and who got what to do."""
    sign = f"{item['number']}." if light else f"§ {item['number']}"
    blocks: list[Block] = []
    if item["text"]:
        blocks.append(Note(item["text"]))
    papers = papers_words(item)
    if papers:
        blocks.append(Note(papers))
    blocks += said(f"item-{item['number']}", item["notes"])
    for place, decision in enumerate(item["decisions"]):
        blocks += decided(f"{item['number']}-{place}", decision)
    if item["assignments"]:
        blocks.append(assignments(item))
    if not blocks:
        blocks.append(Note(_("Inget antecknat.")))
    return DocumentSection(f"item-{item['number']}", f"{sign} {item['title']}", tuple(blocks))


def said(key: str, text: str) -> list[Block]:
    """The notes, one paragraph per line as they were written."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [
        Paragraph(f"{key}-{place}", (Line(f"{key}-{place}", line),))
        for place, line in enumerate(lines)
    ]


def decided(key: str, decision: Mapping[str, Any]) -> list[Block]:
    """The decision with its outcome, and what each party said."""
    number = f" {decision['number']}" if decision["number"] else ""
    blocks: list[Block] = [
        Quote(f"{decision['outcome_words']}{number}", decision["wording"]),
        Note(why_words(decision), "caution" if decision["outcome"] == "blocked" else "plain"),
    ]
    if decision["stands"]:
        rows = tuple(
            (
                stand["party"],
                f"{stand['said']} ({_('skriftligt')})" if stand["in_writing"] else stand["said"],
                stand["reason"],
            )
            for stand in decision["stands"]
        )
        columns = (Column(_("Part")), Column(_("Besked")), Column(_("Skäl")))
        blocks.append(filled(Table(f"stands-{key}", _("Parternas besked"), columns, rows)))
    for place, gate in enumerate(decision["gates"]):
        blocks += condition(f"{key}-{place}", gate)
    return blocks


def why_words(decision: Mapping[str, Any]) -> str:
    """Say why, and under which diary number where there is one."""
    number = decision.get("diary_number", "")
    told = _("Diarienummer %(number)s.") % {"number": number} if number else ""
    return " ".join(part for part in (decision["why"], told) if part)


def condition(key: str, gate: Mapping[str, Any]) -> list[Block]:
    """What the agreement wanted before the decision: the questions with their answers, or that nothing was there."""
    if not gate["answer"]:
        return [Note(_("%(text)s Inget svar finns.") % {"text": gate["text"]}, "caution")]
    rows = tuple((question, answer) for question, answer in gate.get("parts", ()))
    if not rows:
        return [Note(f"{gate['text']} {gate['answer']}")]
    columns = (Column(_("Fråga")), Column(_("Svar")))
    caption = _("Före beslutet: %(required)s") % {"required": gate["required"]}
    note = " ".join(part for part in (gate["text"], gate["source"]) if part)
    return [Table(f"gate-{key}", caption, columns, rows, note=note)]


def assignments(item: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            one["title"] + (f". {one['text']}" if one["text"] else ""),
            one["to"],
            swedish.date(dt.date.fromisoformat(one["due"])) if one["due"] else "",
        )
        for one in item["assignments"]
    )
    columns = (Column(_("Uppdrag")), Column(_("Till")), Column(_("Senast")))
    return Table(f"assignments-{item['number']}", _("Uppdrag"), columns, rows)


def approval(content: Content, checksum: str) -> DocumentSection:
    """Who kept and who approved the minutes, and the checksum of what they approved."""
    rows = [(_("Sekreterare"), content["secretary"], "")]
    rows += [
        (one["as"], one["who"], swedish.moment(dt.datetime.fromisoformat(one["at"])))
        for one in content["approvals"]
    ]
    columns = (Column(_("Uppgift")), Column(_("Vem")), Column(_("Godkände")))
    blocks: list[Block] = [
        Table(
            "approval",
            _("De som svarar för protokollet"),
            columns,
            tuple(row for row in rows if row[1]),
        )
    ]
    if checksum:
        blocks.append(Note(_("Kontrollsumma (SHA-256): %(sum)s") % {"sum": checksum}))
    return DocumentSection("approval", _("Justering"), tuple(blocks))
