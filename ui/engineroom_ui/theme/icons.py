"""Our SVG icons, drawn in a token's colour at the device-pixel ratio of the screen."""

from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QScreen
from PySide6.QtSvg import QSvgRenderer

_INK = b"#000000"


def resource(*parts: str) -> str:
    """Path of a file of ``engineroom_resources`` in the file system."""
    return str(resources.files("engineroom_resources").joinpath(*parts))


def svg(name: str, colour: str) -> bytes:
    """Source of an icon with its ink replaced by ``colour`` (``#rrggbb``)."""
    source = resources.files("engineroom_resources").joinpath("icons", f"{name}.svg").read_bytes()
    return source.replace(_INK, colour.encode())


def pixmap(name: str, colour: str, size: int, *, air: int = 0) -> QPixmap:
    """One icon of ``size`` logical pixels, with so many clear ones to its right."""
    screen: QScreen | None = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    picture = QPixmap(round((size + air) * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg(name, colour))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, colour: str, disabled: str, size: int = 20, *, air: int = 0) -> QIcon:
    """An icon with its disabled look."""
    made = QIcon(pixmap(name, colour, size, air=air))
    made.addPixmap(pixmap(name, disabled, size, air=air), QIcon.Mode.Disabled)
    return made


def product_icon() -> QIcon:
    """The icon of the program."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("engineroom", "#000000", size))
    return made
