"""A file that is being fetched: its bytes, and beside it a journal of which of them are here.

After ``kill -9`` both are as the last write left them, for the page cache outlives the process.  After a power cut the
journal may know more than the disk holds; so each entry says whether its bytes were synced, and entries that were not
count only while the machine has not been started anew.
"""

import contextlib
import errno
import fcntl
import os
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code
from engineroom.domain.os_errors import caused
from engineroom.domain.pull.parts import SEGMENT_BYTES, Claim, PartMap

_HEAD = struct.Struct("<8sQI16s")
_ENTRY = struct.Struct("<I")
_MAGIC = b"ERpart1\n"
_SYNCED = 1 << 31
_SYNC_EVERY_BYTES = 64 * 2**20
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_FULL = {errno.ENOSPC, errno.EDQUOT}


def done_bytes(path: Path, total_bytes: int) -> int:
    """Bytes that an earlier run left in a part file; 0 where there is none. Nothing is changed."""
    with contextlib.suppress(OSError):
        if path.stat().st_size == total_bytes:
            return sum(_read_journal(journal_of(path), total_bytes))
    return 0


def journal_of(path: Path) -> Path:
    """The journal's name; it ends as tools expect of what an interrupted download leaves behind."""
    return path.with_name(f"{path.name}.journal.incomplete")


class PartFile:
    """One file on its way. Streams may claim, write and release at the same time.

    Raises:
        Broken: ``disk_full`` or ``cache_unwritable``, from every method.
    """

    def __init__(self, path: Path, total_bytes: int) -> None:
        self.path = path
        self._journal_path = journal_of(path)
        self._lock = threading.Lock()
        self._unsynced = 0
        self._closed = False
        with self._explained():
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
            try:
                # Held until this process ends, however it ends: two writers would spoil each other's journal.
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                os.close(self._file)
                raise Broken(Code.CACHE_UNWRITABLE, path=str(path), **because(Detail.WRITTEN_BY_ANOTHER)) from error
            fresh = os.fstat(self._file).st_size != total_bytes
            self._map = PartMap(total_bytes, None if fresh else _read_journal(self._journal_path, total_bytes) or None)
            os.ftruncate(self._file, total_bytes)
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            self._journal = os.open(self._journal_path, flags, 0o666)
            self._write_journal()

    @property
    def done_bytes(self) -> int:
        """Bytes that are here."""
        return self._map.done_bytes

    @property
    def whole(self) -> bool:
        """Whether every byte is here and every claim given back, so that nothing is written any more."""
        with self._lock:
            return self._map.whole

    def claim(self, most_bytes: int) -> Claim | None:
        """The next bytes to fetch; they are this caller's until released."""
        with self._lock:
            return self._map.claim(most_bytes)

    def release(self, claim: Claim) -> None:
        """Give a claim back, filled or not."""
        with self._lock:
            self._map.release(claim)

    def write(self, at: int, data: bytes) -> None:
        """Keep bytes inside one's own claim, right after those written before."""
        with self._explained():
            rest = memoryview(data)
            while rest:
                rest = rest[os.pwrite(self._file, rest, at + len(data) - len(rest)) :]
            with self._lock:
                for segment in self._map.fill(at, len(data)):
                    self._note(segment, self._map.filled(segment))
                self._unsynced += len(data)
                due = self._unsynced >= _SYNC_EVERY_BYTES
                self._unsynced = 0 if due else self._unsynced
            if due:
                self.sync()

    def sync(self) -> None:
        """Have all that was written until now on the disk itself. Nothing is left to do for a file that was let go."""
        with self._explained():
            with self._lock:
                if self._closed:
                    return
                filled = [self._map.filled(segment) for segment in range(self._map.count)]
                # One of its own: another thread may let go of the file while this one waits for the disk.
                twin = os.dup(self._file)
            try:
                os.fdatasync(twin)
            finally:
                os.close(twin)
            with self._lock:
                for segment, count in enumerate(() if self._let_go() else filled):
                    if count and count == self._map.filled(segment):
                        self._note(segment, count | _SYNCED)

    def clear(self) -> None:
        """Throw the content away."""
        with self._explained(), self._lock:
            os.ftruncate(self._file, 0)
            os.ftruncate(self._file, self._map.total_bytes)
            self._map.clear()
            self._write_journal()

    def keep_as(self, target: Path) -> None:
        """Give the whole file its lasting name; it is on the disk before it has it."""
        with self._explained():
            os.fsync(self._file)
            self.path.replace(target)
            self._journal_path.unlink(missing_ok=True)
            self.close()

    def close(self) -> None:
        """Let go of it; a second time does nothing, for its descriptors may be another file's by then."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for descriptor in (self._file, self._journal):
                with contextlib.suppress(OSError):
                    os.close(descriptor)

    def _let_go(self) -> bool:
        return self._closed

    def _note(self, segment: int, value: int) -> None:
        os.pwrite(self._journal, _ENTRY.pack(value), _HEAD.size + segment * _ENTRY.size)

    def _write_journal(self) -> None:
        """The whole journal, so that no later entry can find the disk full."""
        head = _HEAD.pack(_MAGIC, self._map.total_bytes, SEGMENT_BYTES, _boot())
        entries = (_ENTRY.pack(self._map.filled(segment)) for segment in range(self._map.count))
        data = head + b"".join(entries)
        os.ftruncate(self._journal, len(data))
        if os.pwrite(self._journal, data, 0) < len(data):
            raise OSError(errno.ENOSPC, "short write")

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise explained(error, self.path) from error


def explained(error: OSError, path: Path) -> Broken:
    """What an error of the disk means."""
    if error.errno in _FULL:
        return Broken(Code.DISK_FULL, path=str(path.parent))
    return Broken(Code.CACHE_UNWRITABLE, path=str(path.parent), **caused(error))


def _read_journal(path: Path, total_bytes: int) -> list[int]:
    """Filled bytes by segment; empty where the journal cannot be used."""
    try:
        data = path.read_bytes()
        magic, total, segment_bytes, boot = _HEAD.unpack_from(data)
    except (OSError, struct.error):
        return []
    shape = PartMap(total_bytes)
    if (magic, total, segment_bytes) != (_MAGIC, total_bytes, SEGMENT_BYTES):
        return []
    if len(data) != _HEAD.size + shape.count * _ENTRY.size:
        return []
    same_boot = boot == _boot() != bytes(16)
    entries = [value for (value,) in _ENTRY.iter_unpack(data[_HEAD.size :])]
    filled = [entry & ~_SYNCED if same_boot or entry & _SYNCED else 0 for entry in entries]
    return filled if all(count <= shape.size(segment) for segment, count in enumerate(filled)) else []


def _boot() -> bytes:
    """Something that changes when the machine is started anew; zeros where it does not say."""
    try:
        return bytes.fromhex(_BOOT_ID.read_text("ascii").strip().replace("-", ""))
    except (OSError, ValueError):
        return bytes(16)
