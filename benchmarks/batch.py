"""290 invented municipalities on one process, two, and a Dask cluster that loses a worker.

`python -m benchmarks.batch` prints seconds for each, and that all gave the same answers. Each job is a
near repeat (199 permutations), a scan (199 replicates) and Farrington for one week. `--count 20` is quick.
"""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from .towns import town

Answer = tuple[float, float, int]


def analyse(number: int, seed: int) -> Answer:
    """p of near repeat, log likelihood ratio of the best cluster, and the alarm of one municipality."""
    from samsyn.analysis import early_warning, near_repeat, space_time_scan

    rng = np.random.default_rng(number)
    events = int(rng.lognormal(7, 0.8)) + 60
    x, y, t = town(events, seed=number, side=8000.0)
    pairs = near_repeat(
        x,
        y,
        t,
        distance_breaks=[0, 100, 200, 400],
        time_breaks=[0, 7, 14],
        permutations=199,
        seed=seed,
    )
    scan = space_time_scan(
        x, y, t, max_radius=1000, max_days=28, end=1095, cell_size=200, permutations=199, seed=seed
    )
    weekly = rng.poisson(6, 312)
    alarm = early_warning(weekly, at=[311]).alarm
    best = scan.clusters[0].llr if scan.clusters else 0.0
    return float(pairs.p_value[0, 0]), round(best, 9), int(np.ravel(alarm)[0])


def on_processes(workers: int) -> Callable[[list[dict[str, Any]]], list[Answer]]:
    from samsyn.analysis import batch

    return lambda jobs: batch(analyse, jobs, workers=workers, seed=1)


def on_dask_that_loses_a_worker(jobs: list[dict[str, Any]]) -> list[Answer]:
    from distributed import Client, LocalCluster

    from samsyn.analysis import batch

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            victim = next(iter(client.run(os.getpid).values()))

        def kill_at_a_third(done: int, all_: int) -> None:
            if done == all_ // 3:
                os.kill(victim, signal.SIGKILL)
                print(f"  killed worker {victim} after {done} of {all_} jobs")

        return batch(
            analyse, jobs, scheduler=cluster.scheduler_address, progress=kill_at_a_third, seed=1
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=290)
    count = arguments.parse_args().count
    jobs = [{"number": k} for k in range(count)]
    ways = {
        "one process": on_processes(1),
        "two processes": on_processes(2),
        "Dask, two workers, one killed": on_dask_that_loses_a_worker,
    }
    analyse(0, 0)
    first: list[Answer] | None = None
    for name, run in ways.items():
        begin = time.perf_counter()
        answers = run(jobs)
        seconds = time.perf_counter() - begin
        first = first or answers
        same = "same answers" if answers == first else "DIFFERENT ANSWERS"
        print(f"{name}: {count} municipalities in {seconds:.1f} s, {same}", flush=True)


if __name__ == "__main__":
    main()
