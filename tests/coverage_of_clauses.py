"""Writes down which tests prove which clause, for the page Om systemet → Täckning."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path


def pytest_collection_modifyitems(config, items):
    """With SAMSYN_CLAUSES=FILE, write clause → tests there."""
    target = os.environ.get("SAMSYN_CLAUSES")
    if not target or hasattr(config, "workerinput"):
        return
    proved = defaultdict(set)
    for item in items:
        for mark in item.iter_markers("clause"):
            for clause in mark.args:
                proved[clause].add(item.nodeid.split("[")[0])
    table = {clause: sorted(tests) for clause, tests in sorted(proved.items())}
    Path(target).write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n")
