"""From a plan to everything the engine is started with: arguments, environment and option file.

Every knob is in exactly one place, for which of two places wins has changed: up to 1.2 the file, from 1.3 on the
options.  What is the server's own (address, sizes, parallelism, parsers) goes on the command line, what is nested into
the file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engineroom.domain.details import Detail, Impossible
from engineroom.domain.errors import FactValue
from engineroom.domain.planning.values import Plan
from engineroom.domain.trtllm.probed import Contract
from engineroom.domain.trtllm.tables import COMPILED, PYTORCH
from engineroom.domain.trtllm.yaml_text import Scalar, nested, yaml_text

PERF_REQUESTS = 1000
"""Requests whose timings the server keeps until ``/perf_metrics`` is read."""

BLOCK_TOKENS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualEnvironment:
    """A runtime in a virtual environment; ``trtllm_serve`` is the path of its program."""

    trtllm_serve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A runtime in a container image.

    ``tool`` is ``docker`` or ``podman``, ``program`` its path.  ``labels`` say whose container it is.
    """

    tool: str
    program: str
    image: str
    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    stop_s: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFacts:
    """What of the model decides how it is served. ``hybrid`` models have layers with a state beside attention."""

    architecture: str
    precision: str
    hybrid: bool = False
    remote_code: bool = False
    tokenizer_path: str | None = None
    encodings_path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrtLlmLaunch:
    """Everything an engine of TensorRT-LLM is started with.

    ``serve_config`` is the plan's: options of the runtime by their own names, nested ones with dots.  ``options_path``
    is where the option file will lie on this computer, ``cache_path`` the folder that keeps the tuning.  ``sm`` is like
    120.  ``kind`` is ``checkpoint`` or ``compiled``; a compiled engine needs the model's tokenizer beside it.
    ``extra_environment`` holds what a repair adds, ``without`` the names of options and keys that it takes away.
    """

    model_path: str
    model: ModelFacts
    serve_config: Mapping[str, FactValue]
    gpu_uuids: tuple[str, ...]
    sm: int | None
    port: int
    place: VirtualEnvironment | Container
    options_path: str
    cache_path: str
    host: str = "127.0.0.1"
    kind: str = "checkpoint"
    tool_parser: str | None = None
    reasoning_parser: str | None = None
    served_name: str | None = None
    token_in_environment: bool = False
    extra_environment: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    @property
    def backend(self) -> str:
        """As ``--backend`` names it."""
        return COMPILED if self.kind == "compiled" else PYTORCH

    @property
    def context_tokens(self) -> int:
        """Tokens per sequence, prompt and answer together."""
        return self._whole("max_seq_len")

    @property
    def concurrency(self) -> int:
        """Sequences served at once."""
        return self._whole("max_batch_size")

    @property
    def gpus(self) -> int:
        """Cards the model is spread over."""
        return self._whole("tensor_parallel_size")

    @property
    def id_there(self) -> str:
        """What up to 1.2 ``/v1/models`` calls it: the folder's name."""
        return self.model_path.rstrip("/").rpartition("/")[2]

    def _whole(self, name: str) -> int:
        value = self.serve_config.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"the plan says {name} = {value!r}")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Options and file of one launch, before it is known where it runs.

    ``left_out`` are knobs that this version does not have, by the names the plan calls them.
    """

    options: tuple[str, ...]
    yaml: str
    left_out: tuple[str, ...]


def serve(launch: TrtLlmLaunch, contract: Contract) -> Served:
    """Options after ``trtllm-serve serve MODEL`` and the text of the option file.

    Raises:
        ValueError: a figure the engine refuses (see the reference's table of combinations), or a compiled engine on a
            version that has none.
    """
    check(launch, contract)
    flat = {path: value for path, value in _file(launch) if not {path, path.partition(".")[0]} & launch.without}
    kept = {path: value for path, value in flat.items() if contract.takes(path)}
    asked = tuple(option for option in _options(launch, contract) if option.knob not in launch.without)
    options = [word for option in asked if option.spelling for word in option.words()]
    lost = (*(option.knob for option in asked if option.spelling is None), *(path for path in flat if path not in kept))
    kept |= _instead(launch, contract, lost)
    return Served(options=tuple(options), yaml=yaml_text(nested(kept)), left_out=lost)


def check(launch: TrtLlmLaunch, contract: Contract) -> None:
    """Refuse what the engine would refuse minutes later. Raises ValueError."""
    config = launch.serve_config
    if contract.backend != launch.backend:
        raise ValueError(f"a contract for {contract.backend}, a launch on {launch.backend}")
    if launch.kind == "compiled" and contract.version >= (1, 3):
        raise Impossible(Detail.NO_COMPILER)
    _check_cache(launch, contract)
    if {"cuda_graph_config.batch_sizes", "cuda_graph_config.max_batch_size"} <= set(config):
        raise ValueError("cuda_graph_config takes batch_sizes or max_batch_size, not both")
    fraction = config.get("kv_cache_config.free_gpu_memory_fraction", 0.9)
    if not isinstance(fraction, float) or not 0 <= fraction < 1:
        raise ValueError(f"kv_cache_config.free_gpu_memory_fraction = {fraction!r}")
    if launch.gpus != len(launch.gpu_uuids):
        raise Impossible(Detail.CARDS_DIFFER, wanted=launch.gpus, count=len(launch.gpu_uuids))


def _check_cache(launch: TrtLlmLaunch, contract: Contract) -> None:
    dtype = launch.serve_config.get("kv_cache_config.dtype", "auto")
    row = next((one for one in contract.tables.kv_types if one.value == dtype), None)
    if row is None:
        raise ValueError(f"kv_cache_config.dtype = {dtype!r}")
    if row.sms and launch.sm is not None and launch.sm not in row.sms:
        raise Impossible(Detail.CACHE_NOT_ON_CARD, kv_format=dtype, sm=launch.sm)


@dataclass(frozen=True, slots=True)
class _Option:
    """One option: the knob it is, how this version spells it, its value; a flag has none."""

    knob: str
    spelling: str | None
    value: str | None = None

    def words(self) -> tuple[str, ...]:
        return (self.spelling or "", *(() if self.value is None else (self.value,)))


def _options(launch: TrtLlmLaunch, contract: Contract) -> Iterator[_Option]:
    inside = isinstance(launch.place, Container)

    def option(*names: str, value: object = None) -> _Option:
        spelling = contract.spelling(*names)
        return _Option(names[0].strip("-"), spelling, None if value is None else str(value))

    # With ports published by the container's host, the server must listen on the container's own interface.
    yield option("--host", value="0.0.0.0" if inside else launch.host)  # noqa: S104
    yield option("--port", value=launch.port)
    if launch.kind == "compiled":
        yield option("--backend", value=COMPILED)
        yield option("--tokenizer", value=launch.model.tokenizer_path)
    yield option("--max_batch_size", value=launch.concurrency)
    yield option("--max_num_tokens", value=launch.serve_config["max_num_tokens"])
    yield option("--max_seq_len", value=launch.context_tokens)
    if launch.gpus > 1:
        yield option("--tensor_parallel_size", "--tp_size", value=launch.gpus)
    if contract.default_of("--fail_fast_on_attention_window_too_large") != "on":
        yield option("--fail_fast_on_attention_window_too_large")
    yield from _parsers(launch, contract)
    if launch.model.remote_code:
        yield option("--trust_remote_code")
    if launch.served_name is not None and contract.spelling("--served_model_name"):
        yield option("--served_model_name", value=launch.served_name)
    if contract.spelling("--no-telemetry"):
        yield option("--no-telemetry")


def _parsers(launch: TrtLlmLaunch, contract: Contract) -> Iterator[_Option]:
    for kind, name in (("reasoning", launch.reasoning_parser), ("tool", launch.tool_parser)):
        if name is not None:
            known = contract.parser(kind, name)
            yield _Option(f"{kind}_parser", f"--{kind}_parser" if known else None, name)


def _file(launch: TrtLlmLaunch) -> Iterator[tuple[str, Scalar]]:
    """Keys of the option file, nested ones with dots."""
    yield "enable_iter_perf_stats", True
    yield "return_perf_metrics", True
    yield "perf_metrics_max_requests", PERF_REQUESTS
    yield "guided_decoding_backend", "xgrammar"
    if launch.sm == 121:
        # As in NVIDIA's own examples for the DGX Spark (dgx-spark-playbooks @0db7c141, step 8).
        yield "disable_overlap_scheduler", True
    for name, value in launch.serve_config.items():
        if launch.kind == "compiled" and name in _COMPILED_IN:
            continue
        if "." in name or name == "enable_chunked_prefill" or name in _REPAIRS:
            yield name, value
    if launch.model.hybrid:
        yield "kv_cache_config.enable_block_reuse", False


_COMPILED_IN = frozenset({"kv_cache_config.dtype", "kv_cache_config.tokens_per_block"})
"""Decided when the engine was compiled; naming the first again is an error there."""

_REPAIRS = frozenset({"allreduce_strategy", "enable_autotuner", "cuda_graph_config"})
"""Keys a repair may add to the plan's options; they belong into the file."""


def _instead(launch: TrtLlmLaunch, contract: Contract, lost: tuple[str, ...]) -> dict[str, Scalar]:
    """Other keys with the same effect, for those that this version lacks."""
    if "kv_cache_config.max_gpu_total_bytes" not in lost or not contract.takes("kv_cache_config.max_tokens"):
        return {}
    blocks = -(-launch.context_tokens // BLOCK_TOKENS) * launch.concurrency
    return {"kv_cache_config.max_tokens": blocks * BLOCK_TOKENS}


def launch_config(plan: Plan, changed: Mapping[str, FactValue] | None = None) -> dict[str, FactValue]:
    """The plan's options, with what a repair or a person changed."""
    return {**plan.serve_config, **(changed or {})}
