"""A sealed engine as a repair starts it: the same files, another command line, environment and option file."""

from collections.abc import Mapping
from dataclasses import replace

from engineroom.domain.errors import FactValue
from engineroom.domain.repair import Repair
from engineroom.domain.sealed.start import ENGINE, TUNING
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.trtllm.fixes import changed
from engineroom.domain.trtllm.launch import BLOCK_TOKENS, ModelFacts, TrtLlmLaunch, VirtualEnvironment
from engineroom.domain.trtllm.yaml_read import flat_of
from engineroom.domain.trtllm.yaml_text import nested, yaml_text

OPTIONS = "options.yaml"
_FILE = "--extra_llm_api_options"
_ON_THE_LINE = ("max_batch_size", "max_num_tokens", "max_seq_len")
_ROOM, _TOKENS = "kv_cache_config.max_gpu_total_bytes", "kv_cache_config.max_tokens"


def launch_of(engine: SealedEngine) -> TrtLlmLaunch:
    """As much of its launch as fixes look at. Raises ValueError for an option file that we did not write."""
    given = {name: _typed(value) for name, value in _options(engine.argv).items() if name in _ON_THE_LINE}
    config = {**given, "tensor_parallel_size": len(engine.gpu_uuids) or 1, **flat_of(engine.yaml)}
    return TrtLlmLaunch(
        model_path=engine.model_path,
        model=ModelFacts(architecture=engine.architecture, precision=engine.precision),
        serve_config=config,
        gpu_uuids=engine.gpu_uuids,
        sm=engine.sm,
        port=0,
        place=VirtualEnvironment(trtllm_serve=engine.argv[0]),
        options_path=f"{ENGINE}/{OPTIONS}",
        cache_path=TUNING,
        extra_environment={name: value for name, value in engine.environment.items() if ENGINE not in value},
    )


def repair_between(before: TrtLlmLaunch, after: TrtLlmLaunch) -> Repair:
    """What was changed."""
    knobs = {name: is_ for name, is_ in after.serve_config.items() if before.serve_config.get(name) != is_}
    variables = after.extra_environment.items() - before.extra_environment.items()
    return Repair(
        knobs=knobs,
        environment=dict(sorted(variables)),
        without=tuple(sorted(after.without - before.without)),
        changes=changed(before, after),
    )


def repaired(engine: SealedEngine, repair: Repair) -> SealedEngine:
    """The engine with it; its option file is then to be written to the folder of its tuning.

    Raises:
        ValueError: an option file that we did not write, or nothing would be left of it.
    """
    if not repair:
        return engine
    asked = dict(_options(engine.argv))
    line = {name: value for name, value in repair.knobs.items() if name in asked or name in _ON_THE_LINE}
    inside = {name: value for name, value in repair.knobs.items() if name not in line}
    context, slots = repair.context_tokens() or engine.context_tokens, repair.slots() or engine.concurrency
    flat = {**flat_of(engine.yaml), **inside}
    if _TOKENS in flat and _TOKENS not in inside and _ROOM not in flat:
        flat[_TOKENS] = -(-context // BLOCK_TOKENS) * BLOCK_TOKENS * slots
    lost = set(repair.without)
    kept = {path: value for path, value in flat.items() if not lost & {path, path.partition(".")[0]}}
    return replace(
        engine,
        argv=_with_environment(_with_options(engine.argv, line, lost), engine, repair),
        environment=dict(engine.environment) if engine.remove else {**engine.environment, **repair.environment},
        yaml=yaml_text(nested(kept)),
        context_tokens=context,
        concurrency=slots,
    )


def _with_options(argv: tuple[str, ...], line: Mapping[str, FactValue], lost: set[str]) -> tuple[str, ...]:
    at = argv.index("serve") + 2
    words = [*argv[:at]]
    options = {**_options(argv), **{name: str(value) for name, value in line.items()}}
    file = options.pop(_FILE.strip("-"), None)
    for name, value in options.items():
        if name not in lost:
            words += [f"--{name}", *([] if value is None else [value])]
    if file is not None:
        words += [_FILE, file]
    return tuple(word.replace(f"{ENGINE}/{OPTIONS}", f"{TUNING}/{OPTIONS}") for word in words)


def _with_environment(argv: tuple[str, ...], engine: SealedEngine, repair: Repair) -> tuple[str, ...]:
    if not engine.remove:
        return argv
    more = [word for name, value in repair.environment.items() for word in ("--env", f"{name}={value}")]
    return (*argv[:2], *more, *argv[2:])


def _options(argv: tuple[str, ...]) -> dict[str, str | None]:
    """Options after ``serve MODEL``, in their order; a flag has no value."""
    found: dict[str, str | None] = {}
    name = ""
    for word in argv[argv.index("serve") + 2 :]:
        if word.startswith("--"):
            name = word.removeprefix("--")
            found[name] = None
        else:
            found[name] = word
    return found


def _typed(value: str | None) -> FactValue:
    return int(value) if value is not None and value.isdigit() else value
