"""A pull that is killed and cut again and again ends with the right bytes, and costs hardly more than another."""

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from engineroom.domain.errors import Code
from fakes.fake_hub import Drip, FakeHub, FakeRepo, Hold
from fakes.tiny_safetensors import config, safetensors
from workers.pull_kit import Pull, planned
from workers.stress import stress

SIZE = 24 * 2**20


def test_twelve_kills_and_cuts(tmp_path: Path) -> None:
    found = stress(tmp_path / "hf", size=SIZE, kills=6, cuts=6, seed=7, bytes_per_s=16e6)
    assert found.identical
    assert not found.half_seen
    assert found.wasted_bytes <= 0.05 * found.total_bytes


def test_the_journal_of_another_start_of_the_machine_counts_only_what_was_synced(tmp_path: Path) -> None:
    """A power cut is told apart by the boot id in the journal; here it is made to be of another boot."""
    with FakeHub() as hub:
        repo = hub.add(FakeRepo(id="maker/tiny"))
        files = {"config.json": config(), "model.safetensors": safetensors(2**20)}
        repo.commit(files)
        pull = Pull(tmp_path / "hf", planned(hub, repo))
        hub.fault("/cdn/*", Hold(after_bytes=300_000))
        pull.killed_when_noted()
        hub.faults.clear()
        (journal,) = pull.folder.rglob("*.journal.incomplete")
        data = bytearray(journal.read_bytes())
        data[20:36] = os.urandom(16)
        journal.write_bytes(data)
        events = pull.run()
        assert events[0]["here_bytes"] == len(files["config.json"])
        assert pull.has_all(files)


def test_a_part_without_its_journal_begins_anew(tmp_path: Path) -> None:
    with FakeHub() as hub:
        repo = hub.add(FakeRepo(id="maker/tiny"))
        files = {"config.json": config(), "model.safetensors": safetensors(2**20)}
        repo.commit(files)
        pull = Pull(tmp_path / "hf", planned(hub, repo))
        hub.fault("/cdn/*", Hold(after_bytes=300_000))
        pull.killed_when_noted()
        hub.faults.clear()
        for journal in pull.folder.rglob("*.journal.incomplete"):
            journal.write_bytes(b"\xff" * 10)
        assert pull.run()[0]["here_bytes"] == len(files["config.json"])
        assert pull.has_all(files)


def test_a_network_that_goes_and_comes_back(tmp_path: Path) -> None:
    """The worker waits for it; nothing is fetched twice."""
    with FakeHub() as hub:
        repo = hub.add(FakeRepo(id="maker/tiny"))
        files = {"config.json": config(), "model.safetensors": safetensors(4 * 2**20)}
        repo.commit(files)
        pull = Pull(tmp_path / "hf", planned(hub, repo), "--patience-s=30")
        hub.fault("/cdn/*", Drip(bytes_per_s=1_000_000))
        with pull.running() as process:
            assert process.stdout is not None
            assert hub.when_sent("model.safetensors", 2**20).wait(60)
            hub.stop()
            waits = next(line for line in process.stdout if '"waiting"' in line)
            assert "hub_unreachable" in waits
            hub.faults.clear()
            hub.start()
            process.stdout.read()
            assert process.wait(60) == 0
        assert pull.has_all(files)
        assert hub.sent["model.safetensors"] <= 1.05 * len(files["model.safetensors"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up_meanwhile(small_disk: Path) -> None:
    """It stops with a clear word, and goes on when there is space."""
    with FakeHub() as hub:
        repo = hub.add(FakeRepo(id="maker/tiny"))
        files = {"config.json": config(), "model.safetensors": safetensors(3 * 2**20)}
        repo.commit(files)
        pull = Pull(small_disk, planned(hub, repo))
        hub.fault("/cdn/*", Drip(bytes_per_s=1_000_000))
        filler = small_disk / "filler"
        with pull.running() as process:
            assert process.stdout is not None
            assert hub.when_sent("model.safetensors", 2**20).wait(60)
            with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(2**12))
            events = [json.loads(line) for line in process.stdout]
            assert process.wait(60) == 1
        assert events[-1] == {"event": "problem", "code": Code.DISK_FULL, "facts": {"path": str(pull.folder / "blobs")}}
        assert not pull.snapshot.exists()
        assert pull.run()[-1]["code"] == Code.DISK_TOO_SMALL
        filler.unlink()
        hub.faults.clear()
        assert pull.run()[0]["here_bytes"] > 2**19
        assert pull.has_all(files)
        assert hub.sent["model.safetensors"] <= 1.05 * len(files["model.safetensors"])
