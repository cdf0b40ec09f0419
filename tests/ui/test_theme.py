"""Colours, icons, fonts and the style sheet."""

import re
from importlib import resources

import pytest
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from engineroom_ui.theme import icons
from engineroom_ui.theme.apply import FONT_FILES, MONO_FAMILY, ROLES, TEXT_FAMILY, Choice, Theme, mono_font, text_font
from engineroom_ui.theme.tokens import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    MARK_PAIRS,
    TEXT_PAIRS,
    Tokens,
    contrast,
)
from engineroom_ui.widgets.build_ask import BuildAsk
from engineroom_ui.widgets.model_picker import ModelPicker

DATA = resources.files("engineroom_resources")
HIGH = (CONTRAST_LIGHT, CONTRAST_DARK)
ALL = (LIGHT, DARK, *HIGH)


def test_contrast_knows_black_and_white() -> None:
    """The two ends of the scale, and one value published with the definition's examples."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", ALL, ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_text_is_readable(tokens: Tokens, pair: tuple[str, str]) -> None:
    """4.5 to 1 for every text."""
    assert contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) >= 4.5


@pytest.mark.parametrize("tokens", ALL, ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("pair", MARK_PAIRS, ids="-on-".join)
def test_marks_can_be_seen(tokens: Tokens, pair: tuple[str, str]) -> None:
    """3 to 1 for every mark that carries meaning."""
    assert contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) >= 3


@pytest.mark.parametrize("tokens", HIGH, ids=lambda tokens: tokens.name)
def test_high_contrast_is_high(tokens: Tokens) -> None:
    """7 to 1 for every text, 4.5 to 1 for marks and for the frames of what can be pressed."""
    texts = [contrast(getattr(tokens, ink), getattr(tokens, ground)) for ink, ground in TEXT_PAIRS]
    marks = [contrast(getattr(tokens, ink), getattr(tokens, ground)) for ink, ground in MARK_PAIRS]
    frames = [contrast(frame, tokens.surface) for frame in (tokens.border, tokens.border_strong)]
    assert min(texts) >= 7
    assert min(*marks, *frames) >= 4.5


def pairs_of_the_sheet() -> list[tuple[str, str]]:
    """Ink and ground of every rule that sets both; what is disabled is exempt."""
    sheet = DATA.joinpath("theme.qss").read_text(encoding="utf-8")
    found = []
    for selector, rule in re.findall(r"(?m)^([^{}/\n]+)\{([^}]*)\}", sheet):
        ink = re.search(r"(?:^|[\s;])color: \$(\w+)", rule)
        ground = re.search(r"background: \$(\w+)", rule)
        if ink and ground and ":disabled" not in selector:
            found.append((ink[1], ground[1]))
    return sorted(set(found))


@pytest.mark.parametrize("tokens", ALL, ids=lambda tokens: tokens.name)
def test_what_the_style_sheet_and_the_palette_put_together_is_readable(tokens: Tokens) -> None:
    """Also pairs that nobody listed: 4.5 to 1, and 7 to 1 in high contrast."""
    roles = QPalette.ColorRole
    inks = {
        role: token for role, token in ROLES if role in {roles.WindowText, roles.Text, roles.ButtonText, roles.Link}
    }
    grounds = {role: token for role, token in ROLES if role in {roles.Window, roles.Base, roles.Button}}
    pairs = {*pairs_of_the_sheet(), *((ink, ground) for ink in inks.values() for ground in grounds.values())}
    pairs |= {("text_muted", "surface"), ("text_muted", "sunken"), ("on_accent", "accent"), ("link", "window")}
    assert len(pairs) > 10
    least = 7 if tokens in HIGH else 4.5
    told = {pair: round(contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in told.items() if ratio < least} == {}


def test_style_sheet_is_small_and_scoped() -> None:
    """At most 150 lines; widgets are named, so Fusion draws everything else."""
    sheet = DATA.joinpath("theme.qss").read_text(encoding="utf-8")
    assert len(sheet.splitlines()) <= 150
    allowed = re.compile(r"[A-Za-z]+#|QToolTip|QScrollBar|QSplitter::handle")
    selectors = [part.strip() for rule in re.findall(r"(?m)^([^{}/\n]+)\{", sheet) for part in rule.split(",")]
    assert selectors
    assert [selector for selector in selectors if not allowed.match(selector)] == []


def test_theme_follows_the_choice(qapp: QApplication) -> None:
    """Light and dark by choice; the application's palette follows."""
    theme = Theme(qapp, Choice.DARK)
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.tokens.name))
    assert qapp.palette().window().color().name() == DARK.window
    theme.choose(Choice.LIGHT)
    assert qapp.palette().window().color().name() == LIGHT.window
    theme.choose(Choice.LIGHT)
    assert told == ["light"]
    theme.deleteLater()


def test_fonts_are_ours(qapp: QApplication) -> None:
    """The bundled faces are found, their licences lie beside them, and figures are of equal width."""
    theme = Theme(qapp)
    assert QFontInfo(text_font(10)).family() == TEXT_FAMILY
    assert QFontInfo(mono_font(10)).family() == MONO_FAMILY
    sizes = [len(DATA.joinpath("fonts", name).read_bytes()) for name in FONT_FILES]
    assert sum(sizes) < 2_000_000
    for family in (TEXT_FAMILY, MONO_FAMILY):
        licence = DATA.joinpath("licences", f"{family.replace(' ', '')}-OFL-1.1.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    theme.deleteLater()


def test_icons_take_the_colour_they_are_given(qapp: QApplication) -> None:
    """Every icon of ours is drawn, in the ink asked for."""
    names = [entry.name.removesuffix(".svg") for entry in DATA.joinpath("icons").iterdir()]
    assert len(names) > 10
    for name in set(names) - {"engineroom"}:
        image = icons.pixmap(name, "#ff0000", 20).toImage()
        inks = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert inks <= {"#ff0000"}, name
        assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())), name


@pytest.mark.parametrize("tokens", ALL, ids=lambda tokens: tokens.name)
def test_what_cannot_be_pressed_looks_so(tokens: Tokens) -> None:
    """Fainter than what can, in every theme, and still to be read."""
    assert contrast(tokens.disabled, tokens.surface) >= 3
    assert contrast(tokens.text_muted, tokens.disabled) >= 1.7
    assert contrast(tokens.text, tokens.disabled) >= 3


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST_LIGHT, Choice.CONTRAST_DARK])
def test_what_stands_in_an_empty_field_is_readable(qapp: QApplication, qtbot: QtBot, choice: Choice) -> None:
    """Qt would make it half as strong as the text, where the style sheet says nothing of it."""
    theme = Theme(qapp, choice)
    fields: list[QWidget] = [QLineEdit(), QLineEdit(), QPlainTextEdit(), QPlainTextEdit()]
    for field, name in zip(fields, ("Search", "Address", "Ask", "Prompt"), strict=True):
        field.setObjectName(name)
    holders: list[QWidget] = [BuildAsk(), ModelPicker(theme)]
    for part in (*fields, *holders):
        qtbot.addWidget(part)
        part.show()
    fields += [line for part in holders for line in part.findChildren(QLineEdit)]
    assert len(fields) == 9
    inks = [field.palette().placeholderText().color() for field in fields]
    assert [(ink.name(), ink.alpha()) for ink in inks] == [(theme.tokens.placeholder, 255)] * len(inks)
    theme.deleteLater()
