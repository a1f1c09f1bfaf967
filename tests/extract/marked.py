"""Docs from marked text, so that facts are tested without a recogniser.

    "[Jane Doe|PERSON], head of [Acme|ORG], spoke on [3 May|DATE=2024-05-03]."

A name may carry its full form ("[Doe|PERSON=Jane Doe]"); a date carries its day or both ends
("=2024-05-03..2024-05-05"), with a time when it has one ("=2024-05-03@09:30").
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.components import sentences
from extract.extensions import register
from extract.tokens import add_joints
from extract.types import LABEL_KINDS, DateMention, Mention, Precision

_MARK = re.compile(r"\[([^|\[\]]+)\|([A-Z]+)(?:=([^\]]*))?\]")


@lru_cache(maxsize=1)
def tokenizer() -> Language:
    """Return the tokenizer and sentence rules of the pipeline, nothing else."""
    register()
    nlp = spacy.blank("en")
    add_joints(nlp)
    assert sentences.Sentences
    nlp.add_pipe("dateline_sentences")
    return nlp


def marked(text: str) -> Doc:
    """Return a Doc of `text` without its marks, with mentions and dates where they were."""
    plain, mentions, dates, last = "", [], [], 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        last = match.end()
        words, label, note = match.groups()
        start, end = len(plain), len(plain) + len(words)
        plain += words
        if label == "DATE":
            dates.append(_date(words, start, end, note or ""))
        else:
            name = note or words
            mentions.append(Mention(LABEL_KINDS[label], start, end, words, name, "test", 1.0))
    doc = tokenizer()(plain + text[last:])
    doc._.dateline_mentions = tuple(mentions)
    doc._.dateline_dates = tuple(dates)
    return doc


def _date(words: str, start: int, end: int, note: str) -> DateMention:
    days, _, time = note.partition("@")
    first, _, last = days.partition("..")
    starts_on = date.fromisoformat(first)
    ends_on = date.fromisoformat(last) if last else starts_on
    length = (ends_on - starts_on).days
    precision: Precision = "day" if not length else "range"
    if 27 <= length <= 31:
        precision = "month"
    elif length > 300:
        precision = "year"
    return DateMention(start, end, words, starts_on, ends_on, precision, time or None)
