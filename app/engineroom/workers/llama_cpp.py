"""The llama.cpp engine: checks the file, loads it, serves it on a loopback port of its own until told to end.

Events on standard output, in order: ``stage`` (``verify`` with ``done_bytes`` and ``total_bytes``, then ``load``),
``model`` (what the file says), ``listening`` (``port``, ``device``, ``runtime_version``, ``task``); or ``problem``.
"""

import argparse
import ctypes
import hashlib
import os
import sys
import threading
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, TextIO
from urllib.parse import urlsplit

from engineroom.domain.errors import Broken, Code, EngineroomError, FactValue, Rejected
from engineroom.domain.gguf import GgufSummary, read_summary
from engineroom.domain.launch import KEY_VARIABLE
from engineroom.domain.os_errors import caused
from engineroom.domain.parse_faults import fault
from engineroom.domain.traits import Task
from engineroom.workers.json_lines import open_voice, say, say_problem
from engineroom.workers.tether import tether

_HASH_BLOCK_BYTES = 4 * 2**20

CACHE_TYPES = ("f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "iq4_nl")
"""Types of llama.cpp's caches: kv_cache_types in common/arg.cpp."""

_LOADING_VERBOSITY, _SERVING_VERBOSITY = 4, 3
"""At 3 it does not say what its buffers take; at 4 requests are three times as long, at 5 there are lines per token."""

_SET_VERBOSITY = "_Z30common_log_set_verbosity_tholdi"
"""``void common_log_set_verbosity_thold(int)`` of common/log.h, as g++ and clang export it."""


def main(arguments: list[str]) -> int:
    """Run until the daemon ends this process; 1 after a ``problem`` event."""
    tether()
    voice = open_voice()
    options = _parser().parse_args(arguments)
    try:
        summary = _check(options.model, options.sha256, voice)
        say(voice, "model", native_context=summary.native_context, parameters=summary.parameters,
            quantisation=summary.quantisation, architecture=summary.architecture, name=summary.name)  # fmt: skip
        say(voice, "stage", stage="load")
        server, device = _serve(options, summary)
    except EngineroomError as error:
        say_problem(voice, error.problem)
        return 1
    port = urlsplit(server.listening_address).port
    say(voice, "listening", port=port, device=device, runtime_version=version("xllamacpp"), task=summary.task)
    threading.Event().wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="engineroom worker llama-cpp")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--id", required=True)
    parser.add_argument("--sha256")
    parser.add_argument("--context-tokens", type=int, required=True)
    parser.add_argument("--slots", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--prompt-cache-mib", type=int, required=True)
    parser.add_argument("--cache-type-k", choices=CACHE_TYPES, default="f16")
    parser.add_argument("--cache-type-v", choices=CACHE_TYPES, default="f16")
    parser.add_argument("--ubatch-tokens", type=int, default=512)
    parser.add_argument("--gpu-layers", type=int)
    parser.add_argument("--flash-attention", choices=("on", "off"))
    parser.add_argument("--kv-unified", choices=("on", "off"), default="off")
    parser.add_argument("--chat-template", type=Path)
    parser.add_argument("--temperature", type=float)
    parser.add_argument("--top-p", type=float)
    return parser


def _check(path: Path, sha256: str | None, voice: TextIO) -> GgufSummary:
    try:
        total = path.stat().st_size
        with path.open("rb") as file:
            summary = read_summary(file, path=str(path), file_bytes=total)
            if sha256 is not None:
                file.seek(0)
                _check_hash(file, path, total, sha256, voice)
    except FileNotFoundError as error:
        raise Rejected(Code.FILE_MISSING, path=str(path)) from error
    except OSError as error:
        raise Rejected(Code.FILE_UNREADABLE, path=str(path), **caused(error)) from error
    return summary


def _check_hash(file: BinaryIO, path: Path, total: int, expected: str, voice: TextIO) -> None:
    digest = hashlib.sha256()
    done = 0
    while block := file.read(_HASH_BLOCK_BYTES):
        digest.update(block)
        done += len(block)
        say(voice, "stage", stage="verify", done_bytes=done, total_bytes=total)
    if digest.hexdigest() != expected:
        raise Rejected(Code.HASH_MISMATCH, path=str(path), expected=expected, found=digest.hexdigest())


def _serve(options: argparse.Namespace, summary: GgufSummary) -> tuple[Any, str]:
    try:
        import xllamacpp  # a hundred megabytes of native code, only after the file is known to be good
    except ImportError as error:
        raise Broken(Code.RUNTIME_MISSING, runtime="llama.cpp", **_unloaded(error)) from error
    device = _device(xllamacpp)
    params = _params(xllamacpp, options, summary, on_gpu=device != "CPU")
    try:
        server = xllamacpp.Server(params)
    except RuntimeError as error:
        # The cause is in the log lines that the daemon reads; this exception only says that there was one.
        raise Broken(Code.LOAD_FAILED, line=str(error)) from error
    _be_quieter(xllamacpp)
    return server, device


def _unloaded(error: ImportError) -> dict[str, FactValue]:
    """Why it could not be imported; which library it misses stands in the loader's words alone."""
    if isinstance(error, ModuleNotFoundError):
        return fault("package_missing", name=error.name)
    library, cannot, _ = str(error).partition(": cannot open shared object file")
    return fault("library_gone", library=library) if cannot else fault("not_loaded", said=str(error))


def _params(xllamacpp: Any, options: argparse.Namespace, summary: GgufSummary, *, on_gpu: bool) -> Any:
    context = min(options.context_tokens, summary.native_context or options.context_tokens)
    params = xllamacpp.CommonParams()
    params.model.path = str(options.model)
    params.model_alias = {options.id}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [os.environ[KEY_VARIABLE]]
    params.cors_origins = "localhost"
    params.ui = False
    params.endpoint_slots = params.endpoint_metrics = True
    params.endpoint_props = False
    params.n_parallel = options.slots
    params.n_ctx = context * options.slots
    params.cont_batching = True
    # Waiting requests and kept-alive connections each hold one of these threads.
    params.n_threads_http = options.slots + 64
    params.cache_ram_mib = options.prompt_cache_mib
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = options.threads
    params.fit_params = on_gpu
    # The daemon's first request does the same, and counts the engine as ready only then.
    params.warmup = False
    params.offline = True
    params.verbosity = _LOADING_VERBOSITY
    _choose_memory(xllamacpp, params, options)
    _choose_task(xllamacpp, params, summary, context)
    if options.chat_template is not None:
        params.chat_template = options.chat_template.read_text("utf-8")
    if options.temperature is not None:
        params.sampling.temp = options.temperature
    if options.top_p is not None:
        params.sampling.top_p = options.top_p
    return params


def _choose_memory(xllamacpp: Any, params: Any, options: argparse.Namespace) -> None:
    """What decides how much memory it takes."""
    params.cache_type_k = getattr(xllamacpp.ggml_type, f"GGML_TYPE_{options.cache_type_k.upper()}")
    params.cache_type_v = getattr(xllamacpp.ggml_type, f"GGML_TYPE_{options.cache_type_v.upper()}")
    params.n_ubatch = options.ubatch_tokens
    params.n_batch = max(params.n_batch, options.ubatch_tokens)
    params.kv_unified = options.kv_unified == "on"
    if options.gpu_layers is not None:
        params.n_gpu_layers = options.gpu_layers
    if options.flash_attention is not None:
        wanted = "ENABLED" if options.flash_attention == "on" else "DISABLED"
        params.flash_attn_type = getattr(xllamacpp.llama_flash_attn_type, f"LLAMA_FLASH_ATTN_TYPE_{wanted}")


def _choose_task(xllamacpp: Any, params: Any, summary: GgufSummary, context: int) -> None:
    """A model that writes no text is served for what it was made for."""
    if summary.task is Task.TEXT:
        return
    params.embedding = True
    # An encoder reads its whole input at once: what is longer than one pass is refused.
    params.n_batch = params.n_ubatch = context
    pooling = xllamacpp.llama_pooling_type
    if summary.task is Task.RANKING:
        params.pooling_type = pooling.LLAMA_POOLING_TYPE_RANK
    elif not summary.pools:
        params.pooling_type = pooling.LLAMA_POOLING_TYPE_MEAN


def _be_quieter(xllamacpp: Any) -> None:
    """Fewer lines from now on, where the library lets itself be told; else a request has a few more of them."""
    native = getattr(xllamacpp, "xllamacpp", None)
    set_verbosity = None if native is None else getattr(ctypes.CDLL(native.__file__), _SET_VERBOSITY, None)
    if set_verbosity is not None:
        set_verbosity(_SERVING_VERBOSITY)


def _device(xllamacpp: Any) -> str:
    """Name of the first device that is not the CPU, as llama.cpp gives it; ``CPU`` where there is none."""
    for device in xllamacpp.get_device_info():
        if device["type"] != xllamacpp.ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU:
            return str(device["name"])
    return "CPU"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
