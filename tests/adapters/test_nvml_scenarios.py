"""What the product shows of whole machines, each a scenario file. No card is involved."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.conftest import SCENARIOS, Look

MIB, GIB = 2**20, 2**30
RESERVED = 400 * MIB
RTX4090 = {
    "uuid": "GPU-40900000-0000-0000-0000-000000000001",
    "name": "NVIDIA GeForce RTX 4090",
    "memory_total_bytes": 24564 * MIB,
    "power_limit_w": 450.0,
    "state": "ok",
    "memory_kind": "own",
    "host_reserve_bytes": None,
    "pci_id": "00000000:01:00.0",
    "compute_capability": "8.9",
    "architecture": "Ada Lovelace",
    "memory_bandwidth_gb_s": 1008.0,
    "bandwidth_origin": "table",
    "power_default_limit_w": 450.0,
    "power_min_limit_w": 150.0,
    "power_max_limit_w": 600.0,
    "pcie_generation": 4,
    "pcie_width": 16,
    "nvlink_links": None,
    "ecc_enabled": None,
    "mig_enabled": None,
    "mig_instances": [],
    "compute_mode": "default",
    "display_active": True,
    "addressing_mode": "HMM",
    "driver_model": None,
    "power_scope": "gpu",
    "xids": [],
}
IDLE_4090 = {
    "uuid": "GPU-40900000-0000-0000-0000-000000000001",
    "memory_used_bytes": 1432 * MIB,
    "memory_total_bytes": 24564 * MIB,
    "memory_free_bytes": 24564 * MIB - 1432 * MIB - RESERVED,
    "memory_ours_bytes": 0,
    "power_w": 61.2,
    "power_instant_w": 62.7,
    "energy_j": 123456.789,
    "utilisation_percent": 12.0,
    "memory_busy_percent": 4.0,
    "temperature_c": 45.0,
    "temperature_margin_c": 38.0,
    "sm_clock_mhz": 2520,
    "memory_clock_mhz": 10501,
    "fan_percent": 30.0,
    "pcie_rx_bytes_per_s": None,
    "pcie_tx_bytes_per_s": None,
    "throttle": [],
    "performance_state": 0,
    "state": "ok",
}


def shown(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """Some of the fields."""
    return {name: values[name] for name in names}


def changes(seen: list[dict[str, Any]], key: Callable[[dict[str, Any]], Any]) -> list[tuple[int, Any]]:
    """Each round at which what ``key`` shows is other than before."""
    shows = [key(each) for each in seen]
    return [(number, now) for number, now in enumerate(shows) if number == 0 or now != shows[number - 1]]


def test_rtx4090_desktop(look: Look) -> None:
    seen, _ = look("rtx4090_desktop", rounds=12)
    assert shown(seen[0], "state", "driver_version", "cuda_version") == {
        "state": "ok",
        "driver_version": "580.95.05",
        "cuda_version": "13.0",
    }
    assert seen[0]["gpus"] == [RTX4090]
    idle, busy = seen[0]["readings"][0], seen[11]["readings"][0]
    mine, drawing, gone = idle.pop("processes")
    assert idle == IDLE_4090
    assert (mine["program"], mine["memory_bytes"], drawing["memory_bytes"]) == ("python", 6 * GIB, 256 * MIB)
    assert gone == {"pid": 4000001, "program": None, "memory_bytes": None, "ours": False}
    assert shown(busy, "power_w", "utilisation_percent", "throttle") == {
        "power_w": 448.0,
        "utilisation_percent": 99.0,
        "throttle": ["power_cap"],
    }
    assert (busy["pcie_rx_bytes_per_s"], busy["pcie_tx_bytes_per_s"]) == (2e6, 2e5)


def test_rtx5090(look: Look) -> None:
    seen, _ = look("rtx5090")
    names = ("architecture", "compute_capability", "memory_bandwidth_gb_s", "pcie_generation", "display_active")
    assert list(shown(seen[0]["gpus"][0], *names).values()) == ["Blackwell", "12.0", 1792.0, 5, False]
    assert seen[0]["readings"][0]["performance_state"] == 8
    assert seen[0]["readings"][0]["processes"] == []


def test_rtx_pro_6000_x2(look: Look) -> None:
    """Two editions of one name are two cards."""
    seen, _ = look("rtx_pro_6000_x2")
    workstation, server = seen[0]["gpus"]
    assert (workstation["memory_bandwidth_gb_s"], server["memory_bandwidth_gb_s"]) == (1792.0, 1597.0)
    assert (workstation["bandwidth_origin"], server["bandwidth_origin"]) == ("table", "table")
    assert (workstation["ecc_enabled"], workstation["mig_enabled"]) == (True, False)
    cool, hot = seen[0]["readings"]
    assert (cool["throttle"], cool["fan_percent"]) == ([], 30.0)
    assert hot["throttle"] == ["thermal", "hardware_thermal", "hardware_slowdown", "power_brake"]
    assert shown(hot, "fan_percent", "temperature_margin_c") == {"fan_percent": None, "temperature_margin_c": -2.0}


def test_rtx_a6000(look: Look) -> None:
    """An old driver answers to older names."""
    seen, calls = look("rtx_a6000", rounds=3)
    gpu, reading = seen[2]["gpus"][0], seen[2]["readings"][0]
    assert shown(gpu, "architecture", "nvlink_links", "ecc_enabled", "addressing_mode") == {
        "architecture": "Ampere",
        "nvlink_links": 4,
        "ecc_enabled": False,
        "addressing_mode": None,
    }
    assert (seen[2]["cuda_version"], reading["power_w"], reading["power_instant_w"]) == ("11.4", 71.0, None)
    assert (reading["energy_j"], reading["temperature_c"], reading["throttle"]) == (77.0, 45.0, [])
    assert reading["memory_used_bytes"] == 900 * MIB + RESERVED
    assert [process["memory_bytes"] for process in reading["processes"]] == [MIB]
    assert calls["0.throttle"] == calls["0.compute"] == calls["0.memory2"] == 1
    assert calls["0.throttle_old"] == 3


def test_h200(look: Look) -> None:
    seen, _ = look("h200")
    names = ("architecture", "memory_bandwidth_gb_s", "nvlink_links", "memory_total_bytes")
    assert list(shown(seen[0]["gpus"][0], *names).values()) == ["Hopper", 4800.0, 18, 143771 * MIB]
    assert seen[0]["readings"][0]["fan_percent"] is None


def test_mig_a100(look: Look) -> None:
    """The slices with their memory; what the whole does not report is not zero."""
    seen, _ = look("mig_a100")
    gpu, reading = seen[0]["gpus"][0], seen[0]["readings"][0]
    assert (gpu["mig_enabled"], gpu["memory_bandwidth_gb_s"]) == (True, 1935.0)
    assert [(slice_["name"][-8:], slice_["memory_total_bytes"] // MIB) for slice_ in gpu["mig_instances"]] == [
        (" 3g.40gb", 40192),
        (" 1g.10gb", 9728),
    ]
    assert all(slice_["uuid"].startswith("MIG-") for slice_ in gpu["mig_instances"])
    assert reading["power_w"] == 58.0
    for name in ("utilisation_percent", "memory_busy_percent", "processes", "memory_ours_bytes", "power_instant_w"):
        assert reading[name] is None


@pytest.mark.parametrize("name", ["gb10_not_supported", "gb10_total_zero"])
def test_gb10(look: Look, name: str) -> None:
    """The computer's memory, with the page cache counted as free; what the driver is known to make up is left out."""
    seen, calls = look(name, rounds=3)
    gpu, reading = seen[2]["gpus"][0], seen[2]["readings"][0]
    assert shown(gpu, "memory_kind", "memory_total_bytes", "host_reserve_bytes", "addressing_mode") == {
        "memory_kind": "unified",
        "memory_total_bytes": 120 * GIB,
        "host_reserve_bytes": 6 * GIB,
        "addressing_mode": "ATS",
    }
    assert (gpu["memory_bandwidth_gb_s"], gpu["power_limit_w"], gpu["pcie_generation"]) == (273.0, None, None)
    assert gpu["pci_id"] == "0000000F:01:00.0"
    assert (reading["memory_used_bytes"], reading["memory_free_bytes"]) == (10 * GIB, 110 * GIB)
    assert (reading["memory_busy_percent"], reading["fan_percent"]) == (None, None)
    assert [process["memory_bytes"] for process in reading["processes"]] == [8 * GIB]
    assert calls["0.memory2"] == 1


def test_gb10_huge_pages(look: Look) -> None:
    """Huge pages that nobody uses are free, though the kernel does not count them as available."""
    reading = look("gb10_huge_pages")[0][0]["readings"][0]
    assert (reading["memory_total_bytes"], reading["memory_free_bytes"]) == (120 * GIB, 108 * GIB)
    assert reading["memory_used_bytes"] == 12 * GIB


def test_gh200(look: Look) -> None:
    """Power of the module, and said to be that; the card's own is asked for once."""
    seen, calls = look("gh200", rounds=3)
    gpu, reading = seen[0]["gpus"][0], seen[0]["readings"][0]
    assert (gpu["power_scope"], gpu["memory_kind"], gpu["addressing_mode"]) == ("module", "own", "ATS")
    assert (reading["power_w"], reading["power_instant_w"], reading["energy_j"]) == (210.0, 215.0, 987654.321)
    assert seen[1]["readings"][0]["energy_j"] == 987864.321
    assert calls["0.power"] == calls["0.energy"] == 1


def test_driver_535(look: Look, fake_nvml_535: Path) -> None:
    """Its longer records are not read with the usual length, which would make nonsense of every second program."""
    seen, calls = look("driver_535", environment={"LD_LIBRARY_PATH": str(fake_nvml_535)})
    held = [(process["pid"], process["memory_bytes"] // MIB) for process in seen[0]["readings"][0]["processes"]]
    assert held == [(4000001, 1024), (4000002, 512), (4000003, 256), (4000004, 128)]
    assert (calls["0.compute"], calls["0.compute_old"]) == (0, 2)


def test_xid(look: Look) -> None:
    """Each is told once, with what it means; the one of a card that is gone makes it lost at once."""
    seen, calls = look("xid", rounds=18)
    codes = changes(seen, lambda each: [[xid["code"] for xid in gpu["xids"]] for gpu in each["gpus"]])
    assert codes == [(0, [[], []]), (3, [[], [31]]), (5, [[79], [31]])]
    assert changes(seen, lambda each: [gpu["state"] for gpu in each["gpus"]]) == [
        (0, ["ok", "ok"]),
        (5, ["lost", "ok"]),
        (15, ["ok", "ok"]),
    ]
    gone = seen[5]["gpus"][0]["xids"][0]
    assert "off the bus" in gone["meaning"]
    assert "power" in gone["remedy"]
    assert calls["event_set"] == calls["event_set_free"] == 2
    assert calls["event_wait"] == 18 + 2


def test_laptop_asleep(look: Look) -> None:
    """It is not woken to be asked; once awake and idle it is let go, so that it can sleep again."""
    seen, calls = look("laptop_asleep", rounds=70)
    assert changes(seen, lambda each: (each["state"], each["open"])) == [
        (0, ("asleep", False)),
        (5, ("ok", True)),
        (12, ("asleep", False)),
        (20, ("ok", True)),
        (50, ("ok", False)),
        (65, ("ok", True)),
    ]
    assert (seen[0]["gpus"], seen[0]["readings"]) == ([], [])
    assert [gpu["name"] for gpu in seen[13]["gpus"]] == ["NVIDIA GeForce RTX 5090 Laptop GPU"]
    assert (seen[13]["readings"], seen[51]["readings"]) == ([], [])
    assert seen[5]["gpus"][0]["memory_bandwidth_gb_s"] == 896.0
    assert seen[5]["gpus"][0]["power_limit_w"] == 95.0
    assert calls["init"] == calls["shutdown"] == 3


def test_a_laptop_that_is_watched_is_not_let_go(look: Look, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "watched").touch()
    seen, _ = look("laptop_asleep", rounds=70)
    assert changes(seen, lambda each: each["open"])[-1] == (20, True)


def test_wsl2(look: Look) -> None:
    seen, _ = look("wsl2")
    gpu, reading = seen[0]["gpus"][0], seen[0]["readings"][0]
    assert (gpu["driver_model"], gpu["memory_kind"], gpu["memory_bandwidth_gb_s"]) == ("WDDM", "own", 504.2)
    assert reading["processes"] == [{"pid": 4000002, "program": None, "memory_bytes": None, "ours": False}]
    assert (reading["utilisation_percent"], reading["energy_j"], reading["power_w"]) == (None, None, 31.0)


def test_vgpu(look: Look) -> None:
    """A slice of a card in the table is not that card."""
    seen, _ = look("vgpu", rounds=12)
    gpu, reading = seen[11]["gpus"][0], seen[11]["readings"][0]
    assert (gpu["memory_bandwidth_gb_s"], gpu["bandwidth_origin"], gpu["memory_total_bytes"]) == (None, None, 24 * GIB)
    for name in ("power_w", "power_instant_w", "energy_j", "pcie_rx_bytes_per_s", "temperature_c", "fan_percent"):
        assert reading[name] is None


def test_lost_and_back(look: Look) -> None:
    """It keeps its identity under another index, and the other card goes on."""
    seen, calls = look("lost_and_back", rounds=20)
    assert changes(seen, lambda each: [(gpu["uuid"][-1], gpu["state"]) for gpu in each["gpus"]]) == [
        (0, [("a", "ok"), ("b", "ok")]),
        (5, [("a", "lost"), ("b", "ok")]),
        (15, [("a", "ok"), ("b", "ok")]),
    ]
    lost = {reading["uuid"][-1]: reading for reading in seen[7]["readings"]}
    assert {name for name, value in lost["a"].items() if value is not None} == {"uuid", "state"}
    assert seen[7]["gpus"][0]["memory_kind"] == "own"
    assert [next(r for r in each["readings"] if r["uuid"][-1] == "b")["power_w"] for each in seen] == [30.0] * 20
    back = {reading["uuid"][-1]: reading for reading in seen[19]["readings"]}
    assert (back["a"]["power_w"], back["a"]["energy_j"]) == (120.0, 1.0)
    assert calls["init"] == 2


def test_driver_mismatch(look: Look) -> None:
    seen, _ = look("driver_mismatch", rounds=80)
    assert changes(seen, lambda each: (each["state"], len(each["readings"]))) == [
        (0, ("version_mismatch", 0)),
        (30, ("ok", 1)),
        (40, ("version_mismatch", 0)),
        (70, ("ok", 1)),
    ]
    assert "590.48.01" in seen[40]["detail"]
    assert "580.95.05" in seen[40]["detail"]
    assert (seen[79]["driver_version"], seen[79]["detail"]) == ("590.48.01", None)


def test_counter_rollback(look: Look) -> None:
    """The counter is handed on as it is; one element that fails inside a call takes no other with it."""
    seen, calls = look("counter_rollback", rounds=8)
    readings = [each["readings"][0] for each in seen]
    assert [reading["energy_j"] for reading in readings] == [5000.0, 5100.0, 5200.0, 90.0] + [190.0] * 4
    assert [reading["power_instant_w"] for reading in readings] == [101.5] * 4 + [None] * 2 + [101.5] * 2
    assert [reading["power_w"] for reading in readings] == [100.0] * 8
    assert calls["0.fields"] == 8
    assert calls["0.power"] == 0


def test_counters_of_bytes_that_go_back_say_nothing(look: Look) -> None:
    seen, _ = look("counter_rollback", rounds=31)
    assert [each["readings"][0]["pcie_rx_bytes_per_s"] for each in seen[::10]] == [None, None, 0.0, 0.0]


def test_every_scenario_says_where_it_is_from_and_is_tested() -> None:
    tests = Path(__file__).read_text()
    for path in SCENARIOS.glob("*.txt"):
        assert path.read_text().startswith("# Constructed from documentation, not recorded on a card"), path.name
        assert f'"{path.stem}"' in tests, path.name
