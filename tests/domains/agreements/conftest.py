"""The four agreements, loaded as they come with Samsyn."""

from __future__ import annotations

import pytest


@pytest.fixture
def loaded(db):
    """Load an agreement that comes with Samsyn; return its row."""
    from samsyn.base.access import SYSTEM
    from samsyn.domains.agreements.file import shipped_agreements
    from samsyn.domains.agreements.services.loading import load_agreement

    def load(code):
        text = shipped_agreements()[code].read_text(encoding="utf-8")
        return load_agreement(actor=SYSTEM, text=text).agreement

    return load
