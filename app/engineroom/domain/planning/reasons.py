"""Why a plan is as it is: codes and the facts that come with each. Sentences are written where a person reads them."""

from enum import StrEnum

from engineroom.domain.errors import FactValue
from engineroom.domain.reason import Reason


class Why(StrEnum):
    """Stable names; :data:`FACTS` says what comes with each."""

    # what was chosen
    CHOSEN = "chosen"
    ONLY_CANDIDATE = "only_candidate"
    QUANTISE_HERE = "quantise_here"
    CONVERT_TO_GGUF = "convert_to_gguf"
    KV_OF_CHECKPOINT = "kv_of_checkpoint"
    KV_REDUCED = "kv_reduced"
    # what limits it
    CONTEXT_LIMITED_BY_MEMORY = "context_limited_by_memory"
    CONTEXT_LIMITED_BY_MODEL = "context_limited_by_model"
    CONTEXT_MODERATE = "context_moderate"
    TIGHT = "tight"
    NO_ROOM = "no_room"
    HELD_BY_OTHERS = "held_by_others"
    GIVEN_BACK = "given_back"
    LEARNED = "learned"
    LEARNED_COMPILED = "learned_compiled"
    SPEED_MEASURED = "speed_measured"
    START_MEASURED = "start_measured"
    # what is not known
    LAYERS_UNKNOWN = "layers_unknown"
    WEIGHTS_UNKNOWN = "weights_unknown"
    CARD_MEMORY_UNKNOWN = "card_memory_unknown"
    WEIGHTS_ESTIMATED = "weights_estimated"
    SPEED_UNKNOWN = "speed_unknown"
    SPEED_NOT_COVERED = "speed_not_covered"
    COMPILED_ESTIMATED = "compiled_estimated"
    # what may not run
    EXPERIMENTAL = "experimental"
    UNTESTED = "untested"
    BROKEN = "broken"
    NOT_RECOGNISED = "not_recognised"
    DRIVER_TOO_OLD = "driver_too_old"
    CARD_NOT_LISTED = "card_not_listed"
    BUILT_FOR_CPU = "built_for_cpu"
    # what was asked for and is followed all the same
    CONTEXT_BEYOND_MODEL = "context_beyond_model"
    DEPTH_BEYOND_CONTEXT = "depth_beyond_context"
    BATCH_BEYOND_CONCURRENCY = "batch_beyond_concurrency"
    KV_AGAINST_CHECKPOINT = "kv_against_checkpoint"
    HEADS_DO_NOT_SPLIT = "heads_do_not_split"
    # why a candidate lost
    DOES_NOT_FIT = "does_not_fit"
    FITS_TIGHTLY = "fits_tightly"
    FIT_UNKNOWN = "fit_unknown"
    CONTEXT_TOO_SHORT = "context_too_short"
    LESS_CONTEXT = "less_context"
    TOO_LOSSY = "too_lossy"
    LESS_EXACT = "less_exact"
    SLOWER = "slower"
    WORSE_BALANCE = "worse_balance"
    OTHER_RUNTIME = "other_runtime"
    LARGER = "larger"
    SAME_AS_CHOSEN = "same_as_chosen"
    # ways to fit
    SMALLER_KV = "smaller_kv"
    FEWER_AT_ONCE = "fewer_at_once"
    SHORTER_CONTEXT = "shorter_context"
    OTHER_PRECISION = "other_precision"
    MORE_CARDS = "more_cards"
    SMALLER_MODEL = "smaller_model"


_CHECK = ("subject", "name", "note", "source")
_SPEED = ("decode_tokens_per_s", "chosen_tokens_per_s")

FACTS: dict[Why, tuple[str, ...]] = {
    Why.CHOSEN: ("wish", "precision", "runtime", "loss_percent", "candidates"),
    Why.ONLY_CANDIDATE: ("precision", "runtime"),
    Why.QUANTISE_HERE: ("precision", "from_precision", "model"),
    Why.CONVERT_TO_GGUF: ("precision", "model"),
    Why.KV_OF_CHECKPOINT: ("kv_format",),
    Why.KV_REDUCED: ("kv_format", "instead_of"),
    Why.CONTEXT_LIMITED_BY_MEMORY: ("context_tokens", "native_context"),
    Why.CONTEXT_LIMITED_BY_MODEL: ("context_tokens",),
    Why.CONTEXT_MODERATE: ("context_tokens", "context_max"),
    Why.TIGHT: ("total_bytes", "available_bytes", "margin_bytes"),
    Why.NO_ROOM: ("total_bytes", "available_bytes", "missing_bytes"),
    Why.HELD_BY_OTHERS: ("program", "memory_bytes", "held_bytes"),
    Why.GIVEN_BACK: ("program", "returned_bytes"),
    Why.LEARNED: ("runs",),
    Why.LEARNED_COMPILED: ("runs",),
    Why.SPEED_MEASURED: ("decode_tokens_per_s", "answers", "depth"),
    Why.START_MEASURED: ("load_s", "starts"),
    Why.LAYERS_UNKNOWN: ("model", "architecture"),
    Why.WEIGHTS_UNKNOWN: ("model",),
    Why.CARD_MEMORY_UNKNOWN: ("gpu",),
    Why.WEIGHTS_ESTIMATED: ("origin",),
    Why.SPEED_UNKNOWN: ("gpu",),
    Why.SPEED_NOT_COVERED: ("gpus", "runtime"),
    Why.COMPILED_ESTIMATED: (),
    Why.EXPERIMENTAL: _CHECK,
    Why.UNTESTED: _CHECK,
    Why.BROKEN: _CHECK,
    Why.NOT_RECOGNISED: _CHECK,
    Why.DRIVER_TOO_OLD: (*_CHECK, "part", "needs"),
    Why.CARD_NOT_LISTED: ("gpu", "runtime"),
    Why.BUILT_FOR_CPU: ("runtime", "gpu"),
    Why.CONTEXT_BEYOND_MODEL: ("context_tokens", "native_context"),
    Why.DEPTH_BEYOND_CONTEXT: ("depth", "context_tokens"),
    Why.BATCH_BEYOND_CONCURRENCY: ("batch", "concurrency"),
    Why.KV_AGAINST_CHECKPOINT: ("kv_format", "checkpoint_format"),
    Why.HEADS_DO_NOT_SPLIT: ("query_heads", "gpus"),
    Why.DOES_NOT_FIT: ("total_bytes", "available_bytes"),
    Why.FITS_TIGHTLY: ("total_bytes", "available_bytes"),
    Why.FIT_UNKNOWN: ("model",),
    Why.CONTEXT_TOO_SHORT: ("wanted_tokens",),
    Why.LESS_CONTEXT: ("context_max", "chosen_context_max"),
    Why.TOO_LOSSY: ("loss_percent", "limit_percent", "wish"),
    Why.LESS_EXACT: ("loss_percent", "chosen_loss_percent"),
    Why.SLOWER: _SPEED,
    Why.WORSE_BALANCE: ("loss_percent", "chosen_loss_percent", *_SPEED),
    Why.OTHER_RUNTIME: ("runtime", "chosen_runtime"),
    Why.LARGER: ("total_bytes", "chosen_total_bytes"),
    Why.SAME_AS_CHOSEN: ("model",),
    Why.SMALLER_KV: ("kv_format", "total_bytes"),
    Why.FEWER_AT_ONCE: ("concurrency", "total_bytes"),
    Why.SHORTER_CONTEXT: ("context_tokens", "total_bytes"),
    Why.OTHER_PRECISION: ("precision", "total_bytes"),
    Why.MORE_CARDS: ("gpus", "total_bytes"),
    Why.SMALLER_MODEL: ("model", "total_bytes"),
}


def because(why: Why, **facts: FactValue) -> Reason:
    """A reason with the facts its code needs. Raises KeyError if one is missing."""
    return Reason(code=why.value, facts={**facts, **{name: facts[name] for name in FACTS[why]}})
