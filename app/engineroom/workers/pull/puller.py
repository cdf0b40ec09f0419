"""The streams of one pull: each claims a range of some file, fetches it, and the last one of a file checks it."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engineroom.domain.errors import Broken, Code, EngineroomError
from engineroom.domain.pull.parts import Claim
from engineroom.domain.pull.values import PullPlan, RepoFile
from engineroom.workers.pull.checks import check_header, found_hash
from engineroom.workers.pull.part_file import PartFile, explained
from engineroom.workers.pull.store import Store
from engineroom.workers.pull.wire import Again, Wire

_LEAST_CLAIM_BYTES = 2**18
_MOST_CLAIM_BYTES = 64 * 2**20
# A claim lasts about this long, so that little is under way when everything stops.
_CLAIM_S = 2.0
_FIRST_PAUSE_S, _MOST_PAUSE_S = 0.5, 15.0
_LONGEST_WAIT_S = 600
_ENOUGH_BYTES = 2**16
# A second stream for one file pays only on large ones; what each has under way is lost when everything stops.
_BYTES_PER_STREAM = 128 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """How hard to try. ``bytes_per_s`` limits all streams together; ``patience_s`` is how long no byte may come."""

    streams: int = 4
    bytes_per_s: int | None = None
    patience_s: float = 120.0


@dataclass(slots=True, kw_only=True)
class Job:
    """One file on its way. ``state`` is ``fetch``, ``verify`` or ``done``."""

    file: RepoFile
    part: PartFile
    state: str = "fetch"
    verified_bytes: int = 0
    tries: int = 0
    streams: int = 0

    @property
    def full(self) -> bool:
        """Whether as many streams fetch it as make it faster."""
        return self.streams >= max(1, -(-self.file.size_bytes // _BYTES_PER_STREAM))


@dataclass(slots=True)
class _Pace:
    """What one stream has learned: how much to ask for, how long to pause after a failure."""

    claim_bytes: int = 4 * _LEAST_CLAIM_BYTES
    pause_s: float = _FIRST_PAUSE_S

    def learn(self, received_bytes: int, took_s: float) -> None:
        wanted = int(_CLAIM_S * received_bytes / max(took_s, 1e-3))
        self.claim_bytes = max(_LEAST_CLAIM_BYTES, min(wanted, 2 * self.claim_bytes, _MOST_CLAIM_BYTES))
        self.pause_s = _FIRST_PAUSE_S


class _Brake:
    """Keeps all streams together below a limit."""

    def __init__(self, bytes_per_s: int | None) -> None:
        self._bytes_per_s = bytes_per_s
        self._lock = threading.Lock()
        self._free_s = 0.0

    def hold_back(self, count: int, stop: threading.Event) -> None:
        """Wait until ``count`` more bytes are allowed, or ``stop`` is set."""
        if self._bytes_per_s is None:
            return
        with self._lock:
            now_s = time.monotonic()
            self._free_s = max(self._free_s, now_s) + count / self._bytes_per_s
            wait_s = self._free_s - now_s
        stop.wait(wait_s)


class Puller:
    """Fetches every file of a plan into the store's blobs.

    Args:
        plan: what.
        store: where to.
        wire: from where.
        tuning: how hard.
        say: told of ``waiting`` and ``again`` events, from any thread.
    """

    def __init__(self, plan: PullPlan, store: Store, wire: Wire, tuning: Tuning, say: Callable[..., None]) -> None:
        self._plan, self._store, self._wire, self._tuning, self._say = plan, store, wire, tuning, say
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._problem: EngineroomError | None = None
        self._moved_s = time.monotonic()
        self._brake = _Brake(tuning.bytes_per_s)
        files = {file.etag: file for file in plan.files}
        self.here_bytes = sum(file.size_bytes for file in files.values() if store.is_here(file))
        missing = [file for file in files.values() if not store.is_here(file)]
        self.jobs = [Job(file=file, part=PartFile(store.part(file), file.size_bytes)) for file in missing]
        self.first_bytes = self.done_bytes
        self._threads = [
            threading.Thread(target=self._run, name=f"stream {number}", daemon=True)
            for number in range(max(1, tuning.streams))
        ]

    @property
    def done_bytes(self) -> int:
        """Bytes of the plan that are here, checked or not."""
        return self.here_bytes + sum(job.part.done_bytes for job in self.jobs)

    @property
    def only_verifies(self) -> bool:
        """Whether every byte is here and some are being checked."""
        left = [job for job in self.jobs if job.state != "done"]
        return bool(left) and all(job.state == "verify" for job in left)

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self, patience_s: float = 2.0) -> None:
        """Begin nothing more; what is here stays. Streams that hang are left to the end of the process."""
        self._stop.set()
        with self._changed:
            self._changed.notify_all()
        ends_s = time.monotonic() + patience_s
        for thread in self._threads:
            thread.join(max(0.0, ends_s - time.monotonic()))
        for job in self.jobs:
            if job.state != "done":
                job.part.sync()

    def wait(self, seconds: float) -> bool:
        """Whether all is done, after at most that long.

        Raises what ended a stream, and RuntimeError where that is a fault of ours.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._problem is not None or self._finished(), seconds)
        if self._problem is not None:
            raise self._problem
        finished = self._finished()
        if not finished and not any(thread.is_alive() for thread in self._threads):
            raise RuntimeError("every stream has ended before the work has")
        return finished

    def _finished(self) -> bool:
        return all(job.state == "done" for job in self.jobs)

    def _run(self) -> None:
        pace = _Pace()
        try:
            for job, claim in self._work(pace):
                if claim is None:
                    self._verify(job)
                else:
                    self._fetch(job, claim, pace)
        except EngineroomError as error:
            self._fail(error)
        except OSError as error:
            self._fail(explained(error, self._store.snapshot))

    def _fail(self, error: EngineroomError) -> None:
        with self._changed:
            self._problem = self._problem or error
            self._stop.set()
            self._changed.notify_all()

    def _work(self, pace: _Pace) -> Iterator[tuple[Job, Claim | None]]:
        """A range to fetch, or a whole file to verify (no claim), until all is done."""
        while not self._stop.is_set():
            with self._changed:
                found = self._next(pace)
                if found is None:
                    if self._finished():
                        return
                    self._changed.wait(0.5)
                    continue
            yield found

    def _next(self, pace: _Pace) -> tuple[Job, Claim | None] | None:
        for job in self.jobs:
            if job.state == "fetch" and job.part.whole:
                job.state = "verify"
                return job, None
            if job.full:
                continue
            most = job.file.size_bytes if self._wire.sends_whole(job.file) else pace.claim_bytes
            if self._tuning.bytes_per_s is not None:
                most = min(most, max(_LEAST_CLAIM_BYTES, self._tuning.bytes_per_s))
            if job.state == "fetch" and (claim := job.part.claim(most)) is not None:
                job.streams += 1
                return job, claim
        return None

    def _fetch(self, job: Job, claim: Claim, pace: _Pace) -> None:
        began_s = time.monotonic()
        at, failed = claim.start, None
        try:
            with self._wire.range(job.file, claim) as blocks:
                for block in blocks:
                    job.part.write(at, block)
                    at += len(block)
                    self._moved_s = time.monotonic()
                    self._brake.hold_back(len(block), self._stop)
                    if self._stop.is_set():
                        return
            pace.learn(at - claim.start, self._moved_s - began_s)
        except Again as again:
            failed = again
        finally:
            self._give_back(job, claim)
        if failed is not None:
            self._pause(failed, pace, moved=at - claim.start >= _ENOUGH_BYTES)

    def _give_back(self, job: Job, claim: Claim) -> None:
        job.part.release(claim)
        with self._changed:
            job.streams -= 1
            self._changed.notify_all()

    def _pause(self, again: Again, pace: _Pace, *, moved: bool) -> None:
        """Wait before the next try. Raises the problem itself when patience has run out."""
        if again.wait_s is not None:
            if again.wait_s > _LONGEST_WAIT_S:
                raise again.problem
            self._say("waiting", code=again.problem.code, wait_s=again.wait_s)
            self._moved_s = max(self._moved_s, time.monotonic() + again.wait_s)
            self._stop.wait(again.wait_s)
            return
        if time.monotonic() - self._moved_s > self._tuning.patience_s:
            raise again.problem
        if moved:
            pace.pause_s = _FIRST_PAUSE_S
            return
        self._say("waiting", code=again.problem.code, wait_s=pace.pause_s)
        self._stop.wait(pace.pause_s)
        pace.pause_s = min(2 * pace.pause_s, _MOST_PAUSE_S)

    def _verify(self, job: Job) -> None:
        """Check a whole file and keep it; one that is wrong is fetched once more."""

        def seen(count: int) -> None:
            job.verified_bytes += count
            if self._stop.is_set():
                raise _Stopped

        job.verified_bytes = 0
        try:
            found = found_hash(job.part.path, job.file, seen)
        except _Stopped:
            job.state = "fetch"
            return
        if found == job.file.etag:
            check_header(job.part.path, job.file)
            job.part.keep_as(self._store.blob(job.file))
            self._settle(job, "done")
            return
        job.tries += 1
        job.part.clear()
        if job.tries > 1:
            expected = job.file.etag
            raise Broken(Code.FETCHED_WRONG, repo=self._plan.repo, path=job.file.path, expected=expected, found=found)
        self._say("again", path=job.file.path, expected=job.file.etag, found=found)
        self._settle(job, "fetch")

    def _settle(self, job: Job, state: str) -> None:
        with self._changed:
            job.state = state
            self._changed.notify_all()


class _Stopped(Exception):
    """The pull is being stopped while a file is verified."""
