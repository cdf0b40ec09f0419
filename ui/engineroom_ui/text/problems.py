"""What a problem means to a person: what happened and why, and what to do about it.

The daemon sends codes and facts; here they become sentences.  A fact that did not come is said to be missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import ProblemView
from engineroom.contract.details import FACT, Reason, apart
from engineroom.contract.problems import MESSAGE, Code, FactValue
from engineroom_ui.text.details import detail
from engineroom_ui.text.facts import filled
from engineroom_ui.text.marks import mark
from engineroom_ui.text.problems_of_access import TEXTS_OF_ACCESS
from engineroom_ui.text.problems_of_causes import TEXTS_OF_CAUSES
from engineroom_ui.text.problems_of_link import TEXTS_OF_LINK
from engineroom_ui.text.problems_of_models import TEXTS_OF_MODELS
from engineroom_ui.text.problems_of_routing import TEXTS_OF_ROUTING
from engineroom_ui.text.problems_of_surfaces import TEXTS_OF_SURFACES
from engineroom_ui.text.sentences import both, run_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """``what`` happened and why, the ``remedy``, and the ``code`` by which one can search."""

    what: str
    remedy: str
    code: str = ""

    @property
    def whole(self) -> str:
        """All of it, as one paragraph."""
        return both(self.what, self.advice)

    @property
    def advice(self) -> str:
        """The remedy with the code, where it stands apart from what happened."""
        if not self.remedy:
            return f"({self.code})"
        return f"{self.remedy} ({self.code})" if self.code else self.remedy


TEXTS: dict[str, tuple[str, str]] = {
    **TEXTS_OF_MODELS,
    **TEXTS_OF_CAUSES,
    **TEXTS_OF_ACCESS,
    **TEXTS_OF_LINK,
    **TEXTS_OF_SURFACES,
    **TEXTS_OF_ROUTING,
    Code.GPU_UNKNOWN: (
        mark("problems", "{gpu} names no card of the table, or more than one. Nearest: {nearest}."),
        mark("problems", "Choose one of these, or describe the card by its memory and bandwidth."),
    ),
    Code.GPU_DESCRIPTION: (
        mark("problems", "{part} is missing or not understood in the description of the card."),
        mark("problems", "Write it like this: {example}."),
    ),
    Code.RUNTIME_MISSING: (
        mark("problems", "The runtime {runtime} cannot be used: {reason}."),
        mark("problems", "Run the launch script again; it installs what is missing."),
    ),
    Code.ARCHITECTURE_UNKNOWN: (
        mark("problems", "This runtime does not know models of the kind {architecture}."),
        mark("problems", "Choose another model, or a newer version of Engineroom."),
    ),
    Code.OUT_OF_MEMORY: (
        mark("problems", "There was not enough memory to load the model. The engine said: {line}"),
        mark("problems", "Close other programs, or choose a smaller model or context."),
    ),
    Code.LOAD_FAILED: (
        mark("problems", "The model could not be loaded. The engine said: {line}"),
        mark("problems", "Read the log for more, then try again."),
    ),
    Code.ENGINE_CRASHED: (
        mark("problems", "The engine ended by itself ({ended_with}). Its last line: {line}"),
        mark("problems", "Serve again; if it happens again, read the log."),
    ),
    Code.ENGINE_KILLED: (
        mark("problems", "Something outside Engineroom ended the engine with signal {signal}."),
        mark("problems", "Serve again; if nobody did this on purpose, the system was probably short of memory."),
    ),
    Code.ENGINE_SILENT: (
        mark("problems", "The engine gave no sign of life for {waited_s} and was ended."),
        mark("problems", "Serve again, and read the log if it happens again."),
    ),
    Code.ENGINE_STUCK: (
        mark("problems", "The engine process {pid} does not end, not even when killed."),
        mark("problems", "Restart the computer when convenient; its memory stays taken until then."),
    ),
    Code.GPU_LOST: (
        mark(
            "problems", "{name} does not answer any more. What ran on it was stopped, and nothing was moved elsewhere."
        ),
        mark(
            "problems",
            "It is looked for again by itself; once it is back, serve again. If it stays away, restart the computer "
            "and check its power cable and cooling.",
        ),
    ),
    Code.GPU_IN_USE: (
        mark("problems", "{name} takes one program at a time, and {program} (process {pid}) is using it."),
        mark("problems", "End that program, or set the card's compute mode back to its default with nvidia-smi."),
    ),
    Code.GPU_BUSY: (
        mark(
            "problems",
            "The card lets no other program compute on it now: it is set to serve one at a time and another program "
            "has it, or it has not recovered from a fault. It said: {line}",
        ),
        mark("problems", "End that program, set the card to be shared, or restart the computer."),
    ),
    Code.GPU_XID: (
        mark("problems", "{name} reported the error Xid {xid}: {meaning}."),
        mark("problems", "{remedy}."),
    ),
    Code.ENGINE_NOT_READY: (
        mark("problems", "The engine started but did not answer its first request (status {status}). It said: {line}"),
        mark("problems", "Serve again, and read the log if it happens again."),
    ),
    Code.GPU_NONE: (
        mark("problems", "The plan is for {wanted} card(s); {found} of this machine could be used."),
        mark("problems", "Choose a card to plan for, or fewer of them."),
    ),
    Code.PLAN_INVALID: (
        mark("problems", "No plan can be made for {field} = {value}."),
        mark("problems", "It must be {allowed}."),
    ),
    Code.CONTEXT_LENGTH_EXCEEDED: (
        mark(
            "problems", "The conversation is too long: {prompt_tokens} tokens, and this engine takes {context_tokens}."
        ),
        mark("problems", "Start a new chat, or ask something shorter."),
    ),
    Code.INVALID_JSON: (
        mark("problems", "The request was not valid JSON: {reason}."),
        mark("problems", "Check the program that sent it."),
    ),
    Code.INVALID_REQUEST: (
        mark("problems", "The request could not be accepted: {reason}."),
        mark("problems", "Check the program that sent it."),
    ),
    Code.REQUEST_TOO_LARGE: (
        mark("problems", "The request was larger than {limit_bytes}."),
        mark("problems", "Send less in one request."),
    ),
    Code.UNSUPPORTED_MEDIA_TYPE: (
        mark("problems", "The request came as {found}, but only JSON is understood."),
        mark("problems", "Send it with the content type application/json."),
    ),
    Code.UNSUPPORTED_CODING: (
        mark("problems", "The request came compressed ({found}), which is not understood."),
        mark("problems", "Send it as it is, without the header Content-Encoding."),
    ),
    Code.RESPONSE_NOT_FOUND: (
        mark("problems", "There is no response {response} here. Responses are kept for an hour, in memory."),
        mark("problems", "Send the whole conversation as the input."),
    ),
    Code.NOT_FOUND: (
        mark("problems", "There is nothing at {path}."),
        mark("problems", "Check the address; the base URL ends in /v1."),
    ),
    Code.METHOD_NOT_ALLOWED: (
        mark("problems", "{method} is not possible here; use {allowed}."),
        mark("problems", "Check the program that sent the request."),
    ),
    Code.HOST_NOT_ALLOWED: (
        mark("problems", "The name {host} is not one this engine room answers to."),
        mark("problems", "Use the address shown in this window."),
    ),
    Code.INVALID_TOKEN: (
        mark("problems", "The engine room did not accept this window's token."),
        mark("problems", "Restart the engine room; a new token is made then."),
    ),
    Code.ENGINE_UNAVAILABLE: (
        mark("problems", "The model {model} is not being served."),
        mark("problems", "Press Serve first."),
    ),
    Code.ENGINE_FAILED: (
        mark("problems", "The engine of {model} could not start: {cause}"),
        mark("problems", "Read the log, then press Serve to try again."),
    ),
    Code.ENGINE_UNREACHABLE: (
        mark("problems", "The engine of {model} did not answer."),
        mark("problems", "Wait a moment and ask again; it is restarted if it ended."),
    ),
    Code.SHUTTING_DOWN: (
        mark("problems", "The engine room is closing down and takes no new requests."),
        mark("problems", "Start it again, then repeat the request."),
    ),
    Code.INTERNAL: (
        mark("problems", "Something went wrong inside the engine room (request {request_id})."),
        mark("problems", "Try again, and look in the log for this request number."),
    ),
    Code.PORT_TAKEN: (
        mark("problems", "Port {port} on {host} is already in use by {program} (process {pid})."),
        mark("problems", "End that program, or give Engineroom another port."),
    ),
    Code.BIND_FAILED: (
        mark("problems", "The address {host}:{port} could not be opened: {reason}."),
        mark("problems", "Choose another address or port in the settings."),
    ),
    Code.ALREADY_RUNNING: (
        mark("problems", "An engine room already runs at {address} (process {pid})."),
        mark("problems", "Use that one, or stop it first."),
    ),
    Code.NOT_RUNNING: (
        mark("problems", "The engine room is not running."),
        mark("problems", "Start it to see and serve models."),
    ),
    Code.DAEMON_UNREACHABLE: (
        mark("problems", "The engine room does not answer: {reason}."),
        mark("problems", "This window keeps trying; start it again if it is gone."),
    ),
    Code.DAEMON_TOO_DIFFERENT: (
        mark("problems", "The running engine room speaks control API {theirs}; this window speaks {ours}."),
        mark("problems", "Restart the engine room so that both are of one version. Engines it runs are stopped."),
    ),
    Code.DAEMON_DID_NOT_START: (
        mark("problems", "The engine room did not start. Its last line: {line}"),
        mark("problems", "Try again; the whole output is in {log}."),
    ),
    Code.SETTINGS_BROKEN: (
        mark("problems", "The settings file {path} cannot be understood: {reason}."),
        mark("problems", "Correct it in an editor; it was left as it is."),
    ),
    Code.STATE_UNWRITABLE: (
        mark("problems", "{path} cannot be written: {reason}."),
        mark("problems", "Free some space or correct the permissions; serving goes on."),
    ),
    Code.LEDGER_UNWRITABLE: (
        mark("problems", "The ledger {path} cannot be used: {reason}. What requests use is not recorded."),
        mark("problems", "Free some space or correct the permissions; serving goes on."),
    ),
    Code.LOG_UNWRITABLE: (
        mark("problems", "The log {path} cannot be written: {reason}."),
        mark("problems", "Free some space or correct the permissions; serving goes on."),
    ),
    Code.NO_DESKTOP: (
        mark("problems", "The window cannot be shown: {reason}."),
        mark("problems", "Use the command line, or install the desktop parts."),
    ),
    Code.USAGE: (
        mark("problems", "The command was not understood: {reason}."),
        mark("problems", "Use --help to see what is possible."),
    ),
}
"""By code: what happened and why, and what to do."""

_SILENT: dict[str, str] = {
    Code.ENGINE_CRASHED: mark("problems", "The engine ended by itself ({ended_with}) and said nothing."),
    Code.LOAD_FAILED: mark("problems", "The model could not be loaded, and the engine did not say why."),
    Code.OUT_OF_MEMORY: mark("problems", "There was not enough memory to load the model."),
    Code.DAEMON_DID_NOT_START: mark("problems", "The engine room did not start, and said nothing."),
}
"""What happened, where no line was left behind that could be quoted."""

_FILLED = ("reason", "allowed", "line")
"""The facts that a detail puts into words."""


def sentence(problem: ProblemView) -> Sentence:
    """The sentence for a problem; of a code this window does not know yet, what the daemon itself says."""
    if problem.code not in TEXTS:
        return _unknown(problem)
    sizes = problem.code in TEXTS_OF_ROUTING
    facts = {**problem.facts, **opened(problem.facts), **_caused(problem.facts)}
    happened, advice = TEXTS[problem.code]
    if not str(facts.get("line") or "").strip():
        happened = _SILENT.get(problem.code, happened)
    what, remedy = (
        filled(QCoreApplication.translate("problems", text), facts, sizes=sizes) for text in (happened, advice)
    )
    return Sentence(what=what, remedy=remedy, code=problem.code)


def _caused(facts: Mapping[str, FactValue]) -> dict[str, str]:
    """The code of another problem in words, where these need none of the facts that did not come along."""
    cause = str(facts.get("cause") or "")
    text = _SILENT.get(cause) or TEXTS.get(cause, ("{", ""))[0]
    return {} if "{" in text else {"cause": QCoreApplication.translate("problems", text)}


def _unknown(problem: ProblemView) -> Sentence:
    read_log = QCoreApplication.translate("problems", "Read the log for more.")
    for name in (MESSAGE, "reason", "line"):
        if said := problem.facts.get(name):
            return Sentence(what=str(said), remedy="" if name == MESSAGE else read_log, code=problem.code)
    unknown = QCoreApplication.translate("problems", "The engine room reported “{code}”.").format(code=problem.code)
    return Sentence(what=unknown, remedy=read_log)


def opened(facts: Mapping[str, FactValue]) -> dict[str, str]:
    """What the code leaves open, in words; nothing where a detail is not known, so that the daemon's own stand."""
    found = [_detail(one) for one in apart(facts)]
    said = [one for one in found if one]
    if not said or len(said) < len(found):
        return {}
    words = said[0] if len(said) == 1 else run_on(said)
    return {name: words.rstrip(".。") for name in _FILLED if name in facts}


def _detail(one: Reason) -> str | None:
    known = detail(one.code, one.facts)
    if known is None and one.code in TEXTS:
        inner = {name: value for name, value in one.facts.items() if name != FACT}
        return sentence(ProblemView(code=one.code, facts=inner)).what
    return known
