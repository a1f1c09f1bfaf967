"""The same work on a real scheduler and real workers on the loopback address."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dateline.engine import EngineError, inline
from dateline.engine.cluster import Cluster
from dateline.engine.tasks import tasks
from dateline.engine.work import Outcome, Task
from tests.engine.fakes import Fake, document

pytest.importorskip("distributed", reason="needs the extra `cluster`")

ROOT = Path(__file__).parents[2]
#: A worker of a cluster as `dateline worker` starts it.
WORKER = "import sys; from dateline.engine.cluster import work; work(sys.argv[1], 1)"


def start(*command: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = start(
        "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port),
        "--no-dashboard",
    )  # fmt: skip
    yield f"tcp://127.0.0.1:{port}"
    process.terminate()
    process.wait()


@pytest.fixture
def workers(scheduler: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers of that scheduler."""
    started = [start("-c", WORKER, scheduler) for _ in range(2)]
    yield started
    for process in started:
        process.terminate()
        process.wait()


def releases(made: Sequence[tuple[Task, tuple[Outcome, ...]]]) -> list[object]:
    return [outcome.releases for _, outcomes in made for outcome in outcomes]


def test_a_killed_worker_loses_and_doubles_nothing(
    scheduler: str, workers: list[subprocess.Popen[bytes]]
) -> None:
    factory = Fake(seconds=0.005)
    items = [document(f"d{n}") for n in range(320)]
    made = []
    with Cluster(scheduler, factory, 30) as cluster:
        while cluster.cores() < len(workers):
            time.sleep(0.05)
        for number, result in enumerate(cluster.run(tasks(items))):
            made.append(result)
            if number == 5:
                workers[0].send_signal(signal.SIGKILL)
    assert [task.number for task, _ in made] == list(range(40))
    assert releases(made) == releases(list(inline.run(factory, tasks(items))))


def test_a_document_that_crashes_on_a_worker_is_named(
    scheduler: str, workers: list[subprocess.Popen[bytes]]
) -> None:
    items = [document("a", "fine"), document("b", "crash"), document("c", "fine")]
    with Cluster(scheduler, Fake(), 30) as cluster:
        ((_, outcomes),) = cluster.run(tasks(items))
    assert [len(outcome.releases) for outcome in outcomes] == [1, 0, 1]
    assert [problem.code for problem in outcomes[1].problems] == ["document-crashed"]


def test_no_scheduler_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.engine.cluster.CONNECT_SECONDS", 0.2)
    with pytest.raises(EngineError, match="no scheduler answers"):
        Cluster("tcp://127.0.0.1:9", Fake(), 30)
