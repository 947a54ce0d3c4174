"""Läget i avtalet as a document, for the council and for kommunfullmäktige (§ 13)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence

from samsyn.domains.agreements.judging import CommitmentStatus, Summary, summarize
from samsyn.domains.agreements.models import Agreement
from samsyn.formats import swedish
from samsyn.outputs.blocks import (
    Column,
    DocumentSection,
    Line,
    Paragraph,
    PictureDocument,
    Table,
)

STATES = {
    "done": "Uppfyllt",
    "due": "Förfaller",
    "late": "Försenat",
    "upcoming": "Kommer",
    "paused": "Uppehåll",
    "soft": "Följs",
    "not_applicable": "Gäller inte",
}
COLUMNS = (
    Column("Klausul"),
    Column("Åtagande"),
    Column("Läge"),
    Column("Varför"),
    Column("Ansvariga"),
)
ATTENTION = ("late", "due")


def summary_words(summary: Summary) -> str:
    """Say where the agreement stands: `12 av 14 uppfyllda, 1 förfaller inom 30 dagar, 1 försenad.`"""
    if summary.expired:
        return "Avtalet har gått ut. Allt går att läsa, ingenting förfaller."
    if not summary.judged:
        return f"Inget åtagande har ett bestämt datum. {summary.soft} följs löpande."
    parts = [f"{summary.done} av {summary.judged} uppfyllda"]
    if summary.upcoming:
        parts.append(f"{summary.upcoming} väntar på sin tid")
    if summary.soon:
        parts.append(f"{summary.soon} förfaller inom 30 dagar")
    if summary.late:
        parts.append(f"{summary.late} {'försenad' if summary.late == 1 else 'försenade'}")
    text = ", ".join(parts) + "."
    return f"{text} {summary.soft} följs utan datum." if summary.soft else text


def status_document(
    agreement: Agreement,
    statuses: Sequence[CommitmentStatus],
    at: dt.date,
    chosen: Sequence[tuple[str, str]] = (),
) -> PictureDocument:
    """Return the document: what needs attention first, then every commitment clause by clause.

    `chosen` tells what the commitments were chosen by (label, value); it stands in the document, so that
    a part is never read as the whole.
    """
    data = [each.to_json() for each in statuses]
    checksum = hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()
    urgent = [each for each in statuses if each.name in ATTENTION]
    sections = [
        DocumentSection(
            "sammanfattning",
            "Sammanfattning",
            (
                Paragraph(
                    "summa",
                    (Line("summa.1", summary_words(summarize(statuses, at))),),
                ),
            ),
        )
    ]
    if urgent:
        sections.append(
            DocumentSection(
                "kraver",
                "Det här kräver något",
                (table_of("kraver", "Försenat eller nära sitt datum", urgent),),
            )
        )
    sections.append(
        DocumentSection(
            "alla",
            "Alla åtaganden",
            (table_of("alla", "Åtaganden, klausul för klausul", statuses),),
        )
    )
    return PictureDocument(
        kind="läget i avtalet",
        title="Läget i avtalet",
        subtitle=agreement.title,
        state_text=f"Så som det stod {swedish.date(at)}.",
        checksum=checksum,
        facts=(
            ("Avtal", agreement.title),
            ("Gäller", term_words(agreement)),
            ("Läget den", swedish.date(at)),
            *((f"Urval: {label.lower()}", value) for label, value in chosen),
        ),
        sections=tuple(sections),
    )


def term_words(agreement: Agreement) -> str:
    if agreement.ends_on is None:
        return f"från {swedish.date(agreement.starts_on)}"
    return swedish.span(agreement.starts_on, agreement.ends_on)


def table_of(key: str, caption: str, statuses: Sequence[CommitmentStatus]) -> Table:
    return Table(
        key=key,
        caption=caption,
        columns=COLUMNS,
        rows=tuple(row_of(each) for each in statuses),
        is_dense=True,
    )


def row_of(each: CommitmentStatus) -> tuple[str, ...]:
    one = each.commitment
    place = f", {one.municipality.called}" if one.municipality else ""
    return (
        one.clause,
        f"{one.subject}{place}",
        STATES[each.name],
        each.state.why,
        ", ".join(one.responsible_names),
    )
