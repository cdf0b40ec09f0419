"""The timeline of a start."""

from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.engine import Stage, StageStatus
from engineroom.services.start_progress import StartProgress
from fakes.hand_clock import HandClock


def statuses(progress: StartProgress) -> list[StageStatus]:
    return [view.status for view in progress.views()]


def test_before_the_start_all_is_pending() -> None:
    progress = StartProgress(HandClock())
    assert [view.stage for view in progress.views()] == list(Stage)
    assert set(statuses(progress)) == {StageStatus.PENDING}
    assert not progress.advance(0.5)


def test_a_start_that_goes_well() -> None:
    clock = HandClock()
    progress = StartProgress(clock)
    for seconds, stage in enumerate(Stage, start=1):
        progress.enter(stage)
        clock.advance(seconds)
    progress.leave()
    assert set(statuses(progress)) == {StageStatus.DONE}
    assert [view.seconds for view in progress.views()] == [1.0, 2.0, 3.0, 4.0]
    assert [view.progress for view in progress.views()] == [None] * 4


def test_the_stage_under_way_shows_how_far_it_is() -> None:
    progress = StartProgress(HandClock())
    progress.enter(Stage.SPAWN)
    progress.enter(Stage.VERIFY)
    assert progress.advance(0.5)
    assert statuses(progress) == [StageStatus.DONE, StageStatus.ACTIVE, StageStatus.PENDING, StageStatus.PENDING]
    assert progress.views()[1].progress == 0.5


def test_entering_a_stage_twice_changes_nothing() -> None:
    """A worker says its stage with every step of it."""
    clock = HandClock()
    progress = StartProgress(clock)
    progress.enter(Stage.VERIFY)
    progress.advance(0.5)
    clock.advance(1)
    progress.enter(Stage.VERIFY)
    clock.advance(1)
    assert progress.views()[1].progress == 0.5
    progress.leave()
    assert progress.views()[1].seconds == 2.0


def test_a_failure_marks_its_stage() -> None:
    progress = StartProgress(HandClock())
    progress.enter(Stage.SPAWN)
    progress.enter(Stage.LOAD)
    progress.fail()
    assert statuses(progress) == [StageStatus.DONE, StageStatus.DONE, StageStatus.FAILED, StageStatus.PENDING]


@given(st.lists(st.floats(-1, 3), max_size=40))
def test_progress_never_goes_back_and_stays_below_one(fractions: list[float]) -> None:
    progress = StartProgress(HandClock())
    progress.enter(Stage.LOAD)
    before = 0.0
    for fraction in fractions:
        moved = progress.advance(fraction)
        now = progress.views()[2].progress or 0.0
        assert before <= now <= 1.0
        assert moved == (now >= before + 0.01)
        before = now
