"""Commands of a build: the quantiser; and, up to 1.2, the converter of checkpoints and the compiler of engines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engineroom.domain.details import Detail, Impossible
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

CONVERT_QFORMATS = {
    "bf16": "full_prec",
    "f16": "full_prec",
    **{name: word for name, word in QFORMATS.items() if name != "fp8_block"},
}
"""``--qformat`` of the converter by our names of precisions."""

CONVERT_DTYPES = {"bf16": "bfloat16", "f16": "float16"}

QUANTISER_SHARE = 0.8
"""Of the memory of its cards that the quantiser loads the model into; the rest of the model lies in main memory."""

LAST_COMPILER = (1, 2)
INPUT_TIMING = "--input_timing_cache"

_COMPILE_LINES = (
    (re.compile(r"Set dtype to "), 0.05),
    (re.compile(r"Build TensorRT engine "), 0.15),
    (re.compile(r"Engine generation completed in "), 0.85),
    (re.compile(r"Serializing engine to "), 0.95),
    (re.compile(r"Total time of building all engines"), 1.0),
)
"""How far one rank is by its lines; the shares are a guess."""

_PERCENT = re.compile(r"(?:calibrat|quantiz|loading)\w*[^%]*?(\d{1,3})%", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compile:
    """What ``trtllm-build`` is asked for; sizes are limits of the engine that comes out.

    ``input_tokens`` are the longest prompt.  ``chunked``: prompts longer than one pass are read in pieces.  What was
    timed before comes from ``timing_cache_path``, and what is known after it goes to ``timing_made_path``.
    """

    program: str
    checkpoint_path: str
    engine_path: str
    timing_cache_path: str
    timing_made_path: str
    concurrency: int
    context_tokens: int
    input_tokens: int
    tokens_per_pass: int
    gpus: int = 1
    chunked: bool = False
    weight_sparsity: bool = False


def compile_argv(asked: Compile, version: Version, tables: Tables) -> tuple[str, ...]:
    """The compiler's command line.

    Raises:
        ValueError: the version has no compiler, or not one of its options.
    """
    if version[:2] > LAST_COMPILER:
        raise Impossible(Detail.NO_COMPILER)
    return _checked((asked.program, *_compile_words(asked)), options_in(tables.build, version))


def _compile_words(asked: Compile) -> Iterator[str]:
    yield from ("--checkpoint_dir", asked.checkpoint_path, "--output_dir", asked.engine_path)
    yield from ("--max_batch_size", str(asked.concurrency), "--max_seq_len", str(asked.context_tokens))
    yield from ("--max_input_len", str(asked.input_tokens), "--max_num_tokens", str(asked.tokens_per_pass))
    yield from ("--kv_cache_type", "paged")
    yield from (INPUT_TIMING, asked.timing_cache_path, "--output_timing_cache", asked.timing_made_path)
    yield from ("--monitor_memory", "--log_level", "info")
    if asked.gpus > 1:
        yield from ("--workers", str(asked.gpus))
    if asked.chunked:
        yield from ("--use_paged_context_fmha", "enable")
    if asked.weight_sparsity:
        yield "--weight_sparsity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Convert:
    """What the converter is asked for: a checkpoint in the compiler's own form, split over ``gpus``."""

    python: str
    script: str
    model_path: str
    output_path: str
    precision: str
    kv_format: str
    weights_format: str
    samples: int = 512
    gpus: int = 1


def convert_argv(asked: Convert, tables: Tables) -> tuple[str, ...]:
    """The converter's command line: ``examples/quantization/quantize.py`` of TensorRT-LLM.

    Raises:
        ValueError: a precision or cache format it does not make.
    """
    if asked.precision not in CONVERT_QFORMATS:
        raise Impossible(Detail.NOT_COMPILED_IN, precision=asked.precision)
    if asked.kv_format not in {"bf16", "f16", "fp8", "int8"}:
        raise Impossible(Detail.NOT_COMPILED_CACHE, kv_format=asked.kv_format)
    return _checked((asked.python, asked.script, *_convert_words(asked)), tables.convert)


def _convert_words(asked: Convert) -> Iterator[str]:
    made = CONVERT_QFORMATS[asked.precision]
    own = asked.precision if made == "full_prec" else asked.weights_format
    yield from ("--model_dir", asked.model_path, "--output_dir", asked.output_path)
    yield from ("--dtype", CONVERT_DTYPES.get(own, "auto"), "--qformat", made)
    if asked.kv_format not in CONVERT_DTYPES:
        yield from ("--kv_cache_dtype", asked.kv_format)
    if made != "full_prec" or asked.kv_format not in CONVERT_DTYPES:
        yield from ("--calib_size", str(asked.samples))
    yield from ("--tp_size", str(asked.gpus), "--pp_size", "1")


@dataclass(slots=True)
class ToolProgress:
    """How far a tool is, from its lines: bars of percents, or the compiler's lines for each of ``ranks``."""

    ranks: int = 1
    _steps: int = 0
    _last: float = 0.0

    def feed(self, line: str) -> float | None:
        """The share after a line, 0 to 1; ``None`` for one that says nothing of it."""
        if found := _PERCENT.search(line):
            return min(int(found[1]), 100) / 100
        for pattern, share in _COMPILE_LINES:
            if pattern.search(line):
                return self._compiled(share)
        return None

    def _compiled(self, share: float) -> float:
        if share == 1.0:
            return 1.0
        if share < self._last:
            self._steps = min(self._steps + 1, self.ranks - 1)
        self._last = share
        return (self._steps + share) / self.ranks


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
    gpu_share: float = QUANTISER_SHARE
    low_memory: bool = False
    remote_code: bool = False


def quantise_argv(asked: Quantise, tables: Tables) -> tuple[str, ...]:
    """The quantiser's command line.

    Raises:
        ValueError: a precision or cache format it does not make, or NVFP4 cache beside other weights than FP8 ones.
    """
    if asked.precision not in QFORMATS:
        raise Impossible(Detail.NOT_QUANTISED_TO, precision=asked.precision)
    if asked.kv_format not in KV_QFORMATS:
        raise Impossible(Detail.NOT_CALIBRATED, kv_format=asked.kv_format)
    if asked.kv_format == "nvfp4" and asked.precision != "fp8":
        raise Impossible(Detail.CACHE_NEEDS_FP8)
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
        raise Impossible(Detail.OPTIONS_UNKNOWN, options=", ".join(strange))
    return argv
