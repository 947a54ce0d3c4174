"""Many municipalities at once: order, seeds, progress, and workers that die."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest

from samsyn.analysis import AnalysisError, batch, knox
from samsyn.analysis.batch import JobError


def draw(size, seed):
    return np.random.default_rng(seed).integers(0, 1000, size).tolist()


def double(n):
    return 2 * n


def fail_on_three(n):
    if n == 3:
        raise ValueError("no threes")
    return n


def die_once(n, folder):
    """Kills its own process the first time that job 2 is tried."""
    mark = Path(folder) / "died"
    if n == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return n * n


def always_die(n):
    if n == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def count_pairs(seed):
    rng = np.random.default_rng(seed)
    x, y, t = rng.uniform(0, 500, 50), rng.uniform(0, 500, 50), rng.integers(0, 30, 50)
    return knox(x, y, t, distance=100, days=5, permutations=49, seed=seed).p_value


def test_answers_stand_in_the_order_of_the_jobs():
    assert batch(double, range(20), workers=2) == [2 * n for n in range(20)]


def test_one_process_two_processes_and_any_order_give_the_same_answers():
    jobs = [{"size": 3} for _ in range(6)]
    alone = batch(draw, jobs, workers=1, seed=4)

    assert batch(draw, jobs, workers=2, seed=4) == alone
    assert len({tuple(a) for a in alone}) == 6


def test_an_analysis_gives_the_same_in_a_worker_as_here():
    jobs = [(1,), (2,), (3,)]

    assert batch(count_pairs, jobs, workers=2) == [count_pairs(*j) for j in jobs]


def test_progress_is_told_after_each_job():
    told = []
    batch(double, range(5), workers=2, progress=lambda done, all_: told.append((done, all_)))

    assert told == [(k, 5) for k in range(1, 6)]


def test_a_killed_worker_is_replaced_and_its_jobs_done_again(tmp_path):
    jobs = [(n, str(tmp_path)) for n in range(8)]

    assert batch(die_once, jobs, workers=2) == [n * n for n in range(8)]


def test_a_job_that_always_kills_its_worker_is_given_up():
    answers = batch(always_die, range(6), workers=2, on_error="return")

    assert isinstance(answers[1], JobError)
    assert [a for k, a in enumerate(answers) if k != 1] == [0, 2, 3, 4, 5]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failing_job_is_named(workers):
    with pytest.raises(JobError, match="Job 3: ValueError: no threes"):
        batch(fail_on_three, range(5), workers=workers)
    answers = batch(fail_on_three, range(5), workers=workers, on_error="return")
    assert [a for k, a in enumerate(answers) if k != 3] == [0, 1, 2, 4]


def test_seeds_need_named_jobs():
    with pytest.raises(AnalysisError, match="namn och värden"):
        batch(double, [1, 2], seed=1)


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_though_a_worker_is_killed(tmp_path):
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        jobs = [(n, str(tmp_path)) for n in range(12)]
        answers = batch(die_once, jobs, scheduler=cluster.scheduler_address)

    assert answers == [n * n for n in range(12)]
