"""Read thousands of damaged documents: no traceback, no hang.

    python -m benchmarks.fuzz --count 20000
    python -m benchmarks.fuzz --count 500 --seed 7 --slowest 5
    python -m benchmarks.fuzz --seed 7 --only 1234          one of them again

Prints how many became releases or problems, of which codes, and the slowest. Exit status 1 when
one raised, came out unsound or took longer than --seconds.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter

from ingest import DEFAULT_LIMITS, releases
from ingest.formats.members import document
from ingest.types import Problem
from tests.tools.golden import samples
from tests.tools.invariants import assert_sound
from tests.tools.mutations import mutants


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=20_000, help="documents (20000)")
    parser.add_argument("--seed", type=int, default=0, help="which damage (0)")
    parser.add_argument("--seconds", type=float, default=10.0, help="of work for one (10)")
    parser.add_argument("--slowest", type=int, default=3, help="how many to name (3)")
    parser.add_argument("--only", type=int, help="number of the one document to read")
    options = parser.parse_args()

    results: Counter[str] = Counter()
    times: list[tuple[float, int, str]] = []
    failures = 0
    begun = time.perf_counter()
    count = options.count if options.only is None else options.only + 1
    for number, (name, content) in enumerate(mutants(list(samples()), count, options.seed)):
        if options.only not in (None, number):
            continue
        start = time.process_time()
        try:
            for item in releases(document(name, content, source="fuzz"), DEFAULT_LIMITS):
                results[item.code if isinstance(item, Problem) else "release"] += 1
                assert_sound(item)
        except Exception:
            failures += 1
            print(f"document {number} ({name}), seed {options.seed}:")
            traceback.print_exc(file=sys.stdout)
        taken = time.process_time() - start
        failures += taken > options.seconds
        times.append((taken, number, name))
        if len(times) % 1_000 == 0:
            print(f"{len(times):,} …", file=sys.stderr, flush=True)
    print(f"documents        {len(times):>9,}")
    print(f"failures         {failures:>9,}")
    print(f"seconds          {time.perf_counter() - begun:>9,.1f}")
    for code, amount in results.most_common():
        print(f"  {code:<24}{amount:>9,}")
    for taken, number, name in sorted(times, reverse=True)[: options.slowest]:
        print(f"  slowest: {taken:.2f} s, document {number} ({name})")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
