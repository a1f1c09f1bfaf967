"""Starting and ending the site."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from publish.errors import PortBusy, PublishError
from publish.serve import application, serve

from .client import get


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(None, "dateline ingest", id="no file"),
        pytest.param(b"not a database, but long enough " * 40, "--db", id="text"),
        pytest.param(b"", "--db", id="empty file"),
    ],
)
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PublishError, match=re.escape(says)) as error:
        application(path)
    assert "\n" not in str(error.value)


def test_any_file_name_is_served_under_one_name(small_db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other name.sqlite"
    other.write_bytes(small_db.read_bytes())
    assert get(application(other), "/dateline/releases.json").status_code == 200


def test_a_busy_port_is_a_clear_message(small_db: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortBusy, match="--port"):
            serve(small_db, port=taken.getsockname()[1])


@pytest.mark.parametrize("public", [False, True])
def test_ctrl_c_ends_it_cleanly(small_db: Path, public: bool) -> None:
    code = (
        "import sys; from pathlib import Path; from publish.serve import serve; "
        f"serve(Path(sys.argv[1]), port=0, public={public})"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(small_db)],
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    assert process.stderr
    try:
        line = process.stderr.readline()
        if public:
            assert line.startswith("Copying")
            line = process.stderr.readline()
        address = re.search(r"http://\S+/", line)
        assert address, line
        with urlopen(address[0]) as answer:
            assert b"Dateline" in answer.read()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert errors == ""
