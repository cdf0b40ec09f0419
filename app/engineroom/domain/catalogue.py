"""Models recommended for a desk, and which of them a name means."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_NEAREST = 5
_SMALLER = 0.75
_SIBLINGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """One way the model is published: a repository, and a number format of its weights.

    ``file_format`` is ``safetensors`` or ``gguf``.  ``formats`` are pairs of a tensor class and its format, where a
    mixed checkpoint has another there than ``precision``.
    """

    repo: str
    precision: str
    file_format: str = "safetensors"
    formats: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One recommended model.

    ``parameters`` and ``parameters_active`` (``None`` where every one is) are the publisher's.  ``released`` is
    ``YYYY-MM``.  ``uses`` are of chat, code, agent, vision, embedding, rerank.  Parsers are by runtime: the name its
    option takes, or ``template`` where the chat template decides.  ``config`` holds the keys that decide of the
    publisher's ``config.json``.  ``checkpoints`` begin with the publisher's own.  An ``encoder`` reads a text once and
    keeps no cache.  One that is not ``listed`` is found by name and recommended to nobody.
    """

    id: str
    repo: str
    name: str
    publisher: str
    licence: str
    released: str
    uses: tuple[str, ...]
    parameters: int
    parameters_active: int | None
    checkpoints: tuple[Checkpoint, ...]
    config: Mapping[str, object]
    source: str
    basis: str
    read_on: str
    short_names: tuple[str, ...] = ()
    gated: bool = False
    starter: bool = False
    remote_code: bool = False
    encoder: bool = False
    listed: bool = True
    tool_parsers: Mapping[str, str] = field(default_factory=dict)
    reasoning_parsers: Mapping[str, str] = field(default_factory=dict)

    @property
    def generates(self) -> bool:
        """Whether it writes text, rather than embeds or ranks it."""
        return not {"embedding", "rerank"} & set(self.uses)

    def names(self) -> Iterator[str]:
        """Everything it can be called that means all of its checkpoints, in lower case, the surest first."""
        for name in (self.id, self.repo, self.repo.partition("/")[2], *self.short_names):
            yield name.lower()
        yield self.id.removesuffix("-instruct").removesuffix("-it")


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, and those of its checkpoints that a name means; all of them where it means the model."""

    entry: CatalogueEntry
    checkpoints: tuple[Checkpoint, ...]


class NameIndex:
    """Finds entries by catalogue id, Hub id, repository name or short name, whatever the case."""

    def __init__(self, entries: Iterable[CatalogueEntry]) -> None:
        self._found: dict[str, Found] = {}
        entries = tuple(entries)
        for entry in entries:
            for name in entry.names():
                self._found.setdefault(name, Found(entry, entry.checkpoints))
        for entry in entries:
            for repo in {checkpoint.repo for checkpoint in entry.checkpoints}:
                meant = tuple(checkpoint for checkpoint in entry.checkpoints if checkpoint.repo == repo)
                self._found.setdefault(repo.lower(), Found(entry, meant))

    def find(self, text: str) -> Found | None:
        """The entry of this name; ``None`` if there is none. ``name:8b`` is ``name-8b``."""
        return self._found.get(text.strip().lower().replace(":", "-").replace(" ", "-"))

    def nearest(self, text: str) -> tuple[str, ...]:
        """Ids of entries that are called something like it, nearest first; never empty while there are entries."""
        names = [name for name in self._found if "/" not in name]
        close = difflib.get_close_matches(text.strip().lower().rpartition("/")[2], names, n=_NEAREST * 3, cutoff=0.0)
        return tuple(dict.fromkeys(self._found[name].entry.id for name in close))[:_NEAREST]


def smaller_siblings(entry: CatalogueEntry, entries: Iterable[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    """Smaller models of the same publisher and first use: of its time or newer if there are any, largest first."""
    alike = (one for one in entries if one.publisher == entry.publisher and one.uses[0] == entry.uses[0])
    fewer = [one for one in alike if one.parameters < entry.parameters * _SMALLER]
    newer = [one for one in fewer if one.released >= entry.released] or fewer
    return tuple(sorted(newer, key=lambda one: (-one.parameters, one.id)))[:_SIBLINGS]


def strength(entry: CatalogueEntry, *, months_to_double: float = 12.0) -> float:
    """How much is to be expected of a model before it was tried: an order to list models in, not a measurement.

    The geometric mean of all and of active parameters, doubled for every ``months_to_double`` of later release: newer
    models of a size do better, and a mixture of experts less well than a dense model of its whole size.
    """
    year, month = (int(part) for part in entry.released.split("-"))
    active = entry.parameters_active or entry.parameters
    return float((entry.parameters * active) ** 0.5 * 2 ** ((year * 12 + month) / months_to_double - 2024))
