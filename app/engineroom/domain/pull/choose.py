"""Which files of a repository a runtime needs, and which it must not get."""

import re
from collections.abc import Iterable, Sequence

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.pull.names import check_paths, is_commit, is_hash
from engineroom.domain.pull.values import PullPlan, RepoFile, RepoListing

_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".msgpack", ".h5")
_TEXTS = (".json", ".txt", ".model", ".jinja", ".tiktoken", ".md", ".yaml", ".yml")
_TEXT_NAMES = re.compile(r"(licen[cs]e|notice|usage_policy)(\..*|-.*)?", re.IGNORECASE)
_SHARD = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})(?P<suffix>\.safetensors|\.gguf)")
_OTHER_RUNTIMES = frozenset({
    "original", "metal", "onnx", "openvino", "coreml", "mlx", "flax", "tf", "runs", "logs", "images", "assets",
    "figures", ".git",
})  # fmt: skip
_OTHER_SETS = ("consolidated", "adapter_", "optimizer", "scheduler", "training_args")
_MODEL_STEMS = ("model", "pytorch_model")
_MOST_TEXT_BYTES = 200 * 2**20


def make_plan(listing: RepoListing, *, variant: str | None = None, remote_code_for: str | None = None) -> PullPlan:
    """The files to fetch: one set of weights, and what describes it.

    Args:
        listing: all files of the pinned commit.
        variant: which weights, where there are several: part of a GGUF file's name such as ``Q4_K_M``, or a path.
        remote_code_for: the commit whose program code the user allowed, if any.

    Raises:
        Rejected: ``unsafe_file_name``, ``pickle_refused``, ``no_weights``, ``weights_ambiguous``,
            ``repo_file_missing`` (a shard is not there) or ``remote_code_refused``.
    """
    # All names are judged, not only the chosen: a repository with one hostile name is not to be trusted.
    check_paths(listing.repo, (file.path for file in listing.files))
    if not is_commit(listing.revision) or not all(is_hash(file.etag) for file in listing.files):
        raise Rejected(Code.HUB_ANSWER, host=listing.endpoint, **because(Detail.LIST_HASH))
    weights = _weights(listing, variant)
    code = _code(listing, remote_code_for)
    texts = () if weights[0].path.endswith(".gguf") and len(_ggufs(listing.files)) > 1 else _texts(listing.files)
    chosen = sorted({file.path: file for file in (*texts, *code, *weights)}.values(), key=lambda file: file.path)
    return PullPlan(
        repo=listing.repo,
        revision=listing.revision,
        ref=listing.ref,
        endpoint=listing.endpoint,
        files=tuple(chosen),
    )


def variants(listing: RepoListing) -> tuple[str, ...]:
    """The sets of weights to choose from, by the path of each one's first file, the smallest set first."""
    sets = _sets(listing.files)
    return tuple(sorted(sets, key=lambda name: sum(file.size_bytes for file in sets[name])))


def has_remote_code(listing: RepoListing) -> bool:
    """Whether the repository brings Python of its own, which ``trust_remote_code`` would run."""
    return "custom_code" in listing.tags or any(_is_code(file.path) for file in listing.files)


def weight_files(listing: RepoListing, variant: str | None = None) -> tuple[RepoFile, ...]:
    """The files of the chosen set of weights, in order. Raises as :func:`make_plan` does."""
    return tuple(_weights(listing, variant))


def _weights(listing: RepoListing, variant: str | None) -> Sequence[RepoFile]:
    sets = _sets(listing.files)
    if not sets:
        pickle = next((f.path for f in listing.files if f.path.endswith(_PICKLES) and not _is_aside(f.path)), None)
        if pickle is not None:
            raise Rejected(Code.PICKLE_REFUSED, repo=listing.repo, path=pickle)
        raise Rejected(Code.NO_WEIGHTS, repo=listing.repo)
    wanted = {name: files for name, files in sets.items() if variant is None or _means(variant, name)}
    exact = [name for name in wanted if variant in {name, name.rpartition("/")[2]}]
    if len(exact) == 1:
        wanted = {exact[0]: wanted[exact[0]]}
    if len(wanted) != 1:
        choices = ", ".join(wanted or sets)
        raise Rejected(Code.WEIGHTS_AMBIGUOUS, repo=listing.repo, choices=choices)
    ((name, files),) = wanted.items()
    _check_whole(listing, name, files)
    return files


def _sets(files: Iterable[RepoFile]) -> dict[str, list[RepoFile]]:
    """Weights by the first file of their set; safetensors make GGUF files beside them superfluous."""
    files = list(files)
    safetensors = [f for f in files if f.path.endswith(".safetensors") and not _is_aside(f.path)]
    plain = [f for f in safetensors if _stem(f.path) in _MODEL_STEMS and "/" not in f.path]
    rooted = [f for f in safetensors if "/" not in f.path]
    for some in (plain, rooted, safetensors):
        if some:
            return _grouped(some) if some is plain else {_first(some): sorted(some, key=lambda f: f.path)}
    return _grouped(_ggufs(files))


def _grouped(files: Iterable[RepoFile]) -> dict[str, list[RepoFile]]:
    sets: dict[str, list[RepoFile]] = {}
    for file in sorted(files, key=lambda f: f.path):
        found = _SHARD.fullmatch(file.path)
        name = file.path if found is None else f"{found['stem']}-00001-of-{found['count']}{found['suffix']}"
        sets.setdefault(name, []).append(file)
    sharded = [name for name in sets if _SHARD.fullmatch(name) and name.endswith(".safetensors")]
    if len(sharded) == 1 and len(sets) > 1:
        # The same weights once whole and once in shards: the shards are what the index names.
        return {sharded[0]: sets[sharded[0]]}
    return sets


def _check_whole(listing: RepoListing, name: str, files: Sequence[RepoFile]) -> None:
    found = _SHARD.fullmatch(name)
    if found is None:
        return
    here = {file.path for file in files}
    for number in range(1, int(found["count"]) + 1):
        path = f"{found['stem']}-{number:05}-of-{found['count']}{found['suffix']}"
        if path not in here:
            raise Rejected(Code.REPO_FILE_MISSING, repo=listing.repo, path=path, revision=listing.revision)


def _texts(files: Iterable[RepoFile]) -> tuple[RepoFile, ...]:
    """Configuration, tokenizer, templates, licence: small files beside the weights."""
    return tuple(
        file
        for file in files
        if (file.path.lower().endswith(_TEXTS) or _TEXT_NAMES.fullmatch(file.path))
        and not _is_aside(file.path)
        and file.size_bytes <= _MOST_TEXT_BYTES
    )


def _code(listing: RepoListing, allowed: str | None) -> tuple[RepoFile, ...]:
    if not has_remote_code(listing):
        return ()
    if allowed != listing.revision:
        raise Rejected(Code.REMOTE_CODE_REFUSED, repo=listing.repo, revision=listing.revision)
    return tuple(file for file in listing.files if _is_code(file.path))


def _is_code(path: str) -> bool:
    """Python beside the configuration; scripts in folders are examples and are left where they are."""
    return (
        path.endswith(".py") and "/" not in path and path.startswith(("modeling_", "configuration_", "tokenization_"))
    )


def _ggufs(files: Iterable[RepoFile]) -> list[RepoFile]:
    """GGUF weights; projectors and importance matrices are no models."""
    return [
        file
        for file in files
        if file.path.endswith(".gguf")
        and not file.path.rpartition("/")[2].lower().startswith(("mmproj", "imatrix", "ggml-vocab"))
    ]


def _is_aside(path: str) -> bool:
    """In a folder of another runtime or of training, or not the model itself."""
    *folders, name = path.split("/")
    return any(f.lower() in _OTHER_RUNTIMES or f.startswith("checkpoint-") for f in folders) or name.startswith(
        _OTHER_SETS
    )


def _means(variant: str, name: str) -> bool:
    tail = name.lower()
    wanted = variant.lower()
    return tail == wanted or re.search(rf"(^|[^a-z0-9]){re.escape(wanted)}($|[^a-z0-9_])", tail) is not None


def _stem(path: str) -> str:
    found = _SHARD.fullmatch(path)
    return found["stem"] if found else path.removesuffix(".safetensors")


def _first(files: Iterable[RepoFile]) -> str:
    return min(file.path for file in files)
