"""Ways out of a failure, each from its cause to a token: the doctor names it, a dry run tells, the fix is applied.

One daemon and one home serve them all.  The runtimes are doubles with two cards that are only played; what a start has
of them follows from who holds it, so a fix helps only if it does what it says.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import openai
import psutil
import pytest

from e2e.hub_room import surroundings
from engine_kit import EngineHome
from engine_room import EngineRoomProcess, engine_room, json_of, runs, until
from engineroom.contract.control import EngineState, JobState
from engineroom.contract.problems import Exit
from engineroom.domain.runtimes.values import Manifest, RuntimeKind
from engineroom.domain.runtimes.wire import to_json
from fakes.fake_hub import FakeHub, FakeRepo
from fakes.nvml_library import FAKES
from fakes.tensorrt_llm_double.kit import make_runtime, set_scenario
from fakes.tiny_llama_gguf import tiny_llama
from fakes.tiny_safetensors import config, llama

GIB = 2**30
MODEL = "tiny/Tiny-Qwen"
CACHE_BYTES_PER_TOKEN = 256
OTHER = "tensorrt-llm-1.1.0-venv"
PLAYED = (FAKES / "scenarios" / "rtx_pro_6000_x2.txt").read_text("utf-8").replace("Server", "Workstation")
FACTS = dict(line.split(" ", 1) for line in PLAYED.splitlines() if not line.startswith("#"))
HOLDER = """
import fcntl, json, os, sys, time
with open(sys.argv[1], "w") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    json.dump({"pid": os.getpid(), "used_bytes": int(sys.argv[2]), "gpu": {"uuid": sys.argv[3]}}, file)
    file.flush()
    time.sleep(600)
"""


def cards(*, gib: float | None = None) -> list[dict[str, Any]]:
    """The two cards; of another size where one is given."""
    total = int(FACTS["0.total"]) if gib is None else int(gib * GIB)
    return [{"uuid": FACTS[f"{at}.uuid"], "name": FACTS[f"{at}.name"], "total_bytes": total} for at in (0, 1)]


_SETTLED = {EngineState.READY, EngineState.FAILED}


@dataclass
class World:
    """The home, its daemon, and what a test asks of them."""

    home: EngineHome
    room: EngineRoomProcess
    hub: FakeHub

    def build(self, *more: str) -> str:
        told = json_of(self.room.cli("build", MODEL, "--yes", "--json", *more))
        return str(told["job"]["result"]["engine"])

    def plays(self, **values: Any) -> None:
        self.home.scenario(**({"gpus": cards()} | values))

    def engines(self) -> list[str]:
        """Those that run."""
        with self.room.control() as control:
            return [
                one.id for one in control.snapshot().engines if one.state in {EngineState.READY, EngineState.STARTING}
            ]

    def fails(self, engine: str) -> dict[str, Any]:
        """Start it; what the doctor finds."""
        assert self.room.cli("start", engine).returncode != Exit.OK
        self.room.wait_engine(EngineState.FAILED, engine)
        return dict(json_of(self.room.cli("doctor", engine, "--json"))[0])

    def on_paper(self, engine: str, fix: str) -> str:
        told = self.room.cli("doctor", engine, "--apply", fix, "--dry-run")
        assert told.returncode == Exit.OK, told.stderr
        assert self.room.engine(engine).state is EngineState.FAILED, "nothing is done on paper"
        return told.stdout

    def applied(self, engine: str, fix: str, *more: str) -> dict[str, Any]:
        return dict(json_of(self.room.cli("doctor", engine, "--apply", fix, "--json", *more)))

    def wanted(self, told: str, pattern: str) -> str:
        """What an offer or a dry run says it would fetch."""
        found = re.search(pattern, told)
        assert found is not None, told
        return found[1]

    def made(self, job: str) -> str:
        """The engine that a job has made."""
        with self.room.control() as control:
            ended = until("the job", lambda: not (now := control.job(job)).active and now)
            assert ended.state is JobState.DONE, ended
        return str(ended.arguments["engine"])

    def token(self, engine: str) -> str:
        """A real token of an engine once it is ready; it is stopped then."""
        view = until("its start", lambda: (now := self.room.engine(engine)).state in _SETTLED and now)
        assert view.state is EngineState.READY, view
        client = openai.OpenAI(base_url=f"{self.room.connection().address}/v1", api_key="none")
        with client:
            answer = client.chat.completions.create(
                model=engine, messages=[{"role": "user", "content": "Say something."}], max_tokens=4
            )
        assert answer.usage is not None
        assert answer.usage.completion_tokens > 0
        assert self.room.cli("stop", engine).returncode == Exit.OK
        return str(answer.choices[0].message.content)

    @contextmanager
    def holder(self, used_bytes: int) -> Iterator[psutil.Process]:
        """A program of the user that holds memory of the first card."""
        words = [sys.executable, "-c", HOLDER, str(self.home.state / "gpu-game.json"), str(used_bytes)]
        with subprocess.Popen([*words, FACTS["0.uuid"]]) as process:
            yield psutil.Process(process.pid)
            process.kill()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("ways_out")
    home = EngineHome(folder)
    (played := folder / "two_alike.txt").write_text(PLAYED, "utf-8")
    home.state.mkdir()
    told = config(model_type="qwen3", architectures=["Qwen3ForCausalLM"], max_position_embeddings=32_768)
    (home.model / "config.json").write_bytes(told)
    with FakeHub() as hub:
        environment = home.environment() | surroundings(hub, home.home) | {"ENGINEROOM_FAKE_NVML": str(played)}
        with engine_room(home.home, environment=environment) as room:
            with room.control() as control:
                until("the cards", lambda: len(control.snapshot().machine.gpus) == 2)
            world = World(home, room, hub)
            world.plays()
            yield world


@pytest.fixture(scope="module")
def built(world: World) -> str:
    return world.build("--context", "4096", "--concurrency", "2")


@pytest.fixture
def engine(world: World, built: str) -> Iterator[str]:
    """One that any test may have fail; afterwards it is as it was built."""
    yield built
    for view in world.engines():
        world.room.cli("stop", view)
    world.room.cli("doctor", built, "--undo")


def test_less_context_where_the_cache_has_no_room(world: World, engine: str) -> None:
    options = (world.home.engines / engine / "options.yaml").read_text("utf-8")
    share = float(options.partition("free_gpu_memory_fraction: ")[2].split()[0])
    weights = sum(file.stat().st_size for file in world.home.model.glob("*.safetensors"))
    cache = int(3000 * CACHE_BYTES_PER_TOKEN / share)
    taken = int(FACTS["0.total"]) - GIB // 4 - weights - cache
    world.plays(gpus=[{**card, "used_bytes": taken} for card in cards()])
    found = world.fails(engine)
    assert (found["known"], found["problem"]["code"]) == (True, "kv_too_small"), found
    assert "max_seq_len: 4096 -> 2048" in world.on_paper(engine, "lower_context")
    world.applied(engine, "lower_context")
    assert world.token(engine)
    assert world.room.engine(engine).context_tokens == 2048
    assert world.room.cli("doctor", engine, "--undo").returncode == Exit.OK
    assert world.room.engine(engine).context_tokens == 4096


def test_another_port_where_somebody_was_quicker(world: World, engine: str) -> None:
    thief = world.home.folder / "thief"
    thief.touch()
    world.plays(port_thief=str(thief))
    found = world.fails(engine)
    assert (found["known"], found["problem"]["code"]) == (True, "engine_port_taken"), found
    assert f"start {engine} again" in world.on_paper(engine, "other_port")
    world.applied(engine, "other_port")
    assert world.token(engine)


def test_memory_is_freed_by_ending_who_holds_it_and_only_if_he_is_named(world: World, engine: str) -> None:
    world.plays()
    with world.holder(int(FACTS["0.total"]) - GIB // 8) as game:
        _free(world, engine, game)


def _free(world: World, engine: str, game: psutil.Process) -> None:
    with world.room.control() as control:
        until("the holder", lambda: any(one.pid == game.pid for gpu in control.snapshot().frames[-1].gpus
                                        for one in gpu.processes or ()))  # fmt: skip
    found = world.fails(engine)
    assert (found["known"], found["problem"]["code"]) == (True, "out_of_memory"), found
    assert f"(pid {game.pid}, 95.5 GiB), a program of yours" in world.on_paper(engine, "free_memory")
    refused = world.room.cli("doctor", engine, "--apply", "free_memory")
    assert (refused.returncode, f"pid {game.pid}" in refused.stderr) == (Exit.REJECTED, True), refused
    assert runs(game), "nobody has said so"
    world.applied(engine, "free_memory", "--end", str(game.pid))
    assert world.token(engine)
    assert not runs(game)


def test_another_precision_where_the_weights_do_not_fit(world: World, engine: str) -> None:
    world.plays(gpus=cards(gib=30), weights_gib_16bit=40)
    found = world.fails(engine)
    assert (found["known"], found["problem"]["code"]) == (True, "out_of_memory"), found
    told = world.on_paper(engine, "choose_other_precision")
    assert "the plan: fp8, 4096 tokens of context" in told
    assert "start the new one" in told
    other = world.made(world.applied(engine, "choose_other_precision")["job"])
    assert other != engine
    assert world.token(other)
    world.room.cli("engines", "rm", other)


def test_more_cards_where_one_does_not_hold_the_weights(world: World, engine: str) -> None:
    world.plays(gpus=cards(gib=30), weights_gib_16bit=40)
    world.fails(engine)
    assert "on 2 x" in world.on_paper(engine, "more_cards")
    both = world.made(world.applied(engine, "more_cards", "--yes")["job"])
    assert world.token(both)
    _fewer_cards(world, both)


def test_another_model_and_then_the_other_kind_of_its_weights(world: World, engine: str) -> None:
    """The catalogue's best that is known to run is fetched, built and served; then its GGUF file, by llama.cpp."""
    world.plays()
    path = world.home.model / "config.json"
    told = path.read_bytes()
    path.write_bytes(told.replace(b"Qwen3ForCausalLM", b"NobodysForCausalLM"))
    found = world.fails(engine)
    path.write_bytes(told)
    assert (found["known"], found["problem"]["code"]) == (True, "architecture_unknown"), found
    repo = world.wanted(world.on_paper(engine, "choose_other_model"), r"build (\S+/\S+) for TensorRT-LLM")
    quantised = {"quantization": {"quant_algo": "NVFP4", "kv_cache_quant_algo": None, "group_size": 16}}
    files = {"config.json": told, "model.safetensors": llama(), "hf_quant_config.json": json.dumps(quantised).encode()}
    world.hub.add(FakeRepo(id=repo)).commit(files)
    other = world.made(world.applied(engine, "choose_other_model")["job"])
    assert world.token(other)
    _its_gguf(world, other)


def _its_gguf(world: World, engine: str) -> None:
    world.plays(fail="no_kernel_image")
    (offer,) = [one for one in world.fails(engine)["fixes"] if one["fix"] == "choose_other_runtime"]
    repo = world.wanted(offer["does"][0], r"fetch (\S+/\S+) \(Q4_K_M\), which llama.cpp serves")
    world.hub.add(FakeRepo(id=repo)).commit({"Tiny-Q4_K_M.gguf": tiny_llama()})
    assert "to fetch: 0.00 GiB" in world.on_paper(engine, "choose_other_runtime")
    job = world.applied(engine, "choose_other_runtime")["job"]
    with world.room.control() as control:
        until("what was promised", lambda: (then := control.job(job).follow_up) and then.state == "done")
    # It is done once the engine is wished for, whose needs are found out before it is started.
    (served,) = until("its engine", world.engines)
    assert served != engine
    assert world.token(served) is not None
    world.room.cli("engines", "rm", engine)


def _fewer_cards(world: World, both: str) -> None:
    """The second card has gone, as far as the engine sees; one has room enough by now."""
    world.plays(gpus=cards()[:1])
    found = world.fails(both)
    assert (found["known"], found["problem"]["code"]) == (True, "too_few_gpus"), found
    assert "on 1 x" in world.on_paper(both, "fewer_cards")
    one = world.made(world.applied(both, "fewer_cards", "--yes")["job"])
    assert world.token(one)
    for made in (both, one):
        world.room.cli("engines", "rm", made)


def test_a_new_plan_where_the_configuration_was_spoiled(world: World) -> None:
    world.plays()
    engine = world.build("--context", "1024")
    options = world.home.engines / engine / "options.yaml"
    options.chmod(0o644)
    options.write_text("# nothing\n", "utf-8")
    found = world.fails(engine)
    assert (found["known"], found["problem"]["code"]) == (True, "engine_config_refused"), found
    assert f"{engine} stays as it is" in world.on_paper(engine, "plan_again")
    again = world.made(world.applied(engine, "plan_again", "--yes")["job"])
    assert again != engine
    assert world.token(again)


def test_another_runtime_where_this_one_has_no_code_for_the_card(world: World, engine: str) -> None:
    found = {one["fix"]: one for one in _without_code(world, engine)["fixes"]}
    assert found["choose_other_runtime"]["bar"] == "nothing_else", "there is no other one yet"
    place = world.home.venv.parents[1] / OTHER
    make_runtime(place / "venv", "1.1.0")
    set_scenario(place / "venv", gpus=cards(), pace_s=0.0, time_scale=0.02, state=str(world.home.state))
    manifest = Manifest(id=OTHER, kind=RuntimeKind.VENV, product="tensorrt-llm", version="1.1.0", installed_unix_s=0.0)
    (place / "manifest.json").write_text(to_json(manifest), "utf-8")
    assert f"with {OTHER}" in world.on_paper(engine, "choose_other_runtime")
    other = world.made(world.applied(engine, "choose_other_runtime", "--yes")["job"])
    assert world.token(other)
    told = json.loads((world.home.engines / other / "manifest.json").read_text("utf-8"))
    assert told["runtime"] == OTHER


def _without_code(world: World, engine: str) -> dict[str, Any]:
    world.plays(fail="no_kernel_image")
    found = world.fails(engine)
    assert (found["known"], found["problem"]["code"]) == (True, "card_not_supported"), found
    return found
