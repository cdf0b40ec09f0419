"""How fast a plan is expected to be, and what a token would cost; every figure is an estimate with its range."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engineroom_ui.state.plan_wire import WireSpeed
from engineroom_ui.text import plan as words
from engineroom_ui.text import units
from engineroom_ui.text.sentences import listed
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.parts import NUMBER_PT, SMALL_PT, TITLE_PT, label


class Estimate(QWidget):
    """A caption, a figure, its range."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._caption = caption
        self._value = label(points=NUMBER_PT - 2, strong=True)
        self._range = label(role="Muted", points=SMALL_PT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        named = label(caption, role="Muted", points=SMALL_PT)
        named.setWordWrap(True)
        column.addWidget(named)
        column.addWidget(self._value)
        column.addWidget(self._range)

    @property
    def told(self) -> str:
        """The figure in words."""
        return self.accessibleName()

    def show_figure(self, value: str, bounds: str, *, measured: bool = False) -> None:
        """Another figure; ``measured``: it is no estimate."""
        value = value or self.tr("no estimate")
        self._value.setText(value)
        self._range.setText(bounds)
        said = self.tr("{caption}, measured here: {value}") if measured else self.tr("{caption}, estimate: {value}")
        text = said.format(caption=self._caption, value=value)
        self.setAccessibleName(f"{text} ({bounds})" if bounds else text)


class PlanSpeed(QFrame):
    """Hidden where nothing can be said."""

    def __init__(self, _theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(self.tr("Expected speed, estimates"))
        self.each = Estimate(self.tr("Each answer"))
        self.all = Estimate(self.tr("All together"))
        self.prompt = Estimate(self.tr("Reading the prompt"))
        self.first = Estimate(self.tr("First token after"))
        self.energy = Estimate(self.tr("Energy per token"))
        self._note = label(role="Muted", points=SMALL_PT)
        self._note.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(self.tr("Expected speed"), points=TITLE_PT, strong=True))
        head.addWidget(label(self.tr("estimate"), role="Tag", points=SMALL_PT))
        head.addWidget(self._note, 1)
        row = QHBoxLayout()
        row.setSpacing(20)
        for part in (self.each, self.all, self.prompt, self.first, self.energy):
            row.addWidget(part, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(row)

    @property
    def note(self) -> str:
        """What is to be known of the figures."""
        return self._note.text()

    def show_speed(self, speed: WireSpeed, runtime: str = "", gpu: str = "") -> None:
        """Another estimate, and what it is for: a runtime, and a card's name."""
        self.each.show_figure(
            units.tokens_per_s(speed.decode_tokens_per_s),
            words.rate_range(speed.decode_low, speed.decode_high),
            measured=speed.measured_answers > 0,
        )
        batch = speed.batch or 1
        self.all.setVisible(batch > 1 and speed.throughput_tokens_per_s is not None)
        self.all.show_figure(
            units.tokens_per_s(speed.throughput_tokens_per_s),
            words.rate_range(speed.throughput_low, speed.throughput_high),
        )
        for part, write, value, bounds in (
            (self.prompt, units.tokens_per_s, speed.prefill_tokens_per_s, (speed.prefill_low, speed.prefill_high)),
            (self.energy, units.joules, speed.joules_per_token, (speed.joules_low, speed.joules_high)),
        ):
            part.show_figure(_known(write, value), words.rate_range(*bounds))
        first_s = _known(units.seconds, speed.ttft_s)
        self.first.show_figure(first_s, words.seconds_range(speed.ttft_low, speed.ttft_high))
        notes = [self.tr("{n} at once").format(n=batch)] if batch > 1 else []
        if speed.depth:
            notes.append(self.tr("with {n} tokens in the cache").format(n=units.count(speed.depth)))
        if speed.measured_answers:
            notes.append(self.tr("each answer measured here, {n} times").format(n=speed.measured_answers))
        elif not speed.covered:
            notes.append(self.tr("rough: no such model was measured yet"))
        if runtime == words.LLAMA_CPP and gpu != words.PROCESSOR:
            notes.append(self.tr("the llama.cpp that comes along runs on the CPU, far slower"))
        self._note.setText(listed(notes))


def _known(write: Callable[[float | None], str], value: float | None) -> str:
    return write(value) if value is not None else ""
