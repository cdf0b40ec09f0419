"""For which address, key and model the texts are filled in."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engineroom.contract.connect import ConnectFacts
from engineroom.contract.control import ModelView
from engineroom.contract.keys import NetworkView
from engineroom_ui.state.askable import a_few
from engineroom_ui.widgets.controls import ChoiceBox, say_more, text_field, wrapped
from engineroom_ui.widgets.parts import SMALL_PT, label

NO_KEY = "none"


class ConnectAsk(QFrame):
    """Three fields side by side. The key stays in this window: nothing keeps it.

    Signals:
        changed: other facts.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.where = _choice(self.tr("Address"))
        self.model = _choice(self.tr("Model"))
        self.key = text_field(self.tr("Key"), "")
        self.key.setClearButtonEnabled(True)
        self._network: NetworkView | None = None
        self._near = self._machine = ""
        self.said = wrapped(
            self.tr(
                "The other computer is reached through an SSH tunnel. This address works on this computer, "
                "and as long as this window is open."
            )
        )
        for choice in (self.where, self.model):
            choice.setPlaceholderText(self.tr("Known once the engine room answers"))
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(_captioned(self.tr("Address"), self.where), 3)
        row.addWidget(_captioned(self.tr("Key"), self.key), 2)
        row.addWidget(_captioned(self.tr("Model"), self.model), 3)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 10, 16, 12)
        lines.setSpacing(6)
        lines.addLayout(row)
        lines.addWidget(self.said)
        self.where.currentIndexChanged.connect(self._turned)
        self.key.textChanged.connect(self.changed)
        self.model.currentIndexChanged.connect(self.changed)
        self._turned()

    @property
    def outside(self) -> bool:
        """Whether the address is that for other computers."""
        return bool(self._network) and self.where.currentIndex() == 1

    @property
    def needs_key(self) -> bool:
        """Whether nobody gets in without one at this address."""
        return self.outside or (self._network is not None and not self._network.keyless)

    def facts(self, context_tokens: dict[str, int]) -> ConnectFacts | None:
        """What to fill in; ``None`` while there is no address or no model."""
        if self._network is None or self.model.currentIndex() < 0:
            return None
        model = self.model.currentData()
        outside = self._network.network if self.outside else None
        typed = self.key.text().strip()
        return ConnectFacts(
            address=outside or self._near or self._network.local,
            model=model,
            key=typed or (self.tr("YOUR_KEY") if self.needs_key else NO_KEY),
            context_tokens=context_tokens.get(model),
            certificate=self._network.certificate if outside else None,
            certificate_host=self._machine if outside and self._near else "",
            fingerprint=self._network.fingerprint if outside else None,
        )

    @property
    def tunnelled(self) -> bool:
        """Whether the address is the near end of this window's tunnel, which ends with the window."""
        return bool(self._near) and not self.outside

    def show_network(self, network: NetworkView | None, *, near: str = "", machine: str = "") -> None:
        """The addresses there are; a second one only where other computers are let in.

        ``near`` is where a daemon of another computer, ``machine``, is reached from this one.
        """
        if (network, near) == (self._network, self._near):
            return
        self._network, self._near, self._machine = network, near, machine
        own = self.tr("This computer: {address}")
        if near:
            own = self.tr("Tunnel of this window to {machine}: {address}")
        with QSignalBlocker(self.where):
            at = self.where.currentIndex()
            self.where.clear()
            if network is not None:
                self.where.addItem(own.format(address=near or network.local, machine=machine))
                if network.network is not None:
                    self.where.addItem(self.tr("Other computers: {address}").format(address=network.network))
            last = self.where.count() - 1
            self.where.setCurrentIndex(min(max(0, at), last) if at <= last else min(0, last))
        self.where.setEnabled(self.where.count() > 1)
        self._turned()

    def show_models(self, models: Sequence[ModelView]) -> None:
        """The models that can be asked; the choice stays, else it is the default one."""
        usable = [model for model in models if model.problem is None]
        listed = a_few(usable, self.model.currentData())
        ids = [model.id for model in listed]
        if ids == [self.model.itemData(at) for at in range(self.model.count()) if self.model.itemData(at)]:
            return
        chosen = self.model.currentData()
        if chosen not in ids:
            chosen = next((model.id for model in listed if model.is_default), ids[0] if ids else None)
        with QSignalBlocker(self.model):
            self.model.clear()
            for model in listed:
                self.model.addItem(model.id, model.id)
            self.model.setCurrentIndex(ids.index(chosen) if chosen in ids else -1)
            say_more(self.model, len(usable))
        self.model.setEnabled(bool(ids))
        self.changed.emit()

    def _turned(self) -> None:
        self.said.setVisible(self.tunnelled)
        self.key.setPlaceholderText(self.tr("Enter a key") if self.needs_key else self.tr("Not needed here"))
        self.changed.emit()


def _choice(name: str) -> ChoiceBox:
    made = ChoiceBox(name)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    made.setMinimumContentsLength(8)
    return made


def _captioned(caption: str, field: QWidget) -> QWidget:
    made = QWidget()
    said: QLabel = label(caption, role="Muted", points=SMALL_PT)
    said.setBuddy(field)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(said)
    column.addWidget(field)
    return made
