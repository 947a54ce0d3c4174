"""Who may fetch a file: its own organisation. A domain that shows a file to others says so itself."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.audit.log import register_verbs
from samsyn.base.files.models import StoredFile
from samsyn.base.orgs.models import Role
from samsyn.base.retention.rules import follows_its_owner

grant("files.fetch", set(Role) - {Role.REPORTER, Role.READER, Role.COUNCIL_MEMBER})
register_verbs(
    {
        "file.stored": _("Fil sparad"),
        "file.removed": _("Fil borttagen"),
        "file.fetched": _("Fil hämtad"),
    }
)


@rule(StoredFile)
def files(viewer: Viewer) -> QuerySet[Any]:
    """The files of one's own organisation."""
    return StoredFile.objects.filter(viewer.own("files.fetch"))


follows_its_owner(StoredFile, why=_("Följer det arbete eller den handling som filen hör till."))
