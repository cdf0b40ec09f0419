"""A daemon beside a fake Hub, in a home of its own, with a shared cache of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine_room import EngineRoomProcess, engine_room, json_of, until
from engineroom.client.models import ModelsClient
from engineroom.contract.control import JobState, JobView
from fakes.fake_hub import FakeHub, FakeRepo
from fakes.tiny_llama_gguf import tiny_llama
from fakes.tiny_safetensors import config, llama

GGUF_FILES = {"tiny.gguf": tiny_llama(), "README.md": b"---\nlicense: mit\n---\n# Tiny\n"}
SAFETENSORS_FILES = {
    "config.json": config(),
    "model.safetensors": llama(),
    "tokenizer_config.json": b'{"chat_template": "{{ messages }}"}',
    "tokenizer.json": b'{"model": {}}',
}


def tiny_repo(hub: FakeHub, name: str = "maker/tiny-gguf") -> FakeRepo:
    """A repository whose model llama.cpp serves."""
    repo = hub.add(FakeRepo(id=name, licence="mit"))
    repo.commit(GGUF_FILES)
    return repo


def surroundings(hub: FakeHub, home: Path, **more: str) -> dict[str, str]:
    """The environment of a daemon that knows this Hub and no other."""
    return {"HF_ENDPOINT": hub.url, "HF_HOME": str(home / "hf"), "HF_HUB_OFFLINE": "", "HF_TOKEN": "",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "NO_PROXY": "*", **more}  # fmt: skip


@contextmanager
def hub_room(home: Path, hub: FakeHub, **more: str) -> Iterator[EngineRoomProcess]:
    """The daemon."""
    with engine_room(home, environment=surroundings(hub, home, **more)) as room:
        room.connection()
        yield room


@contextmanager
def models_of(room: EngineRoomProcess) -> Iterator[ModelsClient]:
    """A client of its control API."""
    with ModelsClient(room.connection()) as client:
        yield client


def cache_of(room: EngineRoomProcess) -> Path:
    """Its shared cache."""
    return Path(room.environment["HF_HOME"]) / "hub"


def snapshot(room: EngineRoomProcess, repo: FakeRepo) -> Path:
    """Where the newest commit of a repository has to lie."""
    return cache_of(room) / f"models--{repo.id.replace('/', '--')}" / "snapshots" / repo.branches["main"]


def has_all(folder: Path, files: dict[str, bytes]) -> bool:
    """Byte for byte."""
    return all((folder / path).read_bytes() == content for path, content in files.items())


def bytes_on_disk(folder: Path) -> int:
    """What files below it take."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*") if not path.is_symlink())


def told(room: EngineRoomProcess, *arguments: str) -> Any:
    """What a command prints as JSON; it must succeed."""
    result = room.cli(*arguments, "--json")
    assert result.returncode == 0, result.stdout + result.stderr
    return json_of(result)


def over(job: JobView) -> bool:
    """Whether nothing more will come of it by itself."""
    return job.state not in {JobState.QUEUED, JobState.RUNNING}


def wait_over(client: ModelsClient, job: str) -> JobView:
    """The job when it is over."""
    return until(f"the end of job {job}", lambda: found if over(found := client.job(job)) else None)
