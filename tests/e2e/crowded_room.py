"""A daemon with several tiny models, and memory that holds only one of them at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from engine_room import EngineRoomProcess, engine_room
from fakes.tiny_llama_gguf import tiny_llama

SETTINGS = """
schema = 1
[models]
ttl_minutes = 0
[models.aliases]
gpt-tiny = "one"
[models.overrides.short]
ttl_minutes = 0.02
{files}
[llama_cpp]
context_tokens = 512
slots = 1
prompt_cache_mib = 0
[routing]
host_memory_mib = 300
min_residency_s = 0
queue = 2
max_wait_s = 50
"""


@contextmanager
def crowded_room(folder: Path) -> Iterator[EngineRoomProcess]:
    """The daemon: its engines may take 300 MiB together, which is one by what the plan says of them."""
    rows = []
    for seed, name in enumerate(("one", "two", "short")):
        (folder / f"{name}.gguf").write_bytes(tiny_llama(seed=seed))
        rows.append(f'[[models.files]]\nid = "{name}"\npath = "{folder / name}.gguf"\n')
    config = folder / "room" / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text(SETTINGS.format(files="\n".join(rows)), "utf-8")
    with engine_room(folder / "room") as room:
        yield room


def ask(room: EngineRoomProcess, model: str, *, tokens: int = 2) -> httpx2.Response:
    """A short completion, of so many tokens."""
    body = {"model": model, "prompt": "a", "max_tokens": tokens, "ignore_eos": True}
    return httpx2.post(f"{room.connection().address}/v1/completions", json=body, timeout=120.0)
