"""English sentences for the reasons of a plan. Used by the command line; the window has its own, translatable."""

from collections.abc import Mapping

from engineroom.domain.errors import FactValue
from engineroom.domain.planning.reasons import Why

PLAN_SENTENCES: dict[str, str] = {
    Why.CHOSEN: (
        "Of {candidates} ways, {precision} on {runtime} is best for the wish '{wish}'; it costs about {loss_percent} % "
        "perplexity."
    ),
    Why.ONLY_CANDIDATE: "{precision} on {runtime} is the only way that was asked for.",
    Why.QUANTISE_HERE: "{model} would be quantised on this computer, from {from_precision} to {precision}.",
    Why.CONVERT_TO_GGUF: "{model} would be converted to a GGUF file, without loss of precision ({precision}).",
    Why.KV_OF_CHECKPOINT: "The checkpoint was calibrated for a {kv_format} cache, so it gets one.",
    Why.KV_REDUCED: "The cache is kept in {kv_format} instead of {instead_of} to have room for more context.",
    Why.CONTEXT_LIMITED_BY_MEMORY: "There is room for {context_tokens} tokens; the model could use {native_context}.",
    Why.CONTEXT_LIMITED_BY_MODEL: "{context_tokens} tokens are all the model was made for.",
    Why.CONTEXT_MODERATE: "{context_tokens} tokens were chosen; there is room for {context_max}.",
    Why.TIGHT: (
        "It needs {total_bytes} of {available_bytes}: within the margin of {margin_bytes}. It may fail to load."
    ),
    Why.NO_ROOM: "It needs {total_bytes} and there are {available_bytes}: {missing_bytes} are missing.",
    Why.HELD_BY_OTHERS: "{program} holds {memory_bytes} of the card.",
    Why.GIVEN_BACK: "{program} gives back {returned_bytes} when it is replaced.",
    Why.LEARNED: "The memory was learned from {runs} runs on this card.",
    Why.LEARNED_COMPILED: "The memory was learned from {runs} trials of compiled engines on this card.",
    Why.START_MEASURED: "Measured here: {load_s} s until it answers, over {starts} starts.",
    Why.SPEED_MEASURED: (
        "Measured here: {decode_tokens_per_s} tokens/s over {answers} answers, about {depth} tokens deep."
    ),
    Why.LAYERS_UNKNOWN: "The layers of {model} ({architecture}) are not known, so nothing can be said of its cache.",
    Why.WEIGHTS_UNKNOWN: "The size of {model} could not be told.",
    Why.CARD_MEMORY_UNKNOWN: "How much memory {gpu} has is not known.",
    Why.WEIGHTS_ESTIMATED: "The size of the weights is computed, not read from files.",
    Why.SPEED_UNKNOWN: "Too little is known of {gpu} or the model to estimate its speed.",
    Why.SPEED_NOT_COVERED: "Speed on {gpus} cards with {runtime} is outside what the estimate was checked on.",
    Why.COMPILED_ESTIMATED: (
        "Memory and speed are estimates for the PyTorch backend: no compiled engine like it was tried on this card."
    ),
    Why.EXPERIMENTAL: "{name} ({subject}) is experimental here: {note}. Source: {source}.",
    Why.UNTESTED: "Nobody is known to have tested {name} ({subject}) here: {note}.",
    Why.BROKEN: "{name} ({subject}) is known not to work here: {note}. Source: {source}.",
    Why.NOT_RECOGNISED: "The runtime cannot use this checkpoint ({name}): {note}. Source: {source}.",
    Why.DRIVER_TOO_OLD: "The NVIDIA driver is too old: {note}. Update it.",
    Why.BUILT_FOR_CPU: (
        "The {runtime} installed here was built without CUDA, so it would serve from the processor and not use {gpu}. "
        "These figures are those of a CUDA build."
    ),
    Why.CARD_NOT_LISTED: "{gpu} is not among the cards the makers of {runtime} test: support is by its community.",
    Why.CONTEXT_BEYOND_MODEL: "{context_tokens} tokens are more than the {native_context} the model was made for.",
    Why.DEPTH_BEYOND_CONTEXT: "The speed is for {depth} tokens in the cache; the context has only {context_tokens}.",
    Why.BATCH_BEYOND_CONCURRENCY: (
        "The speed is for {batch} streams at once, and there is room for {concurrency} with full context."
    ),
    Why.KV_AGAINST_CHECKPOINT: (
        "The checkpoint was calibrated for a {checkpoint_format} cache; TensorRT-LLM refuses {kv_format} for it."
    ),
    Why.HEADS_DO_NOT_SPLIT: "{query_heads} attention heads cannot be dealt out evenly to {gpus} cards.",
    Why.DOES_NOT_FIT: "Does not fit: {total_bytes} of {available_bytes}.",
    Why.FITS_TIGHTLY: "Fits only just: {total_bytes} of {available_bytes}.",
    Why.FIT_UNKNOWN: "Whether {model} fits is not known.",
    Why.CONTEXT_TOO_SHORT: "There is no room for {wanted_tokens} tokens of context beside it.",
    Why.LESS_CONTEXT: "Room for {context_max} tokens, the chosen one for {chosen_context_max}.",
    Why.TOO_LOSSY: "Loses {loss_percent} % perplexity; more than {limit_percent} % is too much for the wish '{wish}'.",
    Why.LESS_EXACT: "Loses {loss_percent} % perplexity, the chosen one {chosen_loss_percent} %.",
    Why.SLOWER: "About {decode_tokens_per_s} tokens/s, the chosen one {chosen_tokens_per_s}.",
    Why.WORSE_BALANCE: (
        "{loss_percent} % loss at {decode_tokens_per_s} tokens/s; the chosen one {chosen_loss_percent} % at "
        "{chosen_tokens_per_s}."
    ),
    Why.OTHER_RUNTIME: "Runs on {runtime}; {chosen_runtime} is preferred where it serves as well.",
    Why.LARGER: "Needs {total_bytes}, the chosen one {chosen_total_bytes}.",
    Why.SAME_AS_CHOSEN: "As good as the chosen one, which came first.",
    Why.SMALLER_KV: "With the cache in {kv_format} it fits: {total_bytes}.",
    Why.FEWER_AT_ONCE: "With {concurrency} at once it fits: {total_bytes}.",
    Why.SHORTER_CONTEXT: "With {context_tokens} tokens of context it fits: {total_bytes}.",
    Why.OTHER_PRECISION: "As {precision} it fits: {total_bytes}.",
    Why.MORE_CARDS: "On {gpus} such cards it fits: {total_bytes} each.",
    Why.SMALLER_MODEL: "{model} fits: {total_bytes}.",
}
"""By code; the names in braces are the facts of :data:`engineroom.domain.planning.reasons.FACTS`."""


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "unknown"


def plan_sentence(code: str, facts: Mapping[str, FactValue]) -> str:
    """The reason in words; a code without a sentence is shown with its facts."""
    template = PLAN_SENTENCES.get(code)
    if template is None:
        return f"{code} {dict(facts)}"
    return template.format_map(_Facts({name: _said(name, value) for name, value in facts.items()}))


def _said(name: str, value: FactValue) -> str:
    """Bytes as GiB, large numbers with commas, no value as *unknown*."""
    if value is None or value == "":
        return "unknown"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if name.endswith("_bytes"):
        return f"{value / 2**30:.1f} GiB"
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"
