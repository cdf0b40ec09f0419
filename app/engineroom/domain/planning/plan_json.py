"""The plan as ``engineroom plan --json`` prints it. Keys are never renamed or removed; new ones may come."""

from engineroom.domain.planning.reasons import Why
from engineroom.domain.planning.values import Alternative, Bill, Plan, Range, Speed, Term, TermKind
from engineroom.domain.reason import Reason

VERSION = 1

_NOT_OVERHEAD = (TermKind.WEIGHTS, TermKind.KV, TermKind.STATE, TermKind.ACTIVATIONS, TermKind.LOGITS)

_SUMS = {"total_bytes", "total_low_bytes", "total_high_bytes"}

Json = dict[str, object]


def plan_json(plan: Plan) -> Json:
    """Bytes are bytes per GPU, rates tokens per second, ``null`` is *not known*.

    ``bill`` and ``speed`` are estimates, but for a ``decode`` that is the median of ``measured_answers``; each term of
    the bill says where it comes from, and ``learned_runs`` how many loads on this machine have corrected it.
    """
    return {
        "version": VERSION,
        "model": plan.model,
        "gpu": plan.gpu,
        "gpus": plan.gpus,
        "gpu_memory_bytes": plan.gpu_memory_bytes,
        "verdict": plan.verdict.value,
        "support": plan.support.value,
        "runtime": plan.runtime.value,
        "runtime_version": plan.runtime_version,
        "kind": plan.kind.value,
        "precision": plan.precision,
        "kv_dtype": plan.kv_format,
        "context": plan.context_tokens,
        "context_max": plan.context_max,
        "native_context": plan.native_context,
        "context_limited_by": plan.context_limited_by,
        "concurrency": plan.concurrency,
        "concurrency_max": plan.concurrency_max,
        "kv_tokens_max": None if plan.bill is None else plan.bill.kv_tokens_max,
        "bill": None if plan.bill is None else _bill(plan.bill, _not_known(plan)),
        "speed": None if plan.speed is None else _speed(plan.speed),
        "serve_config": dict(plan.serve_config),
        "reasons": [_reason(reason) for reason in plan.reasons],
        "alternatives": [_alternative(one) for one in plan.alternatives],
        "learned_runs": plan.learned_runs,
    }


def _not_known(plan: Plan) -> set[str]:
    """Keys of the bill whose figures would be made up."""
    codes = {reason.code for reason in plan.reasons}
    unknown: set[str] = set()
    if Why.LAYERS_UNKNOWN.value in codes:
        unknown |= {"kv_bytes_per_token", "kv_bytes", "state_bytes", "terms"} | _SUMS
    if Why.WEIGHTS_UNKNOWN.value in codes:
        unknown |= {"weights_bytes", "terms"} | _SUMS
    return unknown


def _bill(bill: Bill, not_known: set[str]) -> Json:
    """``activation_bytes`` has the logits in it; ``overhead_bytes`` is all that is named nowhere else."""
    total = bill.total_bytes
    found: Json = {
        "estimate": True,
        "weights_bytes": bill.expected(TermKind.WEIGHTS),
        "kv_bytes_per_token": bill.kv_bytes_per_token,
        "kv_bytes": bill.expected(TermKind.KV),
        "state_bytes": bill.expected(TermKind.STATE),
        "activation_bytes": bill.expected(TermKind.ACTIVATIONS, TermKind.LOGITS),
        "overhead_bytes": total - bill.expected(*_NOT_OVERHEAD),
        "total_bytes": total,
        "total_low_bytes": bill.total_low_bytes,
        "total_high_bytes": bill.total_high_bytes,
        "usable_bytes": bill.usable_bytes,
        "held_bytes": bill.held_bytes,
        "returned_bytes": bill.returned_bytes,
        "available_bytes": bill.available_bytes,
        "margin_bytes": bill.margin_bytes,
        "terms": [_term(term) for term in bill.terms],
        "host_terms": [_term(term) for term in bill.host_terms],
    }
    return {key: None if key in not_known else value for key, value in found.items()}


def _term(term: Term) -> Json:
    return {
        "kind": term.kind.value,
        "low_bytes": term.low_bytes,
        "expected_bytes": term.expected_bytes,
        "high_bytes": term.high_bytes,
        "origin": term.origin.value,
    }


def _speed(speed: Speed) -> Json:
    return {
        "estimate": True,
        "decode_origin": "measured" if speed.measured_answers else "estimate",
        "measured_answers": speed.measured_answers,
        "covered": speed.covered,
        "batch": speed.batch,
        "depth": speed.depth,
        **_range("decode", "tokens_per_s", speed.decode),
        **_range("throughput", "tokens_per_s", speed.throughput),
        **_range("prefill", "tokens_per_s", speed.prefill),
        **_range("ttft", "s", speed.ttft_s),
        **_range("joules", "per_token", speed.joules_per_token),
        "bytes_per_token": speed.bytes_per_token,
        "roofline_tokens_per_s": _rounded(speed.roofline_tokens_per_s),
    }


def _range(name: str, unit: str, values: Range | None) -> Json:
    """``decode_tokens_per_s``, ``decode_low``, ``decode_high``."""
    if values is None:
        return {f"{name}_{unit}": None, f"{name}_low": None, f"{name}_high": None}
    return {
        f"{name}_{unit}": _rounded(values.expected),
        f"{name}_low": _rounded(values.low),
        f"{name}_high": _rounded(values.high),
    }


def _rounded(value: float) -> float:
    """Four significant digits: no estimate has more."""
    return float(f"{value:.4g}")


def _reason(reason: Reason) -> Json:
    return {"code": reason.code, **reason.facts}


def _alternative(one: Alternative) -> Json:
    return {
        "change": dict(one.change),
        "verdict": one.verdict.value,
        "total_bytes": one.total_bytes,
        "decode_tokens_per_s": None if one.decode_tokens_per_s is None else _rounded(one.decode_tokens_per_s),
        "reason": _reason(one.reason),
    }
