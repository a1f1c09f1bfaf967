"""The same work on a dask.distributed cluster, and the worker that takes part in one.

    caller --Task--> scheduler --> worker (threads) --> one isolated process a thread --> caller

The caller cuts the input, keeps a bounded number of tasks under way and takes results in order,
so one writer stores what one process would have stored. The scheduler gives the tasks of a lost
worker to another. Tasks and results are pickles: only machines that trust each other may share
a scheduler (docs/scale.md).
"""

from __future__ import annotations

import logging
import multiprocessing
import platform
import threading
import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any

from ingest.types import Problem

from ..errors import MissingExtra
from . import EngineError, Progress
from .pool import Pool, cores
from .preload import load
from .work import Factory, Item, Outcome, Task

log = logging.getLogger(__name__)

#: Tasks under way for each thread of the cluster.
WINDOW = 4
#: Seconds to find the scheduler, and then the first worker.
CONNECT_SECONDS = 10
FIRST_WORKER_SECONDS = 60


class Cluster:
    """A connection to the scheduler at `address` (`tcp://host:port`). Use as a context manager.

    Raises MissingExtra without dask.distributed, EngineError when scheduler or workers are not
    to be found.
    """

    def __init__(
        self, address: str, factory: Factory, seconds: float, progress: Progress | None = None
    ) -> None:
        self._factory = factory
        self._extractor = factory.extractor()
        self._seconds = seconds
        self._client = _connect(address)
        link = self._client.dashboard_link
        log.info("cluster dashboard: %s", link)
        if progress:
            progress.message(f"Cluster dashboard: {link}")

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, tuple[Outcome, ...]]]:
        """Each task with the outcomes of its items, in the order of `tasks`."""
        # A name of its own for each run: results of another are never taken for these.
        run = uuid.uuid4().hex
        under_way: deque[tuple[Task, Any]] = deque()
        for task in tasks:
            under_way.append((task, self._submit(f"dateline-{run}-{task.number}", task.items)))
            while len(under_way) >= WINDOW * self.cores():
                yield self._next(under_way)
        while under_way:
            yield self._next(under_way)

    def _submit(self, key: str, items: Sequence[Item]) -> Any:
        given = tuple(items), self._factory, self._seconds, self._extractor
        return self._client.submit(process, *given, key=key, pure=False)

    def _next(self, under_way: deque[tuple[Task, Any]]) -> tuple[Task, tuple[Outcome, ...]]:
        task, future = under_way.popleft()
        return task, self._outcomes(task.items, future)

    def _outcomes(self, items: Sequence[Item], future: Any) -> tuple[Outcome, ...]:
        from distributed import KilledWorker

        try:
            outcomes: tuple[Outcome, ...] = future.result()
        except KilledWorker:
            if len(items) == 1:
                return (Outcome(items[0].uri, problems=(_lost(items[0]),)),)
            parts = [
                (item, self._submit(f"{future.key}-{place}", (item,)))
                for place, item in enumerate(items)
            ]
            return tuple(self._outcomes((item,), part)[0] for item, part in parts)
        return outcomes

    def cores(self) -> int:
        """Threads of all workers; workers may come and go. At least one."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))


def _connect(address: str) -> Any:
    try:
        import distributed
    except ImportError:
        raise MissingExtra("--scheduler", "cluster") from None
    make: Any = distributed.Client
    try:
        client = make(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"no scheduler answers at {address} ({type(error).__name__}). "
            "Start one with `dask scheduler`; its address looks like tcp://host:8786."
        ) from error
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER_SECONDS)
    except TimeoutError as error:
        client.close()
        raise EngineError(
            f"the scheduler at {address} has no workers. Start some: dateline worker {address}"
        ) from error
    return client


def _lost(item: Item) -> Problem:
    return Problem(
        stage="ingest",
        code="document-crashed",
        message="Several workers of the cluster were lost while reading this document. "
        "Too little memory is the usual cause; else the document is damaged.",
        uri=item.uri,
    )


#: One isolated process for each thread of a worker, kept from task to task.
_threads = threading.local()


def process(
    items: tuple[Item, ...], factory: Factory, seconds: float, extractor: str
) -> tuple[Outcome, ...]:
    """One task, on a worker of the cluster: in a process of its own, as `--workers` does it.

    Raises EngineError when this worker's extractor is not the caller's: a database made by both
    would depend on which worker had which document.
    """
    if factory.extractor() != extractor:
        raise EngineError(
            f"the worker on {platform.node()} extracts with {factory.extractor()}, not "
            f"{extractor}. Install the same version of Dateline on every machine."
        )
    if multiprocessing.current_process().daemon:
        # A worker under dask's nanny may not start processes; the nanny replaces it instead.
        return load(factory)(items)
    made: tuple[Factory, float, Pool] | None = getattr(_threads, "pool", None)
    if made is None or made[:2] != (factory, seconds):
        made = factory, seconds, Pool(factory, 1, seconds)
        _threads.pool = made
    ((_, outcomes),) = made[2].run([Task(0, items)])
    return outcomes


def work(address: str, workers: int | None = None) -> None:
    """Take part in the cluster at `address` with `workers` cores until it ends or Ctrl-C.

    Raises MissingExtra, EngineError when no scheduler answers.
    """
    import asyncio

    try:
        from distributed import Worker
    except ImportError:
        raise MissingExtra("dateline worker", "cluster") from None

    async def serve() -> None:
        # The isolated processes hold the memory; dask would measure this one only.
        async with Worker(address, nthreads=workers or cores(), memory_limit=0) as worker:
            log.info("working for %s as %s", address, worker.address)
            await worker.finished()

    try:
        asyncio.run(serve())
    except (OSError, ValueError) as error:
        raise EngineError(
            f"no scheduler answers at {address}. Start one: dask scheduler"
        ) from error
