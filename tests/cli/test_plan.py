"""``engineroom plan`` without a daemon: words, JSON, exit codes, and what it says to what cannot be."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from engineroom.cli.main import run
from engineroom.cli.plan_view import show_catalogue, show_plan
from engineroom.contract.problems import Exit
from engineroom.domain.model_card.values import Origin
from engineroom.domain.planning.question import CatalogueRow, Question
from engineroom.domain.planning.reasons import Why
from engineroom.domain.planning.values import (
    Alternative,
    Bill,
    Plan,
    Range,
    Reason,
    Runtime,
    Speed,
    Support,
    Term,
    TermKind,
    Verdict,
)

GIB = 2**30
BILL_KEYS = {
    "weights_bytes", "kv_bytes_per_token", "kv_bytes", "state_bytes", "activation_bytes", "overhead_bytes",
    "total_bytes", "total_low_bytes", "total_high_bytes",
}  # fmt: skip


def term(kind: TermKind, gib: float) -> Term:
    size = int(gib * GIB)
    return Term(kind=kind, low_bytes=size, expected_bytes=size, high_bytes=size, origin=Origin.FORMULA)


BILL = Bill(
    terms=(term(TermKind.WEIGHTS, 9), term(TermKind.KV, 4), term(TermKind.ACTIVATIONS, 1), term(TermKind.GRAPHS, 1)),
    host_terms=(),
    kv_bytes_per_token=131072,
    usable_bytes=24 * GIB,
    held_bytes=5 * GIB,
    returned_bytes=3 * GIB,
    margin_bytes=GIB,
    kv_tokens_max=90_000,
)
SPEED = Speed(
    decode=Range(low=80, expected=100, high=120), throughput=Range(low=300, expected=400, high=500), prefill=None,
    ttft_s=Range(low=0.1, expected=0.2, high=0.3), joules_per_token=None, batch=4, depth=512, bytes_per_token=1,
    roofline_tokens_per_s=200, covered=True,
)  # fmt: skip
PLAN = Plan(
    model="someone/model", gpu="NVIDIA GeForce RTX 4090", gpus=1, runtime=Runtime.TENSORRT_LLM, runtime_version="1.2.1",
    precision="fp8", kv_format="fp8", context_tokens=32768, concurrency=1, verdict=Verdict.FITS,
    support=Support.SUPPORTED, bill=BILL, speed=SPEED, serve_config={}, context_max=65536, concurrency_max=2,
    context_limited_by=None, reasons=(Reason(code=Why.CONTEXT_MODERATE, facts={"context_tokens": 32768}),),
    alternatives=(
        Alternative(
            change={"context_tokens": 4096}, verdict=Verdict.FITS, total_bytes=12 * GIB,
            reason=Reason(code=Why.SHORTER_CONTEXT, facts={"context_tokens": 4096, "total_bytes": 12 * GIB}),
        ),
        Alternative(
            change={"precision": "bf16", "runtime": "tensorrt-llm"}, verdict=Verdict.NO, total_bytes=30 * GIB,
            reason=Reason(code=Why.DOES_NOT_FIT, facts={"total_bytes": 30 * GIB, "available_bytes": 22 * GIB}),
        ),
    ),
    learned_runs=3,
)  # fmt: skip


def shown(width: int = 140, encoding: str = "utf-8", plan: Plan = PLAN) -> str:
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, encoding=encoding, write_through=True), width=width)
    show_plan(plan, Question(model="x"), console)
    return raw.getvalue().decode(encoding)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["plan", *arguments])
    output = capsys.readouterr()
    return code, output.out, output.err


def test_words_bar_figures_reasons_and_ways() -> None:
    text = shown()
    assert "FITS  someone/model (fp8) on NVIDIA GeForce RTX 4090" in text
    for part in ("weights 9.0 GiB", "cache 4.0 GiB", "others 2.0 GiB", "free 7.0 GiB"):
        assert part in text
    assert "15.0 GiB of 22.0 GiB (estimate, 15.0 GiB to 15.0 GiB, learned from 3 runs)" in text
    assert "100 tokens/s, 80 to 120 (estimate)" in text
    assert "400 tokens/s, 300 to 500 over 4 streams" in text
    assert "--context 4096: 12.0 GiB." in text
    assert "bf16 on tensorrt-llm: 30.0 GiB." in text
    assert "energy" not in text


def test_a_speed_that_was_measured_is_no_estimate() -> None:
    why = Reason(code=Why.SPEED_MEASURED, facts={"decode_tokens_per_s": 100.0, "answers": 7, "depth": 900})
    text = shown(plan=replace(PLAN, speed=replace(SPEED, measured_answers=7), reasons=(why,)))
    assert "100 tokens/s, 80 to 120 (measured here, 7 answers)" in text
    assert "Measured here: 100 tokens/s over 7 answers, about 900 tokens deep." in text


def test_the_bar_is_as_long_as_the_card() -> None:
    bar = next(line for line in shown().splitlines() if "█" in line)
    # 24 GiB on 60 marks: 15 of ours and 2 of others leave 7 free.
    assert (bar.count("█"), bar.count("░")) in {(42, 18), (43, 17)}


def test_a_terminal_of_letters_gets_letters() -> None:
    text = shown(encoding="ascii")
    assert "W" * 20 in text
    assert "- " in text


def test_a_narrow_terminal_gets_fewer_columns() -> None:
    row = CatalogueRow(
        id="a-model", name="A", publisher="P", uses=("chat",), licence="MIT", verdict=Verdict.TIGHT, precision="nvfp4",
        runtime=Runtime.TENSORRT_LLM, context_tokens=8192, total_bytes=9 * GIB, decode_tokens_per_s=50.0,
        decode_low=40.0, decode_high=60.0, parameters=8_000_000_000, parameters_active=None,
    )  # fmt: skip
    texts = []
    for width in (80, 140):
        console = Console(file=io.StringIO(), width=width)
        show_catalogue([row], console)
        texts.append(console.file.getvalue())
    assert all("a-model" in text and "50 (40-60)" in text and "9.0 GiB" in text for text in texts)
    assert ("tensorrt-llm" in texts[0], "tensorrt-llm" in texts[1]) == (False, True)


def test_json_has_every_key_that_is_promised(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--context", "4096", "--concurrency", "2", "--kv-dtype", "fp8", "--depth", "1000", "--batch", "2"]
    code, out, _ = told(capsys, "llama-3.1-8b", "--gpu", "5090", "--precision", "fp8", *options, "--json")
    plan = json.loads(out)
    assert code == Exit.OK
    assert plan.keys() >= {
        "verdict", "bill", "kv_tokens_max", "speed", "precision", "runtime", "serve_config", "reasons", "alternatives",
    }  # fmt: skip
    assert plan["bill"].keys() >= BILL_KEYS
    assert plan["speed"].keys() >= {
        "decode_tokens_per_s", "decode_low", "decode_high", "prefill_tokens_per_s", "ttft_s",
    }  # fmt: skip
    assert (plan["precision"], plan["kv_dtype"], plan["context"], plan["concurrency"]) == ("fp8", "fp8", 4096, 2)
    assert (plan["speed"]["depth"], plan["speed"]["batch"]) == (1000, 2)
    assert plan["bill"]["kv_bytes_per_token"] == 32 * 8 * 128 * 2
    assert all("code" in reason for reason in plan["reasons"])


def test_what_does_not_fit_ends_with_a_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "qwen2.5-72b", "--gpu", "RTX 3060 12GB", "--precision", "bf16")
    assert code == Exit.DOES_NOT_FIT
    assert "DOES NOT FIT" in out


def test_a_card_in_ones_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    card = "name=Bench,memory=48GB,bandwidth=900GB/s,cc=8.9"
    code, out, _ = told(capsys, "qwen3-8b", "--gpu", card)
    assert code == Exit.OK
    assert "on Bench" in out


def test_a_folder_by_a_relative_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 512, "intermediate_size": 1024,
        "num_hidden_layers": 4, "num_attention_heads": 8, "num_key_value_heads": 2, "vocab_size": 1000,
        "max_position_embeddings": 4096,
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "./mine", str(folder)):
        code, out, err = told(capsys, name, "--gpu", "4090", "--json")
        assert code == Exit.OK, err
        assert json.loads(out)["context_max"] == 4096


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], Exit.USAGE, "--catalogue"),
        (["qwen3-8b", "--catalogue"], Exit.USAGE, "--catalogue"),
        (["qwen3-8b"], Exit.REJECTED, "--gpu"),
        (["qwen4-8b", "--gpu", "4090"], Exit.REJECTED, "qwen3-8b"),
        (["qwen3-8b", "--gpu", "RTX 4099"], Exit.USAGE, "4090"),
        (["qwen3-8b", "--gpu", "4090", "--context", "-5"], Exit.USAGE, "context_tokens = -5"),
        (["qwen3-8b", "--gpu", "4090", "--gpus", "0"], Exit.USAGE, "gpus = 0"),
        (["qwen3-8b", "--gpu", "4090", "--runtime", "vllm"], Exit.USAGE, "vllm"),
        (["qwen3-8b", "--gpu", "4090", "--kv-dtype", "int3"], Exit.USAGE, "nvfp4"),
        (["./missing", "--gpu", "4090"], Exit.REJECTED, "missing"),
        (["./missing.gguf", "--gpu", "4090"], Exit.REJECTED, "missing.gguf"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: Exit, words: str
) -> None:
    found, out, err = told(capsys, *arguments)
    assert found == code
    assert words in err + out
    assert "Traceback" not in err


def test_a_file_that_is_not_a_model_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.gguf"
    file.write_text("Dear reader, this is no model.")
    code, out, _ = told(capsys, str(file), "--gpu", "4090", "--json")
    assert code == Exit.REJECTED
    assert json.loads(out)["error"]["code"] == "not_gguf"


def test_the_catalogue_for_a_card(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "--catalogue", "--gpu", "5090", "--use", "code", "--json")
    rows = json.loads(out)
    assert code == Exit.OK
    assert rows[0]["verdict"] == "fits"
    assert {"id", "name", "verdict", "precision", "total_bytes", "decode_tokens_per_s"} <= rows[0].keys()
    assert all("code" in row["uses"] for row in rows)
    code, _, err = told(capsys, "--catalogue", "--gpu", "5090", "--use", "poetry")
    assert (code, "embedding" in err) == (Exit.USAGE, True)


def test_other_commands_do_not_load_what_plans_need() -> None:
    program = (
        "import sys\nfrom engineroom.cli.main import run\nrun(['--help'])\n"
        "print(sorted(name for name in sys.modules if 'plan' in name and name.startswith('engineroom')))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.splitlines()[-1] == "[]"


def test_a_home_that_nobody_has_is_a_file_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "~nobody-has-this-name/model.gguf", "--gpu", "RTX 4090"]) == Exit.REJECTED
    assert "~nobody-has-this-name/model.gguf does not exist" in capsys.readouterr().err
