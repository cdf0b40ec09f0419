"""Models as Ollama's API shows them."""

import hashlib

from engineroom.domain.dialects.chunks import Json
from engineroom.domain.engine import EngineView
from engineroom.domain.model import ModelSpec
from engineroom.domain.traits import Traits

LATEST = ":latest"
SPEAKS = "0.33.0"
"""The version of Ollama whose API this is; clients look for a least one."""

_OWN_NAMES = {"chat", "rerank"}


def shown_name(model: str) -> str:
    """The name of a model, which there has a tag.

    >>> shown_name("qwen3"), shown_name("tiny/chat:f32")
    ('qwen3:latest', 'tiny/chat:f32')
    """
    return model if ":" in model.rpartition("/")[2] else model + LATEST


def tag_row(spec: ModelSpec, traits: Traits, *, modified_at: str) -> Json:
    """A model in ``/api/tags``. The digest is that of the file where it is known, else one of the model's name."""
    digest = spec.sha256 or hashlib.sha256(f"{spec.id}\n{spec.file_bytes}".encode()).hexdigest()
    return {
        "name": shown_name(spec.id),
        "model": shown_name(spec.id),
        "modified_at": modified_at,
        "size": spec.file_bytes,
        "digest": digest,
        "details": details_of(spec, traits),
    }


def details_of(spec: ModelSpec, traits: Traits) -> Json:
    """What clients read of every model."""
    family = traits.architecture or "unknown"
    return {
        "parent_model": "",
        "format": "gguf" if spec.runtime == "llama.cpp" else "safetensors",
        "family": family,
        "families": [family],
        "parameter_size": size_text(traits.parameters or spec.parameters),
        "quantization_level": traits.quantisation or spec.quantisation or "unknown",
    }


def show_row(spec: ModelSpec, traits: Traits, engine: EngineView, *, modified_at: str) -> Json:
    """The answer of ``/api/show``. The context is what a request may really use, not what the model was trained for."""
    family, context = traits.architecture or "unknown", effective_context(engine, traits)
    info: Json = {"general.architecture": family, "general.basename": spec.name}
    sizes = {
        "general.parameter_count": traits.parameters or spec.parameters,
        f"{family}.context_length": context,
        f"{family}.embedding_length": traits.embedding_size,
    }
    return {
        "modelfile": f"# {spec.id}, served by Engineroom",
        "parameters": "" if context is None else f"num_ctx {context}",
        "template": traits.template or "",
        "details": details_of(spec, traits),
        "model_info": info | {name: value for name, value in sizes.items() if value is not None},
        "capabilities": [name for name in traits.capabilities if name not in _OWN_NAMES],
        "modified_at": modified_at,
    }


def running_row(spec: ModelSpec, traits: Traits, engine: EngineView, *, expires_at: str | None) -> Json:
    """A model in ``/api/ps``; ``expires_at`` is when it goes if nobody asks for it, ``None`` for never.

    What of it lies on a card is known only where all or nothing does.
    """
    held = engine.memory_bytes or spec.file_bytes
    row = tag_row(spec, traits, modified_at="")
    del row["modified_at"]
    vram = 0 if engine.device == "CPU" else held
    return row | {"size": held, "size_vram": vram, "expires_at": expires_at, "context_length": engine.context_tokens}


def effective_context(engine: EngineView, traits: Traits) -> int | None:
    """What one request may use, also of an engine that has not been started."""
    known = [one for one in (engine.context_tokens, traits.native_context) if one is not None]
    return min(known, default=None)


def size_text(parameters: int | None) -> str:
    """A number of parameters as Ollama writes it.

    >>> size_text(134515008), size_text(8030261248), size_text(98368), size_text(None)
    ('134.5M', '8.0B', '98.4K', 'unknown')
    """
    if parameters is None:
        return "unknown"
    for unit, letter in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if parameters >= unit:
            return f"{parameters / unit:.1f}{letter}"
    return str(parameters)
