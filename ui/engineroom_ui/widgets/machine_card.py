"""What every card of the machine looks like."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from engineroom_ui.text import numbers
from engineroom_ui.theme.apply import Theme
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, Figure, label, polish


class MachineCard(QFrame):
    """Frame, icon and name; below it whatever the kind adds."""

    def __init__(self, theme: Theme, icon: str, ink: str = "text_muted") -> None:
        super().__init__()
        self.setObjectName("Card")
        self._theme = theme
        self._icon = icon
        self._ink = ink
        self._picture = QLabel()
        self._name = ElidedLabel(strong=True)
        self._tag = label(role="Tag", points=SMALL_PT)
        self._tag.hide()
        self._age = label(role="Tag", points=SMALL_PT)
        self._age.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._picture)
        head.addWidget(self._name, 1)
        head.addWidget(self._age)
        head.addWidget(self._tag)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 12, 20, 12)
        self.column.setSpacing(8)
        self.column.addLayout(head)
        theme.changed.connect(self._draw)
        self._draw()

    def show_name(self, name: str) -> None:
        """What the card is of."""
        self._name.show_text(name)
        self.setAccessibleName(name)

    def show_tag(self, text: str, *, warn: bool = False) -> None:
        """A word behind the name; empty hides it."""
        self._tag.setText(text)
        self._tag.setVisible(bool(text))
        name = "TagWarn" if warn else "Tag"
        if self._tag.objectName() != name:
            self._tag.setObjectName(name)
            polish(self._tag, "warn", warn)

    def show_age(self, taken_at_s: float | None) -> None:
        """Its figures are of a moment that is past (seconds since 1970), and muted; None: they are of now."""
        past = taken_at_s is not None
        self._age.setText("" if taken_at_s is None else self.tr("as of {time}").format(time=numbers.clock(taken_at_s)))
        self._age.setVisible(past)
        for part in self.findChildren(Figure):
            part.mute(on=past)

    @property
    def age(self) -> str:
        """Of when its figures are; nothing while they are of now."""
        return self._age.text()

    @property
    def tag(self) -> str:
        """The word behind the name."""
        return self._tag.text()

    def _draw(self) -> None:
        self._picture.setPixmap(pixmap(self._icon, getattr(self._theme.tokens, self._ink), 18))
