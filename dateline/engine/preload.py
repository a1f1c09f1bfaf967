"""Loads the pipeline once in the fork server, so that all workers share its memory.

`multiprocessing`'s fork server imports this module before it forks the first worker. What to
load comes in an environment variable, because the fork server takes no arguments. A worker that
needs something else, or whose platform does not fork, loads its own.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal

from .work import Factory, Work

#: Hexadecimal pickle of the factory, set by the pool that starts the fork server.
VARIABLE = "DATELINE_PRELOAD"

_loaded: tuple[Factory, Work] | None = None


def load(factory: Factory) -> Work:
    """The work of `factory`: the one loaded before the fork, or a new one."""
    if _loaded is not None and _loaded[0] == factory:
        return _loaded[1]
    work = Work(*factory())
    work.warm()
    return work


def _preload(encoded: str) -> None:
    global _loaded
    # Ctrl-C goes to the whole process group; only the calling process shall answer it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A failure is not told here: the worker meets it again and can send it to the pool.
    with contextlib.suppress(Exception):
        factory: Factory = pickle.loads(bytes.fromhex(encoded))  # noqa: S301 - our own parent's
        _loaded = factory, load(factory)
        # The collector writes into every object it visits, which would copy the shared pages.
        gc.collect()
        gc.freeze()


if VARIABLE in os.environ:
    _preload(os.environ.pop(VARIABLE))
