"""Feeds polled politely: what is new since last time, across restarts.

    for poll in watch(["https://halden.example/feed"], state, once=True):
        for document in poll.documents: …            # RawDocument | Problem, to be ingested
        poll.remember()                               # once they are stored

What was not remembered comes again at the next poll: a run that is killed loses nothing, and
ingesting a document twice changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from .errors import FetchError, IngestError, NotAFeed
from .fetch import Fetcher
from .limits import DEFAULT_LIMITS, Limits
from .types import Problem, RawDocument
from .web import feed_items, full_item, is_feed, page

#: Seconds between two polls of one feed.
INTERVAL = 900.0
#: Seconds after which a feed that keeps failing is tried again.
MAX_BACKOFF = 24 * 3600.0
#: Items of a feed that are remembered, the newest ones.
MAX_SEEN = 5_000


class State(Protocol):
    """Where it is remembered how far each feed was read: a JSON string a feed."""

    def get(self, url: str) -> str | None: ...

    def set(self, url: str, state: str) -> None: ...


class FileState:
    """The state in one JSON file, replaced whole so that it is never half written."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def get(self, url: str) -> str | None:
        return self._read().get(url)

    def set(self, url: str, state: str) -> None:
        states = {**self._read(), url: state}
        new = self.path.with_name(self.path.name + ".new")
        new.write_text(json.dumps(states, indent=1), encoding="utf-8")
        os.replace(new, self.path)

    def _read(self) -> dict[str, str]:
        try:
            states = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return states if isinstance(states, dict) else {}


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of one feed. `seen` maps an item's identifier to its checksum;
    `not_before` is when it may be asked again (ISO 8601), after a failure or a Retry-After."""

    etag: str | None = None
    last_modified: str | None = None
    seen: dict[str, str] = field(default_factory=dict)
    not_before: str | None = None
    failures: int = 0

    @classmethod
    def from_json(cls, text: str | None) -> FeedState:
        """A state that cannot be read is an empty one: the feed is then read anew."""
        try:
            values = json.loads(text or "{}")
            state = cls(**values)
            if state.not_before and not datetime.fromisoformat(state.not_before).tzinfo:
                return cls()
            return replace(state, seen=dict(state.seen), failures=int(state.failures))
        except (ValueError, TypeError):
            return cls()

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


class Poll:
    """One look at one feed. Read `documents` to the end, store them, then `remember()`."""

    def __init__(
        self, feed: str, state: State, fetcher: Fetcher, limits: Limits, now: datetime
    ) -> None:
        self.feed = feed
        self.state = state
        self.fetcher = fetcher
        self.limits = limits
        self.now = now
        self.after = FeedState.from_json(state.get(feed))
        self.missing = 0

    @property
    def documents(self) -> Iterator[RawDocument | Problem]:
        """New and changed items. Never raises; a feed that fails is one Problem."""
        before = self.after
        try:
            fetched = self.fetcher.get(
                self.feed, etag=before.etag, last_modified=before.last_modified
            )
            if fetched.not_modified:
                self.after = replace(before, failures=0, not_before=None)
                return
            raw = page(fetched)
            if not is_feed(raw):
                raise NotAFeed(
                    "is a page, no feed. Give the address of its RSS, Atom or JSON feed, or "
                    "`dateline ingest` it once."
                )
            yield from self._new_items(raw)
        except IngestError as error:
            self.after = self._failed(before, getattr(error, "retry_after", None))
            yield error.problem(self.feed)
            return
        # With a page still to be had, the feed must not answer "not modified" next time.
        self.after = replace(
            self.after,
            etag=None if self.missing else fetched.etag,
            last_modified=None if self.missing else fetched.last_modified,
            failures=0,
            not_before=None,
        )

    def remember(self) -> None:
        """Store how far this poll came."""
        newest = dict(list(self.after.seen.items())[-MAX_SEEN:])
        self.state.set(self.feed, replace(self.after, seen=newest).to_json())

    def _new_items(self, raw: RawDocument) -> Iterator[RawDocument | Problem]:
        for item in feed_items(raw, self.limits):
            checksum = _checksum(item)
            if self.after.seen.get(item.uri) == checksum:
                continue
            try:
                found = full_item(item, self.fetcher)
            except FetchError as error:
                yield error.problem(item.hints["url"])
                if error.transient:
                    self.missing += 1  # unseen, so its page is asked for at the next poll
                    continue
                found = item
            yield found
            seen = {uri: known for uri, known in self.after.seen.items() if uri != item.uri}
            self.after = replace(self.after, seen={**seen, item.uri: checksum})

    def _failed(self, before: FeedState, asked: float | None) -> FeedState:
        failures = before.failures + 1
        wait = max(asked or 0.0, min(INTERVAL * 2 ** min(failures - 1, 10), MAX_BACKOFF))
        not_before = (self.now + timedelta(seconds=wait)).isoformat()
        return replace(self.after, failures=failures, not_before=not_before)


def watch(
    feeds: Sequence[str],
    state: State,
    *,
    fetcher: Fetcher | None = None,
    once: bool = False,
    interval: float = INTERVAL,
    limits: Limits = DEFAULT_LIMITS,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Poll]:
    """A poll for each feed that is due, for ever or (`once`, for cron) a single round.

    A feed that failed is left alone until its back-off or Retry-After has passed.
    """
    fetcher = fetcher or Fetcher(limits=limits)
    while True:
        for feed in feeds:
            not_before = FeedState.from_json(state.get(feed)).not_before
            if not_before is None or datetime.fromisoformat(not_before) <= now():
                yield Poll(feed, state, fetcher, limits, now())
        if once:
            return
        sleep(interval)


def _checksum(item: RawDocument) -> str:
    stated = json.dumps(sorted(item.hints.items()), ensure_ascii=False)
    return hashlib.sha256(item.content + stated.encode("utf-8")).hexdigest()[:16]
