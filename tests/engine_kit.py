"""A home with a card, a runtime and a model that stand in, for engines built and served by the real programs."""

import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil

from engine_room import runs
from engineroom.domain.runtimes.values import Manifest, RuntimeKind
from engineroom.domain.runtimes.wire import to_json
from fakes.fake_docker import FakeDocker
from fakes.fake_docker.kit import REPOSITORY
from fakes.nvml_library import FAKES, build_fake_nvml
from fakes.tensorrt_llm_double.kit import SOURCE, make_runtime, set_scenario
from fakes.tiny_safetensors import config, llama

CARD = "GPU-50900000-0000-0000-0000-000000000001"
QUICK = {"pace_s": 0.0, "time_scale": 0.02}
REPO, REVISION = "tiny/Tiny-Qwen", "0123456789abcdef0123456789abcdef01234567"


class EngineHome:
    """Everything below one folder.

    Args:
        folder: of the test.
        version: of the runtime.
    """

    def __init__(self, folder: Path, version: str = "1.2.1") -> None:
        self.folder, self.home = folder, folder / "home"
        self.runtime = f"tensorrt-llm-{version}-venv"
        self.venv = self.home / "data" / "runtimes" / self.runtime / "venv"
        self.state = folder / "double"
        make_runtime(self.venv, version)
        # A real installation has a Python program there, as ModelOpt's own is.
        for name in ("hf_ptq.py", "quantize.py"):
            shutil.copy(SOURCE.parent / name, self.venv / "bin" / name)
        self.scenario()
        manifest = Manifest(
            id=self.runtime, kind=RuntimeKind.VENV, product="tensorrt-llm", version=version, installed_unix_s=0.0
        )
        (self.venv.parent / "manifest.json").write_text(to_json(manifest), "utf-8")
        self.model = folder / "hub" / f"models--{REPO.replace('/', '--')}" / "snapshots" / REVISION
        self.model.mkdir(parents=True)
        (self.model / "config.json").write_bytes(config(model_type="qwen3", architectures=["Qwen3ForCausalLM"]))
        (self.model / "model.safetensors").write_bytes(llama())

    def scenario(self, **values: Any) -> None:
        """What the engine does from now on."""
        card = {"uuid": CARD, "name": "NVIDIA GeForce RTX 5090", "total_bytes": 34190917632}
        set_scenario(self.venv, **({**QUICK, "gpus": [card], "state": str(self.state)} | values))

    def environment(self) -> dict[str, str]:
        """Of the daemon."""
        library = self.folder / "lib"
        if not library.exists():
            library.mkdir()
            build_fake_nvml(library)
        return {
            "LD_LIBRARY_PATH": str(library),
            "ENGINEROOM_FAKE_NVML": str(FAKES / "scenarios" / "rtx5090.txt"),
            "ENGINEROOM_FAKE_NVML_HOLDERS": str(self.state),
            "HF_HUB_CACHE": str(self.folder / "hub"),
        }

    @property
    def engines(self) -> Path:
        """Where engines lie."""
        return self.home / "data" / "engines"

    def halves(self) -> list[str]:
        """Half folders of builds."""
        return sorted(path.name for path in self.engines.glob("*.half"))

    def whole(self) -> list[str]:
        """Folders that look like engines."""
        return sorted(path.name for path in self.engines.glob("[!.]*") if not path.name.endswith(".half"))

    def processes(self) -> list[psutil.Process]:
        """Whatever runs from below the folder, but the daemon and command lines."""
        found = []
        for process in psutil.process_iter():
            words = " ".join(words_of(process))
            try:
                ours = str(self.folder) in words or str(self.folder) in process.environ().get("TRTLLM_DOUBLE", "")
            except psutil.Error:
                continue
            if ours and runs(process) and process.pid != psutil.Process().pid:
                found.append(process)
        return found

    def none_left(self, patience_s: float = 60.0) -> bool:
        """Whether nothing runs any more, within a while."""
        deadline_s = time.monotonic() + patience_s
        while self.processes() and time.monotonic() < deadline_s:
            time.sleep(0.05)
        return not self.processes()


class ContainerHome(EngineHome):
    """The same with the runtime in an image of a stand-in for docker."""

    def __init__(self, folder: Path, version: str = "1.2.1") -> None:
        self.docker = FakeDocker(folder / "docker", time_scale=0.02, pace_s=0.0)
        self._image = f"{REPOSITORY}:{version}"
        self._version = version
        super().__init__(folder, version)
        subprocess.run([self.docker.program, "pull", self._image], check=True, capture_output=True, timeout=60)
        told = subprocess.check_output([self.docker.program, "image", "inspect", self._image], timeout=60)
        image = json.loads(told)[0]["RepoDigests"][0]
        self.runtime = f"tensorrt-llm-{version}-container"
        place = self.home / "data" / "runtimes" / self.runtime
        (place / "modelopt").mkdir(parents=True)
        shutil.copy(SOURCE.parent / "hf_ptq.py", place / "modelopt" / "hf_ptq.py")
        manifest = Manifest(
            id=self.runtime,
            kind=RuntimeKind.CONTAINER,
            product="tensorrt-llm",
            version=version,
            installed_unix_s=0.0,
            program=str(self.docker.program),
            image=image,
            image_digest=image.partition("@")[2],
        )
        (place / "manifest.json").write_text(to_json(manifest), "utf-8")
        shutil.rmtree(self.venv.parent)

    def scenario(self, **values: Any) -> None:
        """What the engine in the image does from now on."""
        card = {"uuid": CARD, "name": "NVIDIA GeForce RTX 5090", "total_bytes": 34190917632}
        self.docker.runtime(self._version, **({**QUICK, "gpus": [card], "state": str(self.state)} | values))


def words_of(process: psutil.Process) -> list[str]:
    """Its command line; none of a process that has just ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def manifest_of(home: EngineHome, engine: str) -> dict[str, Any]:
    """What was sealed."""
    return json.loads((home.engines / engine / "manifest.json").read_text("utf-8"))
