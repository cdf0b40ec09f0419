"""Pictures of the window that a test holds against how it looks now: ``python tests/ui/golden.py --update``.

Each is drawn beside the fake daemon with content that is the same in every run, with the bundled fonts alone. Look at
what changed before it is committed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
SCALES = (1, 2)
PATIENCE_S = 60.0
LOOK_S = 0.6
FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{dir}</dir></fontconfig>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: the page or state (a key of :func:`states`), colours, language, and the size in logical pixels."""

    name: str
    state: str
    colours: str = "light"
    language: str = "en"
    size: tuple[int, int] = (1280, 800)
    scale: int = 1
    daemon: str = "full"


SHOTS = (
    Shot(name="serve-light", state="serve"),
    Shot(name="serve-cards-dark", state="serve", colours="dark", daemon="cold"),
    Shot(name="serve-german", state="serve", language="de", daemon="cold"),
    Shot(name="serve-failed-contrast", state="failed", colours="contrast_dark", daemon="failing"),
    Shot(name="serve-no-daemon-light", state="serve", daemon="none"),
    Shot(name="chat-dark", state="chat", colours="dark"),
    Shot(name="models-light", state="models"),
    Shot(name="plan-dark", state="plan", colours="dark"),
    Shot(name="plan-german-small", state="plan", language="de", size=(960, 640)),
    Shot(name="engines-light", state="engines"),
    Shot(name="connect-dark", state="connect", colours="dark"),
    Shot(name="monitor-contrast", state="monitor", colours="contrast_light"),
    Shot(name="logs-dark", state="logs", colours="dark"),
    Shot(name="settings-light", state="settings"),
    Shot(name="settings-german-small", state="settings", language="de", size=(960, 640), colours="dark"),
    Shot(name="first-steps-light", state="first-steps", daemon="cold"),
    Shot(name="models-no-daemon-german", state="models-away", language="de", size=(960, 640), daemon="none"),
    Shot(name="monitor-lost-contrast", state="monitor", colours="contrast_dark", size=(960, 640), daemon="lost"),
    Shot(name="plan-reading-dark", state="plan-reading", colours="dark", size=(960, 640), daemon="slow"),
    Shot(name="serve-twice-as-fine", state="serve", size=(960, 640), scale=2, daemon="cold"),
)
DAEMONS: dict[str, tuple[str, ...]] = {
    "full": (
        "--gpus", "1", "--models", "3", "--serving", "--rapl", "--history", "120", "--recorded-s", "7200",
        "--answered", "3", "--library", "4", "--tensorrt", "--desk", "--still",
    ),
    "cold": ("--gpus", "2", "--models", "2", "--rapl", "--history", "120", "--tensorrt", "--desk", "--still"),
    "failing": ("--fail", "gguf_truncated", "--stage-s", "0.2", "--still"),
    "lost": ("--gpus", "2", "--lost", "1", "--models", "2", "--still"),
    "slow": ("--gpus", "1", "--plan-s", "60", "--library", "4", "--still"),
    "none": (),
}  # fmt: skip


def shots(only: list[str], scale: int) -> list[Shot]:
    """Those of one scale, and of these names where there are any."""
    return [shot for shot in SHOTS if shot.scale == scale and (not only or shot.name in only)]


def draw(outdir: Path, only: list[str] | None = None) -> list[Path]:
    """Draw pictures into a folder, one process for each scale; the files."""
    made = []
    for scale in SCALES:
        wanted = [shot.name for shot in shots(only or [], scale)]
        if not wanted:
            continue
        with tempfile.TemporaryDirectory() as place:
            fonts = Path(place) / "fonts.conf"
            fonts.write_text(FONTS.format(dir=place))
            environment = {
                **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "XDG_", "LC_"))},
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": str(scale),
                "FONTCONFIG_FILE": str(fonts),
                "XDG_RUNTIME_DIR": place,
                "XDG_CONFIG_HOME": place,
                "TZ": "UTC",
                "LC_ALL": "C.UTF-8",
                "PYTHONPATH": os.pathsep.join((str(TESTS), *filter(None, sys.path))),
            }
            command = [sys.executable, __file__, "--out", str(outdir), "--scale", str(scale), *wanted]
            subprocess.run(command, env=environment, check=True)
        made += [outdir / f"{name}.png" for name in wanted]
    return made


@contextmanager
def _daemon(kind: str) -> Iterator[None]:
    """A fake daemon in a folder of its own, which the window then finds; with ``none`` only the folder."""
    with tempfile.TemporaryDirectory() as place:
        # Where it did not start the path is in the picture: figures are of one width, letters are not.
        home = Path("/tmp", f"golden-{os.getpid():08d}") if kind == "none" else Path(place)
        os.environ["ENGINEROOM_HOME"] = str(home)
        if kind == "none":
            try:
                yield
            finally:
                shutil.rmtree(home, ignore_errors=True)
            return
        process = subprocess.Popen([sys.executable, str(TESTS / "fakes" / "fake_daemon.py"), *DAEMONS[kind]])
        try:
            deadline_s = time.monotonic() + PATIENCE_S
            while not (home / "run" / "daemon.json").exists() and time.monotonic() < deadline_s:
                time.sleep(0.05)
            yield
        finally:
            process.kill()
            process.wait()


def _draw_here(outdir: Path, names: list[str], scale: int) -> None:
    """In the process of one scale."""
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    app.setCursorFlashTime(0)
    for shot in shots(names, scale):
        with _daemon(shot.daemon):
            _draw(app, shot, outdir / f"{shot.name}.png")


def _draw(app: object, shot: Shot, path: Path) -> None:
    from PySide6.QtGui import QImage

    from engineroom_ui.shell.desktop import Desktop
    from engineroom_ui.shell.places import settings
    from golden_states import put_into_state, settled, wait

    kept = settings()
    kept.setValue("colours", shot.colours)
    kept.setValue("language", shot.language)
    kept.sync()
    desktop = Desktop(app, ["false"])  # type: ignore[arg-type]
    desktop.window.resize(*shot.size)
    desktop.show()
    put_into_state(desktop, shot.state, daemon=shot.daemon != "none")
    picture = settled(lambda: desktop.window.grab().toImage(), LOOK_S)
    picture.convertToFormat(QImage.Format.Format_RGB888).save(str(path), quality=0)
    desktop.close()
    desktop.window.deleteLater()
    desktop.theme.deleteLater()
    desktop.deleteLater()
    wait(0.05)


def main(program: Callable[[Path, list[str]], list[Path]] = draw) -> int:
    """Draw them; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--update", action="store_true", help=f"write {GOLDEN.name}/, which the test compares with")
    parser.add_argument("--out", type=Path, help="write them here")
    parser.add_argument("--scale", type=int, help=argparse.SUPPRESS)
    said = parser.parse_args()
    outdir = GOLDEN if said.update else said.out
    if outdir is None:
        parser.error("--update, or --out with a folder")
    outdir.mkdir(parents=True, exist_ok=True)
    if said.scale:
        _draw_here(outdir, said.names, said.scale)
    else:
        for path in program(outdir, said.names):
            sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
