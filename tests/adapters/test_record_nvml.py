"""A recording of a scenario shows what the scenario shows, but for identities."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adapters.conftest import SCENARIOS, Drive, Look

RECORDER = Path(__file__).parents[2] / "packaging" / "record_nvml.py"
NAMES = [
    "rtx4090_desktop",
    "rtx_pro_6000_x2",
    "rtx_a6000",
    "h200",
    "mig_a100",
    "gb10_total_zero",
    "wsl2",
    "vgpu",
    "gh200",
    "xid",
]


def without_identities(seen: dict[str, Any]) -> dict[str, Any]:
    """What a recording may not tell: UUIDs, pids and programs."""
    for each in (*seen["gpus"], *seen["readings"], *(s for gpu in seen["gpus"] for s in gpu["mig_instances"])):
        each["uuid"] = each["uuid"][:4]
    for reading in seen["readings"]:
        if reading["processes"] is not None:
            reading["processes"] = sorted(str(process["memory_bytes"]) for process in reading["processes"])
    return seen


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_replays_to_the_same_readings(look: Look, drive: Drive, tmp_path: Path, name: str) -> None:
    out = tmp_path / "recorded.txt"
    done = drive(name, RECORDER, str(out), "--seconds", "0", environment={"ENGINEROOM_FAKE_NVML_ROUND": "0"})
    assert "nvmlDeviceGetFieldValues" in done.stdout
    text = out.read_text()
    assert text.startswith("# Recorded from the stand-in")
    assert not any(
        line.split()[1] in text for line in (SCENARIOS / f"{name}.txt").read_text().splitlines() if ".uuid " in line
    )
    original, _ = look(name)
    replayed, _ = look(text)
    assert without_identities(replayed[0]) == without_identities(original[0])


def test_what_changes_is_recorded_round_by_round(drive: Drive, tmp_path: Path) -> None:
    out = tmp_path / "recorded.txt"
    drive("count 1\n0.uuid GPU-a\n0.power 1\n0.power@1 2\n", RECORDER, str(out), "--seconds", "2")
    lines = out.read_text().splitlines()
    assert "0.power 1" in lines
    assert "0.power@2 2" in lines


def test_without_a_driver_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(RECORDER), str(tmp_path / "x"), "--library", "libnone.so"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no NVIDIA driver" in done.stderr
