"""Colours, icons, fonts and the style sheet."""

import re
from importlib import resources

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from engineroom_ui.theme import icons
from engineroom_ui.theme.apply import FONT_FILES, MONO_FAMILY, TEXT_FAMILY, Choice, Theme, mono_font, text_font
from engineroom_ui.theme.tokens import DARK, LIGHT, MARK_PAIRS, TEXT_PAIRS, Tokens, contrast

DATA = resources.files("engineroom_resources")


def test_contrast_knows_black_and_white() -> None:
    """The two ends of the scale, and one value published with the definition's examples."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_text_is_readable(tokens: Tokens, pair: tuple[str, str]) -> None:
    """4.5 to 1 for every text."""
    assert contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("pair", MARK_PAIRS, ids="-on-".join)
def test_marks_can_be_seen(tokens: Tokens, pair: tuple[str, str]) -> None:
    """3 to 1 for every mark that carries meaning."""
    assert contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) >= 3


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
