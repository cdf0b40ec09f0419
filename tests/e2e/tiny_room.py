"""A daemon with tiny models of every kind, served by the real llama.cpp; what they say makes no sense."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine_room import EngineRoomProcess, engine_room
from fakes.tiny_bert_gguf import tiny_bert
from fakes.tiny_llama_gguf import tiny_llama

CHAT, CODE, EMBED, RANK = "tiny/chat:f32", "tiny-code", "tiny-embed", "tiny-rank"
CONTEXT = 512
TEMPLATE = (
    "{% for message in messages %}{{ message.role }} {{ message.content }}\n{% endfor %}"
    "{% if tools %}{{ tools | tojson }}{% endif %}assistant "
)


@contextmanager
def tiny_room(home: Path, *, settings: str = "", **environment: str) -> Iterator[EngineRoomProcess]:
    """The daemon; its engines start when they are asked."""
    models = {CHAT: tiny_llama(template=TEMPLATE), CODE: tiny_llama(fim=True), EMBED: tiny_bert(),
              RANK: tiny_bert(ranks=True)}  # fmt: skip
    room = home / "room"
    (room / "config").mkdir(parents=True)
    rows = []
    for number, (name, data) in enumerate(models.items()):
        path = home / f"{number}.gguf"
        path.write_bytes(data)
        rows.append(f'[[models.files]]\nid = "{name}"\npath = "{path}"\n')
    text = f'[llama_cpp]\nslots = 2\ncontext_tokens = {CONTEXT}\n{settings}\n[models]\ndefault = "{CHAT}"\n'
    (room / "config" / "settings.toml").write_text(text + "".join(rows), "utf-8")
    variables = {"HF_HUB_CACHE": str(home / "hub"), **environment, "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    with engine_room(room, environment=variables) as running:
        yield running
