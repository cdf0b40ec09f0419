"""Tools of a build where the runtime is: as programs of an environment, or in a container.

Commands name places by what :mod:`engineroom.domain.sealed.start` fills in later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engineroom.domain.cuda_devices import CUDA_ORDER, cuda_environment
from engineroom.domain.sealed.start import ENGINE, OWNER, TIMING, TUNING
from engineroom.domain.trtllm.building import Compile, Convert, Quantise, compile_argv, convert_argv, quantise_argv
from engineroom.domain.trtllm.command import CACHE_INSIDE, MODELS_INSIDE, TELEMETRY_OFF, Mount, remove_argv, run_words
from engineroom.domain.trtllm.launch import Container, TrtLlmLaunch, VirtualEnvironment
from engineroom.domain.trtllm.probed import Contract

ENGINE_INSIDE, TIMING_INSIDE, TOOLS_INSIDE = "/engineroom/engine", "/engineroom/timing", "/engineroom/tools"
SOURCE_INSIDE = f"{MODELS_INSIDE}/source"

IMAGE_CONVERTER = "/app/tensorrt_llm/examples/quantization/quantize.py"
"""Where the image keeps its source tree (TensorRT-LLM 1.3.0rc3 docker/Dockerfile.multi)."""

CHECKPOINT_AT, CONVERTED_AT, COMPILED_AT = (f"{ENGINE}/{name}" for name in ("checkpoint", "converted", "compiled"))
TIMING_MADE = "timing.cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One command. ``script`` is a file of this computer that it needs; ``remove`` ends its container, if any."""

    argv: tuple[str, ...]
    environment: dict[str, str]
    script: str | None = None
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What tools are run on.

    ``source`` is the model; ``folder`` the runtime's, where scripts lie that it does not bring itself; ``timing`` the
    name of the compiler's cache for this runtime and card.
    """

    launch: TrtLlmLaunch
    contract: Contract
    source: str
    folder: str
    weights_format: str
    kv_format: str
    timing: str = TIMING_MADE
    weight_sparsity: bool = False
    mounts: tuple[Mount, ...] = field(default=())

    @property
    def programs(self) -> str:
        """Of an environment."""
        return f"{self.folder}/venv/bin"


def quantiser_at(folder: str, *, inside: bool) -> str:
    """Where a runtime in ``folder`` has ModelOpt's quantiser; ``inside``: it is a container."""
    return f"{folder}/modelopt/hf_ptq.py" if inside else f"{folder}/venv/bin/hf_ptq.py"


def converter_at(folder: str, *, inside: bool) -> str | None:
    """Where it has the converter; ``None`` for a container, which brings it."""
    return None if inside else f"{folder}/venv/bin/quantize.py"


def quantise_tool(bench: Bench) -> Tool:
    """ModelOpt's quantiser. Raises ValueError for what it does not make."""
    inside = isinstance(bench.launch.place, Container)
    script = quantiser_at(bench.folder, inside=inside)
    asked = Quantise(
        python="python3" if inside else f"{bench.programs}/python",
        script=f"{TOOLS_INSIDE}/hf_ptq.py" if inside else script,
        model_path=SOURCE_INSIDE if inside else bench.source,
        output_path=_inside(CHECKPOINT_AT) if inside else CHECKPOINT_AT,
        precision=bench.launch.model.precision,
        kv_format=bench.kv_format,
        gpus=bench.launch.gpus,
        remote_code=bench.launch.model.remote_code,
    )
    argv = quantise_argv(asked, bench.contract.tables)
    mounted = replace(bench, mounts=((f"{bench.folder}/modelopt", TOOLS_INSIDE, True),))
    return replace(_placed(mounted, argv), script=script)


def convert_tool(bench: Bench) -> Tool:
    """The converter, into :data:`CONVERTED_AT`. Raises ValueError for what it does not make."""
    inside = isinstance(bench.launch.place, Container)
    script = converter_at(bench.folder, inside=inside) or IMAGE_CONVERTER
    asked = Convert(
        python="python3" if inside else f"{bench.programs}/python",
        script=script,
        model_path=SOURCE_INSIDE if inside else bench.source,
        output_path=_inside(CONVERTED_AT) if inside else CONVERTED_AT,
        precision=bench.launch.model.precision,
        kv_format=bench.kv_format,
        weights_format=bench.weights_format,
        gpus=bench.launch.gpus,
    )
    tool = _placed(bench, convert_argv(asked, bench.contract.tables))
    return tool if inside else replace(tool, script=script)


def compile_tool(bench: Bench) -> Tool:
    """The compiler, from :data:`CONVERTED_AT` to :data:`COMPILED_AT`. Raises ValueError from 1.3 on."""
    launch, inside = bench.launch, isinstance(bench.launch.place, Container)

    def at(path: str) -> str:
        return _inside(path) if inside else path

    asked = Compile(
        program="trtllm-build" if inside else f"{bench.programs}/trtllm-build",
        checkpoint_path=at(CONVERTED_AT),
        engine_path=at(COMPILED_AT),
        timing_cache_path=f"{TIMING_INSIDE if inside else TIMING}/{bench.timing}",
        timing_made_path=at(f"{ENGINE}/{TIMING_MADE}"),
        concurrency=launch.concurrency,
        context_tokens=launch.context_tokens,
        # One token at least is to be the answer.
        input_tokens=max(1, launch.context_tokens - 1),
        tokens_per_pass=int(launch.serve_config["max_num_tokens"] or launch.context_tokens),
        gpus=launch.gpus,
        chunked=bool(launch.serve_config.get("enable_chunked_prefill")),
        weight_sparsity=bench.weight_sparsity,
    )
    return _placed(bench, compile_argv(asked, bench.contract.version, bench.contract.tables))


def _placed(bench: Bench, argv: tuple[str, ...]) -> Tool:
    launch = bench.launch
    if isinstance(launch.place, VirtualEnvironment):
        return Tool(argv=argv, environment={**cuda_environment(launch.gpu_uuids), **_everywhere()})
    place = launch.place
    mounts: tuple[Mount, ...] = (
        (bench.source, SOURCE_INSIDE, True),
        (ENGINE, ENGINE_INSIDE, False),
        (TUNING, CACHE_INSIDE, False),
        (TIMING, TIMING_INSIDE, True),
        *bench.mounts,
    )
    # What it writes has to belong to whoever runs us, or nobody could seal or remove it; with podman it does anyway.
    owner = ("--user", OWNER) if place.tool == "docker" else ()
    environment = {**CUDA_ORDER, **_everywhere(), "HOME": CACHE_INSIDE, "USER": "engineroom"}
    words = run_words(place, launch.gpu_uuids, mounts, environment, extra=owner)
    return Tool(argv=(*words, *argv), environment={}, remove=remove_argv(place))


def _everywhere() -> Mapping[str, str]:
    return {"TLLM_LOG_LEVEL": "info", "HF_HUB_OFFLINE": "1", **TELEMETRY_OFF}


def _inside(path: str) -> str:
    return path.replace(ENGINE, ENGINE_INSIDE)
