"""A value that travels between processes closed, and is opened only where it is looked at.

Sealed(value) --pickle--> bytes within bytes --.value--> value

What is sent to the one writer is read by it alone, and most of it only by its rows: opening a
release with all its facts would cost it as much as storing them.
"""

from __future__ import annotations

import pickle
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Sealed(Generic[T]):
    """`value` as it was given; unpickled when it is first asked for."""

    __slots__ = ("_closed", "_value")

    def __init__(self, value: T) -> None:
        self._value: T | None = value
        self._closed: bytes | None = None

    @property
    def value(self) -> T:
        if self._closed is not None:
            # Made by __reduce__ of this class in a process of the same program.
            self._value, self._closed = pickle.loads(self._closed), None  # noqa: S301
        value: Any = self._value
        return value  # type: ignore[no-any-return]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        closed = self._closed
        return _sealed, (
            pickle.dumps(self._value, pickle.HIGHEST_PROTOCOL) if closed is None else closed,
        )


def _sealed(closed: bytes) -> Sealed[Any]:
    sealed: Sealed[Any] = Sealed(None)
    sealed._closed = closed
    return sealed
