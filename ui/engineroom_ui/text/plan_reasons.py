"""Reasons of a plan as sentences: the daemon sends codes and facts."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from engineroom_ui.text import plan, tables, units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import ended, listed, titled

translate = QCoreApplication.translate

_CHOICES: dict[str, str] = {
    "chosen": mark("plan", "{precision} on {runtime} is the best of {candidates} candidates when you ask for {wish}."),
    "only_candidate": mark("plan", "{precision} on {runtime} is the only candidate that can run here."),
    "quantise_here": mark(
        "plan", "The weights are made on this computer: {precision} from {from_precision} of {model}."
    ),
    "convert_to_gguf": mark("plan", "{model} is converted to a GGUF file in {precision} on this computer first."),
    "kv_of_checkpoint": mark("plan", "The checkpoint was calibrated for a KV cache in {kv_format}, so that is used."),
    "kv_reduced": mark("plan", "The KV cache is in {kv_format} instead of {instead_of}, to make more of it fit."),
}

_LIMITS: dict[str, str] = {
    "context_limited_by_memory": mark(
        "plan", "Memory ends the context at {context_tokens} tokens; the model itself could take {native_context}."
    ),
    "context_limited_by_model": mark("plan", "The model takes no more than {context_tokens} tokens of context."),
    "context_moderate": mark(
        "plan", "{context_tokens} tokens of context serve most uses; up to {context_max} would fit."
    ),
    "tight": mark(
        "plan",
        "It takes {total_bytes} of the {available_bytes} it can have. {margin_bytes} should stay free, because the "
        "bill is an estimate.",
    ),
    "no_room": mark("plan", "It takes {total_bytes} and can have {available_bytes}: {missing_bytes} are missing."),
    "held_by_others": mark("plan", "{program} holds {memory_bytes} of the {held_bytes} that others hold now."),
    "given_back": mark("plan", "{program} gives back {returned_bytes} when it is replaced."),
    "learned": mark("plan", "The memory was learned from {runs} runs on this card."),
    "learned_compiled": mark("plan", "The memory was learned from {runs} trials of compiled engines on this card."),
    "start_measured": mark("plan", "Measured here: {load_s} until it answers, over {starts} starts."),
    "speed_measured": mark(
        "plan", "Measured here: {decode_tokens_per_s} over {answers} answers, about {depth} tokens deep."
    ),
}

_UNKNOWNS: dict[str, str] = {
    "layers_unknown": mark(
        "plan", "The layers of {model} ({architecture}) are of a kind not known here, so its cache cannot be told."
    ),
    "weights_unknown": mark("plan", "The size of {model}'s weights is not known, so neither is what it takes."),
    "card_memory_unknown": mark("plan", "How much memory {gpu} has is not known."),
    "weights_estimated": mark("plan", "The size of the weights is an estimate, {origin}."),
    "speed_unknown": mark("plan", "The memory bandwidth of {gpu} is not known, so no speed is given."),
    "speed_not_covered": mark(
        "plan", "The speed is a rough guess for {gpus} cards on {runtime}: nothing like it was measured."
    ),
    "compiled_estimated": mark(
        "plan",
        "Memory and speed are estimates for the PyTorch backend: no compiled engine like it was tried on this card.",
    ),
    "experimental": mark("plan", "Experimental: {subject} {name}. {note}"),
    "untested": mark("plan", "Untested here: {subject} {name}. Nobody has reported that it works. {note}"),
    "broken": mark("plan", "Known to be broken: {subject} {name}. {note}"),
    "not_recognised": mark("plan", "The runtime would not recognise how this checkpoint is quantised ({name}). {note}"),
    "driver_too_old": mark("plan", "The NVIDIA driver here is too old: {name}. {note}"),
    "built_for_cpu": mark(
        "plan",
        "The {runtime} installed here was built without CUDA: it would serve from the processor and not use {gpu}. "
        "These figures are those of a CUDA build.",
    ),
    "card_not_listed": mark("plan", "{runtime} does not list {gpu} among the cards it supports."),
}

_FOLLOWED: dict[str, str] = {
    "context_beyond_model": mark(
        "plan", "You asked for {context_tokens} tokens; the model was made for {native_context}, answers may get worse."
    ),
    "depth_beyond_context": mark("plan", "The speed is for {depth} tokens in the cache, more than the context holds."),
    "batch_beyond_concurrency": mark("plan", "The speed is for {batch} at once, more than the {concurrency} planned."),
    "kv_against_checkpoint": mark(
        "plan",
        "You asked for a KV cache in {kv_format}; the checkpoint is made for {checkpoint_format} and may be refused.",
    ),
    "heads_do_not_split": mark("plan", "{query_heads} attention heads cannot be shared evenly by {gpus} cards."),
}

_LOST: dict[str, str] = {
    "does_not_fit": mark("plan", "It takes {total_bytes} and can have {available_bytes}."),
    "fits_tightly": mark("plan", "It fits, but tightly: {total_bytes} of {available_bytes}."),
    "fit_unknown": mark("plan", "Whether {model} fits cannot be told."),
    "context_too_short": mark(
        "plan", "It leaves less room for context than the {wanted_tokens} tokens that are wanted."
    ),
    "less_context": mark("plan", "It leaves {context_max} tokens of context, the choice {chosen_context_max}."),
    "too_lossy": mark(
        "plan", "Its perplexity is about {loss_percent} worse; for {wish} at most {limit_percent} are taken."
    ),
    "less_exact": mark(
        "plan", "Its perplexity is about {loss_percent} worse, that of the choice {chosen_loss_percent}."
    ),
    "slower": mark("plan", "About {decode_tokens_per_s}; the choice makes {chosen_tokens_per_s}."),
    "worse_balance": mark(
        "plan",
        "{loss_percent} worse perplexity at {decode_tokens_per_s}; the choice has {chosen_loss_percent} at "
        "{chosen_tokens_per_s}.",
    ),
    "other_runtime": mark("plan", "It needs {runtime}; the choice runs on {chosen_runtime}."),
    "larger": mark("plan", "It takes {total_bytes}, the choice {chosen_total_bytes}."),
    "same_as_chosen": mark("plan", "{model} is the same as the choice."),
}

_WAYS: dict[str, str] = {
    "smaller_kv": mark("plan", "With the KV cache in {kv_format} it takes {total_bytes}."),
    "fewer_at_once": mark("plan", "With {concurrency} at once it takes {total_bytes}."),
    "shorter_context": mark("plan", "With {context_tokens} tokens of context it takes {total_bytes}."),
    "other_precision": mark("plan", "With weights in {precision} it takes {total_bytes}."),
    "more_cards": mark("plan", "Over {gpus} cards it takes {total_bytes} on each."),
    "smaller_model": mark("plan", "{model} takes {total_bytes}."),
}

_REASONS = _CHOICES | _LIMITS | _UNKNOWNS | _FOLLOWED | _LOST | _WAYS

_WARNINGS = frozenset({
    "layers_unknown", "weights_unknown", "card_memory_unknown", "experimental", "untested", "broken",
    "not_recognised", "driver_too_old", "card_not_listed", "built_for_cpu", "context_beyond_model",
    "heads_do_not_split", "kv_against_checkpoint",
})  # fmt: skip

_WISHES = {
    "quality": mark("plan", "quality"),
    "balanced": mark("plan", "balance"),
    "speed": mark("plan", "speed"),
    "context": mark("plan", "context"),
}

_PARTS = {"driver": mark("plan", "driver")}
_SUBJECTS = {
    "platform": mark("plan", "this card and system with"),
    "driver": mark("plan", "the driver for"),
    "model": mark("plan", "the model class"),
    "checkpoint": mark("plan", "the checkpoint's format"),
    "weights": mark("plan", "weights in"),
    "kv": mark("plan", "a KV cache in"),
}


def known() -> frozenset[str]:
    """The codes with a sentence."""
    return frozenset(_REASONS)


def warns(code: str) -> bool:
    """Whether the sentence must be seen at once: why nothing is promised, or that it may not run."""
    return code in _WARNINGS


def tells_more(code: str) -> bool:
    """Whether the sentence of an alternative says more than its change does."""
    return code in _REASONS and code not in _WAYS


def reason(told: Mapping[str, Any]) -> str:
    """The sentence of a reason, its ``code`` among its facts; an unknown code is shown with what came along."""
    code = str(told.get("code", ""))
    facts = {name: value for name, value in told.items() if name != "code"}
    shown = _Facts({name: _shown(name, value) for name, value in facts.items()})
    if facts.get("needs"):
        shown["note"] = _sentence(translate("plan", "{part} {name}, needs {needs}").format_map(shown))
    if code in _REASONS:
        return translate("plan", _REASONS[code]).format_map(shown).strip()
    rest = listed(f"{name} {value}" for name, value in shown.items())
    return titled(code, rest) if rest else code


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return units.not_reported()


def _shown(name: str, value: Any) -> str:
    if name == "part":
        return translate("plan", _PARTS[value]) if value in _PARTS else str(value)
    if name == "note":
        return _sentence(tables.told(str(value or "")))
    if value is None or value == "":
        return translate("plan", "A program without a name") if name == "program" else units.not_reported()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(name, value)
    return _word(name, str(value))


def _sentence(text: str) -> str:
    return ended(text[:1].upper() + text[1:]) if text else ""


def _word(name: str, value: str) -> str:
    if "precision" in name or name in {"kv_format", "kv_dtype", "checkpoint_format", "instead_of"}:
        return plan.precision(value)
    if "runtime" in name:
        return plan.runtime(value)
    if name == "origin":
        return plan.origin(value)
    if name == "name":
        return listed(plan.precision(each) if plan.is_precision(each) else each for each in value.split(" "))
    for table, field in ((_WISHES, "wish"), (_SUBJECTS, "subject")):
        if name == field and value in table:
            return translate("plan", table[value])
    return value


def _number(name: str, value: float) -> str:
    if name.endswith("_bytes"):
        return units.memory(round(value))
    if name.endswith("_percent"):
        return translate("units", "{share} %").format(share=f"{value:.2g}")
    if name.endswith("tokens_per_s"):
        return units.tokens_per_s(value)
    if name.endswith("_s"):
        return units.seconds(value)
    if name.endswith("_w"):
        return units.watts(value)
    return units.count(value) if isinstance(value, int) else units.figures(value)
