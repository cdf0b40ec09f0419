"""What the window costs: ``python tests/bench/window.py [--seconds 10] [--only first_paint ...]``.

Each figure is taken in a process of its own, beside a fake daemon with four cards:

* ``first_paint``: from the start of the program to the first paint, wall clock and processor time, and its imports; of
  the third start, with the compiled modules that an installed program has;
* ``hidden``: processor share while the window is hidden, as in the tray, and an engine serves;
* ``charts``: processor share and memory with the charts of Monitor open, four frames a second (``--seconds 3600``: an
  hour);
* ``flood``: 10,000 log lines a second into the open log, and the longest time in which the window could not answer: by
  the clock, and in processor time of its own, which other programs do not lengthen.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil

HERE = Path(__file__).resolve()
FAKE_DAEMON = HERE.parents[1] / "fakes" / "fake_daemon.py"
HEAVY = {"pydantic", "numpy", "pyqtgraph", "fastapi"}
GOALS = {
    "first_paint": "wall_s <= 0.7 and nothing heavy imported",
    "hidden": "cpu_percent < 0.5",
    "charts": "cpu_percent <= 10, rss_mib <= 180, grown_mib within 5",
    "flood": "longest_gap_ms <= 100",
}
WARM = 3
# By the monotonic clock, just before the program is started: the start that the system gives for a process counts
# from a boot that is known to the second only.
_STARTED = "ENGINEROOM_BENCH_STARTED_S"


def pause(seconds: float) -> None:
    """Let the event loop run for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def opened() -> Any:
    """A window that is connected."""
    from PySide6.QtWidgets import QApplication

    from engineroom_ui.shell.desktop import Desktop

    app = QApplication.instance() or QApplication([])
    desktop = Desktop(app, [sys.executable, "-c", ""])
    desktop.window.resize(1280, 800)
    desktop.show()
    deadline_s = time.monotonic() + 60
    while not desktop.room.live and time.monotonic() < deadline_s:
        pause(0.05)
    return desktop


def share(seconds: float) -> float:
    """Processor share of this process over a while, in percent of one core."""
    before_s, begun_s = time.process_time(), time.monotonic()
    pause(seconds)
    return 100 * (time.process_time() - before_s) / (time.monotonic() - begun_s)


def rss_mib() -> float:
    """Memory of this process that is resident, in MiB."""
    return float(psutil.Process().memory_info().rss) / 1024**2


def first_paint(_seconds: float) -> dict[str, Any]:
    """Until something is seen."""
    from PySide6.QtWidgets import QApplication

    from engineroom_ui.shell.desktop import Desktop

    app = QApplication([])
    desktop = Desktop(app, [sys.executable, "-c", ""])
    told: dict[str, Any] = {}

    def painted() -> None:
        told["wall_s"] = time.monotonic() - float(os.environ[_STARTED])
        told["cpu_s"] = time.process_time()
        told["imported"] = sorted(HEAVY & sys.modules.keys())
        app.quit()

    desktop.window.painted.disconnect()
    desktop.window.painted.connect(painted)
    desktop.show()
    app.exec()
    desktop.close()
    return told


def hidden(seconds: float) -> dict[str, Any]:
    """Nobody looks."""
    desktop = opened()
    pause(2)
    desktop.window.hide()
    pause(1)
    told = {"cpu_percent": share(seconds), "rss_mib": rss_mib()}
    desktop.close()
    return told


def charts(seconds: float) -> dict[str, Any]:
    """Four cards, four times a second, all charts in view."""
    from engineroom_ui.shell.registry import Place

    desktop = opened()
    desktop.window.show_page(Place.MONITOR)
    pause(5)
    before = rss_mib()
    told = {"cpu_percent": share(seconds), "rss_mib": rss_mib()}
    told["grown_mib"] = told["rss_mib"] - before
    desktop.close()
    return told


def flood(seconds: float) -> dict[str, Any]:
    """The longest time between two beats of a timer that should beat every 5 ms."""
    from PySide6.QtCore import QTimer

    desktop = opened()
    desktop.window.show_log(on=True)
    pause(2)
    gaps: list[float] = []
    bursts: list[float] = []
    last = time.monotonic(), time.process_time()

    def beat() -> None:
        nonlocal last
        now = time.monotonic(), time.process_time()
        gaps.append(now[0] - last[0])
        bursts.append(now[1] - last[1])
        last = now

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(5)
    before = desktop.room.log.after(-1)[-1].number
    used = share(seconds)
    lines = desktop.room.log.after(-1)[-1].number - before
    timer.stop()
    told = {
        "lines_per_s": lines / seconds,
        "longest_gap_ms": 1000 * max(gaps),
        "longest_burst_ms": 1000 * max(bursts),
        "cpu_percent": used,
        "rss_mib": rss_mib(),
    }
    desktop.close()
    return told


SCENES: dict[str, Callable[[float], dict[str, Any]]] = {
    "first_paint": first_paint,
    "hidden": hidden,
    "charts": charts,
    "flood": flood,
}
OPTIONS = {
    "first_paint": [],
    "hidden": ["--serving", "--busy", "--gpus", "4", "--rapl"],
    "charts": ["--serving", "--busy", "--gpus", "4", "--rapl", "--history", "300"],
    "flood": ["--flood", "10000"],
}


def in_a_process(scene: str, seconds: float, compiled: str) -> dict[str, Any]:
    """One scene beside a fake daemon of its own; ``compiled`` is a folder for compiled modules."""
    with tempfile.TemporaryDirectory() as home:
        path = os.pathsep.join([str(HERE.parents[1]), str(FAKE_DAEMON.parent), *filter(None, sys.path)])
        environment = {**os.environ, "ENGINEROOM_HOME": home, "PYTHONPATH": path, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        daemon = subprocess.Popen([sys.executable, str(FAKE_DAEMON), *OPTIONS[scene]], env=environment)
        try:
            while not (Path(home) / "run" / "daemon.json").exists():
                time.sleep(0.05)
            command = [sys.executable, str(HERE), "--scene", scene, "--seconds", str(seconds)]
            environment[_STARTED] = str(time.monotonic())
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        finally:
            daemon.send_signal(signal.SIGKILL)
            daemon.wait()
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def main() -> int:
    """Print the figures; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--only", nargs="*", choices=list(SCENES), default=list(SCENES))
    parser.add_argument("--scene", choices=list(SCENES))
    said = parser.parse_args()
    if said.scene is not None:
        print(json.dumps(SCENES[said.scene](said.seconds)))
        return 0
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as compiled:
        for scene in said.only:
            for _ in range(WARM if scene == "first_paint" else 1):
                told = in_a_process(scene, said.seconds, compiled)
            figures = ", ".join(
                f"{key} {value:.2f}" if isinstance(value, float) else f"{key} {value}" for key, value in told.items()
            )
            print(f"{scene}: {figures}   (goal: {GOALS[scene]})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
