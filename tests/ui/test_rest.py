"""While nobody sees the window it rests, and what it says is true again as soon as somebody does."""

from PySide6.QtCore import QObject

from engineroom_ui.widgets.clock import REST_MS, TICK_MS, DrawClock
from window_kit import OpenWindow, StartFake, Until, connected


def test_a_hidden_or_minimised_window_rests(open_window: OpenWindow) -> None:
    desktop = open_window()
    assert not desktop.rest.resting
    desktop.window.hide()
    assert desktop.rest.resting
    desktop.window.show()
    assert not desktop.rest.resting
    desktop.window.showMinimized()
    assert desktop.rest.resting
    desktop.window.showNormal()
    assert not desktop.rest.resting


def test_the_clock_of_one_that_rests_is_slow_and_ticks_at_once_when_seen(qapp: QObject) -> None:
    clock = DrawClock()
    ticks: list[int] = []
    clock.tick.connect(lambda: ticks.append(1))
    clock.rest(on=True)
    clock.start()
    assert clock.interval_ms == REST_MS
    assert ticks == []
    clock.rest(on=False)
    assert clock.interval_ms == TICK_MS
    assert ticks == [1]
    clock.stop()


def test_most_samples_are_passed_over_and_states_are_not(
    start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    """Four samples come in a second; the start of an engine is known as soon as ever."""
    start_fake("--gpus", "1", "--busy")
    desktop = open_window()
    until(connected(desktop))
    desktop.window.hide()
    telemetry = desktop.room.telemetry
    first = telemetry.version
    engine_id = next(iter(desktop.room.engines))
    desktop.room.start_engine(engine_id)
    until(lambda: desktop.room.engines[engine_id].state == "ready")
    times_s = telemetry.times_s
    until(lambda: telemetry.version > first and len(times_s) > 1 and times_s[-1] - times_s[-2] > 1.5)
    seen = telemetry.times_s[-1]
    desktop.window.show()
    until(lambda: telemetry.times_s[-1] > seen and telemetry.times_s[-1] - telemetry.times_s[-2] < 1.0)
