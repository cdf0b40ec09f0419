"""Commands of a build: the compiler of engines (up to 1.2) and the quantiser."""

from collections.abc import Iterator
from dataclasses import dataclass

from engineroom.domain.planning.matrix import Version
from engineroom.domain.trtllm.tables import Option, Tables, options_in

QFORMATS = {
    "fp8": "fp8",
    "fp8_block": "fp8_pb_wo",
    "fp8_rowwise": "fp8_pc_pt",
    "nvfp4": "nvfp4",
    "w4a16_awq": "int4_awq",
    "w4a8_awq": "w4a8_awq",
    "int8": "int8_sq",
}
"""``--qformat`` of ModelOpt 0.37 by our names of precisions."""

KV_QFORMATS = {"bf16": "none", "f16": "none", "fp8": "fp8", "nvfp4": "nvfp4"}
"""``--kv_cache_qformat`` by our names of cache formats; its own default is ``fp8``."""

LAST_COMPILER = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compile:
    """What ``trtllm-build`` is asked for; sizes are limits of the engine that comes out."""

    program: str
    checkpoint_path: str
    engine_path: str
    timing_cache_path: str
    concurrency: int
    context_tokens: int
    input_tokens: int
    tokens_per_pass: int
    weight_sparsity: bool = False


def compile_argv(asked: Compile, version: Version, tables: Tables) -> tuple[str, ...]:
    """The compiler's command line.

    Raises:
        ValueError: the version has no compiler, or not one of its options.
    """
    if version[:2] > LAST_COMPILER:
        raise ValueError("the compiler of engines is gone from 1.3 on")
    return _checked((asked.program, *_compile_words(asked)), options_in(tables.build, version))


def _compile_words(asked: Compile) -> Iterator[str]:
    yield from ("--checkpoint_dir", asked.checkpoint_path, "--output_dir", asked.engine_path)
    yield from ("--max_batch_size", str(asked.concurrency), "--max_seq_len", str(asked.context_tokens))
    yield from ("--max_input_len", str(asked.input_tokens), "--max_num_tokens", str(asked.tokens_per_pass))
    yield from ("--kv_cache_type", "paged")
    yield from ("--input_timing_cache", asked.timing_cache_path, "--output_timing_cache", asked.timing_cache_path)
    yield from ("--monitor_memory", "--log_level", "info")
    if asked.weight_sparsity:
        yield "--weight_sparsity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantise:
    """What ModelOpt is asked for. ``gpu_share`` is the part of a card's memory it may fill, below 1."""

    python: str
    script: str
    model_path: str
    output_path: str
    precision: str
    kv_format: str
    samples: int = 512
    dataset: str | None = None
    gpus: int = 1
    gpu_share: float = 0.8
    low_memory: bool = False
    remote_code: bool = False


def quantise_argv(asked: Quantise, tables: Tables) -> tuple[str, ...]:
    """The quantiser's command line.

    Raises:
        ValueError: a precision or cache format it does not make, or NVFP4 cache beside other weights than FP8 ones.
    """
    if asked.precision not in QFORMATS:
        raise ValueError(f"ModelOpt makes no {asked.precision}")
    if asked.kv_format not in KV_QFORMATS:
        raise ValueError(f"ModelOpt calibrates no {asked.kv_format} cache")
    if asked.kv_format == "nvfp4" and asked.precision != "fp8":
        raise ValueError("a cache in NVFP4 needs FP8 weights")
    return _checked((asked.python, asked.script, *_quantise_words(asked)), tables.quantise)


def _quantise_words(asked: Quantise) -> Iterator[str]:
    yield from ("--pyt_ckpt_path", asked.model_path, "--export_path", asked.output_path)
    yield from ("--qformat", QFORMATS[asked.precision], "--kv_cache_qformat", KV_QFORMATS[asked.kv_format])
    yield from ("--calib_size", str(asked.samples), "--inference_tensor_parallel", str(asked.gpus))
    yield from ("--gpu_max_mem_percentage", str(asked.gpu_share))
    if asked.dataset is not None:
        yield from ("--dataset", asked.dataset)
    if asked.low_memory:
        yield "--low_memory_mode"
    if asked.remote_code:
        yield "--trust_remote_code"


def _checked(argv: tuple[str, ...], options: tuple[Option, ...]) -> tuple[str, ...]:
    known = {one.name for one in options}
    strange = [word for word in argv if word.startswith("--") and word not in known]
    if strange:
        raise ValueError(f"no such option: {', '.join(strange)}")
    return argv
