"""What ``engineroom serve`` tells in its status line."""

import pytest

from engineroom.cli.output import gib
from engineroom.cli.serve import known_sum


@pytest.mark.parametrize(
    ("values", "told"),
    [([], "0 MiB"), ([2**20, 2**21], "3 MiB"), ([None], "not reported"), ([2**20, None], "not reported")],
)
def test_an_engine_that_reports_no_memory_makes_the_sum_unknown(values: list[float | None], told: str) -> None:
    assert gib(known_sum(values)) == told
