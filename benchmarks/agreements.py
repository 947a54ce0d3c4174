"""How fast agreements are: `python -m benchmarks.agreements`.

In a database of its own: the year wheel for 100 agreements of 60 commitments (aim: under 1 s), and the
status of one agreement with a year's evidence (aim: under 50 ms). Prints processor time, median of five runs.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable
from statistics import median

AT = dt.date(2026, 11, 20)
AGREEMENTS, COMMITMENTS = 100, 60


def start() -> None:
    """A database that is thrown away."""
    os.environ["SAMSYN_DATA"] = tempfile.mkdtemp(prefix="samsyn-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.project.settings")
    os.environ["SAMSYN_DEMO"] = "1"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill() -> None:
    """Load Lomma's file a hundred times under other names, each with sixty commitments."""
    from samsyn.base.access import SYSTEM
    from samsyn.domains.agreements.file import shipped_agreements
    from samsyn.domains.agreements.models import Agreement, Commitment
    from samsyn.domains.agreements.services.loading import load_agreement

    text = shipped_agreements()["lomma-2023"].read_text(encoding="utf-8")
    for number in range(AGREEMENTS):
        renamed = text.replace("id: lomma-2023", f"id: lomma-{number}", 1)
        load_agreement(actor=SYSTEM, text=renamed)
    for agreement in Agreement.objects.filter(kind="agreement"):
        have = list(agreement.commitments.all())
        more = []
        for one in have[: COMMITMENTS - len(have)]:
            one.pk, one.ref, one._state.adding = None, f"{one.ref}-2", True
            more.append(one)
        Commitment.objects.bulk_create(more)


def prove(agreement: object) -> int:
    """A year's evidence: every week, every month, and the rest once."""
    from samsyn.domains.agreements.models import Commitment, Evidence

    rows = [
        Evidence(
            commitment=one, kind="note", occurred_on=dt.date(2026, 1, 2) + dt.timedelta(weeks=n)
        )
        for one in Commitment.objects.filter(agreement=agreement)
        for n in range(46 if "weekly" in str(one.rhythm) else 3)
    ]
    Evidence.objects.bulk_create(rows)
    return len(rows)


def timed(work: Callable[[], object]) -> float:
    """Median processor seconds of five runs after one, so that other work on the machine does not count."""
    work()
    found = []
    for _run in range(5):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return median(found)


def main() -> None:
    start()
    fill()
    from samsyn.domains.agreements.models import Agreement
    from samsyn.domains.agreements.selectors.status import status_of
    from samsyn.domains.agreements.selectors.wheel import year_of, years_of
    from samsyn.outputs.wheel import draw_wheel

    agreements = list(Agreement.objects.filter(kind="agreement"))
    one = agreements[0]
    proved = prove(one)
    marks = sum(len(year_of(each, 2026, AT).marks) for each in agreements)
    year = year_of(one, 2026, AT)
    print(
        f"{len(agreements)} agreements, {COMMITMENTS} commitments each, {marks} marks, {proved} evidence"
    )
    for name, aim, work in (
        (
            "year wheel, all agreements",
            "1 s",
            lambda: years_of(agreements, 2026, AT),
        ),
        ("status of one agreement", "50 ms", lambda: status_of(one, AT)),
        ("drawing one wheel", "-", lambda: draw_wheel(year, AT, lambda mark: "/", lambda each: "")),
    ):
        print(f"{name:30} {timed(work) * 1000:8.1f} ms  (aim {aim})")


if __name__ == "__main__":
    main()
