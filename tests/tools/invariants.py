"""What holds of everything `ingest.releases` gives, however bad the document was."""

from __future__ import annotations

from ingest.types import Problem, Release


def assert_sound(item: Release | Problem) -> None:
    """Raises AssertionError with the reason."""
    if isinstance(item, Problem):
        assert item.code != "internal-error", item
        assert item.message, "a problem without words"
        assert "\n" not in item.message, item
        assert_storable(item.message, item.uri)
        return
    assert item.uid, item.uri
    assert_storable(item.text, item.title, item.subtitle or "", item.uri, item.url or "")
    for witness in item.witnesses:
        assert_storable(witness.value)
    end = 0
    for section in item.sections:
        assert end <= section.start_char < section.end_char <= len(item.text), section
        end = section.end_char
    if item.dateline:
        assert 0 <= item.dateline.start_char < item.dateline.end_char <= len(item.text)


def assert_storable(*texts: str) -> None:
    for text in texts:
        text.encode("utf-8")  # lone surrogates raise
        assert "\0" not in text, repr(text[:80])
