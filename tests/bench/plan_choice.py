"""What choosing costs: whole plans and brief ones for every model of the catalogue on four cards.

Run it by hand: ``python tests/bench/plan_choice.py``.  Prints the time of all and the median and worst of one.
"""

import statistics
import time

from engineroom.adapters.catalogue import load_catalogue
from engineroom.adapters.gpu_table import load_gpu_table
from engineroom.adapters.matrix import load_matrix
from engineroom.domain.planning.plan import make_plan
from engineroom.domain.planning.values import Platform, Request

CARDS = ("RTX 4090", "RTX 5090", "GB10", "RTX 2080 Ti")


def main() -> None:
    """Measures and prints."""
    catalogue, table, matrix = load_catalogue(), load_gpu_table(), load_matrix()
    models = [catalogue.cards(entry, entry.checkpoints) for entry in catalogue.entries()]
    gpus = [gpu for gpu in map(table.named, CARDS) if gpu is not None]
    for brief in (False, True):
        took = []
        for gpu in gpus:
            platform = Platform(arch="aarch64" if gpu.name.endswith("GB10") else "x86_64")
            for cards in models:
                began = time.perf_counter()
                make_plan(Request(), cards, gpu, platform, matrix, brief=brief)
                took.append((time.perf_counter() - began) * 1e3)
        name = "brief" if brief else "whole"
        print(
            f"{name}: {len(took)} plans in {sum(took) / 1e3:.2f} s, "
            f"median {statistics.median(took):.1f} ms, worst {max(took):.1f} ms"
        )


if __name__ == "__main__":
    main()
