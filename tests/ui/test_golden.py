"""How the window looks, held against pictures that somebody looked at: ``python tests/ui/golden.py --update``."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np  # noqa: TID253 (the window may not import it before it is painted; a test may)
import pytest
from PySide6.QtGui import QImage

sys.path.insert(0, str(Path(__file__).parent))

from golden import GOLDEN, SHOTS, draw

BLOCK_PX = 4
STRONG = 12.0
"""Levels of 255 by which the mean of a block must differ: more than the smoothing of an edge does."""
MOST_SHARE = 0.002
"""Of all blocks; a button moved by two pixels changes more."""
MOST_BYTES = 2 * 1024**2


def pixels(path: Path) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Height by width by three, from 0 to 255."""
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(float)


def difference(first: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", second: object) -> float:
    """The share of blocks that look different; 1 for pictures of different sizes."""
    other = np.asarray(second)
    if first.shape != other.shape:
        return 1.0
    high, wide = (side // BLOCK_PX * BLOCK_PX for side in first.shape[:2])
    apart = (first - other)[:high, :wide]
    means = apart.reshape(high // BLOCK_PX, BLOCK_PX, wide // BLOCK_PX, BLOCK_PX, 3).mean(axis=(1, 3))
    return float((np.abs(means).max(axis=2) > STRONG).mean())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all pictures as they are now."""
    folder = tmp_path_factory.mktemp("drawn")
    draw(folder)
    return folder


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", [shot.name for shot in SHOTS])
def test_it_looks_as_it_did(drawn: Path, name: str) -> None:
    now = drawn / f"{name}.png"
    share = difference(pixels(GOLDEN / f"{name}.png"), pixels(now))
    assert share <= MOST_SHARE, f"{share:.2%} looks different: {now}; if so it should be, update the pictures"


def test_every_picture_is_compared_and_all_are_small() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {shot.name for shot in SHOTS}
    assert sum(path.stat().st_size for path in GOLDEN.iterdir()) < MOST_BYTES


def test_a_moved_part_is_noticed_and_smoothing_is_not() -> None:
    """A button two pixels lower; a colour of another token; against noise as font engines make it."""
    picture = pixels(GOLDEN / "first-steps-light.png")
    moved = picture.copy()
    moved[150:290, 840:1090] = picture[148:288, 840:1090]
    other = picture.copy()
    other[200:240, 900:1000] += np.array([0.0, 20.0, 0.0])
    noise = picture + np.random.default_rng(1).uniform(-10, 10, picture.shape)
    assert difference(picture, moved) > MOST_SHARE
    assert difference(picture, other) > MOST_SHARE
    assert difference(picture, noise) == 0
    assert difference(picture, picture[1:]) == 1.0
