"""What else the fake daemon tells a window: settings, keys, programs, sealed engines, what the doctor found, old lines.

Values are made up and the same in every run; shapes are those of the real contract.
"""

import argparse
from dataclasses import replace
from typing import Any

from engineroom.adapters.client_guides import load_guides
from engineroom.contract.control import LogLine
from engineroom.contract.doctor import Change, EngineFinding, FixAction, FixMode, FixView, Orphan
from engineroom.contract.engines import Measured, SealedEngine, SealedState, SealedView, Stale, StaleReason
from engineroom.contract.keys import CaptureView, KeyLimits, KeyView, NetworkView, RouteGroup
from engineroom.contract.runtimes import RuntimeKind, RuntimeLook, RuntimeState, RuntimeView
from engineroom.contract.settings import PlaceView, SettingsView, StorageView
from engineroom.domain.errors import Problem
from engineroom.domain.sealed.compare import compare, figures_of
from engineroom.domain.settings_keys import views

AT_S = 1_796_040_000.0
"""30 November 2026, noon: when everything here happened."""
GIB = 1024**3
HOME = "/home/ada/.local/share/engineroom"
ENGINE = "brook-8b-nvfp4-5f0c2a"
LINES = (
    ("daemon", "listening on http://127.0.0.1:8411"),
    ("smollm2-135m-instruct", "llama_model_loader: loaded meta data with 33 key-value pairs and 272 tensors"),
    ("smollm2-135m-instruct", "load_tensors: CPU model buffer size = 85.82 MiB"),
    (ENGINE, "[TRT-LLM] [I] Starting the executor with 1 worker"),
    (ENGINE, "[TRT-LLM] [W] KV cache is limited to 11.2 GiB by free_gpu_memory_fraction"),
    (ENGINE, "[TRT-LLM] [E] torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB"),
    (ENGINE, "worker 0 exited with code 1"),
    ("smollm2-135m-instruct", "slot 0: 156 tokens in 2.98 s"),
)


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--desk", action="store_true", help="answer what the pages Settings, Engines … ask")
    parser.add_argument("--still", action="store_true", help="nothing moves, and all is the same in every run")


def answer(path: str) -> Any:
    """The answer to a question, or ``None``."""
    if path.startswith("/control/sealed-compare"):
        return compare([view.engine for view in sealed()])
    known = {
        "/control/settings": settings,
        "/control/storage": storage,
        "/control/keys": keys,
        "/control/network": lambda: NetworkView(local="http://127.0.0.1:8411", keyless=True),
        "/control/capture": lambda: CaptureView(on=False, path=None, until_s=None),
        "/control/clients": load_guides,
        "/control/doctor": lambda: (finding(),),
        "/control/orphans": orphans,
        "/control/sealed": sealed,
        "/control/logs": lines,
        "/control/runtimes": runtimes,
        "/control/runtimes/look": looks,
    }
    return known[path]() if path in known else None


def done(path: str) -> Any:
    """The answer to a wish, or ``None``."""
    ended = {f"/control/orphans/{one.pid}/end": one for one in orphans()}
    return ended.get(path)


def settings() -> SettingsView:
    written = {"energy": {"price_per_kwh": 0.34}, "llama_cpp": {"slots": 2}}
    return SettingsView(path="/home/ada/.config/engineroom/settings.toml", revision="1", settings=views(written, {}))


def storage() -> StorageView:
    rows = (("models", "models", 31), ("engines", "engines", 19), ("runtimes", "runtimes", 24), ("logs", "logs", 0.02))
    return StorageView(
        places=tuple(
            PlaceView(what=what, path=f"{HOME}/{folder}", held_bytes=int(held * GIB), free_bytes=756 * GIB)
            for what, folder, held in rows
        )
    )


def keys() -> tuple[KeyView, ...]:
    first = KeyView(
        id="k1", name="laptop", prefix="er-3Fq", created_at_s=AT_S - 864_000, expires_at_s=AT_S + 2_592_000,
        revoked_at_s=None, models=(), routes=(), limits=KeyLimits(), tokens_today=41_200, joules_today=5230.0,
    )  # fmt: skip
    second = replace(first, id="k2", name="night runs", prefix="er-9Lw", expires_at_s=None, priority=2)
    return first, replace(second, models=("smollm2-135m-instruct",), routes=(RouteGroup.CHAT,), tokens_today=0)


def sealed_engine() -> SealedEngine:
    return SealedEngine(
        id=ENGINE, kind="checkpoint", runtime="tensorrt-llm-1.2.1-venv", runtime_version="1.2.1",
        model="acme/Brook-8B", model_path=f"{HOME}/models/brook", repo="acme/Brook-8B-NVFP4", revision="8f3c1d5a",
        architecture="BrookForCausalLM", precision="nvfp4", kv_format="fp8", context_tokens=32_768, concurrency=8,
        gpu_name="NVIDIA GeForce RTX 5090", gpu_uuids=("GPU-fake-0",), sm=120, driver_version="580.95.05",
        argv=("trtllm-serve",), environment={}, not_inherited=(), remove=(), yaml="", left_out=(),
        tool_parser="hermes", reasoning_parser=None, simulated=True, created_unix_s=AT_S - 90_000,
        plan={
            "decode": 168.0, "decode_low": 140.0, "decode_high": 190.0, "throughput": 790.0, "throughput_low": 640.0,
            "throughput_high": 910.0, "ttft": 0.08, "ttft_low": 0.06, "ttft_high": 0.11, "joules": 2.2,
            "total_bytes": int(13.5 * GIB), "total_bytes_low": int(13 * GIB), "total_bytes_high": int(14.1 * GIB),
            "context": 32_768,
        },
        measured=Measured(
            load_s=38.4, ttft_s=0.071, tokens_per_s=161.2, concurrency=8, tokens_per_s_all=812.0, tool_call=True,
            json_schema=True, gpu_peak_bytes=int(14.9 * GIB), gpu_settled_bytes=int(13.8 * GIB),
            host_peak_bytes=int(6.1 * GIB), joules_per_token=2.31, joules_per_token_all=0.62, context_tokens=32_768,
        ),
    )  # fmt: skip


def sealed() -> tuple[SealedView, ...]:
    first = sealed_engine()
    slower = replace(first.measured, tokens_per_s=97.5, tokens_per_s_all=503.0, gpu_peak_bytes=int(19.2 * GIB))
    second = replace(first, id="brook-8b-fp8-71ab04", precision="fp8", measured=slower, created_unix_s=AT_S - 800_000)
    old = StaleReason(code=Stale.DRIVER, facts={"built": "570.86.16", "now": "580.95.05"})
    return (
        SealedView(engine=first, size_bytes=int(5.2 * GIB), figures=figures_of(first)),
        SealedView(
            engine=second, size_bytes=int(8.9 * GIB), state=SealedState.STALE, reasons=(old,),
            figures=figures_of(second),
        ),
    )  # fmt: skip


def finding() -> EngineFinding:
    return EngineFinding(
        engine=ENGINE, found_at_s=AT_S, known=True,
        problem=Problem(code="out_of_memory", facts={"line": "CUDA out of memory."}),
        cause=LINES[5][1],
        fixes=(
            FixView(fix=FixAction.LOWER_CONTEXT, mode=FixMode.AUTOMATIC,
                    changes=(Change(knob="max_seq_len", before=32_768, after=16_384),)),
            FixView(fix=FixAction.FREE_MEMORY, mode=FixMode.MANUAL),
        ),
        log=tuple(text for source, text in LINES if source == ENGINE),
    )  # fmt: skip


def orphans() -> tuple[Orphan, ...]:
    kept = Orphan(pid=7, created_s=1.0, program="python3", mark="survivor", gpu_uuid=None, memory_bytes=3 * GIB)
    return kept, replace(kept, pid=8, mark="command")


def lines() -> list[LogLine]:
    return [
        LogLine(number=at, source=source, written_at_s=AT_S + 3 * at, text=text)
        for at, (source, text) in enumerate(LINES)
    ]


def runtimes() -> tuple[RuntimeView, ...]:
    installed = RuntimeView(
        id="tensorrt-llm-1.2.1-venv", product="tensorrt-llm", kind=RuntimeKind.VENV, state=RuntimeState.READY,
        version="1.2.1", is_default=True, best_version="1.2.1",
    )  # fmt: skip
    return (installed,)


def looks() -> tuple[RuntimeLook, ...]:
    return (RuntimeLook(kind=RuntimeKind.VENV, version="1.2.1", blocked=False, findings=(), words=()),)
