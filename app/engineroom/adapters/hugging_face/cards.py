"""A model card of a repository: its configuration, and the headers of its weights, read in ranges."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from engineroom.adapters.hugging_face.ranges import OverBudget, Ranges, RangeSource
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.gguf import read_header
from engineroom.domain.misread import misread
from engineroom.domain.model_card.from_config import card_from_config
from engineroom.domain.model_card.gguf_card import card_from_gguf, tensors_of
from engineroom.domain.model_card.reading import parse_object
from engineroom.domain.model_card.safetensors import TensorInfo, header_length, parse_header
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.pull.choose import weight_files
from engineroom.domain.pull.values import RepoFile, RepoListing

_MOST_CONFIG_BYTES = 2 * 2**20
_MOST_TOKENIZER_BYTES = 4 * 2**20
_FIRST_HEADER_BYTES = 2**16
_MOST_SHARDS = 64
_AT_ONCE = 4


def read_card(listing: RepoListing, ranges: Ranges, variant: str | None) -> ModelCard:
    """The card of one set of weights; exact where the headers fit the budget, from file sizes where they do not.

    Raises:
        Rejected: what :func:`weight_files` refuses, except weights in pickle files, which can be judged by their
            configuration; ``model_config_broken``, ``safetensors_broken``, a problem of the GGUF header.
    """
    weights = _weights(listing, variant)
    if weights and weights[0].path.endswith(".gguf"):
        return _gguf(listing, ranges, weights)
    config = _object(ranges, "config.json", _MOST_CONFIG_BYTES)
    if config is None:
        raise Rejected(Code.REPO_FILE_MISSING, repo=listing.repo, path="config.json", revision=listing.revision)
    template = ranges.whole("chat_template.jinja", _MOST_CONFIG_BYTES)
    quantisation = _object(ranges, "hf_quant_config.json", _MOST_CONFIG_BYTES)
    tokenizer = _tokenizer(listing, ranges)
    tensors = _tensors(ranges, weights) if weights else None
    return card_from_config(
        config,
        id=listing.repo,
        name=listing.repo.partition("/")[2],
        quantisation_config=quantisation,
        tokenizer_config=tokenizer,
        chat_template=None if template is None else template.decode("utf-8", "replace"),
        tensors=tensors,
        file_bytes=_total(weights or _pickles(listing)) or None,
        revision=listing.revision,
        licence=listing.licence,
        gated=listing.gated,
        download_bytes=_total(weights) or None,
    )


def _weights(listing: RepoListing, variant: str | None) -> tuple[RepoFile, ...]:
    try:
        return weight_files(listing, variant)
    except Rejected as error:
        if error.code == Code.PICKLE_REFUSED:
            return ()
        raise


def _gguf(listing: RepoListing, ranges: Ranges, weights: tuple[RepoFile, ...]) -> ModelCard:
    headers = [read_header(RangeSource(ranges, file), path=file.path, file_bytes=file.size_bytes) for file in weights]
    return card_from_gguf(
        headers[0],
        id=f"{listing.repo}/{weights[0].path}",
        more_tensors=itertools.chain.from_iterable(map(tensors_of, headers[1:])),
        revision=listing.revision,
        licence=listing.licence,
        gated=listing.gated,
        download_bytes=_total(weights),
    )


def _tensors(ranges: Ranges, weights: tuple[RepoFile, ...]) -> list[TensorInfo] | None:
    """Every tensor; ``None`` where the headers are too many or too long to read them all."""
    if len(weights) > _MOST_SHARDS:
        return None
    try:
        first, length = _header(ranges, weights[0], _FIRST_HEADER_BYTES)
        # The shards of one model are much alike: judged by the first, the others fit or they do not.
        step = min(_FIRST_HEADER_BYTES, length + length // 8 + 8)
        if (length + 8) * (len(weights) - 1) > ranges.left_bytes:
            return None
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="headers") as pool:
            asked = [pool.submit(copy_context().run, _header, ranges, file, step) for file in weights[1:]]
            return [*first, *itertools.chain.from_iterable(one.result()[0] for one in asked)]
    except OverBudget:
        return None


def _header(ranges: Ranges, file: RepoFile, step_bytes: int) -> tuple[tuple[TensorInfo, ...], int]:
    data = ranges.part(file, 0, step_bytes)
    length = header_length(data, path=file.path)
    if len(data) < 8 + length:
        data += ranges.part(file, len(data), 8 + length)
    return parse_header(data, path=file.path, file_bytes=file.size_bytes), length


def _tokenizer(listing: RepoListing, ranges: Ranges) -> dict[str, object] | None:
    """What says whether there is a chat template; one that is too long or broken only leaves that unknown."""
    file = listing.file("tokenizer_config.json")
    if file is None or file.size_bytes > _MOST_TOKENIZER_BYTES:
        return None
    try:
        return parse_object(ranges.part(file, 0, file.size_bytes))
    except (ValueError, OverBudget):
        return None


def _object(ranges: Ranges, path: str, most_bytes: int) -> dict[str, object] | None:
    data = ranges.whole(path, most_bytes)
    if data is None:
        return None
    try:
        return parse_object(data)
    except ValueError as error:
        raise Rejected(Code.MODEL_CONFIG_BROKEN, model=path, **misread(error)) from error


def _pickles(listing: RepoListing) -> tuple[RepoFile, ...]:
    return tuple(file for file in listing.files if file.path.startswith("pytorch_model") and file.path.endswith(".bin"))


def _total(files: tuple[RepoFile, ...]) -> int:
    return sum(file.size_bytes for file in files)
