"""Putting files away and taking them out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from samsyn.base.access.viewer import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.files.models import StoredFile
from samsyn.base.orgs.models import Organisation


def store_file(
    *,
    actor: Viewer,
    organisation: Organisation,
    name: str,
    chunks: Iterable[bytes],
    media_type: str,
) -> StoredFile:
    """Write `chunks` to the data folder and return the row that stands for them.

    Raises UserError where the file is larger than the limit; nothing is kept then.
    """
    stored = StoredFile(
        organisation=organisation,
        name=harmless_name(name),
        media_type=media_type[:100],
        stored_by_id=actor.user,
    )
    stored.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        stored.size, stored.sha256 = write_chunks(stored, chunks)
        with transaction.atomic():
            stored.save()
            record(actor, "file.stored", stored, organisation=organisation, size=stored.size)
    except BaseException:
        stored.path.unlink(missing_ok=True)
        raise
    return stored


def harmless_name(name: str) -> str:
    """Return the name for downloads: no folders, no control characters; `fil` where nothing is left."""
    try:
        return get_valid_filename(PurePath(name).name)[-200:]
    except SuspiciousFileOperation:
        return "fil"


def write_chunks(stored: StoredFile, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write the bytes to disk, readable by the program alone; return their number and checksum."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(stored.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.MAX_UPLOAD_BYTES:
                limit = settings.MAX_UPLOAD_BYTES // 1_000_000
                raise UserError(
                    _("Filen är större än %(limit)s MB. Dela upp den och försök igen.")
                    % {"limit": limit}
                )
            digest.update(chunk)
            out.write(chunk)
    return size, digest.hexdigest()


def remove_file(*, actor: Viewer, stored: StoredFile) -> None:
    """Delete the row, and the bytes when the deletion is certain."""
    path = stored.path
    with transaction.atomic():
        record(
            actor, "file.removed", stored, organisation=stored.organisation_id, sha256=stored.sha256
        )
        stored.delete()
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
