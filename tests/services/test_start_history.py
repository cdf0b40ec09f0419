"""When a start will be over, by what earlier ones took."""

from pathlib import Path

from engineroom.adapters.load_history import JsonLoadHistory
from engineroom.domain.engine import StartStep
from engineroom.services.start_history import learn, ready_at_s

LOAD, GRAPHS, AGAIN = (
    StartStep(name="load", at_s=10.0), StartStep(name="graphs", at_s=60.0), StartStep(name="graphs", at_s=90.0, round=2)
)  # fmt: skip


def test_the_end_moves_with_the_step_that_was_slow(tmp_path: Path) -> None:
    history = JsonLoadHistory(tmp_path / "history.json")
    assert ready_at_s(history, "k", 1000.0, [LOAD]) is None
    learn(history, "k", None, [LOAD])
    assert history.expected_s("k") is None
    learn(history, "k", 100.0, [LOAD, GRAPHS, AGAIN])
    assert ready_at_s(history, "k", 1000.0, []) == 1100.0
    assert ready_at_s(history, "k", 1000.0, [StartStep(name="load", at_s=40.0)]) == 1130.0
    slow = [StartStep(name="load", at_s=40.0), StartStep(name="graphs", at_s=70.0, round=2)]
    assert ready_at_s(history, "k", 1000.0, slow) == 1080.0
    new = [*slow, StartStep(name="never seen", at_s=75.0)]
    assert ready_at_s(history, "k", 1000.0, new) == 1080.0
    assert ready_at_s(history, "other", 1000.0, slow) is None
