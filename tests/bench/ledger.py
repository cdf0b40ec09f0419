"""How large a year of the ledger is, and how long the chart's query of 30 days takes.

Run it by hand: ``python tests/bench/ledger.py [--cards 4]``.  It writes a year of hourly rows, two weeks of minutes and
two days of tens of seconds, which is what pruning leaves, and prints size and times.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from engineroom.adapters.sqlite.ledger import SqliteLedger
from engineroom.domain.ledger import GroupBy
from engineroom.domain.rollup import Metric, Rollup
from engineroom.domain.usage import Outcome, RequestView

DAY_S = 86_400
NOW_S = 1_790_000_000


def row(at_s: int, source: str) -> Rollup:
    """A bucket in which everything was reported."""
    metric = Metric(total=3210.5, count=10, most=345.6)
    return Rollup(
        bucket_s=at_s, source=source, power=metric, memory=metric, temperature=metric, busy=metric, energy_j=3456.7,
        tokens=123.0, requests=4,
    )  # fmt: skip


def request(number: int) -> RequestView:
    """One of many."""
    return RequestView(
        request_id=f"req-{number:016x}", model_id=f"model-{number % 7}", route="/v1/chat/completions",
        outcome=Outcome.OK, status=200, finished_at_s=NOW_S - number * 26.0, seconds=2.0, ttft_s=0.1, tokens_per_s=50.0,
        prompt_tokens=1000, completion_tokens=200, joules_gross=700.0, joules_above_idle=500.0,
    )  # fmt: skip


def fill(ledger: SqliteLedger, cards: int) -> None:
    """What a year leaves behind."""
    sources = [f"GPU-{card}-0000-0000-0000-000000000000" for card in range(cards)] + ["host", "traffic"]
    for days, every_s in ((365, 3600), (14, 60), (2, 10)):
        for start_s in range(NOW_S - days * DAY_S, NOW_S, DAY_S):
            ledger.write([], [row(at_s, name) for at_s in range(start_s, start_s + DAY_S, every_s) for name in sources])
    ledger.prune(requests_before_s=0, rollups_before_s=NOW_S - 400 * DAY_S, now_s=NOW_S)
    ledger.write([request(number) for number in range(100_000)], [])


def timed(call) -> float:
    """Median of nine runs, in milliseconds."""
    times = []
    for _ in range(9):
        began_s = time.perf_counter()
        call()
        times.append(time.perf_counter() - began_s)
    return statistics.median(times) * 1000


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=4)
    cards = parser.parse_args().cards
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "ledger.db"
        ledger = SqliteLedger(path)
        fill(ledger, cards)
        ledger.close()
        print(f"{cards} cards, a year of roll-ups and 100,000 requests: {path.stat().st_size / 1e6:.1f} MB")
        for name, span_s, step_s in (("1 h", 3600, 10), ("24 h", DAY_S, 60), ("30 d", 30 * DAY_S, 3600)):
            points = len(ledger.series(NOW_S - span_s, step_s))
            took_ms = timed(lambda since_s=NOW_S - span_s, step_s=step_s: ledger.series(since_s, step_s))
            print(f"series of {name}: {points} points in {took_ms:.1f} ms")
        for by in GroupBy:
            print(f"energy by {by}, 30 d: {timed(lambda by=by: ledger.energy(by, NOW_S - 30 * DAY_S)):.1f} ms")
        ledger.close()


if __name__ == "__main__":
    main()
