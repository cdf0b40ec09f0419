"""A file on its way, while several threads are at it."""

import os
import threading
from pathlib import Path

from engineroom.domain.errors import Broken
from engineroom.workers.pull.part_file import PartFile

CONTENT = b"three"


def test_what_was_let_go_touches_nobody_elses_file(tmp_path: Path) -> None:
    """Descriptors are numbers that the next file gets."""
    part = PartFile(tmp_path / "part", len(CONTENT))
    claim = part.claim(len(CONTENT))
    assert claim is not None
    part.write(0, CONTENT)
    part.release(claim)
    part.keep_as(tmp_path / "kept")
    others = [os.open(tmp_path / f"other{number}", os.O_RDWR | os.O_CREAT) for number in range(4)]
    part.sync()
    part.close()
    for other in others:
        os.write(other, b"mine")
        os.close(other)
    assert [(tmp_path / f"other{number}").read_bytes() for number in range(4)] == [b"mine"] * 4
    assert (tmp_path / "kept").read_bytes() == CONTENT


def test_it_may_be_synced_while_another_thread_keeps_it(tmp_path: Path) -> None:
    """As when a pull is stopped in the moment that its last file is whole."""
    problems: list[Broken] = []
    for number in range(50):
        part = PartFile(tmp_path / f"part{number}", len(CONTENT))
        claim = part.claim(len(CONTENT))
        assert claim is not None
        part.write(0, CONTENT)
        part.release(claim)
        begin = threading.Barrier(2)

        def sync(part: PartFile = part, begin: threading.Barrier = begin) -> None:
            begin.wait()
            for _ in range(20):
                try:
                    part.sync()
                except Broken as error:
                    problems.append(error)

        thread = threading.Thread(target=sync)
        thread.start()
        begin.wait()
        part.keep_as(tmp_path / f"kept{number}")
        thread.join()
        assert (tmp_path / f"kept{number}").read_bytes() == CONTENT
    assert problems == []
