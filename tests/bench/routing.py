"""Reloads and waits of the scheduler, beside LRU and TTL at every setting, over simulated traces of many kinds.

Run it by hand: ``python tests/bench/routing.py [--seeds 11 12 13] [--all]``.  Time is simulated, so that it prints the
same figures everywhere.  A ``*`` marks a reference that is ahead of the scheduler at one of reloads and waits by more
than three in a hundred, and not behind at the other.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from domain.routing.frontier import OURS, SETTINGS, STAYING, Figures, figures
from domain.routing.workloads import WORKLOADS

WITHIN = 0.03


def row(name: str, found: Figures, mark: str) -> str:
    """One line of the table."""
    waits = f"{found.p50_s:8.1f} {found.p95_s:8.1f} {found.mean_s:8.1f} {found.most_s:8.1f}"
    return f"  {name:30} {found.loads:6} {found.load_s:8.0f} {waits} {mark}"


def main() -> None:
    """Run all of it and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13])
    parser.add_argument("--all", action="store_true", help="also a least residency for the references")
    options = parser.parse_args()
    seeds, behind = tuple(options.seeds), 0
    names = [*SETTINGS, *(STAYING if options.all else ())]
    for make in WORKLOADS:
        print(f"{make.__name__}: {make.__doc__}")
        print(f"  {'':30} {'loads':>6} {'load s':>8} {'p50 s':>8} {'p95 s':>8} {'mean s':>8} {'most s':>8}")
        mine = figures(make, seeds)
        print(row(OURS, mine, ""))
        for name in names:
            found = figures(make, seeds, name)
            behind += mine.behind(found, within=WITHIN)
            print(row(name, found, "*" if mine.behind(found, within=WITHIN) else ""))
    print(f"{behind} of {len(WORKLOADS) * len(names)} references are better at both")


if __name__ == "__main__":
    main()
