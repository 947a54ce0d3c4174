"""The agreements that come with Samsyn: beside the source in a checkout, inside the wheel when installed."""

from __future__ import annotations

from pathlib import Path

import samsyn

ACT_ID = "lag-2023-196"


def shipped_agreements() -> dict[str, Path]:
    """Agreement id → file, for the reference agreements and the act (``ACT_ID``)."""
    return {path.stem: path for path in sorted(_folder().glob("*.yaml"))}


def _folder() -> Path:
    package = Path(samsyn.__file__).parent
    installed = package / "_agreements"
    return installed if installed.is_dir() else package.parents[1] / "agreements"
