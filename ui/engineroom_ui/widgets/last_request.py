"""What the last finished request took."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from engineroom.contract.control import Outcome, RequestView, Traffic
from engineroom_ui.text import units
from engineroom_ui.widgets.parts import SMALL_PT, Figure, label


class LastRequest(QFrame):
    """Time to first token, rate, tokens in and out, and how many requests there were."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self.setAccessibleName(self.tr("Last request"))
        self._ttft = Figure(self.tr("First token"))
        self._rate = Figure(self.tr("Rate"))
        self._tokens = Figure(self.tr("Tokens in / out"))
        self._outcome = Figure(self.tr("Outcome"))
        self._total = Figure(self.tr("All requests"))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(12)
        title = label(self.tr("Last request"), role="Muted", points=SMALL_PT, strong=True)
        title.setWordWrap(True)
        row.addWidget(title, 1)
        for figure in (self._ttft, self._rate, self._tokens, self._outcome, self._total):
            figure.wrap()
            row.addWidget(figure, 1)
            figure.show_value("–")  # noqa: RUF001

    def show_traffic(self, traffic: Traffic | None) -> None:
        """Totals and the last request, once they are known."""
        if traffic is None:
            return
        self._total.show_value(units.count(traffic.requests))
        last = traffic.last
        if last is None:
            return
        self._ttft.show_value(units.seconds(last.ttft_s))
        self._rate.show_value(units.tokens_per_s(last.tokens_per_s))
        self._tokens.show_value(self._in_and_out(last))
        self._outcome.show_value(self._said(last))

    def _in_and_out(self, last: RequestView) -> str:
        if last.prompt_tokens is None and last.completion_tokens is None:
            return units.count(None)
        return self.tr("{prompt} / {completion}").format(
            prompt=_brief(last.prompt_tokens), completion=_brief(last.completion_tokens)
        )

    def _said(self, last: RequestView) -> str:
        return {
            Outcome.OK: self.tr("answered"),
            Outcome.REJECTED: self.tr("rejected"),
            Outcome.FAILED: self.tr("failed"),
            Outcome.CANCELLED: self.tr("stopped"),
        }[last.outcome]


def _brief(value: int | None) -> str:
    """Beside another number there is no room for words."""
    return "–" if value is None else units.count(value)  # noqa: RUF001
