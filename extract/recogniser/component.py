"""The spaCy component `dateline_encoder`: names by a small transformer, without torch.

    Doc  ->  doc.ents (OntoNotes labels: PERSON, ORG, GPE, FAC, EVENT, DATE)

`span._.dateline_score` keeps how sure the recogniser is, 0..1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from ..extensions import register
from .decode import Floats, names, viterbi
from .encoder import CLS, SEP, WEIGHTS, Encoder
from .words import MAX_WINDOW, Window, Words, doc_to_words, windows

BATCH = 32  # documents decoded side by side


@Language.factory(
    "dateline_encoder",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type", "span._.dateline_score"],
    default_config={"weights": None, "window": MAX_WINDOW},
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0},
)
class EncoderComponent:
    """Set `doc.ents` from the encoder's tags. No name crosses a line break."""

    def __init__(
        self, nlp: Language, name: str, weights: str | None = None, window: int = MAX_WINDOW
    ) -> None:
        register()
        self.name = name
        self.window = window
        self.encoder = Encoder(Path(weights) if weights else WEIGHTS)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents` of one document."""
        self._read([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Set `doc.ents` of many; the same result as one by one."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._read(batch)
            yield from batch

    def _read(self, docs: list[Doc]) -> None:
        parts: list[tuple[int, Words, Window, Floats]] = []
        for number, doc in enumerate(docs):
            words = doc_to_words(doc, self.encoder.pieces)
            parts += [
                (number, words, window, self.encoder.scores(window))
                for window in windows(words, CLS, SEP, self.window)
            ]
        breaks = [words.breaks[w.first : w.last] for _, words, w, _ in parts]
        tags = viterbi([scores for *_, scores in parts], breaks, self.encoder.transitions)
        spans: list[list[Span]] = [[] for _ in docs]
        for (number, words, window, scores), opens, best in zip(parts, breaks, tags, strict=True):
            for found in names(best, scores, opens, self.encoder.transitions):
                first = words.tokens[window.first + found.first]
                last = words.tokens[window.first + found.last - 1]
                span = Span(docs[number], first, last + 1, label=found.label)
                span._.dateline_score = round(found.score, 4)
                spans[number].append(span)
        for doc, ents in zip(docs, spans, strict=True):
            doc.ents = ents
