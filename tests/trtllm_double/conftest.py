"""A runtime of each version in a folder, and a tiny model."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fakes.tensorrt_llm_double.kit import make_runtime
from fakes.tiny_safetensors import config, llama

QUICK = {"pace_s": 0.0, "time_scale": 0.02}

Serve = Callable[..., list[str | Path]]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "Tiny-Llama"
    folder.mkdir()
    (folder / "config.json").write_bytes(config())
    (folder / "model.safetensors").write_bytes(llama())
    return folder


@pytest.fixture
def serve(tmp_path: Path, model: Path) -> Serve:
    """Command of ``trtllm-serve serve``: version, options, and the scenario as keywords."""

    def words(*options: str | Path, version: str = "1.2.1", at: Path = model, **scenario: Any) -> list[str | Path]:
        programs = make_runtime(tmp_path / version, version, **{**QUICK, "state": str(tmp_path / "state"), **scenario})
        return [programs / "trtllm-serve", "serve", at, "--max_batch_size", "4", *options]

    return words
