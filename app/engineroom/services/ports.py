"""What the use cases ask of the world. Each protocol is implemented by one adapter."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engineroom.domain.catalogue import CatalogueEntry, Checkpoint, Found
from engineroom.domain.errors import Problem
from engineroom.domain.job import JobView
from engineroom.domain.ledger import EnergyRow, GroupBy, SeriesPoint
from engineroom.domain.machine import GpuInfo
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.experience import LoadRecord, SpeedRecord, StartRecord
from engineroom.domain.planning.values import Gpu
from engineroom.domain.rollup import Rollup
from engineroom.domain.settings_keys import SettingValue
from engineroom.domain.usage import RequestView


class Clock(Protocol):
    """Time."""

    def monotonic_s(self) -> float:
        """Seconds that never go back."""

    def unix_s(self) -> float:
        """Seconds since 1970, for people."""


class Child(Protocol):
    """A child process in a group of its own."""

    @property
    def pid(self) -> int:
        """Process id; also the id of its group."""

    @property
    def returncode(self) -> int | None:
        """Exit code, or minus the signal that ended it; ``None`` while it runs."""

    def ended(self) -> Awaitable[int]:
        """Wait for the end and the last of its output; the return code."""

    def memory_bytes(self) -> int | None:
        """Resident memory of the process."""

    async def stop(self, *, ask_s: float, kill_s: float) -> bool:
        """Ask the group to end, after ``ask_s`` seconds kill it; false if something still runs ``kill_s`` later."""


class Spawner(Protocol):
    """Starts our own workers as tethered children."""

    async def start(
        self,
        arguments: Sequence[str],
        *,
        environment: Mapping[str, str],
        on_line: Callable[[str], None],
        on_log: Callable[[str], None],
    ) -> Child:
        """Start ``engineroom worker <arguments>``; each line of its output and of its error output is handed on."""


Sink = Callable[[bytes], Awaitable[None] | None]
"""Takes a block; what it returns, if anything, is awaited before the next block is read."""


Offered = Callable[[bytes], bool]
"""Takes what may be one chunk of a chunked body, its frame included; false leaves it to the sink, without the frame."""


class NotSent(ConnectionError):
    """The engine could not be reached, so the request has certainly not begun there and may be sent again."""


class Exchange(Protocol):
    """One request to an engine and its answer."""

    async def begin(self) -> None:
        """Send the request. Raises NotSent or ConnectionError."""

    async def head(self) -> tuple[int, dict[str, str]]:
        """Status and headers (lower-case names); sends first, if that has not been done. Raises as :meth:`begin`."""

    def blocks(self) -> AsyncIterator[bytes]:
        """The body as it arrives. Raises ConnectionError when it is cut short."""

    async def pour(self, sink: Sink, offered: Offered | None = None) -> None:
        """The body again, handed to ``sink`` in the very callback that receives it. Raises ConnectionError.

        ``offered`` is asked first, if given, wherever a chunk may have come by itself.
        """

    def abort(self) -> None:
        """Close the connection at once; an engine takes that as the client having left. Safe to call twice."""


class Upstream(Protocol):
    """A pool of connections to one engine."""

    @property
    def active(self) -> int:
        """Requests under way."""

    @property
    def pulse(self) -> int:
        """Grows with everything that the engine sends."""

    def exchange(self, method: str, path: str, body: bytes = b"") -> Exchange:
        """Send a request; nothing has happened on the wire yet when this returns."""

    def close(self) -> None:
        """Close every connection."""


class UpstreamFactory(Protocol):
    """Makes a pool for the engine listening on a loopback port with a key."""

    def __call__(self, *, port: int, key: str) -> Upstream:
        """A pool; it connects when first used."""


class ImageFetcher(Protocol):
    """Fetches images from public addresses."""

    async def fetch(self, url: str) -> bytes:
        """The bytes behind an ``http`` or ``https`` address. Raises NotFetched."""


class LogSink(Protocol):
    """Where the lines of one source are kept on disk. Never raises: a full disk is reported, the service goes on."""

    def write(self, line: str) -> None:
        """Append one line."""

    def close(self) -> None:
        """Flush and close."""


class LoadHistory(Protocol):
    """How long loads took on this machine."""

    def expected_s(self, key: str) -> float | None:
        """Median of the last loads under this key, in seconds."""

    def record(self, key: str, seconds: float) -> None:
        """Remember one load."""


class JobStore(Protocol):
    """Where jobs are kept over a restart. Never raises: a full disk costs the memory of jobs, not the jobs."""

    def load(self) -> list[JobView]:
        """What was kept, oldest first."""

    def save(self, jobs: Iterable[JobView]) -> None:
        """Keep these and no others."""


class LedgerStore(Protocol):
    """Where the ledger is kept. May block; called off the loop. Raises Broken (``ledger_unwritable``), all methods."""

    def write(self, requests: Sequence[RequestView], rollups: Sequence[Rollup]) -> None:
        """Add a batch, all of it or nothing."""

    def energy(self, by: GroupBy, since_s: float) -> list[EnergyRow]:
        """Sums of requests since Unix time ``since_s``, by group, without price."""

    def series(self, since_s: float, step_s: int) -> list[SeriesPoint]:
        """Buckets of one step, oldest first."""

    def requests(self, since_s: float) -> list[RequestView]:
        """Requests, oldest first."""

    def prune(self, *, requests_before_s: float, rollups_before_s: float, now_s: float) -> None:
        """Forget what is older."""

    def close(self) -> None:
        """Close it."""


class MeasurementStore(Protocol):
    """Where measurements are kept, the newest under each key. May block; raises Broken, all methods."""

    def loads(self) -> list[LoadRecord]:
        """Loads to learn from, oldest first."""

    def speeds(self) -> list[SpeedRecord]:
        """Speeds of answers, oldest first."""

    def starts(self) -> list[StartRecord]:
        """Starts, oldest first."""

    def add_load(self, record: LoadRecord) -> None:
        """Keep a load."""

    def add_speed(self, record: SpeedRecord) -> None:
        """Keep the speed of an answer."""

    def add_start(self, record: StartRecord) -> None:
        """Keep how long a start took."""


class CardTable(Protocol):
    """What is known of cards by name."""

    def named(self, text: str) -> Gpu:
        """Any card, empty and nobody's. Raises Rejected (``gpu_unknown``, ``gpu_description``)."""

    def enrich(self, info: GpuInfo) -> Gpu:
        """A card of this computer, with what the driver does not tell."""


class ModelCatalogue(Protocol):
    """The recommended models."""

    def entries(self) -> tuple[CatalogueEntry, ...]:
        """All of them."""

    def find(self, name: str) -> Found | None:
        """The entry, or the one checkpoint of it, that a name means."""

    def nearest(self, name: str) -> tuple[str, ...]:
        """Ids that look like it."""

    def cards(self, entry: CatalogueEntry, checkpoints: Iterable[Checkpoint]) -> tuple[ModelCard, ...]:
        """Cards of these of its checkpoints."""


class ModelFolders(Protocol):
    """Models on this computer. May block; raises Rejected for what cannot be read."""

    def model_card(self, path: str) -> ModelCard:
        """The model in a folder or a GGUF file."""

    def path_of(self, model_id: str) -> str | None:
        """Where the files of a model of the shelf are; ``None`` for one that is not there."""


class HubCards(Protocol):
    """Models of the Hub, by their metadata alone. May block."""

    def model_card(self, repo: str, revision: str | None = None, variant: str | None = None) -> ModelCard:
        """The model of a repository; ``variant`` says which of several sets of weights.

        Raises:
            EngineroomError: ``hub_offline`` among others.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsState:
    """A settings file as it is: parsed, or with the ``problem`` it has. ``revision`` is of its bytes."""

    path: str
    revision: str
    tree: dict[str, Any]
    problem: Problem | None = None


class SettingsStore(Protocol):
    """The file a person may edit too."""

    def read(self) -> SettingsState:
        """What is there now. Blocks for a moment."""

    def write(self, values: Mapping[str, SettingValue], revision: str | None) -> SettingsState:
        """Write settings by name, ``None`` takes one out; all or nothing. Blocks for a moment.

        Raises:
            Rejected: ``settings_broken`` (it was not touched), ``settings_changed``, ``setting_refused``.
            Broken: ``state_unwritable``.
        """
