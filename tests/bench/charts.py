"""Processor time of a chart's redraw: ``python tests/bench/charts.py [--series 10] [--points 3600] [--frames 40]``.

Prints the median and the highest over the frames, for a chart that draws all of it every time, and for a hidden one.
"""

import argparse
import math
import os
import statistics
import sys
import time
from array import array
from itertools import pairwise

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from engineroom_ui.state.samples import Samples
from engineroom_ui.state.telemetry import TelemetryStore
from engineroom_ui.text import units
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.card_lines import card_ink
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.crosshair import Crosshair
from engineroom_ui.widgets.strip_chart import Line, StripChart

BUDGET_MS = 15.0


class Made(Samples):
    """Waves that move on by one point with every frame."""

    def __init__(self, series: int, points: int) -> None:
        super().__init__(float(points), 1.0)
        self.times_s = array("d", range(points))
        for at in range(series):
            self._series[str(at)] = array("d", (at * 9 + 40 * math.sin(x / (17 + at)) ** 2 for x in range(points)))

    def step(self) -> None:
        """One more point, one fewer."""
        self.times_s.append(self.times_s[-1] + 1)
        del self.times_s[0]
        for ring in self._series.values():
            ring.append(ring[0])
            del ring[0]
        self.version += 1


def measure(chart: StripChart, made: Made, app: QApplication, frames: int) -> list[float]:
    """Processor time in ms of each frame: figures, thinning, paths and painting."""
    marks = [time.process_time()]
    for _ in range(frames):
        made.step()
        chart.draw()
        app.processEvents()
        marks.append(time.process_time())
    return [1000 * (after - before) for before, after in pairwise(marks)]


def main() -> int:
    """Print the figures; 1 when the median is over budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=10)
    parser.add_argument("--points", type=int, default=3600)
    parser.add_argument("--frames", type=int, default=40)
    said = parser.parse_args()
    app = QApplication(sys.argv[:1])
    theme = Theme(app, Choice.LIGHT)
    made = Made(said.series, said.points)
    chart = StripChart(theme, DrawClock(), TelemetryStore(), title="Power", unit=units.watts, crosshair=Crosshair())
    chart.show_lines([Line(series=str(at), caption=f"line {at}", ink=card_ink(at)) for at in range(said.series)])
    chart.show_samples(made)
    chart.resize(1100, 360)
    chart.show()
    measure(chart, made, app, 5)
    shown = measure(chart, made, app, said.frames)
    chart.hide()
    hidden = measure(chart, made, app, said.frames)
    for name, frames in (("shown", shown), ("hidden", hidden)):
        print(f"{name}: median {statistics.median(frames):.1f} ms, highest {max(frames):.1f} ms of processor time")
    print(f"{said.series} series of {said.points} points, 1100 by 360 pixels; budget {BUDGET_MS:.0f} ms")
    return 1 if statistics.median(shown) > BUDGET_MS else 0


if __name__ == "__main__":
    sys.exit(main())
