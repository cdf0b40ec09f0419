"""Engines that were built: how long the next build will take, what became stale, two of them side by side."""

import subprocess
from pathlib import Path

import pytest

from engine_kit import EngineHome
from engine_room import engine_room, json_of, until
from engineroom.client.engines import EnginesClient
from engineroom.contract.control import JobStageState, JobState
from engineroom.contract.engines import BuildWish, RebuildRequest, SealedState, Stale
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Code, Rejected

WISH = BuildWish(model="tiny/Tiny-Qwen", context_tokens=1024, accept=True)
PLAN = ("--runtime", "tensorrt-llm", "--context", "1024", "--json")
OVER = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@pytest.fixture
def home(tmp_path: Path) -> EngineHome:
    return EngineHome(tmp_path)


def build(client: EnginesClient, job):
    ended = until("the job's end", lambda: (now := client.job(job.id)).state in OVER and now)
    assert ended.state is JobState.DONE, ended
    return ended


def test_an_engine_is_expected_compared_found_stale_and_built_again(home: EngineHome) -> None:
    with engine_room(home.home, environment=home.environment()) as room, EnginesClient(room.connection()) as client:
        first = build(client, client.build(WISH))
        assert [stage.name for stage in first.stages] == ["plan", "fetch", "configure", "trial", "seal"]
        assert all(stage.state is JobStageState.DONE and stage.expected_s is None for stage in first.stages)
        second = build(client, client.build(BuildWish(model=WISH.model, context_tokens=512, accept=True)))
        took_s = {stage.name: stage.took_s for stage in first.stages}
        assert {stage.name: stage.expected_s for stage in second.stages} == took_s, "as long as the one before"

        one, other = (str(job.arguments["engine"]) for job in (first, second))
        shown = room.cli("engines", "compare", one, other)
        assert shown.returncode == Exit.OK, shown.stderr
        assert "1024" in shown.stdout
        assert "512" in shown.stdout
        compared = json_of(room.cli("engines", "compare", one, other, "--json"))
        assert compared["engines"] == [one, other]
        with pytest.raises(Rejected) as refused:
            client.compare_sealed([one])
        assert refused.value.code == Code.PLAN_INVALID

        figures = {figure.name: figure for figure in client.sealed_one(one).figures}
        assert figures["tokens_per_s"].expected
        assert figures["tokens_per_s"].ratio
        with pytest.raises(Rejected) as refused:
            client.rebuild(one, RebuildRequest(accept=True))
        assert refused.value.code == Code.SEALED_EXISTS, "nothing has changed"

    scenario = (home.folder / "newer.txt").resolve()
    text = Path(home.environment()["ENGINEROOM_FAKE_NVML"]).read_text("utf-8")
    scenario.write_text(text.replace("driver 590.", "driver 600."), "utf-8")
    environment = home.environment() | {"ENGINEROOM_FAKE_NVML": str(scenario)}
    with engine_room(home.home, environment=environment) as room, EnginesClient(room.connection()) as client:
        view = client.sealed_one(one)
        assert (view.state, [reason.code for reason in view.reasons]) == (SealedState.STALE, [Stale.DRIVER])
        assert f"engineroom engines rebuild {one}" in room.cli("engines").stdout
        again = json_of(room.cli("engines", "rebuild", one, "--yes", "--json"))["engine"]
        assert (again["state"], again["engine"]["context_tokens"]) == ("ready", 1024)
        assert len(home.whole()) == 3, "the old one stays"


def drawing_300_w(home: EngineHome) -> dict[str, str]:
    """A card whose counter goes on, second by second."""
    environment, scenario = home.environment(), home.folder / "working.txt"
    lines = [f"0.energy@{second} {10_000_000 + 300_000 * second}" for second in range(600)]
    scenario.write_text("\n".join([Path(environment["ENGINEROOM_FAKE_NVML"]).read_text("utf-8"), *lines]), "utf-8")
    return environment | {"ENGINEROOM_FAKE_NVML": str(scenario)}


def test_a_trial_measures_memory_and_energy_and_the_next_plan_knows_them(home: EngineHome) -> None:
    home.scenario(weights_gib=2.0, tokens_per_s=30.0)
    with engine_room(home.home, environment=drawing_300_w(home)) as room, EnginesClient(room.connection()) as client:
        before = json_of(room.cli("plan", str(home.model), *PLAN))
        job = build(client, client.build(WISH))
        view = client.sealed_one(str(job.arguments["engine"]))
        measured = view.engine.measured
        # What the double's ranks said they hold, as the stand-in for the driver lists it by process.
        assert measured.gpu_settled_bytes is not None
        assert measured.gpu_settled_bytes > 2 * 2**30
        assert measured.gpu_peak_bytes is not None
        assert measured.gpu_peak_bytes >= measured.gpu_settled_bytes
        # 300 W, read off a counter that moves once in a second, for as many tokens as there were in a second.
        assert measured.joules_per_token is not None
        assert measured.tokens_per_s is not None
        assert 60.0 < measured.joules_per_token * measured.tokens_per_s < 900.0
        assert measured.energy_estimated is False
        assert len(measured.alone_tokens_per_s) == 5
        assert measured.log_bytes["weights_bytes"] == 2 * 2**30

        figures = {figure.name: figure for figure in view.figures}
        assert figures["tokens_per_s"].ratio == pytest.approx(
            (measured.tokens_per_s or 0) / (figures["tokens_per_s"].expected or 1)
        )
        shown = room.cli("engines", "show", view.engine.id).stdout
        assert "the plan expected" in shown
        assert "J/token" in shown

        def learned():
            told = json_of(room.cli("plan", str(home.model), *PLAN))
            return told if told["learned_runs"] else None

        after = until("a plan that has learned", learned)
        assert before["learned_runs"] == 0
        assert after["bill"]["weights_bytes"] > before["bill"]["weights_bytes"], "it expected less than was loaded"
        assert after["speed"]["decode_origin"] == "measured"
        assert after["speed"]["measured_answers"] == 5
        assert after["speed"]["decode_tokens_per_s"] == pytest.approx(measured.tokens_per_s, rel=0.01)


def test_several_machines_are_a_script_that_nobody_runs(home: EngineHome) -> None:
    asked = ("qwen3-32b", "--gpu", "RTX 5090", "--hosts", "192.168.100.10,192.168.100.11", "--interfaces", "eth1",
             "--models", "/data/models", "--entry", "/data/entry.sh", "--context", "4096", "--yes")  # fmt: skip
    with engine_room(home.home, environment=home.environment()) as room:
        told = json_of(room.cli("engines", "script", *asked, "--json"))
        assert told["gpus"] == 2
        assert "--tp_size 2" in told["script"]
        assert told["script"].count("--port") == 1
        assert "--max_seq_len 4096" in told["script"]
        assert "tensorrt-llm/release:1.2.1" in told["script"]
        assert told["options"].strip()
        subprocess.run(["sh", "-n"], input=told["script"], text=True, check=True)
        here = json_of(room.cli("engines", "script", "tiny/Tiny-Qwen", *asked[1:-2], "1024", "--yes", "--json"))
        assert "serve /data/models/Tiny-Qwen " in " ".join(here["script"].split()), "one that is here, by its name"
        alone = room.cli("engines", "script", *asked[:3], "--hosts", "192.168.100.10", *asked[5:])
        assert (alone.returncode, "several machines" in alone.stderr) == (Exit.REJECTED, True)
        assert home.whole() == home.halves() == []
