"""What a quantiser exported is held against what was asked of it."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from engineroom.adapters.model_folder import read_model_card
from engineroom.domain.model_card.requantise import as_precision
from engineroom.workers.sealing.exported import QUANT_CONFIG, trouble_of
from fakes.tensorrt_llm_double.kit import SOURCE, make_runtime
from fakes.tiny_safetensors import config, llama


@pytest.fixture(scope="module")
def quantised(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int], Path]:
    """A checkpoint as the double of ModelOpt's program makes it, and what is expected of it."""
    folder = tmp_path_factory.mktemp("quantised")
    model, made = folder / "model", folder / "made"
    model.mkdir()
    (model / "config.json").write_bytes(config(model_type="qwen3", architectures=["Qwen3ForCausalLM"]))
    (model / "model.safetensors").write_bytes(llama())
    programs = make_runtime(folder / "runtime", "1.2.1")
    words = ["--pyt_ckpt_path", model, "--export_path", made, "--qformat", "nvfp4", "--kv_cache_qformat", "none"]
    subprocess.run(
        [programs / "python", SOURCE.parent / "hf_ptq.py", *words], check=True, capture_output=True, timeout=60
    )
    card = as_precision(read_model_card(model), "nvfp4")
    return made, {"parameters": card.parameters_total, "weight_bytes": card.weight_bytes}, model


def test_what_was_asked_for_is_taken(quantised) -> None:
    made, expects, model = quantised
    assert trouble_of(made, "nvfp4", expects, model) is None
    assert trouble_of(made, "nvfp4", {}, made.parent) is None, (
        "where nothing is known, what it says of itself is enough"
    )


def _other_format(made: Path) -> None:
    tree = json.loads((made / QUANT_CONFIG).read_text("utf-8"))
    tree["quantization"]["quant_algo"] = "FP8"
    (made / QUANT_CONFIG).write_text(json.dumps(tree), "utf-8")


def _cut(made: Path) -> None:
    (weights,) = made.glob("*.safetensors")
    weights.write_bytes(weights.read_bytes()[:-100])


def _unquantised(made: Path) -> None:
    (weights,) = made.glob("*.safetensors")
    weights.write_bytes(llama())


def _half_a_model(made: Path) -> None:
    (weights,) = made.glob("*.safetensors")
    weights.write_bytes(llama(layers=1))


def _turned(made: Path) -> None:
    """One weight lies on its side: as many numbers, in as many bytes."""
    (weights,) = made.glob("*.safetensors")
    data = weights.read_bytes()
    length = int.from_bytes(data[:8], "little")
    tree = json.loads(data[8 : 8 + length])
    row = next(row for name, row in tree.items() if name.endswith("gate_proj.weight"))
    row["shape"].reverse()
    head = json.dumps(tree).encode()
    weights.write_bytes(len(head).to_bytes(8, "little") + head + data[8 + length :])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_turned, "gate_proj.weight was exported in the shape ["),
        (_other_format, "fp8 was exported instead of nvfp4"),
        (_cut, "cannot be read"),
        (_unquantised, "bytes of weights were exported"),
        (_half_a_model, "parameters were exported, and the model has"),
        (lambda made: (made / QUANT_CONFIG).write_text("{"), "cannot be read"),
        (lambda made: (made / "config.json").unlink(), "cannot be read"),
        (lambda made: [file.unlink() for file in made.glob("*.safetensors")], "there are no weights"),
    ],
)
def test_what_is_wrong_is_said(quantised, tmp_path: Path, spoil: Callable[[Path], object], said: str) -> None:
    made, expects, model = quantised
    mine = tmp_path / "made"
    mine.mkdir()
    for file in made.iterdir():
        (mine / file.name).write_bytes(file.read_bytes())
    spoil(mine)
    trouble = trouble_of(mine, "nvfp4", expects, model)
    assert trouble is not None
    assert said in str(trouble["reason"])
