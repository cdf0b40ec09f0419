"""Runtimes for people."""

from collections.abc import Iterable

from engineroom.cli.output import say, size
from engineroom.contract.runtime_sentences import finding_words, gate_words
from engineroom.contract.runtimes import Level, Outcome, RuntimeLook, RuntimeState, RuntimeView
from engineroom.contract.sentences import sentence

_STATES = {
    RuntimeState.READY: "ready",
    RuntimeState.INSTALLED: "installed, not proved yet",
    RuntimeState.REFUSED: "installed, refused by its gate",
    RuntimeState.INCOMPLETE: "incomplete: install it again to go on, or remove it",
    RuntimeState.BROKEN: "broken",
    RuntimeState.UNREACHABLE: "does not answer",
}
_MARKS = {Level.OK: "ok", Level.WARNING: "!", Level.BLOCKING: "NO"}
_OUTCOMES = {Outcome.PASSED: "ok", Outcome.FAILED: "NO", Outcome.NOT_RUN: "--"}


def show_runtimes(views: Iterable[RuntimeView]) -> None:
    """A line for each, and what is wrong with it."""
    for view in views:
        facts = [view.version, str(view.kind), None if view.size_bytes is None else size(view.size_bytes)]
        words = ", ".join(fact for fact in facts if fact)
        say(f"{'*' if view.is_default else ' '} {view.id}  ({words})  {_STATES[view.state]}")
        if view.address is not None:
            say(f"    {view.address}: {', '.join(view.models) or 'no models'}")
        if view.used_by:
            say(f"    used by {', '.join(view.used_by)}")
        if view.problem is not None:
            say(f"    ! {sentence(view.problem)}")
        elif view.state in {RuntimeState.REFUSED, RuntimeState.INSTALLED}:
            _say_checks(view)


def show_gate(view: RuntimeView) -> None:
    """What came of an installation and its gate."""
    packages = "" if view.package_count is None else f", {view.package_count} packages"
    held = "" if view.size_bytes is None else f", {size(view.size_bytes)}"
    say(f"{view.id} is here ({view.kind}{packages}{held}): {_STATES[view.state]}")
    _say_checks(view)
    say("It is the default." if view.is_default else "The default stays as it was.")


def show_look(look: RuntimeLook) -> None:
    """Findings of one kind; what is fine in one line."""
    say(f"TensorRT-LLM {look.version} as {look.kind}: {'cannot be installed' if look.blocked else 'can be installed'}")
    fine = dict.fromkeys(str(one.check) for one in look.findings if one.level is Level.OK)
    if fine:
        say(f"  ok  {', '.join(fine)}")
    for finding in look.findings:
        if finding.level is not Level.OK:
            what, remedy = finding_words(finding)
            say(f"  {_MARKS[finding.level]:<3} {what}")
            say(f"      {remedy}")


def _say_checks(view: RuntimeView) -> None:
    if view.gate is None:
        return
    for check in view.gate.checks:
        words = gate_words(check)
        say(f"    {_OUTCOMES[check.outcome]:<3} {check.step}{f': {words}' if words else ''}")
    if view.gate.tokens_per_s is not None:
        say(f"    {view.gate.tokens_per_s:.1f} tokens/s{' (SIMULATED card)' if view.gate.simulated else ''}")
