"""Compiled engines: converted, compiled for the card, tried, served; refused where there are none any more."""

import shlex
from pathlib import Path

import openai
import pytest

from engine_kit import EngineHome, manifest_of
from engine_room import engine_room, json_of, until
from engineroom.contract.control import EngineState
from engineroom.contract.problems import Exit
from fakes.tiny_safetensors import llama

BUILD = ("build", "tiny/Tiny-Qwen", "--context", "1024", "--kind", "compiled", "--yes")


@pytest.fixture
def home(tmp_path: Path) -> EngineHome:
    return EngineHome(tmp_path)


def room_of(home: EngineHome):
    return engine_room(home.home, environment=home.environment())


def planned(room, home: EngineHome, *, kind: str):
    return json_of(room.cli("plan", str(home.model), "--runtime", "tensorrt-llm", "--kind", kind, "--json"))


def is_learned(room, home: EngineHome) -> None:
    """The next plan of a compiled engine starts from what the trial measured, one for the other backend does not."""
    knows = until("a plan that knows it", lambda: (now := planned(room, home, kind="compiled"))["learned_runs"] and now)
    assert knows["speed"]["measured_answers"] == 5
    assert {"learned_compiled", "speed_measured", "start_measured"} <= {one["code"] for one in knows["reasons"]}
    shown = room.cli("plan", str(home.model), "--runtime", "tensorrt-llm", "--kind", "compiled").stdout
    assert "learned from 1 trials of compiled engines" in " ".join(shown.split())
    assert planned(room, home, kind="checkpoint")["learned_runs"] == 0


def test_compiled_served_and_its_timings_used_again(home: EngineHome) -> None:
    with room_of(home) as room:
        assert "compiled_estimated" in {one["code"] for one in planned(room, home, kind="compiled")["reasons"]}
        told = json_of(room.cli(*BUILD, "--concurrency", "2", "--json"))
        assert [one["name"] for one in told["job"]["stages"]] == [
            "plan", "fetch", "convert", "compile", "configure", "trial", "seal",
        ]  # fmt: skip
        engine = told["engine"]["engine"]
        assert engine["plan"]["drawn_up_for"] == "pytorch"
        assert "estimates for the PyTorch backend" in room.cli("engines", "show", engine["id"]).stdout
        sealed = manifest_of(home, engine["id"])
        assert (sealed["kind"], sealed["model_path"]) == ("compiled", "{engine}/compiled")
        assert sealed["tokenizer_path"] == str(home.model)
        assert {file["path"] for file in sealed["files"]} == {
            "options.yaml", "compiled/config.json", "compiled/rank0.engine",
        }  # fmt: skip
        assert {file["path"] for file in sealed["model_files"]} == {"config.json"}, "it reads no weights of the model"
        command = shlex.join(sealed["steps"]["compile"])
        assert "--max_batch_size 2 --max_seq_len 1024" in command
        assert sealed["argv"][sealed["argv"].index("--backend") : sealed["argv"].index("--backend") + 2] == [
            "--backend",
            "tensorrt",
        ]
        assert "loaded" not in {name for name, _ in sealed["measured"]["stages"]}, "nothing of the other backend"

        is_learned(room, home)
        (cache,) = (home.engines / ".timing").iterdir()
        assert cache.read_text().endswith("builds: 1")
        again = json_of(room.cli(*BUILD, "--json"))["engine"]["engine"]["id"]
        assert "drawn_up_for" not in manifest_of(home, again)["plan"], "no longer a plan for the other backend"
        assert cache.read_text().endswith("builds: 2"), "what was measured before was used"

        assert room.cli("start", again).returncode == Exit.OK
        view = room.wait_engine(EngineState.READY, again)
        assert view.context_tokens == 1024
        client = openai.OpenAI(base_url=f"{room.connection().address}/v1", api_key="none")
        asked = client.chat.completions.create(model=again, messages=[{"role": "user", "content": "Hello"}])
        assert asked.choices[0].message.content
        assert room.cli("engines", "verify", again).returncode == Exit.OK
    assert home.none_left()


def test_weights_are_said_to_be_sparse_only_if_they_are(home: EngineHome) -> None:
    with room_of(home) as room:
        refused = room.cli(*BUILD, "--weight-sparsity")
        assert (refused.returncode, "two would have to be zero" in refused.stderr) == (Exit.REJECTED, True)
        assert (home.halves(), room.cli("jobs").stdout.count("failed")) == ([], 0), "refused before there is a job"
        (home.model / "model.safetensors").write_bytes(llama(two_four=True))
        offered = room.cli(*BUILD)
        assert "--weight-sparsity lets the compiler use that" in offered.stdout, offered.stderr
        engine = json_of(room.cli(*BUILD, "--weight-sparsity", "--json"))["engine"]["engine"]
        assert engine["weight_sparsity"]
        assert "--weight_sparsity" in engine["steps"]["compile"]
        wrong = room.cli("build", "tiny/Tiny-Qwen", "--weight-sparsity", "--yes")
        assert (wrong.returncode, "only a compiled engine" in wrong.stderr) == (Exit.REJECTED, True)


def test_a_form_for_which_the_runtime_has_no_program_is_refused_before_anything_is_begun(home: EngineHome) -> None:
    for name in ("hf_ptq.py", "quantize.py"):
        (home.venv / "bin" / name).unlink()
    with room_of(home) as room:
        for words, program in (
            (BUILD, "quantize.py"),
            (("build", "tiny/Tiny-Qwen", "--precision", "fp8"), "hf_ptq.py"),
        ):
            refused = room.cli(*words)
            assert (refused.returncode, f"bin/{program} has to be laid there" in refused.stderr) == (
                Exit.REJECTED,
                True,
            )
        assert (home.halves(), room.cli("jobs").stdout) == ([], "There are no jobs.\n")


def test_later_versions_have_none(tmp_path: Path) -> None:
    home = EngineHome(tmp_path, "1.4.0rc1")
    with room_of(home) as room:
        refused = room.cli(*BUILD)
        assert refused.returncode == Exit.REJECTED
        assert "has no compiled engines" in refused.stderr
        assert "checkpoint" in refused.stderr
        assert home.halves() == []


def test_what_is_quantised_already_is_not_compiled(home: EngineHome) -> None:
    config = home.model / "config.json"
    config.write_text(config.read_text().replace("{", '{"quantization_config": {"quant_method": "fp8", '
                      '"weight_block_size": [128, 128]}, ', 1))  # fmt: skip
    with room_of(home) as room:
        refused = room.cli(*BUILD)
        assert refused.returncode == Exit.REJECTED, refused.stdout
        assert "compiled from weights of 16 bits" in refused.stderr
