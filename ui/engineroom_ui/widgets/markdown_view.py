"""A whole answer: running text and blocks of code below each other; only what changed is drawn again."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engineroom_ui.text.markdown import Piece, PieceKind, pieces
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.code_block import CodeBlock
from engineroom_ui.widgets.markdown_text import MarkdownText


class MarkdownView(QWidget):
    """Grows at its end while a model writes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: list[Piece] = []
        self.parts: list[MarkdownText | CodeBlock] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_markdown(self, text: str) -> int:
        """Show this text; how many pieces had to be drawn."""
        wanted = pieces(text)
        drawn = 0
        for at, piece in enumerate(wanted):
            if at < len(self._shown) and self._shown[at] == piece:
                continue
            self._put(at, piece)
            drawn += 1
        for part in self.parts[len(wanted) :]:
            self._drop(part)
        del self.parts[len(wanted) :]
        self._shown = wanted
        return drawn

    @property
    def code_blocks(self) -> list[CodeBlock]:
        """The blocks of code, from the top."""
        return [part for part in self.parts if isinstance(part, CodeBlock)]

    def _put(self, at: int, piece: Piece) -> None:
        kind = MarkdownText if piece.kind is PieceKind.PROSE else CodeBlock
        if at < len(self.parts) and not isinstance(self.parts[at], kind):
            self._drop(self.parts.pop(at))
            self.parts.insert(at, self._made(at, kind))
        elif at == len(self.parts):
            self.parts.append(self._made(at, kind))
        part = self.parts[at]
        if isinstance(part, CodeBlock):
            part.show_code(piece.text, piece.language)
        else:
            part.show_markdown(piece.text)

    def _made(self, at: int, kind: type[MarkdownText] | type[CodeBlock]) -> MarkdownText | CodeBlock:
        part = kind(self._theme)
        self._column.insertWidget(at, part)
        return part

    def _drop(self, part: QWidget) -> None:
        self._column.removeWidget(part)
        part.hide()
        part.deleteLater()
