"""What the encoder reads: shapes, sentence starts, windows."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.recogniser.words import SHAPES, doc_to_words, outline, shape, windows, word_features
from extract.tokens import add_joints

CLS, SEP = 101, 102


@pytest.fixture(scope="module")
def blank():
    nlp = spacy.blank("en")
    add_joints(nlp)
    return nlp


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("plant", "lower"),
        ("Acme", "capitalised"),
        ("ACME", "caps"),
        ("U.", "initial"),
        ("eBay", "mixed"),
        ("McDonald", "mixed"),
        ("2024", "digit"),
        ("3rd", "digit"),
        ("–", "punctuation"),
        ("東京", "other"),
    ],
)
def test_shape(word, expected):
    assert SHAPES[shape(word)] == expected


def test_features_tell_how_the_document_writes_a_word_elsewhere():
    words = ["Apple", "grows", "an", "apple", "for", "Apple"]
    first, *_, last = word_features(words, [True, False, False, False, False, False])
    assert first == last  # the same shape and the same uses
    assert first % 4 == 3  # in lower case elsewhere, and capitalised inside a sentence


@pytest.mark.parametrize(
    ("text", "openers"),
    [
        ("One ends. Two starts.", ["One", "Two"]),
        ('"We grow." Acme grew.', ['"', "Acme"]),
        ('He left. "We stay," said she.', ["He", '"']),
        ("Acme Inc. The plant opens.", ["Acme", "The"]),
        ("Acme Inc. opens.", ["Acme"]),
        ("It costs $3.5 million. so what", ["It"]),
        ("Title\n\nbody here", ["Title", "body"]),
    ],
)
def test_sentence_starts(blank, text, openers):
    found = outline(blank.make_doc(text))
    assert [w for w, s in zip(found.texts, found.starts, strict=True) if s] == openers


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("/24-7PressRelease/ -- today", "24"),
        ("--News Direct--", "News"),
        ("a U.S.-based firm", "U.S."),
        ("AUSTIN–(BUSINESS WIRE)–Acme", "Acme"),
        ("Contact DetailsJane Doe", "Jane"),
        ("Jane Doe(555) 010-0100", "Doe"),
        ("Acme, LLCContent", "Content"),
        ("Acme Corp.15656", "Corp."),
    ],
)
def test_the_tokenizer_splits_what_publishers_glue(blank, text, part):
    assert part in [token.text for token in blank.make_doc(text)]


pieces = st.lists(
    st.tuples(st.integers(1, 8), st.booleans(), st.booleans()), min_size=0, max_size=120
)


@settings(max_examples=200, deadline=None)
@given(pieces, st.integers(10, 60))
def test_windows_cover_every_word_once_within_the_limit(rows, limit):
    from extract.recogniser.words import Words

    breaks = [b or i == 0 for i, (_, b, _) in enumerate(rows)]
    starts = [s or b for (_, _, s), b in zip(rows, breaks, strict=True)]
    words = Words(
        list(range(len(rows))), [(7,) * n for n, _, _ in rows], [0] * len(rows), starts, breaks
    )
    cut = list(windows(words, CLS, SEP, limit))
    assert [i for w in cut for i in range(w.first, w.last)] == list(range(len(rows)))
    for window in cut:
        assert len(window.ids) == len(window.features) <= limit + 2
        assert len(window.heads) == window.last - window.first
        assert all(window.ids[h] == 7 for h in window.heads)


def test_an_address_costs_one_word_piece(blank):
    from extract.recogniser.encoder import WEIGHTS
    from extract.recogniser.words import word_piecer

    piecer = word_piecer(str(WEIGHTS / "tokenizer.json"))
    words = doc_to_words(blank.make_doc("See https://acme.example/a-long-path-to-read now"), piecer)
    assert [len(p) for p in words.pieces] == [1, 1, 1]
