"""What a test wants to happen, from ``TRTLLM_DOUBLE`` or a file beside the installation. README.md lists the keys."""

import functools
import json
import os
import sys
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

GIB = 1024**3
VARIABLE = "TRTLLM_DOUBLE"
FILE_NAME = "trtllm_double.json"


@dataclass(frozen=True)
class Scenario:
    """One start of the double. Times in seconds; ``time_scale`` multiplies the waits that are the engine's own."""

    pace_s: float = 0.002
    time_scale: float = 1.0
    slow: dict[str, float] = field(default_factory=dict)
    import_s: float = 0.0
    silence_s: float = 3600.0
    quiet_import: bool = False
    libmpi: str = "present"
    gpus: list[dict[str, Any]] | None = None
    fail: str | None = None
    fail_at: str | None = None
    stall_at: str | None = None
    run_fault: str | None = None
    after_requests: int = 0
    abort_hangs: bool = False
    worker_session: str = "own"
    stop_s: float = 0.0
    ignores_stop: bool = False
    weights_gib: float | None = None
    weights_gib_16bit: float | None = None
    port_thief: str | None = None
    hub_config: dict[str, Any] | None = None
    text: str = "The quick brown fox jumps over the lazy dog near the old mill by the river. "
    tokens_per_s: float = 2000.0
    first_token_s: float = 0.0
    reasoning: str = ""
    reasoning_name: str | None = None
    breaks: str | None = None
    breaks_after: int = 2
    calls_tools: bool = True
    metrics_empty: bool = False
    iteration_bytes_used: int | None = None
    llama_url: str | None = None
    state: str | None = None
    escapee_bytes: int | None = None
    quantise_s: float = 0.0
    build_s: float = 0.0


def scenario() -> Scenario:
    """The scenario of this process. Raises ValueError for a key that does not exist."""
    return _read(os.environ.get(VARIABLE), os.environ.get("TRTLLM_DOUBLE_LLAMA_URL"))


def with_request(plan: Scenario, body: dict[str, Any]) -> Scenario:
    """A request may bring its own answer: JSON with ``double`` in its last message or its prompt."""
    last = (body.get("messages") or [{"content": body.get("prompt")}])[-1].get("content")
    text = last[0].get("text") if isinstance(last, list) and last else last
    if not isinstance(text, str) or not text.startswith('{"double":'):
        return plan
    return replace(plan, **json.loads(text)["double"])


@functools.lru_cache
def _read(given: str | None, llama_url: str | None) -> Scenario:
    path = Path(sys.prefix, FILE_NAME)
    if given is None:
        text = path.read_text(encoding="utf-8") if path.is_file() else "{}"
    else:
        text = given if given.lstrip().startswith("{") else Path(given).read_text(encoding="utf-8")
    values = json.loads(text)
    if unknown := set(values) - {each.name for each in fields(Scenario)}:
        raise ValueError(f"the scenario has unknown keys: {sorted(unknown)}")
    if llama_url:
        values["llama_url"] = llama_url
    return Scenario(**values)
