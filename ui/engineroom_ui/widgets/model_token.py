"""The access token of the Hub: where it lies, storing one, forgetting it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engineroom.contract.models import HubAccount
from engineroom_ui.link.http import Failure
from engineroom_ui.state.library import Library
from engineroom_ui.text import models as words
from engineroom_ui.text import problems
from engineroom_ui.theme.apply import text_font
from engineroom_ui.widgets.controls import quiet_button
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, label

_WIDE_PX = 460


class TokenDialog(QDialog):
    """The token itself is never shown again, and goes nowhere but to the daemon of this computer.

    Signals:
        page_asked: where tokens are made.
    """

    page_asked = Signal()

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self.setWindowTitle(self.tr("Access token"))
        self.setMinimumWidth(_WIDE_PX)
        self.place = _text("")
        self.field = QLineEdit()
        self.field.setObjectName("Search")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText("hf_…")
        self.field.setFont(text_font(BODY_PT))
        self.field.setAccessibleName(self.tr("Access token"))
        self.said = _text("")
        self.save = self._button(self.tr("Store"), self._save, main=True)
        self.forget = self._button(self.tr("Forget the stored one"), self._forget)
        self.make = self._button(self.tr("Open the page of tokens"), self.page_asked.emit)
        self.shut = self._button(self.tr("Close"), self.accept)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self.save.click)
        self._build()
        self.show_account(library.account)
        self._typed()

    def show_account(self, account: HubAccount | None) -> None:
        """Where a token lies now."""
        place = account.token_place if account is not None else None
        self.place.setText(words.token_place(place))
        self.forget.setVisible(place in {"keyring", "file"})
        self._grow()

    def _build(self) -> None:
        why = self.tr(
            "Models whose licence has to be accepted are only sent to an account that did. A token with the right to "
            "read gated repositories stands for that account. It goes into this system's keyring; where there is none, "
            "into a file that only your user can read (mode 0600)."
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.make)
        row.addWidget(self.forget)
        row.addStretch(1)
        row.addWidget(self.shut)
        row.addWidget(self.save)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Access token of the Hugging Face Hub"), points=TITLE_PT, strong=True))
        column.addWidget(_text(why))
        column.addWidget(self.place)
        column.addWidget(self.field)
        column.addWidget(self.said)
        column.addLayout(row)
        self.said.hide()

    def _button(self, text: str, deed: object, *, main: bool = False) -> QPushButton:
        made = quiet_button(text, deed, role="Serve" if main else "Quiet", points=SMALL_PT)
        made.setAutoDefault(False)
        return made

    def _grow(self) -> None:
        # A window takes no height from texts that wrap; without this the last lines are cut off in long languages.
        self.setMinimumHeight(self._column.totalHeightForWidth(_WIDE_PX))

    def _typed(self) -> None:
        self.save.setEnabled(bool(self.field.text().strip()))

    def _save(self) -> None:
        call = self._library.put_token(self.field.text().strip())
        self.field.clear()
        call.done.connect(self._stored)
        call.failed.connect(self._failed)

    def _forget(self) -> None:
        call = self._library.drop_token()
        call.done.connect(self._dropped)
        call.failed.connect(self._failed)

    def _stored(self, account: HubAccount) -> None:
        self.show_account(account)
        self._say(self.tr("Stored."))

    def _dropped(self, account: HubAccount) -> None:
        self.show_account(account)
        self._say(self.tr("Forgotten."))

    def _failed(self, failure: Failure) -> None:
        self._say(problems.sentence(failure.problem).whole)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.said.show()
        self._grow()


def _text(text: str) -> QLabel:
    made = label(text, role="Muted", points=SMALL_PT + 0.5)
    made.setWordWrap(True)
    return made
