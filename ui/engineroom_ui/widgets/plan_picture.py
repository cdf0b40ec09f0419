"""The heart of the Plan page: the verdict in words, the card as a bar, and the two numbers to turn."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engineroom_ui.state.plan_wire import WireBill, WirePlan
from engineroom_ui.text import plan as words
from engineroom_ui.text import units
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, Dot, label, polish
from engineroom_ui.widgets.plan_bar import PlanBar, Slice, Stack
from engineroom_ui.widgets.plan_dial import Dial
from engineroom_ui.widgets.scale_slider import Scale

_CONTEXT = Scale(least=1024, most=1 << 20, marks=tuple(1 << power for power in (10, 12, 14, 16, 18, 20)), doubling=True)
_CONCURRENCY = Scale(least=1, most=64, marks=(1, 8, 16, 24, 32, 40, 48, 56, 64))
_INKS = {
    "held": "idle",
    "weights": "chart_1",
    "kv": "chart_2",
    "state": "chart_4",
    "runtime": "chart_3",
    "free": "border_strong",
    "missing": "bad",
}


def parts_of(bill: WireBill) -> dict[str, int]:
    """Bytes of the bar's parts by key, in the order they stand in it."""
    return {
        "held": held_of(bill),
        "weights": bill.weights_bytes,
        "kv": bill.kv_bytes,
        "state": bill.state_bytes,
        "runtime": bill.activation_bytes + bill.overhead_bytes,
    }


def held_of(bill: WireBill) -> int:
    """What others hold and will not give back."""
    return max(0, bill.held_bytes - bill.returned_bytes)


def room_of(bill: WireBill) -> int | None:
    """What is left of the usable memory; negative where it lacks."""
    return None if bill.usable_bytes is None else bill.usable_bytes - held_of(bill) - bill.total_bytes


class Key(QWidget):
    """A dot, a word, a size."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        dot = Dot(theme, 9)
        dot.show_ink(_INKS[key])
        self._value = label(points=SMALL_PT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(dot)
        row.addWidget(label(words.part(key), role="Muted", points=SMALL_PT))
        row.addWidget(self._value)

    def show_bytes(self, value: int) -> None:
        """Another size."""
        self._value.setText(units.memory(value))


class PlanPicture(QFrame):
    """Shows a plan; what the person turns goes out as signals.

    Signals:
        context_chosen, concurrency_chosen: another number, by the person.
    """

    context_chosen = Signal(int)
    concurrency_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(self.tr("The plan as a picture"))
        self._shown = ""
        self.badge = label(role="Badge", points=TITLE_PT, strong=True)
        self.sentence = label(points=TITLE_PT)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.what_if = label(self.tr("what if: not your card"), role="TagWarn", points=SMALL_PT)
        self.learned = label(role="Tag", points=SMALL_PT)
        self.bar = PlanBar(theme)
        self.keys = {key: Key(theme, key) for key in _INKS}
        self.note = label(role="Muted", points=SMALL_PT)
        self.note.setWordWrap(True)
        self.context = Dial(theme, self.tr("Context"), _CONTEXT, most=1 << 24, write=words.tokens_short)
        self.concurrency = Dial(theme, self.tr("At once"), _CONCURRENCY, most=2048, write=str)
        self.context.field.setAccessibleName(self.tr("Context of one request in tokens"))
        self.concurrency.field.setAccessibleName(self.tr("Requests answered at once"))
        self.context.chosen.connect(self.context_chosen)
        self.concurrency.chosen.connect(self.concurrency_chosen)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.badge)
        head.addWidget(self.sentence, 1)
        head.addWidget(self.learned)
        head.addWidget(self.what_if)
        keys = QHBoxLayout()
        keys.setSpacing(16)
        for key in _INKS:
            keys.addWidget(self.keys[key])
        keys.addStretch(1)
        dials = QGridLayout()
        dials.setHorizontalSpacing(14)
        dials.setVerticalSpacing(2)
        dials.setColumnStretch(1, 1)
        self.context.add_to(dials, 0)
        self.concurrency.add_to(dials, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(keys)
        column.addWidget(self.note)
        column.addSpacing(2)
        column.addLayout(dials)

    def show_plan(self, plan: WirePlan, *, owned: bool, holders: list[tuple[str, int | None]]) -> None:
        """Another plan; ``holders`` are the programs that hold memory of the card now."""
        word, ink = words.verdict(plan.verdict)
        self.badge.setText(word)
        polish(self.badge, "ink", ink)
        bill = plan.bill
        how = {"precision_name": words.precision(plan.precision), "runtime_name": words.runtime(plan.runtime)}
        self.sentence.setText(words.conclusion(plan.verdict, room_of(bill) if bill else None, **how))
        self.what_if.setVisible(not owned)
        self.learned.setVisible(plan.learned_runs > 0)
        self.learned.setText(self.tr("learned from {n} runs").format(n=plan.learned_runs))
        notes = [words.holders(holders), words.support(plan.support)]
        self.note.setText("  ".join(note for note in notes if note))
        self.note.setVisible(bool(self.note.text()))
        self.bar.setVisible(bill is not None)
        self._show_keys(bill)
        if bill is not None:
            self._show_bar(bill)
        self._show_dials(plan)

    def _show_keys(self, bill: WireBill | None) -> None:
        sizes = parts_of(bill) if bill is not None else {}
        room = room_of(bill) if bill is not None else None
        if room is not None:
            sizes["free" if room >= 0 else "missing"] = abs(room)
        for key, part in self.keys.items():
            part.setVisible(sizes.get(key, 0) > 0)
            part.show_bytes(sizes.get(key, 0))

    def _show_bar(self, bill: WireBill) -> None:
        sizes = parts_of(bill)
        usable = bill.usable_bytes or bill.memory_total_bytes or bill.total_high_bytes
        held = sizes["held"]
        stack = Stack(
            slices=tuple(
                Slice(key=key, name=words.part(key), value_bytes=size, ink=_INKS[key], labelled=key != "held")
                for key, size in sizes.items()
            ),
            low_bytes=held + bill.total_low_bytes,
            high_bytes=held + bill.total_high_bytes,
            usable_bytes=usable,
            card_bytes=max(usable, bill.memory_total_bytes or 0),
        )
        totals = (bill.total_low_bytes, bill.total_bytes, bill.total_high_bytes)
        room = room_of(bill) or 0
        told = [*((key, size) for key, size in sizes.items() if size), ("free" if room >= 0 else "missing", abs(room))]
        limit = self.tr("usable {size}").format(size=units.memory(usable))
        self.bar.show_stack(stack, limit=limit, told=words.bar_told(told, totals, bill.usable_bytes))

    def _show_dials(self, plan: WirePlan) -> None:
        native = plan.native_context
        mark = None
        if native is not None:
            mark = native, self.tr("native {value}").format(value=words.tokens_short(native))
        beyond = "warn" if plan.verdict == "tight" else "bad"
        self.context.show_bounds(plan.context_max, mark, beyond)
        self.concurrency.show_bounds(plan.concurrency_max, None, beyond)
        self.context.show_value(plan.context_tokens)
        self.concurrency.show_value(plan.concurrency)
