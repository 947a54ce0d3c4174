"""The annexes in the demo: the first ones came with the agreement, a new one waits for signatures. Invented."""

from __future__ import annotations

import datetime as dt

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.cli.demo.meetings import LAHOLM, workday
from samsyn.cli.demo.reports import MARK
from samsyn.domains.agreements.documents.models import DocumentVersion
from samsyn.domains.agreements.documents.services.answers import record_copy
from samsyn.domains.agreements.documents.services.versions import (
    accept_with_agreement,
    decide_version,
    open_annex,
    present_version,
    upload_version,
)
from samsyn.domains.agreements.models import Agreement
from samsyn.outputs.blocks import DocumentSection, Line, Paragraph, PictureDocument
from samsyn.outputs.pdf import render_pdf

FIRST = {
    "bilaga-1": ("Lokal lägesbild och orsaksanalys", "Tre platser återkommer: stationen, torget, hamnen."),
    "bilaga-2": ("Medborgarlöfte 2024", "Vi är på stationen varje fredagskväll till årets slut."),
    "bilaga-3": ("Åtgärdsplan", "Belysning, vuxna på plats och kvällsöppet i tre veckor av fyra."),
}  # fmt: skip
RENEWED = "bilaga-2"
PROMISE = "Vi är på stationen varje fredagskväll, och berättar varje månad vad det gav."


def add_documents() -> str:
    """Put in the annexes of Laholm's agreement; the renewed promise has one signature of three."""
    agreement = Agreement.objects.filter(code=LAHOLM, state=Agreement.State.STARTED).first()
    if agreement is None:
        return "Dokument: inga."
    for order, (annex, (title, text)) in enumerate(FIRST.items(), 1):
        version = add_version(agreement, annex, title, text, agreement.starts_on)
        accept_with_agreement(
            actor=SYSTEM, version=version, diary_number=f"KS {agreement.starts_on.year}/{order:04d}"
        )
    ahead = workday(clock.today() - dt.timedelta(days=24))
    if not agreement.starts_on < ahead <= (agreement.ends_on or ahead):
        return f"Dokument: {len(FIRST)} bilagor."
    sign_renewed(agreement, ahead)
    return f"Dokument: {len(FIRST)} bilagor, en ny version väntar på underskrift."


def add_version(
    agreement: Agreement, annex: str, title: str, text: str, day: dt.date
) -> DocumentVersion:
    document = open_annex(actor=SYSTEM, agreement=agreement, annex=annex)
    return upload_version(
        actor=SYSTEM, document=document, name=f"{annex}-{day.year}.pdf",
        content=paper(title, text, day), dated=day.isoformat(),
    )  # fmt: skip


def sign_renewed(agreement: Agreement, day: dt.date) -> None:
    """Present and decide the renewed promise at the council's last meeting; the municipality has signed."""
    title = f"Medborgarlöfte {day.year + 1}"
    version = add_version(agreement, RENEWED, title, PROMISE, day)
    version = present_version(actor=SYSTEM, version=version, on=day)
    version = decide_version(
        actor=SYSTEM, version=version, on=day, diary_number=f"KS {day.year}/0412"
    )
    record_copy(
        actor=SYSTEM, version=version, party=agreement.parties.get(ref="kommunen"),
        function="Kommunstyrelsens ordförande", signed_on=day.isoformat(), place="Laholm",
        name="medborgarlofte-undertecknat.pdf", content=paper(title, f"{PROMISE} Undertecknat.", day),
    )  # fmt: skip


def paper(title: str, text: str, day: dt.date) -> bytes:
    """Return a page of PDF that says it is invented."""
    line = Line("text", f"{MARK} {text}")
    section = DocumentSection("text", "Innehåll", (Paragraph("text", (line,)),))
    return render_pdf(
        PictureDocument(
            title=title, subtitle=f"Laholms kommun, {day.isoformat()}", state_text="Påhittat dokument",
            checksum="", facts=(), sections=(section,), banner="Demo: påhittat innehåll",
        )
    )  # fmt: skip
