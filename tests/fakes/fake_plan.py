"""Plans of the fake daemon: a small arithmetic over made-up models. Close to life, and right about nothing."""

from dataclasses import dataclass
from typing import Any

GIB = 1024**3
UNIFORM_OVERHEAD = int(0.9 * GIB)
BITS = {"bf16": 16.0, "fp8": 8.0, "nvfp4": 4.5, "q8_0": 8.5, "q4_k_m": 4.9}
LADDERS = {
    "quality": ("bf16", "fp8", "nvfp4"),
    "balanced": ("fp8", "nvfp4"),
    "speed": ("nvfp4",),
    "context": ("nvfp4",),
}
KV_BYTES = {"bf16": 2.0, "f16": 2.0, "fp8": 1.0, "nvfp4": 0.5625, "q8_0": 1.0625, "q4_0": 0.5625}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    name: str
    parameters: float
    active: float
    kv_elements: int
    native: int
    state_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    name: str
    total: float
    usable: float
    bandwidth: float
    power_w: float


MODELS = {
    "acme/Brook-8B": Model(name="Brook 8B", parameters=8.0e9, active=8.0e9, kv_elements=65_536, native=131_072),
    "acme/River-32B": Model(name="River 32B", parameters=32.8e9, active=32.8e9, kv_elements=131_072, native=40_960),
    "acme/Delta-80B-A3B": Model(
        name="Delta 80B A3B", parameters=80e9, active=3e9, kv_elements=12_288, native=262_144, state_bytes=76 * 2**20
    ),
    "acme/Ocean-405B": Model(name="Ocean 405B", parameters=405e9, active=405e9, kv_elements=258_048, native=131_072),
}
CARDS = {
    "GeForce RTX 4090": Card(name="GeForce RTX 4090", total=24.0, usable=23.5, bandwidth=1008e9, power_w=450),
    "GeForce RTX 5090": Card(name="GeForce RTX 5090", total=31.8, usable=31.4, bandwidth=1792e9, power_w=575),
}
UNKNOWN = "acme/Mist-7B"
CATALOGUE = tuple(MODELS)
OTHER = Card(name="", total=95.6, usable=94.9, bandwidth=1792e9, power_w=600)


def card_of(key: str) -> tuple[Card, bool]:
    """The card and whether it is the fake machine's."""
    if key.startswith("GPU-fake"):
        return CARDS["GeForce RTX 4090"], True
    return CARDS.get(key, OTHER), False


def unknown(asked: dict[str, Any]) -> dict[str, Any]:
    """The answer for a model whose layers nobody knows: no figure is made up."""
    made = plan({**asked, "model": "acme/Brook-8B"})
    guessed = ("kv_bytes_per_token", "kv_bytes", "state_bytes", "terms", "total_bytes", "total_low_bytes")
    bill = {**made["bill"], **dict.fromkeys((*guessed, "total_high_bytes"))}
    reason = {"code": "layers_unknown", "model": UNKNOWN, "architecture": "MistForCausalLM"}
    nothing = {"speed": None, "serve_config": {}, "context_max": None, "concurrency_max": None, "alternatives": []}
    return {**made, **nothing, "model": UNKNOWN, "verdict": "unknown", "bill": bill, "reasons": [reason]}


def catalogue(gpu: str) -> list[dict[str, Any]]:
    rows = []
    for model in CATALOGUE:
        known = MODELS[model]
        made = plan({"model": model, "gpu": gpu})
        speed = made["speed"]
        rows.append({
            "id": model, "name": known.name, "verdict": made["verdict"], "precision": made["precision"],
            "total_bytes": made["bill"]["total_bytes"], "decode_low": speed["decode_low"],
            "decode_high": speed["decode_high"], "decode_tokens_per_s": speed["decode_tokens_per_s"],
            "publisher": "Acme Labs", "uses": ["chat", "code"] if "River" in model else ["chat", "agent"],
            "licence": "Apache-2.0", "runtime": made["runtime"], "context_tokens": made["context"],
            "parameters": round(known.parameters), "parameters_active": round(known.active),
            "starter": "Brook" in model, "repos": [model, f"{model}-GGUF", f"{model}-NVFP4"], "gated": "Ocean" in model,
        })  # fmt: skip
    order = {"fits": 0, "tight": 1, "no": 2}
    return sorted(rows, key=lambda row: order[row["verdict"]])


def plan(asked: dict[str, Any]) -> dict[str, Any]:
    """The answer, or ``KeyError`` for a model nobody knows."""
    model = MODELS[asked["model"]]
    card, own = card_of(asked.get("gpu", "auto"))
    gpus = asked.get("gpus", 1)
    concurrency = asked.get("concurrency", 1)
    held = int(0.66 * GIB) if own else 0
    room = int(card.usable * GIB) - held
    kv_dtype = asked.get("kv_dtype") or "fp8"
    per_token = round(model.kv_elements * KV_BYTES.get(kv_dtype, 1.0) / gpus)
    precision = asked.get("precision") or _precision(model, asked.get("wish", "balanced"), room * gpus)
    weights = round(model.parameters * BITS.get(precision, 16.0) / 8 / gpus)
    fixed = weights + UNIFORM_OVERHEAD + int(0.45 * GIB) + model.state_bytes * concurrency
    margin = max(GIB, round(card.usable * GIB * 0.04))
    left = max(0, room - margin - fixed)
    context_max = min(model.native, left // per_token // concurrency)
    context = asked.get("context_tokens") or max(2048, min(32_768, context_max))
    kv = per_token * context * concurrency
    total = fixed + kv
    spread = round(weights * 0.01 + 0.5 * GIB)
    verdict = "fits" if total <= room - margin else "tight" if total <= room else "no"
    concurrency_max = max(0, (room - margin - weights - UNIFORM_OVERHEAD - GIB // 2) // (per_token * context))
    return {
        "verdict": verdict, "model": asked["model"], "gpu": card.name, "gpus": gpus,
        "gpu_memory_bytes": int(card.total * GIB), "precision": precision,
        "runtime": asked.get("runtime") or "tensorrt-llm", "runtime_version": "1.2.1", "kv_dtype": kv_dtype,
        "support": "supported", "context": context, "concurrency": concurrency,
        "native_context": model.native, "context_max": int(context_max), "concurrency_max": int(concurrency_max),
        "context_limited_by": "request", "kv_tokens_max": left // per_token, "learned_runs": 0,
        "bill": {
            "weights_bytes": weights, "kv_bytes_per_token": per_token, "kv_bytes": kv,
            "state_bytes": model.state_bytes * concurrency, "activation_bytes": int(0.45 * GIB),
            "overhead_bytes": UNIFORM_OVERHEAD, "total_bytes": total, "total_low_bytes": total - spread,
            "total_high_bytes": total + spread, "usable_bytes": int(card.usable * GIB), "held_bytes": held,
            "returned_bytes": 0, "margin_bytes": margin, "host_terms": [], "terms": _terms(weights, kv, spread),
        },
        "speed": _speed(model, card, weights * gpus, per_token * context, concurrency),
        "serve_config": _options(context, concurrency, kv_dtype),
        "reasons": _reasons(verdict, precision, total, room, margin),
        "alternatives": _alternatives(asked, model, room - margin, context) if verdict != "fits" else [],
    }  # fmt: skip


def _reasons(verdict: str, precision: str, total: int, room: int, margin: int) -> list[dict[str, Any]]:
    sizes = {"total_bytes": total, "available_bytes": room, "margin_bytes": margin, "missing_bytes": total - room}
    weighed = {"fits": [], "tight": [{"code": "tight", **sizes}], "no": [{"code": "no_room", **sizes}]}
    best = {"wish": "balanced", "precision": precision, "runtime": "tensorrt-llm", "candidates": 4}
    return [{"code": "chosen", **best}, *weighed[verdict], {"code": "made_up_by_the_fake", "total_bytes": total}]


def _options(context: int, concurrency: int, kv_dtype: str) -> dict[str, Any]:
    return {
        "max_batch_size": concurrency, "max_seq_len": context, "max_num_tokens": 2048,
        "kv_cache_config": {"dtype": kv_dtype, "free_gpu_memory_fraction": 0.87},
        "cuda_graph_config": {"batch_sizes": [1, 2, 4]},
    }  # fmt: skip


def _precision(model: Model, wish: str, room: int) -> str:
    ladder = LADDERS[wish]
    fitting = (each for each in ladder if model.parameters * BITS[each] / 8 + 2 * GIB < room)
    return next(fitting, ladder[-1])


def _terms(weights: int, kv: int, spread: int) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "low_bytes": size - wrong, "expected_bytes": size, "high_bytes": size + wrong, "origin": origin}
        for kind, size, wrong, origin in (
            ("weights", weights, round(weights * 0.01), "headers"),
            ("kv", kv, 0, "formula"),
            ("activations", int(0.45 * GIB), spread // 4, "formula"),
            ("cuda_context", UNIFORM_OVERHEAD, spread // 4, "table"),
        )
    ]


def _speed(model: Model, card: Card, weights: int, cache: int, batch: int) -> dict[str, Any]:
    read = weights * model.active / model.parameters + cache
    decode = 0.8 * card.bandwidth / read
    prefill = 1.2e5 * 8e9 / model.active / 8
    return {
        "decode_tokens_per_s": decode, "decode_low": decode * 0.85, "decode_high": decode * 1.12,
        "throughput_tokens_per_s": decode * batch * 0.9, "prefill_tokens_per_s": prefill,
        "ttft_s": 512 / prefill + 0.02,
        "joules_per_token": card.power_w * 0.7 / (decode * batch), "batch": batch, "depth": 1024,
        "covered": True, "ttft_low": 512 / prefill, "ttft_high": 600 / prefill + 0.05,
    }  # fmt: skip


def _alternatives(asked: dict[str, Any], model: Model, room: int, context: int) -> list[dict[str, Any]]:
    small = round(model.parameters * BITS["nvfp4"] / 8) + UNIFORM_OVERHEAD + GIB
    ways = [
        ({"kv_format": "nvfp4"}, "fits", {"code": "smaller_kv"}, room - GIB // 2),
        ({"context_tokens": max(1024, context // 4)}, "fits", {"code": "shorter_context"}, room - GIB),
        ({"precision": "nvfp4", "context_tokens": 8192}, "fits", {"code": "other_precision"}, small),
        ({"gpus": 2}, "fits", {"code": "more_cards"}, small // 2),
        ({"model": "acme/Brook-8B"}, "fits", {"code": "smaller_model"}, 7 * GIB),
        (
            {"precision": "bf16"},
            "no",
            {"code": "does_not_fit", "total_bytes": small * 4, "available_bytes": room},
            None,
        ),
        ({"colour": "red"}, "unknown", {"code": "made_up_by_the_fake"}, None),
    ]
    return [
        {"change": change, "verdict": verdict, "total_bytes": size, "decode_tokens_per_s": 61.0, "reason": reason}
        for change, verdict, reason, size in ways
        if change.get("model") != asked["model"]
    ]
