"""What builds ask of the world. May block unless a coroutine; called off the loop."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from engineroom.domain.machine import Machine
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.support import Finding
from engineroom.domain.planning.values import Plan
from engineroom.domain.runtimes.values import Installation
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.trtllm.tables import Tables
from engineroom.services.doctor import Signature
from engineroom.services.engines import EngineRoom
from engineroom.services.library import Library
from engineroom.services.plans import Plans
from engineroom.services.ports import LoadHistory
from engineroom.services.pulls import Pulls


class SealedDisk(Protocol):
    """Where engines lie. Raises EngineroomError."""

    @property
    def root(self) -> str:
        """The folder of them all."""

    def folder(self, engine: str) -> str:
        """Of one engine."""

    def tuning(self, engine: str) -> str:
        """What an engine learns while it starts."""

    def engines(self) -> tuple[SealedEngine, ...]:
        """All that are whole."""

    def engine(self, name: str) -> SealedEngine:
        """One of them."""

    def has(self, name: str) -> bool:
        """Whether it is there and whole."""

    def size_bytes(self, name: str) -> int | None:
        """What its folder takes."""

    def begin(self, name: str, order: str) -> str:
        """Put the order of a build into its half folder, unless one lies there; the one that lies there then."""

    def discard(self, name: str) -> None:
        """Remove what a build has left half done."""

    def remove(self, name: str) -> int | None:
        """Remove an engine; the bytes that came free."""

    def verify(self, name: str) -> tuple[str, ...]:
        """Files that are not as they were sealed."""

    def export(self, name: str, target: str) -> int:
        """Write an engine as a tar file; its size."""


class RuntimesHere(Protocol):
    """Installed runtimes."""

    def installations(self) -> tuple[Installation, ...]:
        """Whole ones and half ones."""

    def default(self) -> str | None:
        """The default, as long as it is whole."""

    def folder(self, runtime: str) -> str:
        """Of one installation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildWorld:
    """What builds stand on.

    ``card_of`` reads the model in a folder; ``arrived`` is called when engines changed; ``pace`` keeps how long stages
    took; ``cards_known`` is awaited before the computer is judged.  ``compiled`` says what is known of
    compiled engines of a model in the precision of a plan on these cards; ``two_four`` whether two of every four
    weights in a folder are zero, ``None`` where that cannot be told; ``has_file`` whether one is there.  ``learn`` is
    told of an engine that was tried, and of the folder it lies in.
    """

    disk: SealedDisk
    runtimes: RuntimesHere
    library: Library
    engines: EngineRoom
    pulls: Pulls
    plans: Callable[[], Plans]
    card_of: Callable[[str], ModelCard]
    tables: Callable[[], Tables]
    signatures: Sequence[Signature]
    machine: Callable[[], Machine]
    cards_known: Callable[[], Awaitable[object]]
    arrived: Callable[[], Awaitable[object]]
    pace: LoadHistory
    learn: Callable[[SealedEngine, str], None]
    compiled: Callable[[ModelCard, Plan], Finding]
    two_four: Callable[[str], bool | None]
    has_file: Callable[[str], bool]
