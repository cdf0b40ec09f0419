"""What cards and charts say before the first readings, and of figures that are no longer of now."""

from engineroom_ui.link.session import Phase
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.text import numbers
from engineroom_ui.widgets.parts import Figure
from window_kit import OpenWindow, StartFake, Until, connected

CARD = "GPU-fake-0"


def told(desktop: Desktop, place: Place) -> list[str]:
    """The values of all figures of the cards of a page."""
    cards = desktop.window.home.machine if place is Place.SERVE else desktop.window.monitor.cards
    return [part.value for part in cards.findChildren(Figure) if part.isVisible()]


def test_before_the_first_readings_nothing_is_said_to_be_missing(
    start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    """An ellipsis in the cards, one sentence in the charts: a daemon that has not measured yet."""
    start_fake("--gpus", "1", "--rapl", "--still")
    desktop = open_window()
    until(connected(desktop))
    for place, charts in (
        (Place.SERVE, [desktop.window.home.charts.power]),
        (Place.MONITOR, [desktop.window.monitor.charts.power, desktop.window.monitor.charts.heat]),
    ):
        desktop.window.show_page(place)
        until(lambda place=place: len(told(desktop, place)) > 5)
        assert set(told(desktop, place)) <= {"…", "64.0 GiB", "24.0 GiB"}
        for chart in charts:
            until(lambda chart=chart: chart.accessibleDescription().startswith("Nothing measured yet"))
    panel = desktop.window.monitor.cards.gpus[CARD]
    assert (panel.throttle.word, panel._nobody.text()) == ("…", "…")
    assert "not reported" not in panel.memory.told


def test_figures_that_are_not_of_now_say_so(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """While the engine room is lost, each card tells of when it speaks, and is muted; then no longer."""
    first = start_fake("--gpus", "1")
    desktop = open_window()
    until(connected(desktop))
    strip = desktop.window.home.machine
    until(lambda: CARD in strip.gpus and strip.gpus[CARD]._power.value.endswith("W"))
    cards = [strip.host, strip.gpus[CARD]]
    assert [card.age for card in cards] == ["", ""]
    first.kill()
    first.wait()
    until(lambda: desktop.session.view.phase is Phase.LOST)
    last = desktop.room.telemetry.last
    assert last is not None
    assert [card.age for card in cards] == [f"as of {numbers.clock(last.taken_at_s)}"] * 2
    assert {part._value.objectName() for card in cards for part in card.findChildren(Figure)} == {"Muted"}
    assert (
        desktop.window.home.serve.address._line.placeholderText() == "No address while the engine room does not answer"
    )
    start_fake("--gpus", "1")
    until(connected(desktop))
    until(lambda: [strip.host.age, strip.gpus[CARD].age] == ["", ""])
    assert {part._value.objectName() for part in strip.findChildren(Figure)} == {""}
