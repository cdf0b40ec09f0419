"""Sentences of the chat: what an answer cost, and what keeps a question from being asked."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import EngineState, EngineView, ModelView
from engineroom_ui.link.chat import AnswerFigures
from engineroom_ui.link.http import Failure
from engineroom_ui.state.askable import Askable
from engineroom_ui.state.conversations import Turn
from engineroom_ui.text import chat_notes, problems, units
from engineroom_ui.text.sentences import both

translate = QCoreApplication.translate
_BETWEEN = "  ·  "


def cost(turn: Turn) -> str:
    """Rate, time to the first token, tokens, joules where the hardware reports them, and how it ended."""
    figures = turn.figures
    if figures is None:
        return ""
    parts = []
    if figures.tokens_per_s is not None:
        parts.append(units.tokens_per_s(figures.tokens_per_s))
    if figures.ttft_s is not None:
        parts.append(translate("chat", "first token after {time}").format(time=units.seconds(figures.ttft_s)))
    if figures.completion_tokens is not None:
        parts.append(translate("chat", "{count} tokens").format(count=units.count(figures.completion_tokens)))
    if turn.joules is not None:
        energy = units.joules(turn.joules)
        parts.append(translate("chat", "about {energy}").format(energy=energy) if turn.joules_estimated else energy)
    if figures.stopped:
        parts.append(translate("chat", "stopped"))
    parts.extend(_endings(figures))
    return _BETWEEN.join(parts) or translate("chat", "no text came")


def _endings(figures: AnswerFigures) -> list[str]:
    told = {
        "length": translate("chat", "cut off: the context or the most tokens were reached"),
        "content_filter": translate("chat", "cut off by a filter"),
        "tool_calls": translate("chat", "the model wants to call a tool, which this chat cannot do"),
    }
    ending = told.get(figures.finish_reason or "")
    notes = translate("chat", "note: {notes}").format(notes=chat_notes.told(figures.notes)) if figures.notes else ""
    return [part for part in (ending, notes) if part]


def thought_time(figures: AnswerFigures | None) -> str:
    """What the fold over the thoughts is called."""
    if figures is None or figures.thought_s is None:
        return translate("chat", "Thoughts")
    return translate("chat", "Thought for {time}").format(time=units.seconds(figures.thought_s))


def refusal(failure: Failure) -> str:
    """What happened, why and what to do, with the code for searching."""
    said = problems.sentence(failure.problem)
    text = both(said.what, said.remedy)
    code = failure.problem.code if failure.status in {None, 200} else f"{failure.problem.code}, HTTP {failure.status}"
    return translate("chat", "{text} ({code})").format(text=text, code=code)


def waiting(engine: EngineView | None) -> str:
    """What is waited for before the first token."""
    if engine is not None and engine.state in {EngineState.STARTING, EngineState.STOPPED}:
        return translate("chat", "Loading the model …")
    return translate("chat", "Waiting for the first token …")


def field_hint(askable: Askable, asked: Sequence[str]) -> str:
    """What stands in the empty field: that one can ask, or why not."""
    if not askable.live:
        return translate("chat", "The chat opens when the engine room answers.")
    if not askable.models:
        return translate("chat", "There is no model here yet: get one on the page Models.")
    if not askable.here(asked):
        return translate("chat", "This model is no longer here; choose another above.")
    if askable.serves(asked):
        return translate("chat", "Ask something")
    return translate("chat", "Ask something; the model is loaded first")


def blind(model: ModelView) -> str:
    """Why a picture cannot be sent."""
    return translate("chat", "{model} reads text only, so no picture can be sent to it.").format(model=model.name)


def model_choice(model: ModelView, engine: EngineView | None) -> str:
    """A model to ask, and whether it is up."""
    if engine is not None and engine.state is EngineState.READY:
        return translate("chat", "{model}, serving").format(model=model.name)
    if engine is not None and engine.state is EngineState.STARTING:
        return translate("chat", "{model}, starting").format(model=model.name)
    if engine is not None and engine.state is EngineState.FAILED:
        return translate("chat", "{model}, failed").format(model=model.name)
    return model.name
