"""The same work on a real scheduler and real workers on the loopback address."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.engine import EngineError, Options, cluster
from dateline.engine.cluster import Cluster
from dateline.engine.run import ingest
from dateline.engine.tasks import tasks
from tests.engine.fakes import Fake, document
from tests.engine.rows import rows

distributed = pytest.importorskip("distributed", reason="needs the extra `cluster`")
pytestmark = pytest.mark.slow

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


def test_a_killed_worker_loses_and_doubles_nothing(
    scheduler: str, workers: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    source = tmp_path / "releases"
    source.mkdir()
    for number in range(240):
        (source / f"{number:03}.txt").write_text(f"Acme{number % 50} opens plant {number}")
    one, many, seen = tmp_path / "one.db", tmp_path / "many.db", []

    def kill(release: object, extraction: object) -> None:
        seen.append(release)
        if len(seen) == 64:
            workers[0].send_signal(signal.SIGKILL)

    with distributed.Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(len(workers), timeout=60)
    options = Options(many, scheduler=scheduler)
    factory = Fake(seconds=0.005)
    summary = ingest([str(source)], options, on_release=kill, factory=factory)
    ingest([str(source)], Options(one, workers=0), factory=factory)
    assert workers[0].poll() is not None
    assert (summary.stored, summary.problems) == (240, ())
    assert list(rows(many)) == list(rows(one))


def test_a_document_that_crashes_on_a_worker_is_named(
    scheduler: str, workers: list[subprocess.Popen[bytes]]
) -> None:
    items = [document("a", "fine"), document("b", "crash"), document("c", "fine")]
    with Cluster(scheduler, Fake(), 30) as joined:
        ((_, outcomes),) = joined.run(tasks(items))
    assert [len(outcome.releases) for outcome in outcomes] == [1, 0, 1]
    assert [problem.code for problem in outcomes[1].problems] == ["document-crashed"]


def test_no_scheduler_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.engine.cluster.CONNECT_SECONDS", 0.2)
    with pytest.raises(EngineError, match="no scheduler answers"):
        Cluster("tcp://127.0.0.1:9", Fake(), 30)


def test_a_worker_of_another_version_is_refused() -> None:
    with pytest.raises(EngineError, match="same version"):
        cluster.process((document("a"),), Fake(), 30, "fake-2")
