"""Reading what a model can be asked for out of its files. Everything here may block."""

import contextlib
import json
import mmap
from math import prod
from pathlib import Path

from engineroom.domain.errors import EngineroomError
from engineroom.domain.gguf import GgufHeader, read_header
from engineroom.domain.model import ModelSpec
from engineroom.domain.sealed.start import ENGINE
from engineroom.domain.sealed.wire import sealed_of
from engineroom.domain.traits import FIM_WORDS, FimTokens, Traits, task_of, traits_of_template

_MOST_TEXT_BYTES = 64 * 2**20
_FIM_KEYS = (("fim_pre", "fim_suf", "fim_mid"), ("prefix", "suffix", "middle"))


def read_traits(spec: ModelSpec) -> Traits:
    """What is known of a model; what its files do not tell stays unknown. Never raises for a file that is broken."""
    with contextlib.suppress(EngineroomError, OSError, ValueError, KeyError, TypeError):
        if spec.path is not None:
            return _of_gguf(spec, Path(spec.path)) if spec.runtime == "llama.cpp" else _of_sealed(Path(spec.path))
    return Traits(parameters=spec.parameters, quantisation=spec.quantisation, native_context=spec.native_context)


def _of_gguf(spec: ModelSpec, path: Path) -> Traits:
    with path.open("rb") as file:
        header = read_header(file, path=str(path), file_bytes=path.stat().st_size)
        words = _fim_words(file.fileno(), file.tell())
    keys = header.keys
    architecture = _text(keys.get("general.architecture"))
    context, size = keys.get(f"{architecture}.context_length"), keys.get(f"{architecture}.embedding_length")
    template = _text(keys.get("tokenizer.chat_template"))
    if spec.chat_template_path is not None:
        template = Path(spec.chat_template_path).read_text("utf-8")
    return Traits(
        task=task_of(keys),
        **traits_of_template(template),
        vision=False,
        fim=words or _fim_ids(header),
        template=template,
        architecture=architecture,
        parameters=spec.parameters or sum(prod(tensor.shape) for tensor in header.tensors),
        quantisation=spec.quantisation or header.quantisation,
        native_context=context if isinstance(context, int) and context > 0 else spec.native_context,
        embedding_size=size if isinstance(size, int) else None,
    )


def _fim_words(descriptor: int, header_bytes: int) -> FimTokens | None:
    """The words are looked for among the bytes of the header: its vocabulary may have a million strings."""
    with mmap.mmap(descriptor, header_bytes, access=mmap.ACCESS_READ) as data:
        for words in FIM_WORDS:
            places = [data.find(str(word).encode()) for word in _parts(words)]
            if min(places) >= 0:
                return words
    return None


def _fim_ids(header: GgufHeader) -> FimTokens | None:
    keys = header.keys
    for names in _FIM_KEYS:
        ids = [keys.get(f"tokenizer.ggml.{name}_token_id") for name in names]
        if all(isinstance(one, int) for one in ids):
            bos = keys.get("tokenizer.ggml.bos_token_id") if keys.get("tokenizer.ggml.add_bos_token") else None
            before, after, middle = (int(one) for one in ids if isinstance(one, int))
            return FimTokens(before, after, middle, bos if isinstance(bos, int) else None)
    return None


def _of_sealed(folder: Path) -> Traits:
    engine = sealed_of((folder / "manifest.json").read_text("utf-8"))
    model = Path(engine.model_path.replace(ENGINE, str(folder)))
    config = json.loads(_read(model / "config.json") or "{}")
    template = _template(model)
    of_template = traits_of_template(template)
    return Traits(
        tools=of_template["tools"] and engine.tool_parser is not None,
        # Without its parser the reasoning comes as plain text of the answer.
        reasoning=engine.reasoning_parser is not None,
        vision="vision_config" in config,
        fim=_fim_of_tokenizer(model),
        template=template,
        architecture=engine.architecture,
        quantisation=engine.precision,
        native_context=config.get("max_position_embeddings"),
        embedding_size=config.get("hidden_size"),
    )


def _template(model: Path) -> str | None:
    """In a file of its own in newer checkpoints, else in the tokenizer's configuration."""
    alone = _read(model / "chat_template.jinja")
    if alone is not None:
        return alone
    return _text(json.loads(_read(model / "tokenizer_config.json") or "{}").get("chat_template"))


def _fim_of_tokenizer(model: Path) -> FimTokens | None:
    text = _read(model / "tokenizer.json") or ""
    return next((words for words in FIM_WORDS if all(f'"{word}"' in text for word in _parts(words))), None)


def _parts(words: FimTokens) -> tuple[str | int, ...]:
    return words.prefix, words.suffix, words.middle


def _read(path: Path) -> str | None:
    with contextlib.suppress(OSError):
        if path.stat().st_size <= _MOST_TEXT_BYTES:
            return path.read_text("utf-8")
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
