"""Cut the stream of documents into tasks, leaving out what is stored unchanged.

How a run is cut depends on the documents alone, never on the number of workers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.types import RawDocument, Release

from .work import Item, Task

#: Small enough to keep all workers busy at the end of a run, large enough that handing a task
#: over costs nothing beside its work.
TASK_ITEMS = 8
#: A task with large documents is cut earlier. Bytes (characters of a stored text).
TASK_BYTES = 1_000_000


def tasks(items: Iterable[Item]) -> Iterator[Task]:
    """`items` in tasks of at most TASK_ITEMS; lazily, holding one task at a time."""
    number = 0
    group: list[Item] = []
    size = 0
    for item in items:
        group.append(item)
        size += _size(item)
        if len(group) >= TASK_ITEMS or size >= TASK_BYTES:
            yield Task(number, tuple(group))
            number, group, size = number + 1, [], 0
    if group:
        yield Task(number, tuple(group))


def _size(item: Item) -> int:
    if isinstance(item, RawDocument):
        return len(item.content)
    return len(item.text) if isinstance(item, Release) else 0
