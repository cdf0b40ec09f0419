"""What each card of this machine could run, ranked by the daemon; asked while somebody looks."""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal

from engineroom.contract.control import CatalogueRow, Machine, NvmlState
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.asking import Asking
from engineroom_ui.state.picks import TENSORRT_LLM
from engineroom_ui.state.plan_cards import best_card, owned

PROCESSOR = "cpu"
LEAST_S = 20.0
"""Between two rankings for the sake of what the cards hold: each is eighty plans."""

if TYPE_CHECKING:
    from engineroom.contract.runtimes import RuntimeView


class Shortlist(QObject):
    """Keys are UUIDs of cards, of those of one name only the first's; ``cpu`` where there is none.

    For a card, models are ranked as TensorRT-LLM serves them: our llama.cpp computes on the processor.

    Signals:
        changed: anything here is another.
    """

    changed = Signal()

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.changed)
        self._asking = Asking(self.changed.emit)
        self.forget()

    def forget(self) -> None:
        """The daemon is another or away."""
        self._asking.drop()
        self.key = ""
        self.rows: dict[str, tuple[CatalogueRow, ...]] = {}
        self.failure: Failure | None = None
        self.runtimes: tuple[RuntimeView, ...] | None = None
        self._names: dict[str, str] = {}
        self._asked: set[str] = set()
        self._asked_runtimes = False
        self._held: frozenset[str] = frozenset()
        self._ranked_s = 0.0

    @property
    def waiting(self) -> bool:
        """Whether the ranking of the best card is still to come."""
        return bool(self.key) and self.key not in self.rows and self.failure is None

    @property
    def can_build(self) -> bool:
        """Whether TensorRT-LLM is installed here."""
        if not self.runtimes:
            return False
        from engineroom.contract.runtimes import RuntimeState  # noqa: PLC0415

        usable = {RuntimeState.READY, RuntimeState.INSTALLED}
        return any(one.product == TENSORRT_LLM and one.state in usable for one in self.runtimes)

    @property
    def best(self) -> tuple[CatalogueRow, ...]:
        """The ranking of the card with most memory."""
        return self.rows.get(self.key, ())

    def of_card(self, uuid: str) -> tuple[CatalogueRow, ...]:
        """The ranking of a card."""
        return self.rows.get(self._names.get(uuid, uuid), ())

    def look(self, machine: Machine | None, held: frozenset[str] = frozenset()) -> None:
        """Ask for what is not known of this machine, and anew once other engines hold its memory: those of ``held``."""
        if machine is None or machine.nvml is NvmlState.STARTING:
            return
        self._outdate(held)
        best = best_card(machine)
        self.key = best.key if best is not None and best.owned else PROCESSOR
        if not self._asked_runtimes:
            self.ask_runtimes()
        for key in self._keys(machine):
            if key not in self._asked:
                self._rank(key)

    def again(self, machine: Machine | None) -> None:
        """Ask once more, after a failure."""
        self.failure = None
        self._asked.clear()
        self._asked_runtimes = False
        self.look(machine, self._held)
        self.changed.emit()

    def ask_runtimes(self) -> None:
        """What can serve; again after an installation."""
        # Once, whatever comes of it: the answer is told, and who is told looks again.
        self._asked_runtimes = True
        # Here and not above: what a runtime is costs a tenth of the imports, and is asked after the first paint.
        from engineroom.contract.runtimes import RuntimeView  # noqa: PLC0415

        call = self._client.get("/control/runtimes", tuple[RuntimeView, ...], slow=True)
        self._asking.follow(call, self._take_runtimes, lambda _failure: None)

    def _outdate(self, held: frozenset[str]) -> None:
        """What is known stays until the new answer is here; too soon, whoever looks is called to look again."""
        if held == self._held or not self._asked:
            self._held = held if not self._asked else self._held
            return
        left_s = self._ranked_s + LEAST_S - time.monotonic()
        if left_s > 0:
            self._later.start(round(left_s * 1000) + 1)
            return
        self._held = held
        self._asked.clear()

    def _keys(self, machine: Machine) -> Iterable[str]:
        """The best card first: its answer is what is waited for."""
        first: dict[str, str] = {}
        cards = {card.key: card.name for card in owned(machine)}
        for key in sorted(cards, key=lambda key: key != self.key):
            self._names[key] = first.setdefault(cards[key], key)
        return first.values() or (PROCESSOR,)

    def _rank(self, key: str) -> None:
        self._asked.add(key)
        self._ranked_s = time.monotonic()
        runtime = "" if key == PROCESSOR else f"&runtime={TENSORRT_LLM}"
        name = bytes(QUrl.toPercentEncoding(key).data()).decode()
        path = f"/control/plan/catalogue?gpu={name}{runtime}"
        call = self._client.get(path, tuple[CatalogueRow, ...], slow=True)
        self._asking.follow(call, lambda rows: self._take(key, rows), lambda failure: self._miss(key, failure))

    def _take(self, key: str, rows: tuple[CatalogueRow, ...]) -> None:
        self.rows[key] = rows
        if key == self.key:
            self.failure = None

    def _take_runtimes(self, runtimes: "tuple[RuntimeView, ...]") -> None:
        self.runtimes = runtimes

    def _miss(self, key: str, failure: Failure) -> None:
        if key == self.key:
            self.failure = failure
