"""The text of an agreement out of a .txt or .docx file."""

from __future__ import annotations

import unicodedata
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
    """Text in UTF-8, UTF-16 or the old Windows and Mac code pages; nothing else is text."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_prose(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError("Filen är ingen textfil. Spara avtalet som .docx eller .txt.")


def _encodings(content: bytes) -> tuple[str, ...]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    zeros = content[:2000].count(0)
    if zeros > len(content[:2000]) // 4:
        return ("utf-16-le" if content[1:2] == b"\0" else "utf-16-be",)
    # In cp1252 Swedish letters of the old Mac page turn into signs that no text has.
    return ("utf-8-sig", "mac_roman", "cp1252") if _is_mac(content) else ("utf-8-sig", "cp1252", "mac_roman")  # fmt: skip


def _is_mac(content: bytes) -> bool:
    mac, windows = (sum(content.count(sign.encode(page)) for sign in "åäöÅÄÖ") for page in ("mac_roman", "cp1252"))  # fmt: skip
    return mac > 3 * windows + 3


def _is_prose(text: str) -> bool:
    """No zero bytes, and hardly any control signs."""
    odd = sum(unicodedata.category(sign) == "Cc" and sign not in "\n\r\t\f\v\x85" for sign in text[:20_000])  # fmt: skip
    return "\0" not in text and odd * 200 <= len(text[:20_000])


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
    """Paragraphs and tables in the order of the document, headings and lists as Word numbers them."""
    from docx.table import Table

    found: list[str] = []
    numbers: list[int] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found.append(_table(block))
            continue
        words = " ".join(block.text.split())
        style = str(block.style.name if block.style else "")
        listed = style.startswith(("List", "Punktlista", "Numrerad")) or _is_numbered(block)
        level = _heading_level(style)
        if words and level:
            found.append(_numbered_heading(words, level, numbers, numbered=_is_numbered(block)))
        else:
            found.append(f"- {words}" if words and listed else words)
    return found


def _is_numbered(block: Any) -> bool:
    return block._p.pPr is not None and block._p.pPr.numPr is not None


def _heading_level(style: str) -> int:
    name, _, level = style.rpartition(" ")
    return int(level) if name in ("Heading", "Rubrik") and level.isdigit() else 0


def _numbered_heading(words: str, level: int, numbers: list[int], *, numbered: bool) -> str:
    """A heading with the number that Word shows but does not store in the text."""
    del numbers[level:]
    numbers.extend([0] * (level - len(numbers)))
    numbers[level - 1] += 1
    if not numbered or words[:1].isdigit() or 0 in numbers:
        return words
    return f"{'.'.join(map(str, numbers))} {words}"


def _table(table: Any) -> str:
    """Rows with a tab between cells; rows of two cells are a label and what it holds."""
    rows = []
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        merged = len(dict.fromkeys(cells)) == 1 and len(cells) > 1
        rows.append(cells[:1] if merged else cells)
    if all(len(row) <= 2 for row in rows):
        pairs = [[cell for cell in row if cell] for row in rows]
        return "\n".join(
            f"- {pair[0].rstrip(':')}: {pair[1]}" if len(pair) == 2 else pair[0] for pair in pairs if pair
        )  # fmt: skip
    return "\n".join("\t".join(cell or "–" for cell in row) for row in rows if any(row))
