"""What a person is told when a command cannot do what was asked: what is wrong, what to do next."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from db import Store, judgements
from extract.errors import ModelMissing
from tests.db.telling import told


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """One release of two names, one of them hidden."""
    path = tmp_path / "news.db"
    with Store(path) as store:
        facts = {"roles": [("Jane Doe", "Buyer", "Acme Inc.")], "quotes": [("Jane Doe", "Yes")]}
        text = "[person:Jane Doe] joins [organisation:Acme Inc.]."
        store.save([told(text, "https://a.example", **facts)])  # type: ignore[arg-type]
        (number,) = store.conn.execute("SELECT id FROM entities WHERE name = 'Jane Doe'").fetchone()
        judgements.hide(store, number, "left the company")
    return path


@pytest.mark.parametrize(
    ("command", "status", "advice"),
    [
        ("forget https://b.example", 1, "`dateline show ID` prints addresses"),
        ("undo 7", 1, "`dateline review --history` lists them"),
        ("backup no/such/folder/copy.db", 2, "does not exist; make it first"),
        ("worker nowhere", 2, "write it as tcp://10.0.0.5:8786"),
        ("ingest x --scheduler nowhere", 2, "write it as tcp://10.0.0.5:8786"),
        ("show 99", 1, "dateline search WORDS"),
        ("entity Borealis", 1, "dateline search 'Borealis'"),
        ("export -f csv --table nothing", 1, "take one of releases"),
        ("search x --since yesterday", 2, "write it as 2025-03-04"),
    ],
)
def test_advice(
    news: Path, monkeypatch: pytest.MonkeyPatch, command: str, status: int, advice: str
) -> None:
    monkeypatch.setenv("DATELINE_DB", str(news))
    done = CliRunner().invoke(cli, command.split())
    # The command line prints an error of the project's own as it prints click's.
    said = f"{done.output} {done.exception}"
    assert (done.exit_code, advice in " ".join(said.split())) == (status, True), said


def test_forget_asks_before_it_removes(news: Path) -> None:
    refused = CliRunner().invoke(cli, ["forget", "https://a.example", "--db", str(news)], "n\n")
    assert "Remove “News” with everything read from it?" in refused.output
    with Store(news) as store:
        assert store.conn.execute("SELECT count(*) FROM releases").fetchone() == (1,)
    done = CliRunner().invoke(cli, ["forget", "https://a.example", "--yes", "--db", str(news)])
    assert done.exit_code == 0, done.output
    with Store(news) as store:
        assert store.conn.execute("SELECT count(*) FROM releases").fetchone() == (0,)


def test_history_lists_decisions_and_what_became_of_them(news: Path) -> None:
    def listed(*more: str) -> str:
        return CliRunner().invoke(cli, ["review", "--history", "--db", str(news), *more]).output

    assert "(hide: person “jane doe”): left the company" in listed()
    assert "undone on" not in listed()
    CliRunner().invoke(cli, ["undo", "1", "--db", str(news)])
    assert "undone on" in listed()
    assert json.loads(listed("--json"))[0]["note"] == "left the company"


def test_a_hidden_person_is_left_out_wherever_facts_are_told(news: Path) -> None:
    """As docs/privacy.md says: the name stands in the text, and nowhere else."""
    for command in ("search Jane Doe", "export --format jsonl", "export -f csv --table mentions"):
        told = CliRunner().invoke(cli, [*command.split(), "--db", str(news)]).output
        assert "Jane Doe" not in told.replace("Jane Doe joins", ""), command
    release = CliRunner().invoke(cli, ["show", "1", "--db", str(news)]).output
    facts, text = release.split("\nText\n")
    assert "Jane Doe" in text
    assert "Jane Doe" not in facts


def test_a_missing_model_is_named_with_what_to_do_after_its_way_from_a_worker() -> None:
    error = ModelMissing("xx_example", "pip install xx-example")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is ModelMissing
    assert str(again) == str(error)
    assert again.advice == "pip install xx-example"
