"""The pipeline as users meet it: loaded, run in batches, put into another pipeline."""

import pickle
import random
import subprocess
import sys

import pytest
import spacy

import extract
from extract.recogniser.encoder import Encoder
from ingest.types import Release

BODY = (
    "Harbour Robotics Opens Lab in Lyon\n\n"
    "LYON, France, March 4, 2025 – Harbour Robotics Inc. today opened a laboratory in Lyon. "
    "Marta Oliveira, chief executive of Harbour Robotics, said the company will present its work "
    "at the European Robotics Forum 2025 in Stuttgart.\n\n"
    "About Harbour Robotics\n\nHarbour Robotics builds tools for ports."
)
TEXTS = [
    BODY,
    "",
    "   \n\n ",
    "Call Tomas Lindqvist.",
    "GREEN VALLEY UNIVERSITY NAMES NEW DEAN\n\nGREEN VALLEY, Ohio – Green Valley University said "
    "Monday that Priya Raman will lead its School of Nursing.",
    "x" * 3000,
    BODY * 6,
]


def release(number: int, text: str, language: str | None = "en") -> Release:
    return Release(
        str(number), f"{number}.txt", "test", "", None, None, language, None, None, text, (), "0"
    )


def found(docs):
    return [doc._.dateline_mentions for doc in docs]


def test_finds_the_names_of_a_release(nlp):
    mentions = {(m.kind, m.name) for m in nlp(BODY)._.dateline_mentions}
    assert ("organisation", "Harbour Robotics Inc.") in mentions
    assert ("person", "Marta Oliveira") in mentions
    assert {("place", "France"), ("place", "Stuttgart")} <= mentions


def test_every_span_is_the_words_it_says(nlp, fast):
    for pipeline in (nlp, fast):
        for doc in pipeline.pipe(TEXTS):
            for m in doc._.dateline_mentions:
                assert doc.text[m.start_char : m.end_char] == m.text
                assert "\n" not in m.text
                assert 0 <= m.score <= 1
                assert m.method


@pytest.mark.parametrize("size", [1, 2, 5, 64])
def test_the_same_result_in_any_batch_size_and_order(nlp, size):
    alone = dict(zip(TEXTS, found(nlp(text) for text in TEXTS), strict=True))
    shuffled = random.Random(size).sample(TEXTS, len(TEXTS))
    together = found(nlp.pipe(shuffled, batch_size=size))
    assert together == [alone[text] for text in shuffled]


def test_the_encoder_can_be_sent_to_another_process(nlp):
    encoder = nlp.get_pipe("dateline_encoder").encoder
    copy = pickle.loads(pickle.dumps(encoder))
    assert copy.about == encoder.about


@pytest.mark.parametrize("fast_one", [False, True])
def test_no_component_misses_what_it_requires(fast_one):
    analysis = extract.load(fast=fast_one).analyze_pipes()
    assert not any(analysis["problems"].values())


def test_works_in_someone_elses_pipeline(nlp):
    theirs = spacy.blank("en")
    theirs.add_pipe("dateline_encoder")
    theirs.add_pipe("dateline_names")
    labels = {ent.text: ent.label_ for ent in theirs("Priya Raman moved to Lyon.").ents}
    assert labels == {"Priya Raman": "PERSON", "Lyon": "GPE"}


def test_names_work_behind_any_recogniser():
    theirs = spacy.blank("de")
    ruler = theirs.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Petra Vogel"}])
    theirs.add_pipe("dateline_names")
    doc = theirs("Petra Vogel kam. Vogel ging.")
    assert [(m.text, m.name, m.method) for m in doc._.dateline_mentions] == [
        ("Petra Vogel", "Petra Vogel", "recogniser"),
        ("Vogel", "Petra Vogel", "short-name"),
    ]


def test_extractions_come_in_order_and_say_what_made_them(nlp):
    releases = [release(i, text) for i, text in enumerate(TEXTS)]
    results = list(extract.extract(releases, nlp, batch_size=3))
    assert [r.release_uid for r in results] == [r.uid for r in releases]
    assert results[0].extractor.startswith("encoder-")
    assert results[0].mentions == nlp(BODY)._.dateline_mentions


def test_a_language_without_pipeline_says_what_to_install(nlp):
    first, second = extract.extract([release(1, "Ol", "tlh"), release(2, BODY)], nlp)
    assert first.mentions == ()
    assert [p.code for p in first.problems] == ["language-unreadable"]
    assert "tlh_core_news_sm" in first.problems[0].message
    assert second.mentions


def test_one_bad_document_does_not_lose_its_neighbours(nlp, monkeypatch):
    names = nlp.get_pipe("dateline_names")

    class Trap:
        def __call__(self, doc):
            if "Lindqvist" in doc.text:
                raise RuntimeError("trapped")
            return names(doc)

    position = nlp.pipe_names.index("dateline_names")
    pipes = nlp._components
    monkeypatch.setitem(dict(pipes), "dateline_names", None)
    original = pipes[position]
    pipes[position] = ("dateline_names", Trap())
    try:
        good, bad, also = extract.extract(
            [release(1, BODY), release(2, "Call Tomas Lindqvist."), release(3, BODY)], nlp
        )
    finally:
        pipes[position] = original
    assert good.mentions == also.mentions != ()
    assert bad.mentions == ()
    assert [(p.code, "trapped" in p.message) for p in bad.problems] == [("component-failed", True)]


def test_an_unknown_model_says_how_to_install_it():
    with pytest.raises(extract.ModelMissing, match="spacy download no_such_model"):
        extract.load("no_such_model")


def test_missing_weights_are_an_error_with_advice(tmp_path):
    with pytest.raises(extract.ModelMissing, match="make train"):
        Encoder(tmp_path)


def test_running_needs_no_torch():
    code = (
        "import sys, extract; extract.load()('Priya Raman moved to Lyon.'); "
        "assert not {'torch', 'transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
