"""Viterbi: only taggings that are allowed, the same alone and in company."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from extract.recogniser.decode import names, viterbi
from extract.recogniser.words import TAGS

FLAT = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
numbers = st.floats(-8, 8, width=32)
window = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        arrays.arrays(np.float32, (n, len(TAGS)), elements=numbers),
        st.lists(st.booleans(), min_size=n, max_size=n),
    )
)


def scored(*tags: str) -> np.ndarray:
    table = np.full((len(tags), len(TAGS)), -5, dtype=np.float32)
    for row, tag in enumerate(tags):
        table[row, TAGS.index(tag)] = 5
    return table


@settings(max_examples=150, deadline=None)
@given(st.lists(window, min_size=1, max_size=5))
def test_every_tagging_is_allowed_and_independent_of_its_neighbours(batch):
    scores, breaks = [s for s, _ in batch], [b for _, b in batch]
    together = viterbi(scores, breaks, FLAT)
    for one, opens, tags in zip(scores, breaks, together, strict=True):
        assert (viterbi([one], [opens], FLAT)[0] == tags).all()
        before = "O"
        for tag, fresh in zip((TAGS[t] for t in tags), opens, strict=True):
            if tag.startswith("I-"):
                assert before[1:] == tag[1:]
                assert not fresh
            before = tag


@pytest.mark.parametrize(
    ("tags", "breaks", "found"),
    [
        (["B-ORG", "I-ORG", "O"], [True, False, False], [(0, 2, "ORG")]),
        (["B-ORG", "B-ORG", "O"], [True, False, False], [(0, 1, "ORG"), (1, 2, "ORG")]),
        # an inside tag after a paragraph break cannot go on: it becomes what scores next best
        (["B-ORG", "O", "B-GPE"], [True, False, True], [(0, 1, "ORG"), (2, 3, "GPE")]),
        (["O", "O"], [True, False], []),
    ],
)
def test_names_are_read_off(tags, breaks, found):
    scores = scored(*tags)
    (best,) = viterbi([scores], [breaks], FLAT)
    assert [(f.first, f.last, f.label) for f in names(best, scores, breaks, FLAT)] == found
    assert all(0.9 < f.score <= 1 for f in names(best, scores, breaks, FLAT))


def test_a_doubtful_name_scores_low():
    scores = scored("B-ORG", "O")
    scores[0, TAGS.index("O")] = 4.9
    (best,) = viterbi([scores], [[True, False]], FLAT)
    (found,) = names(best, scores, [True, False], FLAT)
    assert found.score < 0.6


def test_nothing_to_decode():
    assert viterbi([], [], FLAT) == []
