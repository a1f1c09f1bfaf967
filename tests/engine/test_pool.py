"""Worker processes: order, isolation, limits."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.engine import EngineError, inline
from dateline.engine.pool import WINDOW, Pool
from dateline.engine.tasks import tasks
from dateline.engine.work import Outcome, Task
from tests.engine.fakes import CrashesLoading, Fake, Unloadable, document


def outcomes(texts: list[str], **pool: object) -> list[Outcome]:
    """What a pool makes of documents with these texts."""
    factory = pool.pop("factory", Fake())
    seconds = pool.pop("seconds", 30.0)
    items = [document(f"d{n}", text) for n, text in enumerate(texts)]
    with Pool(factory, workers=2, seconds=seconds) as runner:  # type: ignore[arg-type]
        return [outcome for _, made in runner.run(tasks(items)) for outcome in made]


def told(outcome: Outcome) -> str:
    """One word for an outcome: the problem's code, else `ok` and the number of releases."""
    return " ".join(p.code for p in outcome.problems) or f"ok{len(outcome.releases)}"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["a", "b"], ["ok1", "ok1"], id="plain"),
        pytest.param(["a", "two", "b"], ["ok1", "ok2", "ok1"], id="two releases in one document"),
        pytest.param(["a", "bad", "b"], ["ok1", "empty-file", "ok1"], id="problem of the parser"),
        pytest.param(["a", "fail", "b"], ["ok1", "reading-failed", "ok1"], id="exception"),
        pytest.param(["a", "crash", "b"], ["ok1", "document-crashed", "ok1"], id="crash"),
        pytest.param(["crash"], ["document-crashed"], id="crash alone"),
        pytest.param(
            ["a", "crash late", "b"], ["ok1", "document-crashed", "ok1"], id="crash in extraction"
        ),
        pytest.param(
            ["crash", "a"] * 5, ["document-crashed", "ok1"] * 5, id="crashes in two tasks"
        ),
    ],
)
def test_every_document_has_its_outcome(texts: list[str], expected: list[str]) -> None:
    made = outcomes(texts)
    assert [told(outcome) for outcome in made] == expected
    assert [outcome.uri for outcome in made] == [f"d{n}" for n in range(len(texts))]


def test_failed_extraction_keeps_the_release() -> None:
    (before, failed) = outcomes(["fine", "stumble"])
    assert [problem.code for problem in failed.problems] == ["extraction-failed"]
    assert [(one.release.text, one.extractor) for one in failed.releases] == [("stumble", None)]
    assert before.releases[0].extractor == "fake-1"


def test_a_hanging_document_is_stopped_and_named() -> None:
    made = outcomes(["a", "hang", *"bcdefghijk"], seconds=0.3)
    assert [told(outcome) for outcome in made] == ["ok1", "document-timeout", *["ok1"] * 10]
    assert made[1].problems[0].uri == "d1"


def test_a_crash_that_does_not_come_again_loses_nothing(tmp_path: Path) -> None:
    made = outcomes(["a", "crash once", "b"], factory=Fake(once=tmp_path / "crashed"))
    assert [told(outcome) for outcome in made] == ["ok1"] * 3


def test_order_is_that_of_the_input_and_of_one_process() -> None:
    items = [document(f"d{n}", f"{n} " * (n % 7 + 1)) for n in range(60)]
    with Pool(Fake(), workers=3, seconds=30) as pool:
        many = [made for _, made in pool.run(tasks(items))]
    one = [made for _, made in inline.run(Fake(), tasks(items))]
    assert [[o.releases for o in made] for made in many] == [
        [o.releases for o in made] for made in one
    ]


def test_input_is_not_read_far_ahead() -> None:
    taken = 0

    def endless() -> Iterator[Task]:
        nonlocal taken
        while True:
            yield Task(taken, (document(f"d{taken}"),))
            taken += 1

    with Pool(Fake(), workers=2, seconds=30) as pool:
        results = pool.run(endless())
        for _ in range(5):
            next(results)
        assert taken <= 5 + 2 * WINDOW


def test_workers_are_replaced_before_they_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.engine.pool.TASKS_A_WORKER", 2)
    assert [told(outcome) for outcome in outcomes(["a"] * 50)] == ["ok1"] * 50


def test_a_pool_serves_run_after_run() -> None:
    with Pool(Fake(), workers=1, seconds=30) as pool:
        for text in "abc":
            ((_, (outcome,)),) = pool.run([Task(0, (document("d", text),))])
            assert outcome.releases[0].release.text == text


@pytest.mark.parametrize(
    ("factory", "error", "words"),
    [(Unloadable(), FileNotFoundError, "no model"), (CrashesLoading(), EngineError, "doctor")],
)
def test_a_pipeline_that_does_not_load_ends_the_run(
    factory: object, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        outcomes(["a"], factory=factory)


CALLER = """
from dateline.engine.pool import Pool
from dateline.engine.tasks import tasks
from tests.engine.fakes import Fake, document

with Pool(Fake(), workers=2, seconds=30) as pool:
    for _ in pool.run(tasks([document(f"d{n}") for n in range(40)])):
        print(*(worker.process.pid for worker in pool._workers), flush=True)
        input()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_workers_end_when_their_caller_was_killed() -> None:
    command = [sys.executable, "-c", CALLER]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdin=pipe, stdout=pipe
    ) as caller:
        assert caller.stdout is not None
        workers = [Path("/proc", pid) for pid in caller.stdout.readline().decode().split()]
        assert workers
        assert all(worker.exists() for worker in workers)
        caller.kill()
        caller.wait()
    deadline = time.monotonic() + 30
    while any(worker.exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [worker.name for worker in workers if worker.exists()]
