"""The folder for the municipality's registry: every decided document with its answers, and their metadata."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Sequence
from typing import IO, Any

from samsyn.base.files.models import StoredFile
from samsyn.domains.agreements.documents.wording import doubt_words
from samsyn.domains.agreements.file import WORDS
from samsyn.domains.agreements.models import Agreement, DocumentVersion
from samsyn.outputs.csv_ import harmless

# The same content gives the same folder, byte for byte.
TIME = (1980, 1, 1, 0, 0, 0)
COLUMNS = (
    "diarienummer", "dokument", "slag", "version", "läge", "dokumentets datum", "föredragen",
    "föredragen för", "beslutad", "beslutad av", "paragraf", "gäller från", "gäller sedan", "upphörde",
    "fil", "sha256", "filen oförändrad",
)  # fmt: skip
MEMORY = 8_000_000


def registry_folder(agreement: Agreement, versions: Sequence[DocumentVersion]) -> IO[bytes]:
    """Return the folder as an open zip file: one folder per diary number, `metadata.json` and `metadata.csv`."""
    out = tempfile.SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        rows = [entry(folder, version) for version in versions]
        whole = {"avtal": agreement.code, "titel": agreement.title, "handlingar": rows}
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        write(folder, "metadata.json", text.encode())
        write(folder, "metadata.csv", table(rows))
    out.seek(0)
    return out


def entry(folder: zipfile.ZipFile, version: DocumentVersion) -> dict[str, Any]:
    """Write the files of one version; return what is said of it."""
    document = version.document
    place = f"{safe(version.diary_number)}/{safe(document.called)}-v{version.number}"
    path, unchanged = copied(folder, version.file, place)
    kinds = [WORDS["document.kind"].get(kind, kind) for kind in document.kinds]
    values = (
        version.diary_number, document.title, ", ".join(kinds), version.number,
        version.get_stage_display(), version.dated, day(version.presented_on), version.presented_to,
        day(version.decided_on), version.decided_by, version.decision, day(version.valid_from),
        day(version.became_valid_on), day(version.ended_on), path, version.checksum, unchanged,
    )  # fmt: skip
    answers = [one for one in version.signatures.all() if one.withdrawn_at is None]
    return {
        **dict(zip(COLUMNS, values, strict=True)),
        "gäller genom avtalet": version.through_agreement,
        "svar": [
            {
                "part": str(one.party),
                "funktion": one.function,
                "sätt": str(one.get_means_display()),
                "ort": one.place,
                "datum": one.signed_on,
                "tveksamt": doubt_words(one.doubts),
                "sha256": one.checksum,
                "fil": copied(folder, one.file, f"{place}-svar-{one.pk}")[0] if one.file else "",
            }
            for one in answers
        ],
    }


def copied(folder: zipfile.ZipFile, stored: StoredFile, place: str) -> tuple[str, bool]:
    """Copy a file into the folder; return its path there and whether its bytes are those once stored."""
    path = f"{place}-{safe(stored.name)}"
    content = stored.path.read_bytes() if stored.path.exists() else b""
    write(folder, path, content)
    return path, hashlib.sha256(content).hexdigest() == stored.sha256


def write(folder: zipfile.ZipFile, path: str, content: bytes) -> None:
    info = zipfile.ZipInfo(path, TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    folder.writestr(info, content)


def table(rows: Sequence[dict[str, Any]]) -> bytes:
    """`;`-separated UTF-8 with a byte order mark, as Swedish spreadsheets open it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*COLUMNS, "svar"])
    for row in rows:
        answers = " | ".join(
            f"{one['part']}, {one['funktion']}, {one['datum']}" for one in row["svar"]
        )
        cells = [said(row[column]) for column in COLUMNS]
        writer.writerow([harmless(cell) for cell in (*cells, answers)])
    return out.getvalue().encode("utf-8-sig")


def said(value: object) -> str:
    return {True: "ja", False: "nej"}[value] if isinstance(value, bool) else str(value)


def day(value: Any) -> str:
    return value.isoformat() if value else ""


def safe(text: str) -> str:
    """A name that every file system takes."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-.")[:80] or "handling"
