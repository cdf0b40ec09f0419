"""What somebody wants built, and what of it may be built."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engineroom.domain.details import Detail, because, together, worded
from engineroom.domain.errors import Code, FactValue, Rejected
from engineroom.domain.planning.formats import WEIGHT_BITS
from engineroom.domain.planning.question import AUTO
from engineroom.domain.planning.reasons import Why
from engineroom.domain.planning.support import Finding
from engineroom.domain.planning.values import Plan, Support, TermKind, Verdict
from engineroom.domain.reason import Reason
from engineroom.domain.sealed.values import CHECKPOINT, COMPILED
from engineroom.domain.trtllm.building import LAST_COMPILER, QUANTISER_SHARE

_NOT_IN_NAMES = re.compile(r"[^a-z0-9.]+")
_MOST_LETTERS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildWish:
    """What to build. ``None`` leaves the choice to the plan.

    ``model`` is a name as :class:`~engineroom.domain.planning.question.Question` knows it, or the id of one that is
    here.  ``runtime`` is the id of an installed one, the default where none is named.  ``accept`` says that a plan
    which may not work is wanted all the same.  ``kind`` is ``checkpoint`` or, up to TensorRT-LLM 1.2, ``compiled``;
    ``weight_sparsity`` lets the compiler use weights of which two of every four are zero.  ``start`` wishes the engine
    started when it is sealed.
    """

    model: str
    runtime: str | None = None
    gpu: str = AUTO
    gpus: int = 1
    context_tokens: int | None = None
    concurrency: int = 1
    precision: str | None = None
    kv_dtype: str | None = None
    accept: bool = False
    kind: str = CHECKPOINT
    weight_sparsity: bool = False
    start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NodesWish:
    """A model on several machines.

    ``hosts`` are their addresses on the fast link, the first one's server answers on ``port`` of its own loopback;
    ``interfaces`` are that link's.  ``models_path`` is the folder with the model and ``entry_script`` the program that
    waits for MPI, both at the same place on every machine.
    """

    build: BuildWish
    hosts: tuple[str, ...]
    interfaces: tuple[str, ...]
    models_path: str
    entry_script: str
    gpus_per_host: int = 1
    port: int = 8355


@dataclass(frozen=True, slots=True, kw_only=True)
class NodesScript:
    """What was written for it: a shell script, and the option file that has to lie at ``options_path`` everywhere."""

    script: str
    options_path: str
    options: str
    model: str
    gpus: int
    verdict: str


def check_wish(wish: BuildWish, runtime_version: tuple[int, ...]) -> None:
    """Refuse a kind that there is not, or not in this version. Raises Rejected (``build_refused``)."""
    if wish.kind not in {CHECKPOINT, COMPILED}:
        raise _refused(wish, Detail.KIND_UNKNOWN, kind=wish.kind[:40])
    if wish.weight_sparsity and wish.kind != COMPILED:
        raise _refused(wish, Detail.SPARSE_NOT_COMPILED)
    if wish.kind == COMPILED and runtime_version[:2] > LAST_COMPILER:
        raise _refused(wish, Detail.COMPILER_GONE, version=".".join(map(str, runtime_version)))


def check_compiled(wish: BuildWish, found: Finding, *, precision: str, own_precision: str | None) -> None:
    """Refuse what cannot be compiled, and ask where it may not work.

    Args:
        wish: what is wanted.
        found: what is known of compiled engines of this model in this precision on this card.
        precision: of the plan.
        own_precision: what the checkpoint is quantised to; ``None`` for one that is not.

    Raises:
        Rejected: ``build_refused``, ``build_needs_yes``.
    """
    if own_precision is not None:
        raise _refused(wish, Detail.ALREADY_QUANTISED, weights=own_precision)
    if found.support is Support.BROKEN:
        raise _refused(wish, Detail.COMPILED_BROKEN, name=found.name, note=found.note)
    if found.support is not Support.SUPPORTED and not wish.accept:
        told = {"precision": precision, "support": str(found.support), "name": found.name, "note": found.note}
        why = because(Detail.COMPILED_DOUBTED, **told)
        raise Rejected(Code.BUILD_NEEDS_YES, model=wish.model[:200], gpu=wish.gpu, **why)


def _refused(wish: BuildWish, what: Detail, **facts: FactValue) -> Rejected:
    return Rejected(Code.BUILD_REFUSED, model=wish.model[:200], gpu=wish.gpu, **because(what, **facts))


def check_plan(plan: Plan, wish: BuildWish, *, remote_code: bool = False) -> None:
    """Refuse what cannot work, and ask where it may not.

    Raises:
        Rejected: ``build_refused``, ``build_needs_yes``.
    """
    told: dict[str, FactValue] = {"model": wish.model[:200], "gpu": plan.gpu}
    if plan.verdict is Verdict.NO:
        raise Rejected(Code.BUILD_REFUSED, **told, **because(Detail.DOES_NOT_FIT))
    if plan.support is Support.BROKEN and wish.kind != COMPILED:
        old = any(reason.code == Why.DRIVER_TOO_OLD for reason in plan.reasons)
        why = because(Detail.DRIVER_BEHIND) if old else because(Detail.PRECISION_BROKEN, precision=plan.precision)
        raise Rejected(Code.BUILD_REFUSED, **told, **why)
    doubts = list(_doubts(plan, remote_code=remote_code, compiled=wish.kind == COMPILED))
    if doubts and not wish.accept:
        words = "; ".join(worded(doubt, one) for doubt, one in doubts)
        reasons = (Reason(code=doubt, facts=one) for doubt, one in doubts)
        raise Rejected(Code.BUILD_NEEDS_YES, **told, **together(reasons, words))


def check_quantiser(plan: Plan, wish: BuildWish, *, cards_bytes: int, host_bytes: int) -> None:
    """Refuse to quantise what neither the cards nor the computer can hold. Raises Rejected (``build_refused``).

    ModelOpt's ``hf_ptq.py`` loads the model as it was published, on the cards up to a share of their memory and what is
    left in main memory (0.37.0 examples/llm_ptq/hf_ptq.py: ``--gpu_max_mem_percentage``).
    """
    made = next((reason for reason in plan.reasons if reason.code == Why.QUANTISE_HERE), None)
    if made is None or plan.bill is None:
        return
    bits = (WEIGHT_BITS.get(str(made.facts.get(name))) for name in ("from_precision", "precision"))
    before, after = (one or 16.0 for one in bits)
    needed = plan.bill.expected(TermKind.WEIGHTS) * plan.gpus * before / after
    held = cards_bytes * QUANTISER_SHARE + host_bytes
    if needed > held:
        told: dict[str, FactValue] = {"needed_gb": round(needed / 1e9), "held_gb": round(held / 1e9)}
        why = because(Detail.QUANTISER_MEMORY, from_precision=made.facts.get("from_precision"), **told)
        raise Rejected(Code.BUILD_REFUSED, model=wish.model[:200], gpu=plan.gpu, **why)


def _doubts(plan: Plan, *, remote_code: bool, compiled: bool) -> Iterator[tuple[Detail, dict[str, FactValue]]]:
    if plan.verdict is Verdict.TIGHT:
        yield Detail.TIGHT, {}
    if plan.verdict is Verdict.UNKNOWN:
        yield Detail.LAYERS_UNKNOWN, {}
    # A plan speaks of the other backend; of a compiled engine the tables are asked anew.
    if plan.support in {Support.EXPERIMENTAL, Support.UNTESTED} and not compiled:
        yield Detail.PRECISION_DOUBTED, {"precision": plan.precision, "support": str(plan.support)}
    if plan.native_context is not None and plan.context_tokens > plan.native_context:
        # Whoever serves more than it was made for has a model with other settings: the runtime cuts it silently.
        yield Detail.BEYOND_MODEL, {"context_tokens": plan.context_tokens, "native_context": plan.native_context}
    if remote_code:
        yield Detail.REMOTE_CODE, {}


def engine_name(model: str, precision: str, settled: dict[str, FactValue]) -> str:
    """The id of an engine: readable, the same for the same wish, and another for any other.

    >>> engine_name("Org/Tiny-Llama", "bf16", {"context": 2048})
    'tiny-llama-bf16-920701'
    """
    words = model.rstrip("/").rpartition("/")[2]
    slug = _NOT_IN_NAMES.sub("-", words.lower()).strip("-.")[:_MOST_LETTERS] or "model"
    digest = hashlib.sha256(json.dumps([model, precision, settled], sort_keys=True).encode()).hexdigest()[:6]
    return f"{slug}-{precision}-{digest}"
