"""What must hold when things go wrong: nothing lost, nothing twice, a message that helps."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

import db
from db import Store, checks
from db.copies import path_end
from db.errors import Busy, DatabaseError, DiskFull, NewerSchema, NotADatabase, ReadOnly
from db.reader import schema_version
from tests.db.telling import contents, told

WRITER = Path(__file__).with_name("writer.py")


def sound(path: Path) -> bool:
    return all(check.ok for check in checks.doctor(path))


def test_a_killed_writer_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """A short version of benchmarks/crash.py."""
    whole, torn = tmp_path / "whole.db", tmp_path / "torn.db"
    command = [sys.executable, str(WRITER)]
    subprocess.run([*command, str(whole)], check=True, capture_output=True)
    random = Random(7)
    killed = 0
    for _ in range(30):
        if killed == 3:
            break
        with subprocess.Popen([*command, str(torn)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(random.randint(1, 4)):
                process.stdout.readline()
            time.sleep(random.random() * 0.02)
            process.send_signal(signal.SIGKILL)
            process.wait()
        killed += process.returncode == -signal.SIGKILL
        if process.returncode == 0:
            # It was done before the signal came, which shows nothing: begin again.
            for path in tmp_path.glob("torn.db*"):
                path.unlink()
        elif torn.exists():
            assert sound(torn)
    subprocess.run([*command, str(torn)], check=True, capture_output=True)
    assert killed == 3
    assert sound(torn)
    with db.connect(whole) as one, db.connect(torn) as other:
        assert contents(one) == contents(other)


def test_a_second_writer_waits_then_says_why(path: Path) -> None:
    with Store(path) as first, Store(path, busy_seconds=0.1) as second:
        with first.transaction(), pytest.raises(Busy, match="another process is writing"):
            second.save([told("[place:Oslo]", "b")])
        assert second.save([told("[place:Oslo]", "b")]).outcomes == ("stored",)
        assert first.save([told("[place:Oslo]", "c")]).outcomes == ("stored",)
        assert first.conn.execute("SELECT release_count FROM entities").fetchall() == [(2,)]


def test_a_reader_sees_whole_batches_while_a_writer_writes(path: Path) -> None:
    with Store(path) as store:
        store.save([told("[place:Oslo]", "a")])
        reader = db.connect(path)
        with store.transaction() as conn:
            conn.execute("DELETE FROM problems")
            conn.execute("UPDATE releases SET title = 'half'")
            assert reader.execute("SELECT title FROM releases").fetchone()[0] == "News"
            conn.execute("UPDATE releases SET title = 'News'")
        reader.close()


def test_a_full_disk_stops_with_a_message_and_loses_nothing(path: Path) -> None:
    with Store(path) as store:
        store.save([told("[place:Oslo]", "a")])
        pages = store.conn.execute("PRAGMA page_count").fetchone()[0]
        store.conn.execute(f"PRAGMA max_page_count = {pages + 2}")
        long = "word " * 40_000
        with pytest.raises(DiskFull, match="free some space and run the same command again"):
            store.save([told(long, "b"), told(long, "c")])
        store.conn.execute("PRAGMA max_page_count = 1000000")
        assert store.save([told("[place:Oslo]", "d")]).outcomes == ("stored",)
    assert sound(path)
    conn = db.connect(path)
    assert [uid for (uid,) in conn.execute("SELECT uid FROM releases")] == ["a", "d"]
    conn.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
@pytest.mark.skipif(not shutil.which("mount"), reason="there is no mount command")
def test_a_really_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine does not let a small disk be mounted")
    try:
        stored: list[str] = []

        def fill(store: Store) -> None:
            for number in range(4000):
                store.save([told(f"[place:Oslo] {'word ' * 500}", f"{number}")])
                stored.append(f"{number}")

        with Store(disk / "news.db") as store, pytest.raises(DiskFull):
            fill(store)
        copy = tmp_path / "rescued.db"
        for file in disk.iterdir():
            shutil.copy(file, copy.with_name(file.name.replace("news.db", "rescued.db")))
        assert sound(copy)
        conn = db.connect(copy)
        assert [uid for (uid,) in conn.execute("SELECT uid FROM releases ORDER BY id")] == stored
        assert stored
        conn.close()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_read_only_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path).close()
    real = sqlite3.connect

    def read_only(file: object, **options: object) -> sqlite3.Connection:
        conn: sqlite3.Connection = real(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        return conn

    monkeypatch.setattr("db.schema.sqlite3.connect", read_only)
    with pytest.raises(ReadOnly, match="Check the rights of the file"), Store(path) as store:
        store.save([told("[place:Oslo]")])


def test_a_newer_file_is_refused(path: Path) -> None:
    Store(path).close()
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA user_version = {schema_version() + 1}")
    conn.close()
    for open_ in (Store, db.connect):
        with pytest.raises(NewerSchema, match="pip install --upgrade"):
            open_(path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"this is a letter, not a database, " * 50, "not a SQLite database"),
        (None, "no such database"),
    ],
)
def test_other_files_are_refused(path: Path, content: bytes | None, says: str) -> None:
    if content:
        path.write_bytes(content)
        with pytest.raises(DatabaseError):
            Store(path)
        assert path.read_bytes() == content
    with pytest.raises(NotADatabase, match=says):
        db.connect(path)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE photos(id)")
    conn.close()
    for open_ in (Store, db.connect):
        with pytest.raises(NotADatabase, match="Dateline"):
            open_(path)


@pytest.mark.parametrize("open_", [Store, db.connect], ids=["writer", "reader"])
@pytest.mark.parametrize("version", range(1, schema_version()))
def test_an_older_file_is_upgraded_with_a_copy_beside(
    path: Path, version: int, open_: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import schema

    older = schema.migration_files()[:version]
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migration_files", lambda: older)
        patch.setattr(schema, "schema_version", lambda: version)
        conn = schema.connect(path)
        schema.migrate(conn, path)
        conn.execute("INSERT INTO sources(name, kind) VALUES ('kept', 'files')")
        conn.close()
    open_(path).close()
    assert sound(path)
    for file, expected in (
        (path, schema_version()),
        (path.with_name(f"news.db.schema-{version}.bak"), version),
    ):
        conn = sqlite3.connect(file)
        assert conn.execute("PRAGMA user_version").fetchone() == (expected,)
        assert conn.execute("SELECT name FROM sources").fetchall() == [("kept",)]
        conn.close()


def test_backup_while_writing(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with Store(path) as store:
        store.save([told("[place:Oslo]", "a")])
        with store.transaction() as conn:
            conn.execute("UPDATE releases SET title = 'half'")
            assert db.backup(path, target) == target.stat().st_size
            conn.execute("UPDATE releases SET title = 'News'")
        assert sound(target)
        copy = db.connect(target)
        assert contents(copy) == contents(store.conn)
        copy.close()
    with pytest.raises(DatabaseError, match="is the database itself"):
        db.backup(path, path)


def test_the_public_sees_nothing_under_embargo(path: Path, tmp_path: Path) -> None:
    secret = told(
        "[person:Ulla Hemlig] of [organisation:Acme Inc.] will [event:Velvet Gala 2031].",
        "secret",
        title="Hush Hush",
        embargo_until=datetime(2031, 1, 1, tzinfo=UTC),
        quotes=[("Ulla Hemlig", "whisper")],
        roles=[("Ulla Hemlig", "Spymaster", "Acme Inc.")],
    )
    past = told("[organisation:Acme Inc.]", "past", embargo_until=datetime(2020, 1, 1, tzinfo=UTC))
    with Store(path) as store:
        store.save([secret, past])
    target = tmp_path / "public.db"
    assert db.public_copy(path, target, now=datetime(2026, 1, 1, tzinfo=UTC)) == 1
    assert sound(target)
    conn = db.connect(target)
    assert [tuple(r) for r in conn.execute("SELECT name, mention_count FROM entities")] == [
        ("Acme Inc.", 1)
    ]
    assert conn.execute("SELECT count(*) FROM documents").fetchone()[0] == 0
    conn.close()
    content = target.read_bytes()
    for word in (b"Hemlig", b"Hush", b"whisper", b"Spymaster", b"Velvet", b"velvet", b"hemlig"):
        assert word not in content
    assert not target.with_name("public.db-wal").exists()


def test_the_public_does_not_see_where_files_lay(path: Path, tmp_path: Path) -> None:
    folders = ("/home/ada/one/news", "/home/ada/two/news")
    with Store(path) as store:
        for folder in folders:
            lies = told("[place:Oslo]", f"{folder}/a.html", document=f"{folder}/a.html")
            store.save([replace(lies, release=replace(lies.release, source=folder))])
        store.save([told("[place:Oslo]", "https://news.example/b")])
    db.public_copy(path, tmp_path / "public.db")
    conn = db.connect(tmp_path / "public.db")
    uids = [uid for (uid,) in conn.execute("SELECT uid FROM releases ORDER BY id")]
    assert uids == ["news/a.html", "news/a.html 2", "https://news.example/b"]
    names = [name for (name,) in conn.execute("SELECT name FROM sources ORDER BY id")]
    assert names == ["news", "news 2", "news.example"]
    conn.close()
    assert b"/home/ada" not in (tmp_path / "public.db").read_bytes()


@pytest.mark.parametrize(
    ("path", "steps", "end"),
    [
        ("/home/ada/news/lamps.zip!/a/b.html", 2, "news/lamps.zip!/a/b.html"),
        ("C:\\Users\\ada\\news\\a.html", 2, "news/a.html"),
        ("/home/ada/news/", 1, "news"),
        ("https://wire.example/a/b", 2, "https://wire.example/a/b"),
        ("news/a.html", 2, "news/a.html"),
        (None, 2, None),
    ],
)
def test_of_a_path_its_end_is_left(path: str | None, steps: int, end: str | None) -> None:
    assert path_end(path, steps) == end


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE entities SET mention_count = 7", "counts"),
        ("UPDATE clusters SET release_count = 7", "counts"),
        ("DELETE FROM releases_fts_docsize", "releases_fts"),
        ("INSERT INTO entities_fts(rowid, name) VALUES (99, 'ghost')", "entities_fts"),
        ("UPDATE mentions SET entity_id = 99", "references"),
    ],
)
def test_the_doctor_finds_damage_and_says_what_to_do(path: Path, damage: str, check: str) -> None:
    with Store(path) as store:
        words = " ".join(f"word{n}" for n in range(100))
        store.save([told(f"[place:Oslo] {words}", "a"), told(f"[place:Oslo] {words}", "b")])
    assert sound(path)
    conn = sqlite3.connect(path)
    with conn:
        conn.execute(damage)
    conn.close()
    wrong = {one.name: one.message for one in checks.doctor(path) if not one.ok}
    assert check in wrong
    assert "dateline" in wrong[check]
    if check in ("releases_fts", "entities_fts") or "entities" in damage:
        checks.repair(path)
        assert sound(path)
