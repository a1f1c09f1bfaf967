"""A running site and a headless Chromium, for the browser tests and the screenshots."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest

from publish.serve import application

from ..cli.test_usage import run

#: Where distributions put it; Playwright's own download is not needed.
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]
START_SECONDS = 60

#: What every test in a browser is marked with.
in_chromium = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt install chromium)"),
    pytest.mark.skipif(find_spec("playwright") is None, reason="playwright is not installed"),
]
needs_axe = pytest.mark.skipif(
    find_spec("axe_playwright_python") is None, reason="axe-playwright-python is not installed"
)


@contextmanager
def running(path: Path, **options: Any) -> Iterator[str]:
    """Serve a database on a free port while the block runs; gives the address."""
    import uvicorn

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            application(path, **options).app(), log_level="error", lifespan="on"
        )
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = monotonic() + START_SECONDS
        while not server.started:
            if monotonic() > deadline or not thread.is_alive():
                raise RuntimeError("The site did not start.")
            sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless browser that asks the network for nothing by itself."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def samples(path: Path) -> Path:
    """Read the samples into a database at `path`, as `dateline demo` does."""
    done = run("demo", "--no-serve", "--db", str(path))
    if done.returncode:
        raise RuntimeError(done.stderr)
    return path


def serious(page: Any) -> dict[str, list[str]]:
    """What axe finds in an open page that is serious or worse: rule -> the first elements."""
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(axe)
    return {
        rule["id"]: [node["html"][:160] for node in rule["nodes"]][:3]
        for rule in page.evaluate("axe.run()")["violations"]
        if rule["impact"] in ("serious", "critical")
    }
