"""How far the estimated speeds lie from published ones: every row, and what the constants owe to any one card.

Run it by hand: ``python tests/bench/plan_speed.py``.  For the second figure the two constants of a decode step are
solved anew without a card's rows, and those rows are then estimated with them.
"""

import sys
from operator import mul
from pathlib import Path
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from domain.planning.speed_rows import EXCLUDED, Row, rows
from engineroom.domain.planning.reading import reading


def table(title: str, shown: list[Row]) -> None:
    print(f"\n{title}")
    for row in shown:
        speed = row.estimate()
        inside = speed.throughput.low <= row.tokens_per_s <= speed.throughput.high
        print(
            f"  {row.id:5} {row.says:62.62} B{row.batch:<3} D{row.depth:<6} measured {row.tokens_per_s:7.1f}"
            f"  estimated {speed.throughput.expected:7.1f}  {row.error:+6.1%}  {'' if inside else 'outside the range'}"
            f"{'' if speed.covered else ' not covered'} {EXCLUDED.get(row.id, '')}"
        )


def summary(title: str, errors: list[float]) -> None:
    sizes = sorted(abs(error) for error in errors)
    print(
        f"{title}: {len(sizes)} rows, mean error {mean(sizes):.1%}, median {median(sizes):.1%}, nine of ten within"
        f" {sizes[int(0.9 * (len(sizes) - 1))]:.1%}, worst {sizes[-1]:.1%}"
    )


def solved(known: list[Row]) -> tuple[float, float]:
    """The bandwidth's share and the seconds per layer that fit these rows best, by relative error."""
    parts = [(*costs(row), 1 / row.tokens_per_s) for row in known]
    xs, ys = [moved / taken for moved, _, taken in parts], [layers / taken for _, layers, taken in parts]
    xx, xy, yy = (sum(map(mul, *pair)) for pair in ((xs, xs), (xs, ys), (ys, ys)))
    determinant = xx * yy - xy * xy
    inverse_share, layer_s = (sum(xs) * yy - sum(ys) * xy) / determinant, (sum(ys) * xx - sum(xs) * xy) / determinant
    return 1 / inverse_share, layer_s


def costs(row: Row) -> tuple[float, int]:
    """Seconds at the full bandwidth, and layers."""
    moved = reading(row.card, kv_format=row.kv_format, batch=row.batch, depth=row.depth)
    assert row.gpu.bandwidth_bytes_per_s is not None
    return moved.total_bytes / row.gpu.bandwidth_bytes_per_s, row.card.layer_count


def without_each_card(single: list[Row]) -> list[float]:
    """Errors on the rows of every card, with constants that never saw it."""
    errors = []
    for name in {row.gpu.name for row in single}:
        share, layer_s = solved([row for row in single if row.gpu.name != name])
        for row in single:
            if row.gpu.name == name:
                moved, layers = costs(row)
                errors.append(1 / (moved / share + layer_s * layers) / row.tokens_per_s - 1)
    return errors


def prompts(shown: list[Row]) -> None:
    print("\nPrompts, tokens/s")
    for row in shown:
        speed, measured = row.estimate().prefill, row.prefill_tokens_per_s
        if speed is not None and measured is not None:
            inside = "" if speed.low <= measured <= speed.high else "outside the range"
            print(
                f"  {row.id:5} {row.says:62.62} measured {measured:6.0f}  estimated {speed.expected:6.0f}"
                f" ({speed.low:.0f} to {speed.high:.0f}) {inside}"
            )


def main() -> None:
    covered = rows()
    single = [row for row in covered if row.batch == 1]
    batches = [row for row in covered if row.batch > 1]
    table("One sequence", single)
    table("Several sequences", batches)
    table("Excluded", rows(excluded=True))
    prompts(single)
    print()
    summary("one sequence", [row.error for row in single])
    summary("one sequence, constants solved without the card", without_each_card(single))
    summary("several sequences", [row.error for row in batches])
    share, layer_s = solved(single)
    print(f"constants these rows alone would give: {share:.3f} of the bandwidth, {layer_s * 1e6:.1f} us per layer")


if __name__ == "__main__":
    main()
