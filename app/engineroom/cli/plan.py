"""``engineroom plan``: what fits a card, how fast it will be, and why."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from engineroom.adapters.clock import SystemClock
from engineroom.adapters.log_files import LogFile, log_path
from engineroom.adapters.measured import make_lessons, make_measurements
from engineroom.adapters.model_places import find_models
from engineroom.adapters.places import Places, find_places
from engineroom.adapters.plan_parts import HubInLine, make_plans
from engineroom.adapters.settings_toml import load_settings
from engineroom.adapters.typed_path import typed_path
from engineroom.cli.cards import sight_now
from engineroom.cli.output import Json, print_json, report
from engineroom.contract.control import Machine
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.plan import plan_json
from engineroom.domain.planning.question import AUTO, Question
from engineroom.domain.planning.values import Plan, Verdict
from engineroom.domain.settings import Settings
from engineroom.services.outbound import Outbound
from engineroom.services.plan_gpus import Sight
from engineroom.services.plans import Plans

Wishes = Literal["quality", "balanced", "speed", "context"]
Runtimes = Literal["auto", "tensorrt-llm", "llama.cpp"]
Whole = Annotated[int | None, Parameter(allow_leading_hyphen=True)]

_FILES = {
    Code.FILE_MISSING,
    Code.FILE_UNREADABLE,
    Code.NOT_GGUF,
    Code.GGUF_VERSION,
    Code.GGUF_TRUNCATED,
    Code.GGUF_BROKEN,
}


def plan(
    model: str | None = None,
    *,
    gpu: str = AUTO,
    gpus: Annotated[int, Parameter(allow_leading_hyphen=True)] = 1,
    context: Whole = None,
    concurrency: Annotated[int, Parameter(allow_leading_hyphen=True)] = 1,
    precision: str = AUTO,
    kv_dtype: str = AUTO,
    runtime: Runtimes = "auto",
    kind: Literal["checkpoint", "compiled"] = "checkpoint",
    wish: Wishes = "balanced",
    depth: Whole = None,
    batch: Whole = None,
    prompt: Annotated[int, Parameter(allow_leading_hyphen=True)] = 512,
    catalogue: Annotated[bool, Parameter(negative="")] = False,
    use: str | None = None,
    json: Json = False,
) -> int:
    """Say whether a model fits a card, how fast it will be, and why. Nothing is downloaded or loaded.

    Args:
        model: a catalogue id, a Hugging Face id (owner/name[@revision][:weights]), the path of a folder or
            of a .gguf file.
        gpu: "auto", any card by name, whether you own it or not, or name=…,memory=24GB,bandwidth=1008GB/s.
        gpus: how many of this card.
        context: tokens of context of each sequence.
        concurrency: how many sequences shall have that much at once.
        precision: of the weights: auto, bf16, fp8, nvfp4, mxfp4, q4_k_m and so on.
        kv_dtype: of the cache: auto, bf16, fp8, nvfp4, q8_0 and so on.
        runtime: what would serve it.
        kind: a checkpoint with its settings, or an engine that is compiled for the card (TensorRT-LLM up to 1.2).
        wish: what matters most.
        depth: tokens already in the cache, for the speed.
        batch: streams decoded at once, for the speed.
        prompt: tokens of the prompt, for the time to the first token.
        catalogue: rank the recommended models for the card instead.
        use: with --catalogue, only models for chat, code, agent, vision, embedding or rerank.
        json: print the whole plan as JSON, its figures labelled estimates.
    """
    question = Question(
        model=model or "",
        gpu=gpu,
        gpus=gpus,
        context_tokens=context,
        concurrency=concurrency,
        precision=precision,
        kv_dtype=kv_dtype,
        runtime=runtime,
        kind=kind,
        wish=wish,
        depth=depth,
        batch=batch,
        prompt_tokens=prompt,
    )
    if (model is None) != catalogue:
        raise Rejected(Code.USAGE, reason="Name one model, or none and --catalogue. See: engineroom plan --help")
    return _rank(question, use, as_json=json) if catalogue else _plan(question, as_json=json)


def _plan(question: Question, *, as_json: bool) -> int:
    sight = cache(_sight)
    try:
        answer = _plans(sight).plan(_with_path(question))
    except Rejected as problem:
        if problem.code not in _FILES:
            raise
        report(problem, as_json=as_json)
        return Exit.REJECTED
    if as_json:
        print_json(plan_json(answer))
    else:
        from engineroom.cli.plan_view import show_plan  # noqa: PLC0415 (rich is slow to import)

        show_plan(answer, question, simulated=_is_simulated(answer, sight().machine))
    return Exit.OK if answer.verdict in {Verdict.FITS, Verdict.TIGHT} else Exit.DOES_NOT_FIT


def _rank(question: Question, use: str | None, *, as_json: bool) -> int:
    rows = _plans(_sight).rank(question, use=use)
    if as_json:
        print_json(rows)
    else:
        from engineroom.cli.plan_view import show_catalogue  # noqa: PLC0415

        show_catalogue(rows)
    return Exit.OK


def _plans(sight: Callable[[], Sight]) -> Plans:
    places = find_places()
    settings = load_settings(places.settings_file)
    shelf = find_models(settings, None, places.bundled_models)
    measured = make_measurements(places.ledger_file, clock=SystemClock(), machine=lambda: sight().machine)
    hub = HubInLine(partial(_ask_hub, places, settings), asyncio.run)
    return make_plans(sight, shelf, hub, make_lessons(measured, places.runtimes))


async def _ask_hub(
    places: Places, settings: Settings, repo: str, revision: str | None, variant: str | None
) -> ModelCard:
    """Ask the Hub, and write down in the outbound ledger what was sent."""
    from engineroom.adapters.hugging_face import HubReader  # noqa: PLC0415 (only where a repository is not known)
    from engineroom.adapters.vault import Vault  # noqa: PLC0415

    sink = LogFile(log_path(places.logs, "outbound"), on_trouble=_keep_silent, on_recovery=_keep_silent)
    outbound = Outbound(sink=sink, soon=lambda write: write())
    token = Vault(places.token_file).token
    reader = HubReader(on_sent=outbound.told, offline=lambda: settings.hub.offline, token=token, at_once=1)
    try:
        return await reader.model_card(repo, revision, variant)
    finally:
        reader.close()
        sink.close()


def _keep_silent(*_: object) -> None:
    """A ledger that cannot be written does not keep a plan from being made."""


def _sight() -> Sight:
    machine, _, gpus = sight_now()
    return Sight(machine=machine, gpus=gpus)


def _is_simulated(answer: Plan, machine: Machine) -> bool:
    """Whether the plan is for a card of this computer that is only played by a stand-in."""
    return machine.simulated and answer.gpu in {info.name for info in machine.gpus}


def _with_path(question: Question) -> Question:
    """A path that exists here, in full; a name that is a path too means the path only if it is written as one."""
    text = question.model
    is_path = os.sep in text and not _is_hub_id(text)
    if is_path or text.lower().endswith(".gguf") or (os.sep not in text and Path(text).is_dir()):
        return replace(question, model=str(typed_path(text).absolute()))
    return question


def _is_hub_id(text: str) -> bool:
    return text.count("/") == 1 and not text.startswith((".", "/", "~")) and not Path(text).exists()
