"""A process that stores sixty releases in batches and says so; killed by test_durability.

python tests/db/writer.py news.db
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db import Store
from tests.db.telling import occasion, told


def main() -> None:
    with Store(Path(sys.argv[1])) as store, store.run("write"):
        waiting = []
        for n in range(60):
            event = f"Forum {2000 + n % 5}"
            stored = told(
                f"[person:Jane Doe] of [organisation:Acme {n % 7} Inc.] at [event:{event}] in "
                f"[place:Oslo] with [organisation:Asian Space Office] "
                f"([organisation:ASO=Asian Space Office]) {'word ' * 300}",
                f"r{n}",
                roles=[("Jane Doe", "CEO", f"Acme {n % 7}")],
                events=[occasion(event, f"{2000 + n % 5}-03-0{1 + n % 3}", place="Oslo")],
            )
            if not store.known(stored.release.uid, stored.release.sha256):
                waiting.append(stored)
            if len(waiting) == 8:
                store.save(waiting)
                print(n, flush=True)
                waiting.clear()
        store.save(waiting)


if __name__ == "__main__":
    main()
