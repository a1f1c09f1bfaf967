"""Read headlines in capitals with a cased recogniser: give the words their usual case first.

    doc.ents from a cased model  ->  doc.ents, those of shouted paragraphs found again

A cased model loses most names of "ACME OPENS PLANT IN OHIO". The component rewrites such a
paragraph as the body writes its words ("Acme", "Ohio"; unknown words get a capital), runs the
recogniser again on that paragraph alone and puts its answers in place. The encoder is uncased and
does not need it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

MIN_WORDS = 3  # fewer capitals are a logo or an acronym, not a headline
MIN_SHARE = 0.8  # of the words of a paragraph, in capitals


@Language.factory("dateline_truecase", requires=["doc.ents"], assigns=["doc.ents"])
class Truecase:
    """Find the names of shouted paragraphs again, in their usual case."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        """Replace the entities of the shouted paragraphs of `doc`."""
        shouted = [p for p in paragraphs(doc) if is_shouted(doc[p[0] : p[1]])]
        if not shouted:
            return doc
        cases = usual_cases(doc, shouted)
        kept = [e for e in doc.ents if not any(a <= e.start < b for a, b in shouted)]
        for first, last in shouted:
            words = [cases.get(t.lower_, _capitalised(t.text)) for t in doc[first:last]]
            spaces = [bool(t.whitespace_) for t in doc[first:last]]
            quiet = self._recognised(Doc(doc.vocab, words=words, spaces=spaces))
            kept += [Span(doc, first + e.start, first + e.end, label=e.label_) for e in quiet.ents]
        doc.ents = kept
        return doc

    def _recognised(self, doc: Doc) -> Doc:
        """Run the components that stand before this one."""
        for name, component in self.nlp.pipeline:
            if name == self.name:
                break
            doc = component(doc)
        return doc


def paragraphs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield (first, last) token of each line, `last` exclusive, without the breaks."""
    first = 0
    for i, token in enumerate(doc):
        if token.is_space and "\n" in token.text:
            if i > first:
                yield first, i
            first = i + 1
    if first < len(doc):
        yield first, len(doc)


def is_shouted(span: Span) -> bool:
    """Say whether nearly all words of a paragraph are in capitals."""
    words = [t for t in span if t.is_alpha and len(t) > 1]
    return len(words) >= MIN_WORDS and sum(t.is_upper for t in words) >= MIN_SHARE * len(words)


def usual_cases(doc: Doc, shouted: list[tuple[int, int]]) -> dict[str, str]:
    """Return lower-cased word -> its most frequent spelling outside the shouted paragraphs."""
    counts: dict[str, Counter[str]] = {}
    for i, token in enumerate(doc):
        if token.is_alpha and not any(a <= i < b for a, b in shouted):
            counts.setdefault(token.lower_, Counter())[token.text] += 1
    return {
        low: max(c.items(), key=lambda item: (item[1], item[0]))[0] for low, c in counts.items()
    }


def _capitalised(word: str) -> str:
    """ "OPENS" -> "Opens"; short ones may be acronyms and stay."""
    return word.capitalize() if len(word) > 3 and word.isalpha() else word
