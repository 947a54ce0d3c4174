"""What is taken in: files by what they are, dates with the precision they have."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext as _

from samsyn.base.access import Viewer
from samsyn.base.errors import UserError
from samsyn.base.files.models import StoredFile
from samsyn.base.files.store import store_file
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.documents.permits import places_of
from samsyn.domains.agreements.file.schema import PartialDate
from samsyn.domains.agreements.models import Document

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def keep_file(
    actor: Viewer, document: Document, name: str, media_type: str, content: bytes
) -> StoredFile:
    """Store the bytes with a municipality of the document, the actor's own where it is one of them."""
    places = sorted(places_of(document))
    mine = [place for place in places if place in actor.municipalities] or places
    organisation = Organisation.objects.get(pk=mine[0])
    return store_file(
        actor=actor,
        organisation=organisation,
        name=name,
        chunks=[content],
        media_type=media_type,
    )


def sniffed(content: bytes) -> str:
    """Return the media type by what the file is, not by what it is called. UserError for another type."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK"):
        try:
            names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            names = set()
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise UserError(_("Filen innehåller makron. Spara den utan makron och försök igen."))
        if "word/document.xml" in names:
            return WORD
    raise UserError(_("Filen är varken PDF eller Word (docx). Spara den som PDF och försök igen."))


def partial(text: str) -> PartialDate:
    """Read `2020`, `2020-05` or `2020-05-14`; UserError for another text."""
    try:
        return PartialDate.parse(text.strip())
    except ValueError:
        raise UserError(
            _("Skriv datumet som år, månad eller dag: 2020, 2020-05 eller 2020-05-14.")
        ) from None
