"""Pictures of the main pages into docs/images: `python -m tests.tools.screenshots` (make screenshots).

Shows the samples, or the database given.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.publish.browser import CHROMIUM, chromium, running, samples

IMAGES = Path(__file__).parents[2] / "docs" / "images"
#: File name -> address, width, colour scheme.
SHOTS = {
    "home": ("/", 1280, "light"),
    "search": ("/-/search?q={word}", 1280, "light"),
    "release": ("/release/{release}", 1280, "light"),
    "dossier": ("/entity/{entity}", 1280, "light"),
    "dossier-dark": ("/entity/{entity}", 1280, "dark"),
    "events": ("/events", 1280, "light"),
    "event": ("/event/{event}", 1280, "light"),
    "map": ("/map", 1280, "light"),
    "dashboard": ("/dashboard", 1280, "light"),
    "phone": ("/release/{release}", 375, "light"),
}
HEIGHT = 1000


def subjects(path: Path) -> dict[str, object]:
    """What the pictures show: the best known person and the event with the most parties."""
    import sqlite3

    conn = sqlite3.connect(path)
    try:
        person = conn.execute(
            "SELECT id, name FROM entities WHERE kind = 'person' AND hidden = 0 "
            "ORDER BY release_count DESC, mention_count DESC, id LIMIT 1"
        ).fetchone()
        event = conn.execute(
            "SELECT event_id, min(release_id) FROM event_parties GROUP BY event_id "
            "ORDER BY count(*) DESC LIMIT 1"
        ).fetchone() or (1, 1)
    finally:
        conn.close()
    return {
        "entity": person[0],
        "word": person[1].split()[-1],
        "event": event[0],
        "release": event[1],
    }


def take(path: Path, images: Path) -> None:
    """Write one picture for each of SHOTS."""
    images.mkdir(parents=True, exist_ok=True)
    values = subjects(path)
    with running(path) as address, chromium() as browser:
        for name, (page_address, width, scheme) in SHOTS.items():
            page = browser.new_page(
                viewport={"width": width, "height": HEIGHT}, color_scheme=scheme
            )
            page.goto(address + page_address.format(**values))
            page.wait_for_load_state("load")
            page.screenshot(path=images / f"{name}.png")
            page.close()


def main() -> None:
    """Take the pictures of the database given, else of one made for it."""
    if CHROMIUM is None:
        sys.exit("Chromium is not installed; `apt install chromium` and run this again.")
    with TemporaryDirectory() as folder:
        given = [Path(argument) for argument in sys.argv[1:]]
        path = given[0] if given else samples(Path(folder) / "samples.db")
        take(path, IMAGES)


if __name__ == "__main__":
    main()
