"""How far a build is and what is left of it, as its worker tells it."""

import io
import json

from engineroom.workers.json_lines import Voice
from engineroom.workers.sealing.pace import Pace


class Told:
    """A pace on a clock of the test, and what it said."""

    def __init__(self, **expected_s: float | None) -> None:
        self.now_s, self.stream = 100.0, io.StringIO()
        self.pace = Pace(Voice(self.stream), ("fetch", "trial", "seal"), expected_s, lambda: self.now_s)

    def rows(self) -> list[dict]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def last(self) -> dict:
        self.pace.tell()
        return self.rows()[-1]


def test_what_is_left_is_of_this_stage_and_all_after_it() -> None:
    told = Told(fetch=10.0, trial=20.0, seal=1.0)
    told.pace.begin("fetch")
    assert told.last()["eta_s"] == 31.0
    told.now_s += 4.0
    assert told.last()["eta_s"] == 27.0


def test_a_stage_that_was_never_seen_leaves_the_end_unknown() -> None:
    told = Told(fetch=10.0)
    told.pace.begin("fetch")
    assert told.last() == {"event": "progress", "eta_s": None}


def test_its_own_progress_is_believed_once_it_has_run_for_a_while() -> None:
    told = Told(fetch=10.0, trial=20.0, seal=0.0)
    told.pace.begin("fetch")
    told.now_s += 3.0
    told.pace.bytes(75, 100)
    row = told.last()
    assert (row["eta_s"], row["share"], row["done_bytes"], row["total_bytes"]) == (21.0, 0.75, 75, 100)


def test_what_is_left_never_grows_while_a_stage_goes_on_and_its_share_never_falls() -> None:
    told = Told(fetch=0.0, trial=5.0, seal=0.0)
    told.pace.begin("trial")
    told.now_s += 3.0
    told.pace.share(0.9)
    before = told.last()["eta_s"]
    told.now_s += 30.0
    told.pace.share(0.1)
    row = told.last()
    assert row["eta_s"] <= before
    assert row["share"] == 0.9


def test_the_end_of_a_stage_says_how_long_it_took_and_one_done_before_does_not() -> None:
    told = Told()
    told.pace.was_done("fetch")
    told.pace.begin("trial")
    told.now_s += 2.5
    told.pace.end("trial")
    said = [row for row in told.rows() if row["event"] == "stage_done"]
    assert said == [{"event": "stage_done", "stage": "fetch"}, {"event": "stage_done", "stage": "trial", "took_s": 2.5}]
    count = len(told.rows())
    told.pace.tell()
    assert len(told.rows()) == count, "between two stages there is nothing to tell"
