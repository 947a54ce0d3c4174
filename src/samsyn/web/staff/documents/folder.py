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

from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.files.models import StoredFile
from samsyn.domains.agreements.documents.wording import doubt_words
from samsyn.domains.agreements.file import WORDS
from samsyn.domains.agreements.models import Agreement, DocumentVersion
from samsyn.domains.meetings.models import Meeting
from samsyn.domains.meetings.selectors.content import canonical, checksum_of
from samsyn.formats.csv_out import harmless
from samsyn.outputs.meeting_document import minutes_document
from samsyn.outputs.pdf import render_pdf

# The same content gives the same folder, byte for byte.
TIME = (1980, 1, 1, 0, 0, 0)
MEMORY = 8_000_000


def columns() -> tuple[str, ...]:
    """Return the names of what is said of each paper, in the language of who fetches the folder."""
    return (
        _("diarienummer"), _("dokument"), _("slag"), _("version"), _("läge"), _("dokumentets datum"),
        _("föredragen"), _("föredragen för"), _("beslutad"), _("beslutad av"), _("paragraf"),
        _("gäller från"), _("gäller sedan"), _("upphörde"), _("fil"), _("sha256"), _("filen oförändrad"),
    )  # fmt: skip


def registry_folder(
    agreement: Agreement, versions: Sequence[DocumentVersion], minutes: Sequence[Meeting] = ()
) -> IO[bytes]:
    """Return the folder as an open zip file: one folder per diary number, `metadata.json` and `metadata.csv`.

    `minutes` are the approved meetings with a diary number; they stand after the documents, told in the
    same way.
    """
    out = tempfile.SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        rows = [entry(folder, version) for version in versions]
        rows += [minutes_entry(folder, meeting) for meeting in minutes]
        whole = {
            _("avtal"): agreement.code,
            _("titel"): agreement.title,
            _("handlingar"): rows,
        }
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
        **dict(zip(columns(), values, strict=True)),
        _("gäller genom avtalet"): version.through_agreement,
        _("svar"): [
            answer_row(
                party=str(one.party),
                function=one.function,
                means=str(one.get_means_display()),
                place=one.place,
                on=one.signed_on,
                doubts=doubt_words(one.doubts),
                checksum=one.checksum,
                file=copied(folder, one.file, f"{place}-svar-{one.pk}")[0] if one.file else "",
            )
            for one in answers
        ],
    }


def minutes_entry(folder: zipfile.ZipFile, meeting: Meeting) -> dict[str, Any]:
    """Write the minutes of one meeting, what was frozen and the same to read; return what is said of them."""
    place = f"{safe(meeting.diary_number)}/protokoll-{safe(meeting.body.name)}-{meeting.day.isoformat()}"
    path, read_path = f"{place}.json", f"{place}.pdf"
    write(folder, path, canonical(meeting.frozen))
    made = minutes_document(
        meeting.frozen, checksum=meeting.checksum, diary_number=meeting.diary_number
    )
    write(folder, read_path, render_pdf(made))
    approved = meeting.approved_at.astimezone(clock.SWEDEN).date() if meeting.approved_at else None
    values = (
        meeting.diary_number, str(meeting), _("protokoll"), 1, meeting.get_state_display(),
        day(meeting.day), "", "", day(approved), meeting.body.name, "", "", "", "", path,
        meeting.checksum, checksum_of(meeting.frozen) == meeting.checksum,
    )  # fmt: skip
    return {
        **dict(zip(columns(), values, strict=True)),
        _("att läsa"): read_path,
        _("svar"): [
            answer_row(
                party=meeting.body.name,
                function=str(one.get_given_as_display()),
                means=_("Godkänd i programmet"),
                on=day(one.given_at.astimezone(clock.SWEDEN).date()),
                checksum=meeting.checksum,
            )
            for one in meeting.approvals.all()
        ],
    }


def answer_row(
    *, party: str, function: str, means: str, on: str, checksum: str, place: str = "",
    doubts: str = "", file: str = "",
) -> dict[str, str]:  # fmt: skip
    """Return what is said of one approval or signature: by function, never by name."""
    return {
        _("part"): party,
        _("funktion"): function,
        _("sätt"): means,
        _("ort"): place,
        _("datum"): on,
        _("tveksamt"): doubts,
        _("sha256"): checksum,
        _("fil"): file,
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
    names, answered = columns(), _("svar")
    writer.writerow([*names, answered])
    for row in rows:
        answers = " | ".join(
            f"{one[_('part')]}, {one[_('funktion')]}, {one[_('datum')]}" for one in row[answered]
        )
        cells = [said(row[column]) for column in names]
        writer.writerow([harmless(cell) for cell in (*cells, answers)])
    return out.getvalue().encode("utf-8-sig")


def said(value: object) -> str:
    return {True: _("ja"), False: _("nej")}[value] if isinstance(value, bool) else str(value)


def day(value: Any) -> str:
    return value.isoformat() if value else ""


def safe(text: str) -> str:
    """A name that every file system takes."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-.")[:80] or "handling"
