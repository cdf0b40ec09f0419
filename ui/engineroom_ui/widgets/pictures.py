"""Pictures for a model that sees: made small enough, as ``data:`` URLs, and shown as thumbnails."""

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.parts import IconButton

LONGEST_SIDE_PX = 1280
MOST_PICTURES = 8
_MOST_PIXELS = 120_000_000
_THUMB_PX = 56
_JPEG_QUALITY = 88


def read_picture(path: str) -> QImage:
    """The picture of a file, the right way up; a null image where it is none, or far too large."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > _MOST_PIXELS:
        return QImage()
    return reader.read()


def data_url(image: QImage) -> str:
    """The picture with its longer side at most 1,280 pixels: PNG where it is see-through, else JPEG."""
    if max(image.width(), image.height()) > LONGEST_SIDE_PX:
        image = image.scaled(
            QSize(LONGEST_SIDE_PX, LONGEST_SIDE_PX),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    kind = "png" if image.hasAlphaChannel() else "jpeg"
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, kind.encode())
    if kind == "jpeg":
        writer.setQuality(_JPEG_QUALITY)
    writer.write(image)
    return f"data:image/{kind};base64,{bytes(content.toBase64().data()).decode()}"


def thumbnail(url: str, side_px: int = _THUMB_PX) -> QPixmap:
    """A small picture of a ``data:`` URL."""
    picture = QPixmap()
    picture.loadFromData(QByteArray.fromBase64(url.partition(",")[2].encode()))
    return picture.scaled(
        side_px, side_px, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


class Thumbnails(QWidget):
    """The pictures that go with a question.

    Args:
        fixed: whether none can be taken away any more.

    Signals:
        changed: one was added or taken away.
    """

    changed = Signal()

    def __init__(self, theme: Theme, *, fixed: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._fixed = fixed
        self.urls: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 4, 0, 4)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self.hide()

    def show_urls(self, urls: Iterable[str]) -> None:
        """Other pictures."""
        self.urls = list(urls)[:MOST_PICTURES]
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            if item is not None and (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for at, url in enumerate(self.urls):
            self._row.insertWidget(at, self._one(at, url))
        self.setVisible(bool(self.urls))
        self.changed.emit()

    def _one(self, at: int, url: str) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        picture = QLabel()
        picture.setPixmap(thumbnail(url))
        picture.setAccessibleName(self.tr("Picture {number}").format(number=at + 1))
        row.addWidget(picture)
        if not self._fixed:
            away = IconButton(self._theme, "close", self.tr("Take picture {number} away").format(number=at + 1))
            away.clicked.connect(lambda: self.show_urls(self.urls[:at] + self.urls[at + 1 :]))
            row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        return part
