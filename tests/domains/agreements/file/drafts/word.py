"""Makes dalsby.docx, an invented agreement with what Word files have: numbered headings, lists, tables, headers.

Run: python tests/domains/agreements/file/drafts/word.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document

FORUMS = [
    ("Forum", "Funktioner", "Frekvens", "Sammankallande"),
    (
        "Strategisk styrgrupp",
        "Kommundirektör, socialchef, lokalpolisområdeschef, vd Dalsbyhus",
        "En gång per kvartal",
        "Kommundirektör",
    ),
    (
        "Samverkansgrupp",
        "Trygghetssamordnare, kommunpolis, enhetschef fritid, fastighetschef Dalsbyhus",
        "Var fjärde vecka, ej juli",
        "Trygghetssamordnare",
    ),
]
SIGNATURES = [
    ("För Dalsby kommun", "För Polismyndigheten", "För Dalsbyhus AB"),
    ("Ort och datum: Dalsby 2025-05-20", "Dalsby 2025-05-20", "Dalsby 2025-05-20"),
    ("Kommunstyrelsens ordförande", "Lokalpolisområdeschef", "Verkställande direktör"),
]


def build() -> Any:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Dalsby kommun  Samverkansöverenskommelse"
    section.footer.paragraphs[0].text = "Sida 1"
    document.add_heading("Samverkansöverenskommelse 2025–2029", 0)
    document.add_paragraph(
        "Dalsby kommun, Polismyndigheten genom lokalpolisområde Dalälvsdalen och Dalsbyhus AB"
    )
    document.add_heading("1 Syfte", 1)
    document.add_paragraph(
        "Överenskommelsen syftar till att skapa långsiktighet i det brottsförebyggande arbetet i Dalsby. "
        "Arbetet har bedrivits i samverkan sedan 2015."
    )
    document.add_heading("2 Organisation", 1)
    document.add_heading("2.1 Forum", 2)
    _table(document, FORUMS)
    document.add_heading("2.2 Arbetsgrupper", 2)
    document.add_paragraph(
        "Styrgruppen kan vid behov tillsätta arbetsgrupper. En arbetsgrupp ska få ett skriftligt uppdrag."
    )
    document.add_heading("3 Åtaganden", 1)
    document.add_heading("3.1 Kommunens åtaganden", 2)
    for words in (
        "Ansvara för att en kommunövergripande lägesbild tas fram vartannat år.",
        "Årligen följa upp åtgärdsplanen.",
        "Erbjuda föräldrastödsutbildning varje termin.",
    ):
        document.add_paragraph(words, style="List Bullet")
    document.add_heading("3.2 Polisens åtaganden", 2)
    for words in (
        "Bidra med underlag till lägesbilden.",
        "Närvara på fritidsgården minst två gånger per månad.",
    ):
        document.add_paragraph(words, style="List Bullet")
    document.add_heading("3.3 Dalsbyhus åtaganden", 2)
    for words in (
        "Rapportera störningar och skadegörelse löpande.",
        "Delta i en trygghetsvandring per år.",
    ):
        document.add_paragraph(words, style="List Bullet")
    document.add_heading("4 Giltighetstid", 1)
    document.add_paragraph(
        "Överenskommelsen gäller under perioden 1 juni 2025 till och med 31 maj 2029. "
        "Den utvärderas under våren 2029 och ersätter tidigare överenskommelse från 2021."
    )
    document.add_heading("5 Bilagor", 1)
    for words in ("Lokal lägesbild 2025", "Åtgärdsplan 2025–2027"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph(
        "Bilagorna revideras vid behov och undertecknas av samtliga parter för att vara giltiga."
    )
    document.add_heading("Underskrifter", 1)
    _table(document, SIGNATURES)
    return document


def _table(document: Any, rows: list[tuple[str, ...]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words


if __name__ == "__main__":
    build().save(str(Path(__file__).parent / "dev" / "dalsby.docx"))
