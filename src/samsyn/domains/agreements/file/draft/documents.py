"""The text of an agreement out of a .txt or .docx file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 200_000


class DocumentError(ValueError):
    """The file is no text that can be read; the message says why, in Swedish."""


def read_text(path: Path) -> str:
    """The prose of a .txt or .docx file, tables and lists included.

    Raises DocumentError with what is wrong, and OSError when the file cannot be opened.
    """
    if path.stat().st_size > MAX_BYTES:
        raise DocumentError("Filen är större än 20 MB. Spara den utan bilder och försök igen.")
    if path.suffix.casefold() == ".docx":
        text = _docx(path)
    elif path.suffix.casefold() in (".txt", ".md", ""):
        text = _plain(path.read_bytes())
    else:
        raise DocumentError(
            f"Filer av slaget ”{path.suffix}” går inte att läsa. Spara avtalet som .docx eller .txt."
        )
    refuse_long(text)
    if not text.strip():
        raise DocumentError(
            "Filen innehåller ingen text. En inskannad bild måste först läsas av till text."
        )
    return text


def refuse_long(text: str) -> None:
    """Raise DocumentError for what is too long to be an agreement."""
    if len(text) > MAX_CHARACTERS:
        raise DocumentError("Texten är för lång för ett avtal. Kontrollera att du valde rätt fil.")


def _plain(content: bytes) -> str:
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252",
    ):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError("Filen är ingen textfil. Spara avtalet som .docx eller .txt.")


def _docx(path: Path) -> str:
    from docx import Document  # python-docx takes long to import

    _refuse_bombs(path)
    try:
        document = Document(str(path))
        return "\n\n".join(part for part in _blocks(document) if part)
    except Exception as error:  # python-docx raises whatever its XML and zip readers raise
        raise DocumentError(
            "Filen går inte att läsa som Word. Öppna den i Word och spara om den som .docx."
        ) from error


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise DocumentError("Filen är ingen Word-fil, fast den heter .docx.") from error
    if unpacked > 10 * MAX_BYTES:
        raise DocumentError("Filen är orimligt stor uppackad. Spara om den utan bilder.")


def _blocks(document: Any) -> list[str]:
    """Paragraphs and tables in the order of the document; list items get a hyphen."""
    from docx.table import Table

    found: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found.extend(_rows(block))
            continue
        words = " ".join(block.text.split())
        style = str(block.style.name if block.style else "")
        listed = style.startswith("List") or (block._p.pPr is not None and block._p.pPr.numPr is not None)  # fmt: skip
        found.append(
            f"- {words}" if words and listed and not style.startswith("Heading") else words
        )
    return found


def _rows(table: Any) -> list[str]:
    """A row of two cells is a label and what it holds; others are read cell by cell."""
    found: list[str] = []
    for row in table.rows:
        cells = list(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
        cells = [cell for cell in cells if cell]
        if len(cells) == 2:
            found.append(f"- {cells[0].rstrip(':')}: {cells[1]}")
        else:
            found.extend(cells)
    return found
