"""Keep src/samsyn/web/staff/about/coverage.json in step with the clause marks of the tests.

`check_clauses.py FILE` compares; with `--write` it writes. Unknown clause IDs are an error.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "src/samsyn/web/staff/about/coverage.json"


def main(collected: Path, *, write: bool) -> int:
    found = json.loads(collected.read_text()) if collected.exists() else {}
    if write:
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return 0
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    if kept != found:
        print("The page of coverage is out of date. Run: script/coverage", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), write="--write" in sys.argv))
