"""The invented reference data with the answers of R, SaTScan and spdep."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "data" / "golden"
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


def events():
    """x, y (metres) and day of the 312 invented events."""
    rows = np.loadtxt(FOLDER / "events.csv", delimiter=",", skiprows=1)
    return rows[:, 0], rows[:, 1], rows[:, 2].astype(np.int64)
