"""An engine over two cards: both are named, each has its rank and its compiled part, and both are measured."""

from pathlib import Path

from engine_kit import EngineHome
from engine_room import engine_room, json_of
from fakes.nvml_library import FAKES

# One engine is spread over cards that are alike, and those of the scenario are not.
SCENARIO = (FAKES / "scenarios" / "rtx_pro_6000_x2.txt").read_text("utf-8").replace("Server", "Workstation")


def cards() -> list[dict[str, object]]:
    """Those of the scenario, as the double is told of them."""
    rows = dict(line.split(" ", 1) for line in SCENARIO.splitlines() if not line.startswith("#"))
    return [{"uuid": rows[f"{at}.uuid"], "name": rows[f"{at}.name"], "total_bytes": int(rows[f"{at}.total"])}
            for at in (0, 1)]  # fmt: skip


def test_compiled_over_two_cards(tmp_path: Path) -> None:
    home = EngineHome(tmp_path)
    home.scenario(gpus=cards())
    uuids = [str(card["uuid"]) for card in cards()]
    (scenario := tmp_path / "two_alike.txt").write_text(SCENARIO, "utf-8")
    environment = home.environment() | {"ENGINEROOM_FAKE_NVML": str(scenario)}
    with engine_room(home.home, environment=environment) as room:
        told = json_of(room.cli("build", "tiny/Tiny-Qwen", "--context", "1024", "--gpus", "2", "--kind", "compiled",
                                "--yes", "--json"))  # fmt: skip
        engine = told["engine"]["engine"]
        assert engine["gpu_uuids"] == uuids
        assert engine["environment"]["CUDA_VISIBLE_DEVICES"] == ",".join(uuids)
        assert engine["argv"][engine["argv"].index("--tensor_parallel_size") + 1] == "2"
        assert engine["steps"]["convert"][engine["steps"]["convert"].index("--tp_size") + 1] == "2"
        assert engine["steps"]["compile"][engine["steps"]["compile"].index("--workers") + 1] == "2"
        assert {"compiled/rank0.engine", "compiled/rank1.engine"} <= {file["path"] for file in engine["files"]}
        one_card = 2**28
        assert engine["measured"]["gpu_settled_bytes"] > 2 * one_card, "what both ranks hold"
    assert home.none_left()
