"""The heart of the Plan page: the verdict in words, the card as a bar, and the two numbers to turn."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engineroom_ui.state.plan_wire import WireBill, WirePlan
from engineroom_ui.text import plan as words
from engineroom_ui.text import plan_reasons, units
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.flow_row import FlowRow
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
    "free": "track",
    "missing": "bad",
}


def parts_of(bill: WireBill) -> dict[str, int]:
    """Bytes of the bar's parts by key, in the order they stand in it; what is not known is left out."""
    parts = {
        "held": held_of(bill),
        "weights": bill.weights_bytes,
        "kv": bill.kv_bytes,
        "state": bill.state_bytes,
        "runtime": (bill.activation_bytes or 0) + (bill.overhead_bytes or 0),
    }
    return {key: size for key, size in parts.items() if size is not None}


def held_of(bill: WireBill) -> int:
    """What others hold and will not give back."""
    return max(0, bill.held_bytes - bill.returned_bytes)


def room_of(bill: WireBill) -> int | None:
    """What is left of the usable memory; negative where it lacks."""
    if bill.usable_bytes is None or bill.total_bytes is None:
        return None
    return bill.usable_bytes - held_of(bill) - bill.total_bytes


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
        self.badge = label(role="Badge", points=TITLE_PT, strong=True)
        self.sentence = label(points=TITLE_PT)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.whose = label(role="TagWarn", points=SMALL_PT)
        self.learned = label(role="Tag", points=SMALL_PT)
        self.bar = PlanBar(theme)
        self.keys = {key: Key(theme, key) for key in _INKS}
        self.support = label(role="TagWarn", points=SMALL_PT)
        self.note = label(role="Muted", points=SMALL_PT)
        self.warning = label(role="Warn", points=SMALL_PT)
        for part in (self.note, self.warning):
            part.setWordWrap(True)
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
        head.addWidget(self.support)
        head.addWidget(self.learned)
        head.addWidget(self.whose)
        keys = FlowRow(tuple(self.keys[key] for key in _INKS), across_px=16, down_px=4)
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
        column.addWidget(self.warning)
        column.addSpacing(2)
        column.addLayout(dials)

    def show_plan(self, plan: WirePlan, *, whose: str, holders: list[tuple[str, int | None]]) -> None:
        """Another plan; ``whose`` warns of a card that is not there, ``holders`` have memory of the card now."""
        word, ink = words.verdict(plan.verdict)
        self.badge.setText(word)
        polish(self.badge, "ink", ink if plan.support in {None, "supported"} or ink != "ok" else "warn")
        bill = plan.bill
        how = {"precision_name": words.precision(plan.precision), "runtime_name": words.runtime(plan.runtime)}
        self.sentence.setText(words.conclusion(plan.verdict, room_of(bill) if bill else None, **how))
        self.whose.setText(whose)
        self.learned.setVisible(plan.learned_runs > 0)
        self.learned.setText(self.tr("learned from {n} runs").format(n=plan.learned_runs))
        self.support.setText(words.support(plan.support))
        warnings = [plan_reasons.reason(one) for one in plan.reasons if plan_reasons.warns(str(one.get("code", "")))]
        self.warning.setText("\n".join(warnings))
        self.note.setText("  ".join(text for text in (words.checkpoint(plan.model), words.holders(holders)) if text))
        for part in (self.whose, self.support, self.warning, self.note):
            part.setVisible(bool(part.text()))
        self._show_keys(bill)
        self._show_bar(plan)
        self._show_dials(plan)

    def _show_keys(self, bill: WireBill | None) -> None:
        sizes = parts_of(bill) if bill is not None else {}
        room = room_of(bill) if bill is not None else None
        if room is not None:
            sizes["free" if room >= 0 else "missing"] = abs(room)
        for key, part in self.keys.items():
            part.setVisible(sizes.get(key, 0) > 0)
            part.show_bytes(sizes.get(key, 0))

    def _show_bar(self, plan: WirePlan) -> None:
        bill, room = plan.bill, room_of(plan.bill) if plan.bill is not None else None
        self.bar.setVisible(room is not None)
        if bill is None or room is None or bill.usable_bytes is None or bill.total_bytes is None:
            return
        sizes, usable, total = parts_of(bill), bill.usable_bytes, bill.total_bytes
        low, high = bill.total_low_bytes or total, bill.total_high_bytes or total
        stack = Stack(
            slices=tuple(
                Slice(key=key, name=words.part(key), value_bytes=size, ink=_INKS[key], labelled=key != "held")
                for key, size in sizes.items()
            ),
            low_bytes=sizes["held"] + low,
            high_bytes=sizes["held"] + high,
            usable_bytes=usable,
            card_bytes=max(usable, plan.gpu_memory_bytes or 0),
        )
        told = [*((key, size) for key, size in sizes.items() if size), ("free" if room >= 0 else "missing", abs(room))]
        limit = self.tr("usable {size}").format(size=units.memory(usable))
        self.bar.show_stack(stack, limit=limit, told=words.bar_told(told, (low, total, high), usable))

    def _show_dials(self, plan: WirePlan) -> None:
        native = plan.native_context
        mark = None
        if native is not None:
            mark = native, self.tr("native {value}").format(value=words.tokens_short(native))
        beyond = "warn" if plan.verdict == "tight" else "bad"
        self.context.show_bounds(plan.context_max, mark, beyond)
        self.concurrency.show_bounds(plan.concurrency_max, None, beyond)
        self.context.show_value(plan.context)
        self.concurrency.show_value(plan.concurrency)
