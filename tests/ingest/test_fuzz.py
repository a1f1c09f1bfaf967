"""A parser survives any bytes. The long run is `python -m benchmarks.fuzz --count 20000`."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest import releases
from ingest.errors import EmptyDocument, UnknownFormat
from ingest.fetch import is_public, retry_after
from ingest.formats import FORMATS, recognise
from ingest.formats.members import document
from ingest.formats.xmls import root_name
from ingest.types import RawDocument

from ..tools.golden import samples
from ..tools.invariants import assert_sound
from ..tools.mutations import TOKENS, mutants

SUFFIXES = ("html", "txt", "md", "xml", "json", "jsonl", "eml", "mbox", "pdf", "docx", "warc.gz")
NAMES = ("a", "a.zip", "a.tar", "a.gz", *(f"a.{suffix}" for suffix in SUFFIXES))
BEGINNINGS = (
    b"",
    b"<html>",
    b"<rss><channel><item>",
    b"<feed>",
    b"<nitf>",
    b"<newsItem>",
    b"<urlset><url><loc>",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"BZh91AY&SY",
    b"\xfd7zXZ\x00",
    b"WARC/1.0\r\n",
    b'{"title": "',
    b'{"uri": "a", "headlines": [',
    b"From a Mon Jan  1 00:00:00 2025\nA: b\n",
    b"From: a\nSubject: b\nMessage-ID: c\n\n",
)

pieces = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(TOKENS),
    st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
documents = st.builds(
    lambda name, beginning, rest: document(name, beginning + b"".join(rest), source="fuzz"),
    st.sampled_from(NAMES),
    st.sampled_from(BEGINNINGS),
    st.lists(pieces, max_size=12),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_any_bytes(raw: RawDocument) -> None:
    found = list(releases(raw))
    assert found
    for item in found:
        assert_sound(item)


@settings(max_examples=200, deadline=None)
@given(documents)
def test_recognising_never_fails_otherwise(raw: RawDocument) -> None:
    with suppress(UnknownFormat, EmptyDocument):
        assert recognise(raw) in FORMATS


@pytest.mark.parametrize("seed", range(8))
def test_damaged_samples(seed: int) -> None:
    for name, content in mutants(list(samples()), 40, seed):
        for item in releases(document(name, content, source="fuzz")):
            assert_sound(item)


@given(st.text(max_size=80))
@example("0\x1f")
def test_header_values_and_addresses(text: str) -> None:
    assert retry_after(text) is None or retry_after(text) >= 0  # type: ignore[operator]
    assert is_public(text) in (True, False)


@given(st.binary(max_size=200))
def test_root_name(content: bytes) -> None:
    assert root_name(content) == root_name(content).lower()
