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
        "Here follows a statement by Senator [Doe|PERSON=Jane Doe]:\n\n“We need clear rules.”",
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
    # marks glued to words, measures, marks left out
    (
        "[Jane Doe|PERSON], head of [Acme|ORG], said,“We open the bridge today.”",
        [("Jane Doe", "said", "We open the bridge today.")],
    ),
    (
        "“Once, a 20” pipe was the widest we had here,” said [Jane Doe|PERSON].",
        [("Jane Doe", "said", "Once, a 20” pipe was the widest we had here,")],
    ),
    (
        'Running a bridge is hard work," said [Jane Doe|PERSON]. "We love it all the same."',
        [
            ("Jane Doe", "said", "Running a bridge is hard work,"),
            ("Jane Doe", None, "We love it all the same."),
        ],
    ),
    (
        "“The bridge opens in May, said [Jane Doe|PERSON], of [Acme|ORG]. “We are glad of it.”",
        [
            ("Jane Doe", "said", "The bridge opens in May,"),
            ("Jane Doe", None, "We are glad of it."),
        ],
    ),
    (
        "“The bridge is open,” said [Jane Doe|PERSON]. “It will stay so for many years”",
        [
            ("Jane Doe", "said", "The bridge is open,"),
            ("Jane Doe", None, "It will stay so for many years"),
        ],
    ),
    (
        "“The bridge is open,” said [Jane Doe|PERSON]. “It will stay so for many years.",
        [
            ("Jane Doe", "said", "The bridge is open,"),
            ("Jane Doe", None, "It will stay so for many years."),
        ],
    ),
    # the sentence before introduces without a colon
    (
        "[Jane Doe|PERSON], who built it, thanked [Bob Roe|PERSON]."
        " “We opened it together in May.”",
        [("Jane Doe", None, "We opened it together in May.")],
    ),
    (
        "“The bridge is open,” said [Jane Doe|PERSON], author of “Of Bridges.” “We wrote it for"
        " all who cross.”",
        [
            ("Jane Doe", "said", "The bridge is open,"),
            ("Jane Doe", None, "We wrote it for all who cross."),
        ],
    ),
    (
        "As [Jane Doe|PERSON] puts it, “a bridge is a promise to the other side.”",
        [("Jane Doe", "puts", "a bridge is a promise to the other side.")],
    ),
    # a pronoun stands for the person its own paragraph is about
    (
        "“We paint it,” said [Bob Roe|PERSON].\n\n[Jane Doe|PERSON], of [Acme|ORG], likes it."
        " “It is a fine bridge,” she said.",
        [("Bob Roe", "said", "We paint it,"), ("Jane Doe", "said", "It is a fine bridge,")],
    ),
    (
        "[Jane Doe|PERSON] remembers [Bob Roe|PERSON]. She recalls the day:\n\n“It rained all"
        " day long on the new bridge.”",
        [("Jane Doe", "recalls", "It rained all day long on the new bridge.")],
    ),
    # an organisation speaks
    (
        "The [Northern Bridge Conference|ORG] met. “We welcome the plan,” the conference said.",
        [("Northern Bridge Conference", "said", "We welcome the plan,")],
    ),
    (
        "The [Halden Bridge Museum|ORG] grows. “It is our best year,” stated a museum official.",
        [("Halden Bridge Museum", "stated", "It is our best year,")],
    ),
    (
        "“It is our best year,” said a representative of [Acme|ORG].",
        [("Acme", "said", "It is our best year,")],
    ),
    (
        "“People see a bridge,” another neighbour said, “but not those who built it.”",
        [(None, "said", "People see a bridge,"), (None, "said", "but not those who built it.")],
    ),
    (
        "[Jane Doe|PERSON] founded [Doe Bridges|ORG]. “We are proud of it,” said"
        " [Doe|ORG=Doe Bridges].",
        [("Jane Doe", "said", "We are proud of it,")],
    ),
    # what is no quotation
    ("The highlights are the panel “The Long Bridge: How Rivers Part,” and a talk.", []),
    ("He is certified in “Exactly What to Build,” a recognized course.", []),
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
    assert len(SHAPES) >= 80


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
