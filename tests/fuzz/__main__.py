"""`python -m tests.fuzz --minutes 60`: hostile inputs by the hour. `--again KIND NUMBER` makes one of them again."""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from pathlib import Path
from random import Random


def main() -> int:
    """Run it. Returns 1 if a property did not hold."""
    from fuzz.campaign import ALL, folder, outcome, run, tree_of
    from fuzz.properties import BrokenError

    wanted = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    wanted.add_argument("--minutes", type=float, default=60.0, help="how long (60)")
    wanted.add_argument("--inputs", type=int, default=1_000_000, help="at most so many inputs (1,000,000)")
    wanted.add_argument("--first", type=int, default=0, help="the number of the first input; other numbers are other inputs")
    wanted.add_argument("--kinds", nargs="+", choices=ALL, default=list(ALL))
    wanted.add_argument("--journal", type=Path, help="a file for the tally, written every half minute")
    wanted.add_argument("--again", nargs=2, metavar=("KIND", "NUMBER"), help="only this input: print it and what comes of it")
    given = wanted.parse_args()
    if given.again:
        kind, number = given.again[0], int(given.again[1])
        if kind != "lsp":
            for name, data in tree_of(kind, number).files.items():
                sys.stdout.write(f"--- {name}\n{data[:20_000]!r}\n")
        with folder():
            try:
                print(outcome(kind, Random(f"{kind} {number}")))
            except BrokenError as broken:
                print(broken.what, broken.details, sep="\n")
                return 1
        return 0
    end = time.monotonic() + 60 * given.minutes
    journal = given.journal.resolve() if given.journal else None
    tally = run(
        given.kinds, itertools.count(given.first), lambda made: made.inputs >= given.inputs or time.monotonic() > end, journal
    )
    print(f"{'kind':<22}{'inputs':>9}  outcomes")
    for kind, each in tally.outcomes.items():
        print(f"{kind:<22}{each.total():>9,}  {', '.join(f'{name} {number:,}' for name, number in sorted(each.items()))}")
    for what, (kind, number, _) in tally.failures.items():
        print(f"--again {kind} {number}: {what}")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    sys.exit(main())
