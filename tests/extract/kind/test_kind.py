"""The kind of a release by its headline and first words."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extract.components.kind import Kind, kind


@pytest.mark.parametrize(
    ("expected", "headline", "lead"),
    [
        ("event", "Harbour Lights Festival Returns to Port Ellery", ""),
        (
            "event",
            "Corvane to Host Third Annual Microgrid Summit",
            "The event will be held in May.",
        ),
        ("event", "Telmore Robotics to Present at Lakeside Investor Conference", ""),
        ("event", "16th Annual Sickle Cell Education Symposium Opens", ""),
        ("event", "Join us for an evening of jazz", "The gala takes place on Friday. Tickets…"),
        ("appointment", "Corvane Appoints Ilse Marrow as Chief Financial Officer", ""),
        ("appointment", "Otto Brandvik Joins Telmore as Senior Advisor", ""),
        ("appointment", "Telmore Names Dara Quill to Board of Directors", ""),
        ("appointment", "New CEO at Port Ellery Water", "Priya Sandoval was elected president."),
        ("appointment", "Pell & Dray promotes two partners", ""),
        ("product", "Corvane Launches Handheld Air Monitor", ""),
        ("product", "Telmore unveils next-generation gripper", ""),
        ("product", "Quiet Rivers, a new novel by Ana Feld, now available", ""),
        ("product", "Introducing the Otter 3", "Corvane released its new app."),
        ("partnership", "Corvane and Telmore Announce Strategic Partnership", ""),
        ("partnership", "Telmore acquires Lakeside Sensors", ""),
        ("partnership", "Port Ellery Signs Agreement with Northmark University", ""),
        ("partnership", "Corvane teams up with Pell & Dray", "The collaboration…"),
        ("results", "Corvane Reports Third Quarter 2025 Results", ""),
        ("results", "Telmore: full-year financial results", "Net income rose."),
        ("results", "Lakeside declares dividend", "Revenue grew by 4 percent; net profit fell."),
        ("award", "Ana Feld Wins Harbour Prize for Fiction", ""),
        ("award", "Telmore Named to Best Workplaces List", "The ranking honors firms."),
        ("award", "Finalists announced for 2025 Clean Water Award", ""),
        ("research", "Study finds sleep improves memory", "Researchers at Northmark…"),
        ("research", "Survey Reveals Gap in Prescription Savings", ""),
        ("research", "Telmore announces phase 2 clinical trial", "The findings show…"),
        ("policy", "Senator introduces bill on farm credit", ""),
        ("policy", "Statement by the Foreign Minister on the ceasefire", ""),
        ("policy", "Government publishes new regulation on drones", ""),
        ("other", "Tips for a dry cellar", ""),
        ("other", "", ""),
    ],
)
def test_kind(expected: str, headline: str, lead: str) -> None:
    assert kind(headline, lead)[0] == expected


def test_the_reason_names_the_words() -> None:
    assert kind("Corvane Appoints Ilse Marrow", "The appointment of Ms Marrow") == (
        "appointment",
        "headline: appoints; lead: appointment of",
    )


def test_a_headline_outweighs_the_first_paragraph() -> None:
    lead = "Ahead of the conference, the summit and the gala, tickets are on sale."
    assert kind("Corvane appoints Ilse Marrow", "At the conference.")[0] == "appointment"
    assert kind("A note", lead)[0] == "event"


def test_the_component_writes_kind_and_reason() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_kind")
    doc = nlp("Corvane Launches Air Monitor\n\nPORT ELLERY, May 3, 2025 -- Corvane said so.")
    assert doc._.dateline_kind == ("product", "headline: launches")
    assert isinstance(nlp.get_pipe("dateline_kind"), Kind)


@given(st.text(max_size=120), st.text(max_size=300))
def test_any_text_has_a_kind_and_a_reason_unless_other(headline: str, lead: str) -> None:
    found, reason = kind(headline, lead)
    assert (found == "other") == (reason == "")
