"""Worker processes on this machine: tasks in, outcomes out in the order of the tasks.

    caller --Task--> worker 1..N --outcomes--> caller

Written here because the standard pools survive neither a worker that dies nor one that hangs. A
task that kills its worker, or takes longer than one document may, is done again item by item; the
item that fails once more, alone, becomes a problem. Results wait until all before them are there,
and no more than WINDOW tasks a worker are under way, so memory is bounded.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from time import monotonic, process_time
from types import TracebackType
from typing import Any

from ingest.types import Problem

from . import EngineError
from .work import Factory, Item, Outcome, Task

#: Tasks under way or waiting for one before them, for each worker. A document that uses up its
#: time limit holds up storing, not the other workers.
WINDOW = 16
#: Tasks after which a worker is replaced, so that what the libraries leak stays small.
#: Starting one costs hundredths of a second where the platform forks.
TASKS_A_WORKER = 500
#: Seconds a worker may take until the model is loaded.
STARTUP_SECONDS = 300.0
#: Every worker computes on one core; their number is what fills the machine.
_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


@dataclass(frozen=True, slots=True)
class _Job:
    """A whole task, or one item of it (`first` is its place); `again` after it failed."""

    number: int
    first: int
    items: tuple[Item, ...]
    again: bool = False


def _parts(job: _Job, *, again: bool = False) -> list[_Job]:
    """`job` item by item."""
    return [_Job(job.number, job.first + n, (item,), again) for n, item in enumerate(job.items)]


class _Worker:
    """One process and what it is doing."""

    def __init__(self, factory: Factory, seconds: float) -> None:
        self._seconds = seconds
        context: Any = multiprocessing.get_context(_start_method())
        self.connection, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, factory, seconds), name="dateline-worker", daemon=True
        )
        with _environment(factory):
            process.start()
        theirs.close()
        self.process = process
        self.ready = False
        self.job: _Job | None = None
        self.tasks = 0
        self.deadline = monotonic() + STARTUP_SECONDS

    @property
    def is_idle(self) -> bool:
        return self.ready and self.job is None

    def give(self, job: _Job) -> None:
        """Hand over `job`. The worker is waiting for it, so this does not block."""
        self.job = job
        self.tasks += 1
        self.deadline = monotonic() + self._seconds
        # A worker that died while idle is noticed by its sentinel; the job is then done again.
        with contextlib.suppress(OSError):
            self.connection.send(job.items)

    def stop(self, *, kill: bool) -> None:
        self.connection.close()
        if kill:
            self.process.kill()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


class Pool:
    """Up to `workers` processes, started when there is work for them.

    `seconds` is the limit for one document. Use as a context manager; `run` may be called again.
    """

    def __init__(self, factory: Factory, workers: int, seconds: float) -> None:
        self._factory = factory
        self._size = max(1, workers)
        self._seconds = seconds
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.stop(kill=kind is not None or not worker.is_idle)
        self._workers.clear()

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, tuple[Outcome, ...]]]:
        """Each task with the outcomes of its items, in the order of `tasks`.

        `tasks` is read ahead, at most WINDOW tasks a worker. Raises EngineError when a worker
        cannot start, and what building the pipeline raised.
        """
        source = iter(tasks)
        jobs: deque[_Job] = deque()
        open_tasks: deque[_Open] = deque()
        exhausted = False
        while True:
            while (
                not exhausted and len(jobs) < self._size and len(open_tasks) < WINDOW * self._size
            ):
                task = next(source, None)
                if task is None:
                    exhausted = True
                    # Single items let all workers end at about the same time.
                    jobs = deque(part for job in jobs for part in _parts(job))
                else:
                    jobs.append(_Job(task.number, 0, task.items))
                    open_tasks.append(_Open(task))
                self._assign(jobs)
            if exhausted and not open_tasks:
                return
            self._collect(jobs, open_tasks, wait_for=not open_tasks[0].is_done)
            self._assign(jobs)
            if open_tasks[0].is_done:
                ended = open_tasks.popleft()
                yield ended.task, ended.outcomes

    def _assign(self, jobs: deque[_Job]) -> None:
        """Give waiting jobs to idle workers, and start workers for jobs beyond those."""
        for worker in self._workers:
            if jobs and worker.is_idle:
                worker.give(jobs.popleft())
        starting = sum(not worker.ready for worker in self._workers)
        for _ in range(min(self._size - len(self._workers), len(jobs) - starting)):
            self._workers.append(_Worker(self._factory, self._seconds))

    def _collect(self, jobs: deque[_Job], open_tasks: deque[_Open], *, wait_for: bool) -> None:
        """Take what workers send; replace the dead and the late."""
        busy = [worker for worker in self._workers if not worker.is_idle]
        timeout = 0.0
        if wait_for and busy:
            timeout = max(0.0, min(worker.deadline for worker in busy) - monotonic())
        waited: list[Any] = [worker.connection for worker in self._workers]
        waited += [worker.process.sentinel for worker in self._workers]
        signalled = set(wait(waited, timeout))
        for worker in list(self._workers):
            if worker.connection in signalled and self._receive(worker, open_tasks):
                continue
            if worker.process.sentinel in signalled or worker.connection in signalled:
                self._bury(worker, jobs, open_tasks, late=False)
            elif not worker.is_idle and monotonic() >= worker.deadline:
                self._bury(worker, jobs, open_tasks, late=True)

    def _receive(self, worker: _Worker, open_tasks: deque[_Open]) -> bool:
        """One message of `worker`; False when there is none because it died."""
        try:
            kind, value = worker.connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            return False
        if kind == "failed":
            raise value
        if kind == "ready":
            worker.ready = True
            return True
        job, worker.job = worker.job, None
        if job is None:
            raise EngineError("a worker answered without having been asked")
        open_tasks[job.number - open_tasks[0].task.number].put(job.first, value)
        if worker.tasks >= TASKS_A_WORKER:
            self._workers.remove(worker)
            worker.stop(kill=False)
        return True

    def _bury(
        self, worker: _Worker, jobs: deque[_Job], open_tasks: deque[_Open], *, late: bool
    ) -> None:
        """Remove a dead or late worker; do its task again in parts, or blame the one item."""
        self._workers.remove(worker)
        worker.process.join(0 if late else 5)
        code = worker.process.exitcode
        job = worker.job
        started = worker.ready
        worker.stop(kill=True)
        if not started:
            raise EngineError(
                "a worker process "
                + (f"did not start in {STARTUP_SECONDS:.0f} s" if late else _ending(code))
                + " while loading the model. `dateline doctor` checks the installation."
            )
        if job is None:
            return
        if len(job.items) > 1 or not (late or job.again):
            jobs.extendleft(reversed(_parts(job, again=True)))
            return
        problem = self._timeout(job.items[0]) if late else _crash(job.items[0], code)
        outcome = Outcome(job.items[0].uri, problems=(problem,))
        open_tasks[job.number - open_tasks[0].task.number].put(job.first, (outcome,))

    def _timeout(self, item: Item) -> Problem:
        return Problem(
            stage="ingest",
            code="document-timeout",
            message=f"Reading this document took more than {self._seconds:g} s and was stopped. "
            "Raise --time-limit if it is worth waiting for.",
            uri=item.uri,
        )


class _Open:
    """A task under way and the outcomes of its items so far."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._outcomes: list[Outcome | None] = [None] * len(task.items)

    @property
    def is_done(self) -> bool:
        return None not in self._outcomes

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self._outcomes if outcome is not None)

    def put(self, first: int, outcomes: tuple[Outcome, ...]) -> None:
        self._outcomes[first : first + len(outcomes)] = outcomes


def _crash(item: Item, code: int | None) -> Problem:
    return Problem(
        stage="ingest",
        code="document-crashed",
        message=f"The process that read this document {_ending(code)}. Too little memory is the "
        "usual cause; else the document is damaged in a way worth reporting.",
        uri=item.uri,
    )


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with status {code}"


def cores() -> int:
    """Cores this process may use: a container or `taskset` may allow fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start_method() -> str:
    """Forking after loading shares memory; on macOS its frameworks do not survive a fork."""
    if sys.platform.startswith("linux"):
        return "forkserver"
    return "spawn"


@contextlib.contextmanager
def _environment(factory: Factory) -> Iterator[None]:
    """The environment in which a worker, or the fork server before the first one, starts."""
    from .preload import VARIABLE

    added = {**_ONE_THREAD}
    if _start_method() == "forkserver":
        multiprocessing.set_forkserver_preload([f"{__package__}.preload"])
        added[VARIABLE] = pickle.dumps(factory).hex()
    before = {name: os.environ.get(name) for name in added}
    os.environ.update(added)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _serve(connection: Connection, factory: Factory, seconds: float) -> None:
    """A worker's life: load, then one task after the other until the caller is gone.

    `seconds` is the time the caller gives a task.
    """
    from .preload import load

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        work = load(factory)
    except Exception as error:
        connection.send(("failed", _portable(error)))
        return
    try:
        connection.send(("ready", None))
        while True:
            items = connection.recv()
            _limit_orphan(seconds)
            connection.send(("done", work(items)))
    except (EOFError, OSError):
        return


def _limit_orphan(seconds: float) -> None:
    """Let the kernel end this process should it hang after its caller was killed.

    The caller ends a late worker itself; twice its time has passed only when it is gone.
    Processor time is limited, because the alarm signal belongs to the format parsers.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(process_time() + 2 * seconds) + 10
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _portable(error: Exception) -> Exception:
    """`error` if it survives the way to the caller, else its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made one line above
    except Exception:
        return EngineError(f"{type(error).__name__}: {error}")
    return error
