"""What every reader stands on: sources, errors, results, text decoding and masking."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

MAX_FILE_BYTES = 250 * 1024 * 1024
MAX_UNPACKED_BYTES = 500 * 1024 * 1024

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

T = TypeVar("T")
Source = Path | str | bytes


class FormatError(Exception):
    """The whole file cannot be used. The message is plain Swedish: what, why, what to do.

    Parameters: `what` happened, `why`, and what the reader of the message can `do`;
    each one sentence or more, with its full stop.
    """

    def __init__(self, what: str, why: str = "", do: str = "") -> None:
        self.what, self.why, self.do = what, why, do
        super().__init__(" ".join(part for part in (what, why, do) if part))


class CellError(Exception):
    """A cell that makes its row unusable; readers turn it into a RowError.

    `column` is a header or a role, `value` the text as it stood: masked or shortened later.
    """

    def __init__(self, column: str | None, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


@dataclass(frozen=True, slots=True)
class RowError:
    """One row, or one cell, that could not be used.

    `row` is counted as the reader of the file counts: from 1, the header included; for JSON the
    element's place in the array from 1. `value` is masked or shortened, never personal data.
    """

    row: int
    column: str | None
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of the file itself; `sha256` is of the bytes as delivered (packed or not)."""

    name: str
    size: int
    sha256: str
    encoding: str | None = None
    compressed: bool = False
    sheet: str | None = None


@dataclass(slots=True)
class ReadResult(Generic[T]):
    """The rows that could be read, and everything that should be known about those that could not.

    `errors` are rows that were left out, `warnings` rows that were kept but look doubtful,
    `notes` remarks about the file as a whole (plain Swedish), `counts` figures by name.
    """

    kind: str
    facts: FileFacts
    rows: list[T] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """The unpacked bytes of a source with the facts about it."""

    data: bytes
    facts: FileFacts


def read_content(source: Source, *, max_bytes: int = MAX_UNPACKED_BYTES) -> Content:
    """Read a path or bytes whole, unpacking gzip, never more than `max_bytes` unpacked.

    Raises FormatError when the file is missing, empty, too large or a broken gzip.
    """
    raw, name = (source, "") if isinstance(source, bytes) else _read_path(Path(source))
    if len(raw) > min(MAX_FILE_BYTES, max_bytes):
        raise _too_large(min(MAX_FILE_BYTES, max_bytes))
    packed = raw.startswith(GZIP_MAGIC)
    data = _gunzip(raw, max_bytes) if packed else raw
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FormatError(
            "Filen är tom.",
            "Den innehåller inga uppgifter.",
            "Hämta filen igen och försök på nytt.",
        )
    digest = hashlib.sha256(raw).hexdigest()
    return Content(data, FileFacts(name, len(raw), digest, compressed=packed))


def _read_path(path: Path) -> tuple[bytes, str]:
    try:
        if path.is_file() and path.stat().st_size > MAX_FILE_BYTES:
            raise _too_large(MAX_FILE_BYTES)
        return path.read_bytes(), path.name
    except (OSError, ValueError) as error:
        reason = (
            "Den finns inte." if isinstance(error, FileNotFoundError) else "Den går inte att läsa."
        )
        raise FormatError(
            "Filen kunde inte öppnas.", reason, "Kontrollera sökvägen och försök igen."
        ) from error


def _too_large(limit: int) -> FormatError:
    return FormatError(
        "Filen är för stor.",
        f"Gränsen är {limit // (1024 * 1024)} MB uppackad.",
        "Dela upp filen och läs in delarna var för sig.",
    )


def _gunzip(raw: bytes, limit: int) -> bytes:
    """Unpack all members of a gzip file, stopping at the limit: a bomb costs no more than that."""
    parts: list[bytes] = []
    size = 0
    rest = raw
    try:
        while rest.startswith(GZIP_MAGIC):
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            part = member.decompress(rest, limit - size + 1)
            size += len(part)
            if size > limit:
                raise _too_large(limit)
            if not member.eof:
                raise zlib.error("truncated")
            parts.append(part)
            rest = member.unused_data
    except zlib.error as error:
        raise FormatError(
            "Den packade filen går inte att packa upp.",
            "Den är skadad eller avbruten.",
            "Hämta filen igen och försök på nytt.",
        ) from error
    return b"".join(parts)


def decode_text(data: bytes) -> tuple[str, str]:
    """Decode text in UTF-8 (with or without BOM), UTF-16 with BOM, or ISO-8859-1/Windows-1252.

    Returns the text and the name of the encoding. Raises FormatError for binary content.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_or_fail(data, "utf-16")
    if b"\x00" in data:
        raise not_text()
    if data.startswith(b"\xef\xbb\xbf"):
        return _decode_or_fail(data, "utf-8-sig")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if len(re.findall(rb"[\x01-\x08\x0e-\x1f\x7f]", data[:65536])) > 2:
        raise not_text()
    try:
        # bytes 80–9F are control characters in ISO-8859-1 but letters and dashes in Windows-1252
        if re.search(rb"[\x80-\x9f]", data):
            return data.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError:
        pass
    return data.decode("iso-8859-1"), "iso-8859-1"


def _decode_or_fail(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise not_text() from error


def not_text() -> FormatError:
    """The error for a file that should be text and is not."""
    return FormatError(
        "Filen är inte en textfil.",
        "Innehållet går inte att tolka som text.",
        "Kontrollera att du valde rätt fil, eller spara om den som CSV (UTF-8).",
    )


_HARMLESS = re.compile(r"[0-9.,:/\-+ ]{1,20}")


def mask_value(value: object) -> str:
    """The shape of a value, for error lists: letters become `a`, digits `9`.

    Short figures such as dates, times and codes (at most eight digits) are kept, because they
    name nobody and are what the reader needs to find the fault.
    """
    text = str(value).strip()
    digits = sum(c.isdigit() for c in text)
    if _HARMLESS.fullmatch(text) and digits <= 8:
        return text
    shape = "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in text[:20])
    return shape + ("…" if len(text) > 20 else "")


def shorten_value(value: object, length: int = 40) -> str:
    """A value from a public source on one line, at most `length` characters."""
    text = " ".join(str(value)[: length * 4].split())
    return text if len(text) <= length else text[: length - 1] + "…"


def split_lines(text: str) -> Iterator[str]:
    """Lines of any line-ending style, for the csv module, without copying the text."""
    start = 0
    for match in re.finditer(r"\r\n|\r|\n", text):
        yield text[start : match.start()] + "\n"
        start = match.end()
    if start < len(text):
        yield text[start:]


_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")


def parse_number(text: str) -> float | None:
    """A Swedish or English number: space, nbsp as thousands; comma or point as decimal.

    Returns None when the text is not a finite number.
    """
    compact = _SPACES.sub("", text).replace("−", "-")
    if not re.fullmatch(r"[+-]?\d{1,15}([.,]\d{1,12})?", compact, re.ASCII):
        return None
    return float(compact.replace(",", "."))


def normalise_header(text: object) -> str:
    """A header for comparison: lower case, punctuation and repeated space reduced to one space."""
    return " ".join(re.sub(r"[^0-9a-zåäöéü%]+", " ", str(text or "").casefold()).split())
