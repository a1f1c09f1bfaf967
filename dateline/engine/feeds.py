"""Watching feeds: each poll is a small run, remembered when its releases are stored.

ingest.watch: Poll -> run.ingest_documents -> Poll.remember
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from db.store import Store
from ingest.fetch import Fetcher
from ingest.watch import INTERVAL, Poll
from ingest.watch import watch as polls

from . import Interrupted, Options, Progress, Summary
from .run import ingest_documents
from .work import Factory

NOTHING = Summary(0, 0, 0, 0, (), 0, 0, 0.0, 0)


class Remembered:
    """How far feeds were read, in the database. It is open only for the moment it is asked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, url: str) -> str | None:
        with Store(self.path) as store:
            return store.feed_state(url)

    def set(self, url: str, state: str) -> None:
        with Store(self.path) as store:
            store.remember_feed(url, state)


def watch(
    feeds: Sequence[str],
    options: Options,
    *,
    once: bool = False,
    interval: float | None = None,
    progress: Progress | None = None,
    on_poll: Callable[[str, Summary], None] | None = None,
    factory: Factory | None = None,
) -> Summary:
    """See `dateline.engine.watch`. `factory` replaces the real pipeline."""
    total = NOTHING
    fetcher = Fetcher(allow_hosts=options.allow_hosts)
    state = Remembered(options.db)
    pause = INTERVAL if interval is None else interval
    try:
        for poll in polls(feeds, state, fetcher=fetcher, once=once, interval=pause):
            summary = _ingested(poll, options, progress, factory)
            total += summary
            poll.remember()
            if on_poll:
                on_poll(poll.feed, summary)
    except Interrupted as stop:
        raise Interrupted(total + stop.summary) from None
    except KeyboardInterrupt:
        raise Interrupted(total) from None
    return total


def _ingested(
    poll: Poll, options: Options, progress: Progress | None, factory: Factory | None
) -> Summary:
    """What a poll found, ingested. Most polls find nothing: they leave no row in `runs`."""
    documents = iter(poll.documents)
    first = next(documents, None)
    if first is None:
        with Store(options.db) as store:
            return replace(NOTHING, entities=store.entity_count())
    found = chain([first], documents)
    return ingest_documents(found, "watch", options, progress, None, factory)
