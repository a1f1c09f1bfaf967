"""Damage documents as disks, networks and strangers do; the same seed, the same damage."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

TOKENS = (
    b"\0", b"\xff", b"\xfe\xff", b"\r\n\r\n", b"<", b">", b"</p>", b"<p>", b"<!--", b"]]>",
    b"<![CDATA[", b"<!DOCTYPE html>", b"&amp;", b"&#0;", b"&#xD800;", b"%PDF-", b"PK\x03\x04",
    b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"From x Mon Jan  1 00:00:00 2025\n", b"--part", b'"', b"{",
    b"}", b"[", b"]", b"\\ud800", b"\xed\xa0\x80", "\u202e".encode(), b"=?utf-8?q?=ff?=",
    b"Content-Type: text/html; charset=", b"9" * 40, b"-1", b"2025-13-45", b"31 February 2025",
    b"(", b")", b"/", b"\t" * 50, b" " * 500, b"About ", b"###\n", b"Contact:\n",
)  # fmt: skip

Mutation = Callable[[random.Random, bytearray, Sequence[bytes]], None]


def flip_bits(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    for _n in range(rng.randint(1, 20)):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def cut_off(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    del data[rng.randint(0, len(data)) :]


def drop_piece(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = rng.randint(0, len(data))
    del data[start : start + rng.randint(1, 200)]


def insert_token(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    for _n in range(rng.randint(1, 5)):
        at = rng.randint(0, len(data))
        data[at:at] = rng.choice(TOKENS)


def repeat_piece(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = rng.randint(0, len(data))
    piece = data[start : start + rng.randint(1, 100)]
    data[start:start] = piece * rng.randint(1, 200)


def splice(rng: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    other = rng.choice(others)
    at, start = rng.randint(0, len(data)), rng.randint(0, len(other))
    data[at:at] = other[start : start + rng.randint(1, 2_000)]


def random_bytes(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    at = rng.randint(0, len(data))
    data[at : at + rng.randint(0, 50)] = rng.randbytes(rng.randint(1, 200))


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, cut_off, drop_piece, insert_token, repeat_piece, splice, random_bytes,
)  # fmt: skip


def mutants(files: Sequence[Path], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` damaged documents, each under the name of the file it was made from."""
    rng = random.Random(seed)
    contents = [path.read_bytes() for path in files]
    for _ in range(count):
        chosen = rng.randrange(len(files))
        data = bytearray(contents[chosen])
        for mutation in rng.choices(MUTATIONS, k=rng.choice((1, 1, 1, 2, 3))):
            mutation(rng, data, contents)
        yield files[chosen].name, bytes(data)
