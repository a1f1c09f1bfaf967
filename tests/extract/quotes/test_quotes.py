"""Quotations and their speakers, shape by shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.components.quotes import quotes
from extract.components.quotes.marks import passages
from tests.extract.marked import marked, tokenizer

Found = list[tuple[str | None, str | None, str]]

SHAPES: list[tuple[str, Found]] = [
    # the speaker after the quotation
    (
        '"We are growing fast," said [Jane Doe|PERSON].',
        [("Jane Doe", "said", "We are growing fast,")],
    ),
    (
        "“We are growing fast,” said [Jane Doe|PERSON], head of [Acme|ORG].",
        [("Jane Doe", "said", "We are growing fast,")],
    ),
    (
        "“We are growing fast,” [Jane Doe|PERSON] said.",
        [("Jane Doe", "said", "We are growing fast,")],
    ),
    (
        "“We are growing fast.” [Jane Doe|PERSON], head of sales at [Acme|ORG], added.",
        [("Jane Doe", "added", "We are growing fast.")],
    ),
    (
        "“Will it rain?” asked [Omar Haddad|PERSON].",
        [("Omar Haddad", "asked", "Will it rain?")],
    ),
    (
        "“We won at last!” exclaimed coach [Ana Ruiz|PERSON].",
        [("Ana Ruiz", "exclaimed", "We won at last!")],
    ),
    (
        "“We will rebuild the bridge,” said Dr. [Lena Vogt|PERSON].",
        [("Lena Vogt", "said", "We will rebuild the bridge,")],
    ),
    (
        "“We will rebuild the bridge,” says [Acme|ORG]'s director, [Lena Vogt|PERSON].",
        [("Lena Vogt", "says", "We will rebuild the bridge,")],
    ),
    (
        "“We will rebuild the bridge,” also noted [Lena Vogt|PERSON].",
        [("Lena Vogt", "noted", "We will rebuild the bridge,")],
    ),
    (
        "“The plan is sound,” according to the report.",
        [],
    ),
    # before it
    (
        "[Jane Doe|PERSON] said: “The bridge is open again.”",
        [("Jane Doe", "said", "The bridge is open again.")],
    ),
    (
        "[Jane Doe|PERSON] said, “The bridge is open again.”",
        [("Jane Doe", "said", "The bridge is open again.")],
    ),
    (
        "[Jane Doe|PERSON], mayor of [Halden|GPE], said in a statement: “The bridge is open.”",
        [("Jane Doe", "said", "The bridge is open.")],
    ),
    (
        "[Jane Doe|PERSON] stressed that “nobody should be left out of this work”.",
        [("Jane Doe", "stressed", "nobody should be left out of this work")],
    ),
    (
        "According to [Jane Doe|PERSON], “nobody should be left out of this work.”",
        [("Jane Doe", "according", "nobody should be left out of this work.")],
    ),
    (
        "And from Chairwoman [Doe|PERSON=Jane Doe]: “Our town has waited long for this.”",
        [("Jane Doe", None, "Our town has waited long for this.")],
    ),
    (
        "Executive Quote: [Wei Lin|PERSON], head of [Acme|ORG], said, “We build with care.”",
        [("Wei Lin", "said", "We build with care.")],
    ),
    (
        "In a letter to [Bob Roe|PERSON], [Jane Doe|PERSON] wrote: “The bridge is open again.”",
        [("Jane Doe", "wrote", "The bridge is open again.")],
    ),
    (
        "[Jane Doe|PERSON] thanked [Bob Roe|PERSON] and said, “He kept the bridge open.”",
        [("Jane Doe", "said", "He kept the bridge open.")],
    ),
    (
        "[Jane Doe|PERSON], who succeeded [Bob Roe|PERSON], said, “The bridge stays open.”",
        [("Jane Doe", "said", "The bridge stays open.")],
    ),
    # in the middle: two quotations
    (
        "“The bridge,” [Jane Doe|PERSON] said, “is open again for all of us.”",
        [
            ("Jane Doe", "said", "The bridge,"),
            ("Jane Doe", "said", "is open again for all of us."),
        ],
    ),
    (
        "“The bridge is open,” said [Jane Doe|PERSON]. “Traffic will flow again.”",
        [
            ("Jane Doe", "said", "The bridge is open,"),
            ("Jane Doe", None, "Traffic will flow again."),
        ],
    ),
    (
        "“The bridge is open,” said [Jane Doe|PERSON], mayor of [Halden|GPE]. “Traffic will flow.”"
        " [Bob Roe|PERSON] added: “And safely too, we think.”",
        [
            ("Jane Doe", "said", "The bridge is open,"),
            ("Jane Doe", None, "Traffic will flow."),
            ("Bob Roe", "added", "And safely too, we think."),
        ],
    ),
    (
        "“The bridge is open,” [Jane Doe|PERSON] said. “Traffic will flow again,” she added.",
        [
            ("Jane Doe", "said", "The bridge is open,"),
            ("Jane Doe", "added", "Traffic will flow again,"),
        ],
    ),
    # signatures
    (
        "“Our farmers need clear rules.” – Commissioner [Jane Doe|PERSON]",
        [("Jane Doe", None, "Our farmers need clear rules.")],
    ),
    (
        "“Our farmers need clear rules.” — [Jane Doe|PERSON], [Acme|ORG]",
        [("Jane Doe", None, "Our farmers need clear rules.")],
    ),
    (
        "“Our farmers need clear rules.”\n\n— [Jane Doe|PERSON], [Acme|ORG]",
        [("Jane Doe", None, "Our farmers need clear rules.")],
    ),
    (
        "“Our farmers need clear rules.”\n\n[Jane Doe|PERSON]\n\nAbout [Acme|ORG]",
        [("Jane Doe", None, "Our farmers need clear rules.")],
    ),
    (
        "“Our farmers need clear rules.” ([Jane Doe|PERSON])",
        [("Jane Doe", None, "Our farmers need clear rules.")],
    ),
    # the paragraph before
    (
        "Chairwoman [Jane Doe|PERSON] said:\n\n“Our farmers need clear rules.”",
        [("Jane Doe", "said", "Our farmers need clear rules.")],
    ),
    (
        "The following is a statement by Senator [Doe|PERSON=Jane Doe]:\n\n“We need clear rules.”",
        [("Jane Doe", None, "We need clear rules.")],
    ),
    (
        "“We began with a shed,” said [Jane Doe|PERSON].\n\n“Today we fill a whole street.”",
        [
            ("Jane Doe", "said", "We began with a shed,"),
            ("Jane Doe", None, "Today we fill a whole street."),
        ],
    ),
    (
        "[Jane Doe|PERSON] leads the work on the bridge.\n\n“We hope to finish it in spring.”",
        [("Jane Doe", None, "We hope to finish it in spring.")],
    ),
    # several paragraphs, closed at the end only
    (
        "[Jane Doe|PERSON] said:"
        " “We began with a shed.\n\n“Today we fill a street.\n\n“It is ours.”",
        [
            (
                "Jane Doe",
                "said",
                "We began with a shed.\n\n“Today we fill a street.\n\n“It is ours.",
            )
        ],
    ),
    (
        '"We began with a shed.\n\n"Today we fill a street," said [Jane Doe|PERSON].',
        [("Jane Doe", "said", 'We began with a shed.\n\n"Today we fill a street,')],
    ),
    # pronouns and titles
    (
        "[Jane Doe|PERSON] opened the bridge. “It will last a century,” she said.",
        [("Jane Doe", "said", "It will last a century,")],
    ),
    (
        "[Bob Roe|PERSON] left. [Jane Doe|PERSON] stayed. “I love this place,” she said.",
        [("Jane Doe", "said", "I love this place,")],
    ),
    (
        "Minister [Jane Doe|PERSON] met [Bob Roe|PERSON]."
        " “We agreed on all points,” the minister said.",
        [("Jane Doe", "said", "We agreed on all points,")],
    ),
    (
        "[Jane Doe|PERSON], chief executive, met [Bob Roe|PERSON], the mayor."
        " “We agreed on all points,” said the chief executive.",
        [("Jane Doe", "said", "We agreed on all points,")],
    ),
    (
        "“We agreed on all points,” he said.",
        [(None, "said", "We agreed on all points,")],
    ),
    # organisations speak too
    (
        "“Our members voted for the strike,” [Harbour Union|ORG] said in a statement.",
        [("Harbour Union", "said", "Our members voted for the strike,")],
    ),
    (
        "[Harbour Union|ORG] claimed that “the port broke the agreement last week”.",
        [("Harbour Union", "claimed", "the port broke the agreement last week")],
    ),
    (
        "“It is not safe to swim here,” said a spokesperson.",
        [(None, "said", "It is not safe to swim here,")],
    ),
    # other marks
    (
        "«Wir bauen die Brücke neu», said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "Wir bauen die Brücke neu")],
    ),
    (
        "„Wir bauen die Brücke neu“, said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "Wir bauen die Brücke neu")],
    ),
    (
        "»Wir bauen die Brücke neu«, said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "Wir bauen die Brücke neu")],
    ),
    (
        "‘We will not sell the harbour,’ said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "We will not sell the harbour,")],
    ),
    (
        "‘We won’t sell the town’s harbour,’ said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "We won’t sell the town’s harbour,")],
    ),
    (
        "``We will not sell the harbour,'' said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "We will not sell the harbour,")],
    ),
    # nested
    (
        "“They told us ‘never again’ and meant it,” said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "They told us ‘never again’ and meant it,")],
    ),
    (
        '“They told us "never again" and meant it,” said [Jane Doe|PERSON].',
        [("Jane Doe", "said", 'They told us "never again" and meant it,')],
    ),
    (
        "“They told us “never again” and meant it,” said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "They told us “never again” and meant it,")],
    ),
    # odd marks
    (
        "“The bridge is open,“ said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "The bridge is open,")],
    ),
    (
        '“The bridge is open," said [Jane Doe|PERSON].',
        [("Jane Doe", "said", "The bridge is open,")],
    ),
    (
        "“ The bridge is open ,” said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "The bridge is open ,")],
    ),
    (
        'The bridge is open to all," said [Jane Doe|PERSON].\n\n'
        "“It is safe,” said [Bob Roe|PERSON].",
        [
            ("Jane Doe", "said", "The bridge is open to all,"),
            ("Bob Roe", "said", "It is safe,"),
        ],
    ),
    pytest.param(  # type: ignore[list-item]
        "“The bridge is open, said [Jane Doe|PERSON].\n\n“It is safe now,” said [Bob Roe|PERSON].",
        [
            ("Jane Doe", "said", "The bridge is open,"),
            ("Bob Roe", "said", "It is safe now,"),
        ],
        id="one closing mark missing does not swallow the next paragraph",
    ),
    (
        'The 6" pipe burst. “We fixed it at once,” said [Jane Doe|PERSON].',
        [("Jane Doe", "said", "We fixed it at once,")],
    ),
    (
        "“The bridge is open,”said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "The bridge is open,")],
    ),
    # what is no quotation
    ("The so-called “smart” bridge opened.", []),
    ("She wrote the book “A Bridge Too Many” in spring.", []),
    ("The theme is “Bridges Of Tomorrow, Built Today.”", []),
    ("[Jane Doe|PERSON] won the “Best Bridge Builder” award.", []),
    ("The film “Open Water” and the song “Low Tide” were shown.", []),
    ("It's the '90s again, and rock 'n' roll is back.", []),
    ("No marks at all.", []),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_shape(text: str, expected: Found) -> None:
    found = [(q.speaker, q.cue, q.text) for q in quotes(marked(text))]
    assert found == expected


def test_number_of_shapes() -> None:
    assert len(SHAPES) >= 60


MARKS = "\"“”„«»‘’'`"


@given(st.text(alphabet=st.sampled_from(MARKS + "abAB .,:\n—"), max_size=120))
def test_any_marks_survive_and_spans_slice_back(text: str) -> None:
    doc = tokenizer()(text)
    last = 0
    for quote in quotes(doc):
        assert doc.text[quote.start_char : quote.end_char] == quote.text
        assert quote.text == quote.text.strip() != ""
        assert quote.start_char >= last
        last = quote.end_char


@given(st.text(max_size=80))
def test_any_text_survives(text: str) -> None:
    doc = tokenizer()(text)
    for quote in quotes(doc):
        assert doc.text[quote.start_char : quote.end_char] == quote.text


def test_passages_stay_in_their_paragraphs_when_nothing_reopens() -> None:
    text = "“One is open.\n\nTwo is “closed” here."
    found = passages(text, [(0, 13), (15, len(text))])
    assert [text[p.start : p.end] for p in found] == ["One is open.", "closed"]
    assert [p.closed for p in found] == [False, True]
