"""Offers the frozen situation pictures as versions of an annex (L04, L09)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

from samsyn.base.access import Viewer, visible
from samsyn.base.links import Link
from samsyn.domains.agreements.documents.slots import LiveVersion, live_documents
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.situation.models import PictureVersion

KINDS = frozenset({"situation_picture", "weekly_picture", "acute_picture", "needs_analysis"})
MOST = 20


def pictures(viewer: Viewer, agreement: Agreement, kinds: Collection[str]) -> list[LiveVersion]:
    """Return the newest frozen pictures of the agreement's municipalities and police areas."""
    if not KINDS & set(kinds):
        return []
    scopes = agreement.parties.filter(is_party=True, is_current=True).values("organisation")
    rows = (
        visible(viewer, PictureVersion)
        .filter(picture__scope__in=scopes)
        .select_related("picture")
        .order_by("-frozen_at")[:MOST]
    )
    return [
        LiveVersion(
            link=Link("picture", str(row.picture_id)),
            title=f"{row.picture}, utgåva {row.number}",
            kind="situation_picture",
            frozen_on=row.frozen_at.date(),
            content=content_of(row),
            edition=str(row.number),
        )
        for row in rows
    ]


def content_of(row: PictureVersion) -> Callable[[], tuple[str, str, bytes]]:
    """What is signed: which frozen picture, by its checksum. Its content stays behind its own doors."""

    def content() -> tuple[str, str, bytes]:
        bound = {
            "lägesbild": str(row.picture),
            "utgåva": row.number,
            "fryst": row.frozen_at.isoformat(),
            "sha256": row.checksum,
        }
        text = json.dumps(bound, ensure_ascii=False, sort_keys=True, indent=1)
        return f"lagesbild-{row.picture_id}-{row.number}.json", "application/json", text.encode()

    return content


live_documents.fill("pictures", pictures)
