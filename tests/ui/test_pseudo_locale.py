"""Every page in a language of long words: nothing is cut off, and nothing was forgotten to be translated."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt, QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engineroom_ui.widgets.parts import ElidedLabel
from walk_kit import FULL, QUESTION, daemon_text, place_of, texts, visible, walk
from window_kit import OpenWindow, StartFake

NAMES = {
    "Engineroom", "TensorRT-LLM", "OpenAI", "Anthropic", "Ollama", "llama.cpp", "CUDA", "NVIDIA", "Deutsch", "English",
    "GiB", "MiB", "MHz", "tok", "GPU", "CPU", "kWh", "RAM", "VRAM", "FP8", "NVFP4", "BF16", "TTFT", "GeForce", "RTX",
    "embeddings", "metrics", "EUR", "PCIe", "ECC", "MIG", "NVLink", "UUID", "URL", "Ctrl", "API", "JSON", "CSV", "SSH",
}  # fmt: skip
PARTED = re.compile(r"  +·? *|, |: |\n| \(")
PLAIN = re.compile("[A-Z]?[a-z]+")
WORD = re.compile(r"[A-Za-z][\w./-]{2,}")


class LongWords(QTranslator):
    """Two fifths longer, in brackets."""

    def translate(self, _context: str, text: str, _comment: str | None = None, _number: int = -1) -> str:
        return f"[{text}{' ẋ' * round(len(text) * 0.2)}]" if text else ""

    def isEmpty(self) -> bool:  # noqa: N802
        return False


@pytest.fixture
def long_words() -> Iterator[None]:
    translator = LongWords()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def untranslated(root: QWidget, data: str) -> list[str]:
    """Texts that are neither in brackets nor the daemon's, nor figures with their units."""
    found = set()
    for part, text in texts(root):
        for piece in PARTED.split(text) if "[" not in text else ():
            words = [word for word in WORD.findall(piece) if PLAIN.fullmatch(word) or word not in data]
            said = piece.strip() in data or "://" in piece
            if not said and any(word.strip(".-") not in NAMES for word in words):
                found.add(f"{text[:70]!r}: {place_of(part)}")
    return sorted(found)


def cut_off(root: QWidget) -> list[str]:
    """Texts that have less room than they need, and pages wider than what shows them."""
    return [f"{why}: {place_of(part)}" for part in visible(root) if (why := _short_of_room(part))]


def _short_of_room(part: QWidget) -> str:
    if isinstance(part, QLabel) and part.text() and not isinstance(part, ElidedLabel):
        needed = part.sizeHint() if not part.wordWrap() else QSize(0, part.heightForWidth(part.width()))
        if needed.width() > part.width() + 1 or needed.height() > part.height() + 1:
            return f"{part.text()[:60]!r} in {part.width()} x {part.height()} px"
    if isinstance(part, QAbstractButton) and part.text() and not _icon_only(part):
        needed = part.minimumSizeHint()
        return "" if needed.width() <= part.width() + 1 else f"button {part.text()[:60]!r} in {part.width()} px"
    body = part.widget() if isinstance(part, QScrollArea) else None
    if isinstance(part, QScrollArea) and body is not None and body.width() > part.viewport().width() + 1:
        return f"a page of {body.width()} in {part.viewport().width()} px"
    return ""


def _icon_only(part: QAbstractButton) -> bool:
    return isinstance(part, QToolButton) and part.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly


def looked_at(window: QWidget, data: str, qtbot: QtBot) -> list[str]:
    """What is wrong and stays so; a layout may need a moment where the machine is busy."""
    for _ in range(10):
        defects = [*cut_off(window), *untranslated(window, data)]
        if not defects:
            break
        qtbot.wait(300)
    return defects


@pytest.mark.parametrize("size", [(1280, 800), (960, 640)], ids=["large", "smallest"])
def test_nothing_is_cut_off_or_left_in_english(
    long_words: None, start_fake: StartFake, open_window: OpenWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    """On every page, with all that unfolds on it."""
    start_fake(*FULL)
    data = f"{daemon_text()}\n{QUESTION}"
    desktop = open_window()
    desktop.window.resize(*size)
    defects = {}
    for name in walk(desktop, qtbot):
        defects[name] = looked_at(desktop.window, data, qtbot)
    assert len(defects) > 20
    assert {name: told for name, told in defects.items() if told} == {}
    assert (desktop.window.width(), desktop.window.height()) == size
