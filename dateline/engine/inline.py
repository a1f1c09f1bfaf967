"""Work in the calling process: for tests, debuggers and programs that may not start processes.

Same results as the pool, without its protection: a document that hangs or crashes takes the run
with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .work import Factory, Outcome, Task, Work


def run(factory: Factory, tasks: Iterable[Task]) -> Iterator[tuple[Task, tuple[Outcome, ...]]]:
    """Each task with the outcomes of its items, in order, one at a time."""
    work = Work(*factory())
    for task in tasks:
        yield task, work(task.items)
