"""What engines on this computer were seen to take and to do, kept so that the next plan knows better.

Nothing here may trouble an engine: what cannot be read or kept is not learned from, and said in the log.
"""

import asyncio
import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from engineroom.domain.errors import EngineroomError
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.bill import plain_bill
from engineroom.domain.planning.experience import (
    KEPT,
    PROCESSOR,
    Key,
    LoadRecord,
    MeasuredSpeed,
    MeasuredStart,
    SpeedRecord,
    StartRecord,
    model_class,
    speed_of,
    start_of,
)
from engineroom.domain.planning.kv import CELL_PADDING
from engineroom.domain.planning.learned import Corrections, Run, corrections_from, run_of
from engineroom.domain.planning.log_figures import MeasuredTerms, parse
from engineroom.domain.planning.support import precision_of
from engineroom.domain.planning.values import EngineKind, Gpu, Runtime, Shape
from engineroom.domain.usage import RequestView
from engineroom.services.event_log import EventLog
from engineroom.services.ports import Clock, MeasurementStore

LEAST_TOKENS = 16
"""Of an answer whose speed counts."""

EVERY_S = 10.0
"""At least so long between two answers that are kept, so that those of one conversation do not crowd out the rest."""

MOST_LINES = 4000

_UNREADABLE = (EngineroomError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError)
_OFFLOADED = re.compile(r"offloaded (\d+)/(\d+) layers")

_log = EventLog("measurements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One load that went well. ``context_tokens`` is per slot; ``gpu_uuids`` empty and ``device`` ``CPU`` for none.

    ``path`` is the checkpoint, of a compiled engine the one that it was compiled from, in ``precision``.  ``load_s`` is
    how long it took, in seconds.
    """

    model_id: str
    path: str
    runtime: str
    runtime_version: str | None
    device: str | None
    gpu_uuids: tuple[str, ...]
    context_tokens: int
    slots: int
    lines: tuple[str, ...]
    kv_format: str = "f16"
    ubatch_tokens: int | None = None
    kv_unified: bool = False
    kind: EngineKind = EngineKind.CHECKPOINT
    precision: str | None = None
    load_s: float | None = None


class Measurements:
    """Keeps loads and speeds, and answers from memory. One writer; what is slow happens beside the loop.

    Args:
        card_of: the model in a file; may block.
        gpu_of: the (first) card of a load, or the processor as one; ``None`` where that is not known.
    """

    def __init__(
        self,
        *,
        store: MeasurementStore,
        clock: Clock,
        card_of: Callable[[str], ModelCard],
        gpu_of: Callable[[Load], Gpu | None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._card_of = card_of
        self._gpu_of = gpu_of
        self._lock = threading.Lock()
        self._loads: dict[Key, deque[Run]] = {}
        self._speeds: dict[tuple[Key, int], deque[SpeedRecord]] = {}
        self._starts: dict[tuple[Key, int], deque[StartRecord]] = {}
        self._read = False
        self._serving: dict[str, tuple[Key, int]] = {}
        self._kept_at_s: dict[str, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def loaded(self, load: Load) -> None:
        """An engine is ready. Returns at once."""
        self._beside(lambda: self._take_load(load))

    def serving(self, sealed: Callable[[], Load | None]) -> None:
        """An engine is ready whose memory was measured in its trial: how long it took, and how fast it is from now on.

        Returns at once; ``sealed`` may block, and gives nothing for one that is not served as it was tried.
        """
        self._beside(lambda: self._take_serving(sealed))

    def tried(self, load: Load, found: MeasuredTerms, rates: Sequence[float], depth: int) -> None:
        """An engine was tried: what its log said, and so many timed answers at ``depth``. Returns at once."""
        self._beside(lambda: self._take_trial(load, found, rates, depth))

    def answered(self, request: RequestView) -> None:
        """A request that had the computer to itself is over. Returns at once."""
        serving, now_s = self._serving.get(request.model_id), self._clock.monotonic_s()
        rate, tokens = request.tokens_per_s, request.completion_tokens
        if serving is None or not rate or tokens is None or tokens < LEAST_TOKENS:
            return
        if now_s - self._kept_at_s.get(request.model_id, float("-inf")) < EVERY_S:
            return
        self._kept_at_s[request.model_id] = now_s
        key, weight_bytes = serving
        depth = (request.prompt_tokens or 0) + tokens // 2
        record = SpeedRecord(
            key=key, weight_bytes=weight_bytes, at_s=self._clock.unix_s(), tokens_per_s=rate, depth=depth
        )
        self._beside(lambda: self._keep_speed(record))

    def corrections(self, key: Key) -> Corrections:
        """What the loads under a key teach. May block, the first time."""
        with self._lock:
            self._remember()
            runs = tuple(self._loads.get(key, ()))
        return corrections_from(runs)

    def speed(self, key: Key, weight_bytes: int) -> MeasuredSpeed | None:
        """How fast a checkpoint of this size was. May block, the first time."""
        with self._lock:
            self._remember()
            records = tuple(self._speeds.get((key, weight_bytes), ()))
        return speed_of(records)

    def start(self, key: Key, weight_bytes: int) -> MeasuredStart | None:
        """How long a checkpoint of this size took to start. May block, the first time."""
        with self._lock:
            self._remember()
            records = tuple(self._starts.get((key, weight_bytes), ()))
        return start_of(records)

    async def settle(self) -> None:
        """Wait until everything that was told is kept."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _beside(self, work: Callable[[], None]) -> None:
        task = asyncio.ensure_future(asyncio.to_thread(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _take_load(self, load: Load) -> None:
        if (taken := self._learned(load, None)) is not None and len(load.gpu_uuids) <= 1:
            self._serving[load.model_id] = taken

    def _take_serving(self, sealed: Callable[[], Load | None]) -> None:
        try:
            load = sealed()
        except _UNREADABLE as error:
            _log.warning("load_not_measured", reason=repr(error))
            return
        if load is None:
            return
        self._serving.pop(load.model_id, None)
        if (known := self._key(load)) is not None and len(load.gpu_uuids) <= 1:
            key, source, _, _ = known
            self._serving[load.model_id] = (key, source.weight_bytes)
            self._keep_start_of(load, key, source.weight_bytes)

    def _take_trial(self, load: Load, found: MeasuredTerms, rates: Sequence[float], depth: int) -> None:
        taken = self._learned(load, found)
        if taken is None or len(load.gpu_uuids) > 1:
            return
        key, weight_bytes = taken
        for rate in rates:
            at_s = self._clock.unix_s()
            record = SpeedRecord(key=key, weight_bytes=weight_bytes, at_s=at_s, tokens_per_s=rate, depth=depth)
            self._keep_speed(record)

    def _learned(self, load: Load, found: MeasuredTerms | None) -> tuple[Key, int] | None:
        """Keep what a load teaches of memory and of starts; the key and the size of the weights that it is kept under.

        Plans speak of the speed and the start of one card only.
        """
        if (known := self._key(load)) is None:
            return None
        key, source, served, gpu = known
        try:
            run = run_from(load, served, gpu, found)
        except _UNREADABLE as error:
            _log.warning("load_not_measured", model=load.model_id, reason=repr(error))
            return None
        if run is not None:
            self._keep_load(LoadRecord(key=key, at_s=self._clock.unix_s(), run=run))
        if len(load.gpu_uuids) <= 1:
            self._keep_start_of(load, key, source.weight_bytes)
        return key, source.weight_bytes

    def _key(self, load: Load) -> tuple[Key, ModelCard, ModelCard, Gpu] | None:
        """What a load is kept under: the key, the checkpoint, the model as it is served, and the card."""
        try:
            gpu, source = self._gpu_of(load), self._card_of(load.path)
            if gpu is None or load.runtime_version is None:
                return None
            served = source if load.precision is None else as_precision(source, load.precision)
            key = Key(
                runtime=Runtime(load.runtime),
                version=load.runtime_version,
                card=gpu.name,
                model_class=model_class(source, precision_of(served)),
                kind=load.kind,
            )
        except _UNREADABLE as error:
            _log.warning("load_not_measured", model=load.model_id, reason=repr(error))
            return None
        return key, source, served, gpu

    def _keep_start_of(self, load: Load, key: Key, weight_bytes: int) -> None:
        if load.load_s is not None:
            at_s = self._clock.unix_s()
            self._keep_start(StartRecord(key=key, weight_bytes=weight_bytes, at_s=at_s, load_s=load.load_s))

    def _keep_load(self, record: LoadRecord) -> None:
        with self._lock:
            self._remember()
            self._loads.setdefault(record.key, deque(maxlen=KEPT)).append(record.run)
            self._try(lambda: self._store.add_load(record))

    def _keep_speed(self, record: SpeedRecord) -> None:
        with self._lock:
            self._remember()
            self._speeds.setdefault((record.key, record.weight_bytes), deque(maxlen=KEPT)).append(record)
            self._try(lambda: self._store.add_speed(record))

    def _keep_start(self, record: StartRecord) -> None:
        with self._lock:
            self._remember()
            self._starts.setdefault((record.key, record.weight_bytes), deque(maxlen=KEPT)).append(record)
            self._try(lambda: self._store.add_start(record))

    def _remember(self) -> None:
        """Read the store, once: what cannot be read now was lost."""
        if self._read:
            return
        self._read = True
        self._try(self._read_store)

    def _read_store(self) -> None:
        for load in self._store.loads():
            self._loads.setdefault(load.key, deque(maxlen=KEPT)).append(load.run)
        for one in self._store.speeds():
            self._speeds.setdefault((one.key, one.weight_bytes), deque(maxlen=KEPT)).append(one)
        for start in self._store.starts():
            self._starts.setdefault((start.key, start.weight_bytes), deque(maxlen=KEPT)).append(start)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except EngineroomError as error:
            _log.warning("measurements_not_kept", reason=repr(error))


def run_from(load: Load, card: ModelCard, gpu: Gpu, found: MeasuredTerms | None = None) -> Run | None:
    """What the log of a load says beside the bill that would have been drawn up for it.

    ``found`` is that, where it was read already.  ``None`` where nothing was said, or where it was not loaded as
    planned: part of the layers elsewhere, fewer cells.
    """
    shape = Shape(
        runtime=Runtime(load.runtime),
        kv_format=load.kv_format,
        context_tokens=load.context_tokens,
        concurrency=load.slots,
        gpus=max(1, len(load.gpu_uuids)),
        max_num_tokens=load.ubatch_tokens,
        kv_unified=load.kv_unified,
    )
    found = found or parse(shape.runtime, load.lines)
    if not _as_planned(found, shape, load.lines) or found.on_cpu is not (gpu.name == PROCESSOR):
        return None
    bill = plain_bill(card, gpu, shape)
    measured = found.by_term(bill)
    return run_of(bill, measured) if measured else None


def _as_planned(found: MeasuredTerms, shape: Shape, lines: Iterable[str]) -> bool:
    if shape.runtime is not Runtime.LLAMA_CPP:
        return True
    layers = next((match for line in lines if (match := _OFFLOADED.search(line))), None)
    whole = layers is None or found.on_cpu or layers[1] == layers[2]
    wanted = shape.context_tokens * shape.concurrency
    rounded = wanted + CELL_PADDING * shape.concurrency
    return whole and (found.kv_tokens is None or wanted <= found.kv_tokens < rounded)
