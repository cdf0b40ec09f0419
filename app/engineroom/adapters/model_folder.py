"""A model card of a folder or a file on this machine: bounded reads of configurations and headers, no tensors."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.gguf import read_header
from engineroom.domain.misread import misread
from engineroom.domain.model_card.from_config import card_from_config
from engineroom.domain.model_card.gguf_card import card_from_gguf, tensors_of
from engineroom.domain.model_card.reading import parse_object
from engineroom.domain.model_card.safetensors import (
    MAX_INDEX_BYTES,
    TensorInfo,
    header_length,
    parse_header,
    parse_index,
)  # fmt: skip
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.os_errors import caused

MAX_CONFIG_BYTES = 8 * 2**20
MAX_TOKENIZER_BYTES = 32 * 2**20
MAX_SHARDS = 2048
MAX_HEADERS_BYTES = 512 * 2**20
_SPLIT = re.compile(r"^(?P<stem>.+)-(?P<at>\d{5})-of-(?P<count>\d{5})\.gguf$")


def read_model_card(path: Path) -> ModelCard:
    """The card of a model folder, a ``.gguf`` file, or the first file of a split one.

    Raises:
        Rejected: ``file_missing``, ``file_unreadable``, ``model_file_too_large``, ``model_config_broken``,
            ``safetensors_broken`` or a problem of the GGUF header.
    """
    if path.is_dir():
        if (path / "config.json").exists():
            return _folder(path)
        first = next(_first_ggufs(path), None)
        if first is None:
            raise Rejected(Code.FILE_MISSING, path=str(path / "config.json"))
        return _gguf(first)
    if path.name == "config.json":
        return _folder(path.parent)
    return _gguf(path)


def _folder(folder: Path) -> ModelCard:
    config = _object(folder / "config.json", MAX_CONFIG_BYTES)
    separate = folder / "hf_quant_config.json"
    tokenizer = folder / "tokenizer_config.json"
    template = folder / "chat_template.jinja"
    shards = _shards(folder)
    weights = shards or sorted(folder.glob("pytorch_model*.bin"))[:MAX_SHARDS]
    file_bytes = sum(_regular_size(one) for one in weights)
    return card_from_config(
        config,
        id=str(folder),
        name=folder.name,
        quantisation_config=_object(separate, MAX_CONFIG_BYTES) if separate.exists() else None,
        tokenizer_config=_object(tokenizer, MAX_TOKENIZER_BYTES) if tokenizer.exists() else None,
        chat_template=_bytes(template, MAX_CONFIG_BYTES).decode("utf-8", "replace") if template.exists() else None,
        tensors=_tensors(shards) if shards else None,
        file_bytes=file_bytes or None,
    )


def _shards(folder: Path) -> list[Path]:
    """Weight files: those of the index, else those lying there; the original format beside a converted one not."""
    index = folder / "model.safetensors.index.json"
    if index.exists():
        found = [folder / name for name in parse_index(_bytes(index, MAX_INDEX_BYTES), path=str(index))]
    else:
        every = sorted(folder.glob("*.safetensors"))
        found = [one for one in every if one.name.startswith("model")] or every
    if len(found) > MAX_SHARDS:
        raise Rejected(Code.SAFETENSORS_BROKEN, path=str(folder), **because(Detail.TOO_MANY_FILES, count=len(found)))
    return found


def _tensors(shards: list[Path]) -> list[TensorInfo]:
    found: list[TensorInfo] = []
    read_bytes = 0
    for shard in shards:
        size = _regular_size(shard)
        length = header_length(_first_bytes(shard, 8), path=str(shard))
        read_bytes += length
        if read_bytes > MAX_HEADERS_BYTES:
            raise Rejected(Code.SAFETENSORS_BROKEN, path=str(shard), **because(Detail.HEADERS_TOO_LONG))
        found += parse_header(_first_bytes(shard, 8 + length), path=str(shard), file_bytes=size)
    return found


def _first_ggufs(folder: Path) -> Iterator[Path]:
    """Files that can be a model by themselves: no later part of a split one, no projector."""
    for one in sorted(folder.glob("*.gguf")):
        split = _SPLIT.match(one.name)
        if (split is None or int(split.group("at")) == 1) and not one.name.lower().startswith("mmproj"):
            yield one


def _gguf(path: Path) -> ModelCard:
    parts = _parts(path)
    sizes = [_regular_size(part) for part in parts]
    try:
        with parts[0].open("rb") as file:
            first = read_header(file, path=str(parts[0]), file_bytes=sizes[0])
        more: list[TensorInfo] = []
        for part, size in zip(parts[1:], sizes[1:], strict=True):
            with part.open("rb") as file:
                more += tensors_of(read_header(file, path=str(part), file_bytes=size))
    except OSError as error:
        raise _unreadable(path, error) from None
    return card_from_gguf(first, id=str(path), more_tensors=more)


def _parts(path: Path) -> list[Path]:
    split = _SPLIT.match(path.name)
    if split is None:
        return [path]
    count = int(split.group("count"))
    if not 1 <= count <= MAX_SHARDS:
        raise Rejected(Code.GGUF_BROKEN, path=str(path), **because(Detail.TOO_MANY_PARTS, count=count))
    stem = split.group("stem")
    return [path.with_name(f"{stem}-{part:05d}-of-{count:05d}.gguf") for part in range(1, count + 1)]


def _object(path: Path, limit_bytes: int) -> dict[str, object]:
    try:
        return parse_object(_bytes(path, limit_bytes))
    except ValueError as error:
        raise Rejected(Code.MODEL_CONFIG_BROKEN, model=str(path), **misread(error)) from None


def _bytes(path: Path, limit_bytes: int) -> bytes:
    size = _regular_size(path)
    if size > limit_bytes:
        raise Rejected(Code.MODEL_FILE_TOO_LARGE, path=str(path), has_bytes=size, limit_bytes=limit_bytes)
    return _first_bytes(path, limit_bytes)


def _first_bytes(path: Path, count: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise _unreadable(path, error) from None


def _regular_size(path: Path) -> int:
    """Bytes of a regular file; opening anything else, a pipe for one, could wait for ever."""
    try:
        found = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from None
    if not stat.S_ISREG(found.st_mode):
        raise Rejected(Code.FILE_UNREADABLE, path=str(path), **because(Detail.NO_REGULAR_FILE))
    return found.st_size


def _unreadable(path: Path, error: OSError) -> Rejected:
    if isinstance(error, FileNotFoundError):
        return Rejected(Code.FILE_MISSING, path=str(path))
    return Rejected(Code.FILE_UNREADABLE, path=str(path), **caused(error))
