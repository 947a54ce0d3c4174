"""The same analysis for many municipalities: over processes here, or over machines with Dask."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

import numpy as np

from .results import AnalysisError, generator

Answer = TypeVar("Answer")
Progress = Callable[[int, int], object]

ATTEMPTS = 3
"""A job that has been lost with its process this often is taken to be what kills it."""


class JobError(RuntimeError):
    """A job raised an error, or was lost with its worker several times. `index` is its place."""

    def __init__(self, index: int, reason: str) -> None:
        self.index, self.reason = index, reason
        super().__init__(f"Job {index}: {reason}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.index, self.reason)


def batch(
    function: Callable[..., Answer],
    jobs: Iterable[Any],
    *,
    scheduler: Any = None,
    workers: int | None = None,
    progress: Progress | None = None,
    seed: int | None = None,
    on_error: str = "raise",
) -> list[Answer]:
    """`function` for each job, in parallel; answers in the order of the jobs.

    Parameters
    ----------
    function : called with a job's items by name (mapping), by position (tuple), or with the job.
    jobs : what to compute; what they hold must be possible to pickle.
    scheduler : address of a Dask scheduler ("tcp://…"), or a Dask client. None: processes here.
    workers : number of processes here, as many as there are cores if not given; 1 computes in this
        process.
    progress : called with (done, all) after each job.
    seed : gives each job without one its own `seed`, by its place in the list, so that the answers do
        not depend on which worker takes which job. Jobs must then be mappings.
    on_error : "raise" a `JobError` once a job fails, or "return" it in the job's place.

    A worker that is killed is replaced and its jobs are done again, with the same answers. Each worker
    computes on one thread.

    Raises
    ------
    JobError : a job raised an error, or took its worker with it three times.
    """
    tasks = _with_seeds(list(jobs), seed)
    if on_error not in ("raise", "return"):
        raise AnalysisError("on_error ska vara raise eller return.", "on_error: raise or return.")
    answers: list[Any] = [None] * len(tasks)
    for done, (index, answer) in enumerate(_run(function, tasks, scheduler, workers), start=1):
        if isinstance(answer, JobError) and on_error == "raise":
            raise answer
        answers[index] = answer
        if progress is not None:
            progress(done, len(tasks))
    return answers


def _run(
    function: Callable[..., Any], tasks: list[Any], scheduler: Any, workers: int | None
) -> Iterator[tuple[int, Any]]:
    if scheduler is not None:
        return _on_dask(function, tasks, scheduler)
    count = workers if workers is not None else len(os.sched_getaffinity(0))
    if count < 1:
        raise AnalysisError("workers ska vara minst 1.", "workers must be at least 1.")
    if count == 1 or len(tasks) < 2:
        return ((i, _call(function, i, task)) for i, task in enumerate(tasks))
    return _on_processes(function, tasks, min(count, len(tasks)))


def _with_seeds(tasks: list[Any], seed: int | None) -> list[Any]:
    if seed is None:
        return tasks
    generator(seed)
    if not all(isinstance(task, Mapping) for task in tasks):
        raise AnalysisError(
            "Med seed ska varje jobb vara namn och värden.", "With seed each job must be a mapping."
        )
    own = np.random.SeedSequence(seed).generate_state(max(len(tasks), 1), np.uint32)
    return [{"seed": int(s), **task} for s, task in zip(own, tasks, strict=False)]


def _call(function: Callable[..., Any], index: int, task: Any) -> Any:
    """The answer, or the error as a value, so that one bad job does not stop the others."""
    try:
        if isinstance(task, Mapping):
            return function(**task)
        return function(*task) if isinstance(task, tuple) else function(task)
    except Exception as error:
        return JobError(index, f"{type(error).__name__}: {error}")


# --- Processes here ------------------------------------------------------------------------------


def _on_processes(
    function: Callable[..., Any], tasks: list[Any], workers: int
) -> Iterator[tuple[int, Any]]:
    """Answers as they come. When a process dies the pool is broken: a new one takes what is left."""
    packed = _pack(function)
    left, lost = dict(enumerate(tasks)), dict.fromkeys(range(len(tasks)), 0)
    while left:
        running: dict[Future[Any], int] = {}
        with _pool(workers) as pool:
            try:
                waiting = iter(list(left))
                # Only as many as the workers can start, so that few are lost with one of them.
                for index in _first(waiting, 2 * workers):
                    running[pool.submit(_call_packed, packed, index, left[index])] = index
                while running:
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        index = running[future]
                        answer = future.result()
                        del running[future], left[index]
                        yield index, answer
                        for following in _first(waiting, 1):
                            task = left[following]
                            running[pool.submit(_call_packed, packed, following, task)] = following
            except BrokenProcessPool:
                yield from _give_up_on_killers(running, left, lost)


def _give_up_on_killers(
    running: dict[Future[Any], int], left: dict[int, Any], lost: dict[int, int]
) -> Iterator[tuple[int, Any]]:
    for index in running.values():
        lost[index] += 1
        if index in left and lost[index] >= ATTEMPTS:
            del left[index]
            yield index, JobError(index, "the worker process died each time")


def _first(items: Iterator[int], count: int) -> Iterator[int]:
    for _ in range(count):
        item = next(items, None)
        if item is None:
            return
        yield item


def _pool(workers: int) -> ProcessPoolExecutor:
    # A fresh interpreter: a forked one would inherit the threads and locks of a web server.
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_one_thread
    )


def _one_thread() -> None:
    os.environ["SAMSYN_THREADS"] = "1"


def _pack(function: Callable[..., Any]) -> bytes:
    """The function for another process: by name if it can be imported there, else by value."""
    import cloudpickle  # type: ignore[import-untyped]

    module = sys.modules.get(getattr(function, "__module__", None) or "")
    by_value = module is not None and module.__name__ != "__main__" and not _importable(module)
    if by_value:
        cloudpickle.register_pickle_by_value(module)
    try:
        packed: bytes = cloudpickle.dumps(function)
    finally:
        if by_value:
            cloudpickle.unregister_pickle_by_value(module)
    return packed


def _importable(module: Any) -> bool:
    try:
        found = importlib.util.find_spec(module.__name__)
    except (ImportError, ValueError):
        return False
    return found is not None and found.origin == getattr(module, "__file__", None)


def _call_packed(packed: bytes, index: int, task: Any) -> Any:
    import cloudpickle

    return _call(cloudpickle.loads(packed), index, task)


# --- Dask ----------------------------------------------------------------------------------------


def _on_dask(
    function: Callable[..., Any], tasks: list[Any], scheduler: Any
) -> Iterator[tuple[int, Any]]:
    """Answers as they come. Dask itself moves the jobs of a lost worker to another."""
    from distributed import Client, as_completed

    own = isinstance(scheduler, str)
    client: Any = Client(scheduler) if own else scheduler  # type: ignore[no-untyped-call]
    try:
        # Sent with each job: data scattered once would be lost with the workers that hold them.
        packed = _pack(function)
        futures = [
            client.submit(_call_alone, packed, i, task, pure=False, retries=ATTEMPTS)
            for i, task in enumerate(tasks)
        ]
        place = {future.key: i for i, future in enumerate(futures)}
        coming = as_completed(futures)  # type: ignore[no-untyped-call]
        futures.clear()  # an answer that has come home need not be kept, or made again, out there
        for future in coming:
            index = place[future.key]
            if future.status == "error":
                yield index, JobError(index, repr(future.exception()))
            else:
                yield index, future.result()
    finally:
        if own:
            client.close()


def _call_alone(packed: bytes, index: int, task: Any) -> Any:
    _one_thread()
    return _call_packed(packed, index, task)
