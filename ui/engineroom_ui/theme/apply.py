"""Turns tokens into a palette, a style sheet and fonts."""

from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication

from engineroom_ui.theme import icons
from engineroom_ui.theme.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Tokens

FONT_FILES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "Inter-Bold.otf",
    "JetBrainsMono-Regular.ttf",
)
TEXT_FAMILY = "Inter"
MONO_FAMILY = "JetBrains Mono"
_LEAD_PX, _AIR_PX = 18, 6

ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "sunken"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "bad"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "link"),
    (QPalette.ColorRole.LinkVisited, "link"),
    (QPalette.ColorRole.ToolTipBase, "surface"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.PlaceholderText, "placeholder"),
    (QPalette.ColorRole.Light, "surface"),
    (QPalette.ColorRole.Midlight, "border"),
    (QPalette.ColorRole.Mid, "border_strong"),
    (QPalette.ColorRole.Dark, "border_strong"),
    (QPalette.ColorRole.Shadow, "border_strong"),
)
"""Roles of the palette with the tokens they take their colours from."""


class Choice(StrEnum):
    """What the person wants the window to look like."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast_light"
    CONTRAST_DARK = "contrast_dark"


_TOKENS = {
    Choice.LIGHT: LIGHT,
    Choice.DARK: DARK,
    Choice.CONTRAST_LIGHT: CONTRAST_LIGHT,
    Choice.CONTRAST_DARK: CONTRAST_DARK,
}


class Theme(QObject):
    """Applies tokens to the application and says when they changed.

    Signals:
        changed: the tokens are others now; whatever paints by itself repaints.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: Choice = Choice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        # The style sheet can only name a file, so the recoloured arrow needs one.
        self._drawn = QTemporaryDir()
        app.setStyle("Fusion")
        for name in FONT_FILES:
            QFontDatabase.addApplicationFont(icons.resource("fonts", name))
        app.setFont(text_font(10))
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self.tokens = self._wanted()
        self._apply()

    @property
    def choice(self) -> Choice:
        """What was asked for."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Follow the system, or keep to one look."""
        self._choice = choice
        self._follow()

    def colour(self, token: str, alpha: float = 1.0) -> QColor:
        """A token as a colour; ``alpha`` runs from 0 to 1."""
        colour = QColor(getattr(self.tokens, token))
        colour.setAlphaF(alpha)
        return colour

    def icon(self, name: str, ink: str = "text_muted") -> QIcon:
        """An icon in the colour of a token."""
        return icons.icon(name, getattr(self.tokens, ink), self.tokens.disabled)

    def lead(self, button: QAbstractButton, name: str, ink: str) -> None:
        """Put an icon before a button's text; style sheets know no gap between the two, so the icon brings it."""
        made = icons.icon(name, getattr(self.tokens, ink), self.tokens.disabled, _LEAD_PX, air=_AIR_PX)
        button.setIconSize(QSize(_LEAD_PX + _AIR_PX, _LEAD_PX))
        button.setIcon(made)

    def _wanted(self) -> Tokens:
        if self._choice is not Choice.SYSTEM:
            return _TOKENS[self._choice]
        hints = QGuiApplication.styleHints()
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return CONTRAST_DARK if dark else CONTRAST_LIGHT
        return DARK if dark else LIGHT

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self.tokens:
            self.tokens = wanted
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        palette = QPalette()
        for role, token in ROLES:
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        self._app.setPalette(palette)
        self._app.setStyleSheet(self._sheet())

    def _sheet(self) -> str:
        arrow = Path(self._drawn.path()) / f"down-{self.tokens.name}.svg"
        arrow.write_bytes(icons.svg("down", self.tokens.text_muted))
        tick = Path(self._drawn.path()) / f"check-{self.tokens.name}.svg"
        tick.write_bytes(icons.svg("check", self.tokens.on_accent))
        colours = {name: getattr(self.tokens, name) for name in Tokens.__slots__}
        template = Path(icons.resource("theme.qss")).read_text(encoding="utf-8")
        return Template(template).substitute(colours, down_icon=arrow.as_posix(), check_icon=tick.as_posix())


def text_font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The text face at ``points``, with figures of equal width so that numbers do not dance."""
    font = QFont(TEXT_FAMILY)
    font.setPointSizeF(points)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def mono_font(points: float) -> QFont:
    """The face for logs and addresses at ``points``."""
    font = QFont(MONO_FAMILY)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(points)
    font.setFeature(QFont.Tag("calt"), 0)
    return font
