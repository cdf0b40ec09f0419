"""Words for runtimes: what they are, how they stand, what their gate said."""

from PySide6.QtCore import QCoreApplication

from engineroom.contract.runtimes import GateStep, Level, Outcome, RuntimeKind, RuntimeState, RuntimeView
from engineroom_ui.text import units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import listed

translate = QCoreApplication.translate

_KINDS = {
    RuntimeKind.CONTAINER: mark("runtimes", "container"),
    RuntimeKind.VENV: mark("runtimes", "environment"),
    RuntimeKind.EMBEDDED: mark("runtimes", "included"),
    RuntimeKind.ATTACHED: mark("runtimes", "attached"),
}
_STATES = {
    RuntimeState.READY: (mark("runtimes", "ready"), "ok"),
    RuntimeState.INSTALLED: (mark("runtimes", "installed, not proved yet"), "warn"),
    RuntimeState.REFUSED: (mark("runtimes", "its gate failed"), "bad"),
    RuntimeState.INCOMPLETE: (mark("runtimes", "not completely installed"), "warn"),
    RuntimeState.BROKEN: (mark("runtimes", "broken: parts of it are gone"), "bad"),
    RuntimeState.UNREACHABLE: (mark("runtimes", "does not answer"), "bad"),
}
_STEPS = {
    GateStep.VERSION: mark("runtimes", "Version"),
    GateStep.CUDA: mark("runtimes", "CUDA"),
    GateStep.OPTIONS: mark("runtimes", "Options"),
    GateStep.ARGUMENTS: mark("runtimes", "Settings of an engine"),
    GateStep.SERVE: mark("runtimes", "Serves"),
    GateStep.TOOL_CALL: mark("runtimes", "Calls a tool"),
    GateStep.SPEED: mark("runtimes", "Speed"),
}
_OUTCOMES = {
    Outcome.PASSED: (mark("runtimes", "passed"), "ok"),
    Outcome.FAILED: (mark("runtimes", "failed"), "bad"),
    Outcome.NOT_RUN: (mark("runtimes", "not run"), "idle"),
}
LEVEL_INKS = {Level.OK: "ok", Level.WARNING: "warn", Level.BLOCKING: "bad"}


def kind(which: RuntimeKind) -> str:
    """How a runtime lies here."""
    return translate("runtimes", _KINDS[which])


def state(view: RuntimeView) -> tuple[str, str]:
    """How it stands, and the colour of that."""
    word, ink = _STATES[view.state]
    return translate("runtimes", word), ink


def step(which: GateStep) -> str:
    """A check of the gate."""
    return translate("runtimes", _STEPS[which])


def outcome(which: Outcome) -> tuple[str, str]:
    """How a check went, and the colour of that."""
    word, ink = _OUTCOMES[which]
    return translate("runtimes", word), ink


def title(view: RuntimeView) -> str:
    """Product, version, and how it lies here."""
    version = f" {view.version}" if view.version else ""
    return f"{view.product}{version}  ·  {kind(view.kind)}"


def facts(view: RuntimeView) -> str:
    """What else is known of it, on one line."""
    told = []
    if view.size_bytes is not None:
        told.append(units.file_size(view.size_bytes))
    if view.address is not None:
        told.append(view.address)
    if view.models:
        told.append(translate("runtimes", "serves {models}").format(models=listed(view.models)))
    if view.used_by:
        told.append(translate("runtimes", "used by {engines}").format(engines=listed(view.used_by)))
    if view.gate is not None and view.gate.simulated:
        told.append(translate("runtimes", "proved on simulated cards"))
    return "  ·  ".join(told)
