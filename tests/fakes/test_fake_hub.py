"""The fake Hub is taken for a Hub by the library that knows the real one best."""

import http.client
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.fake_hub import Cut, Drip, FakeHub, FakeRepo, Sparse, Status

FILES = {"config.json": b"{}", "sub/model.safetensors": bytes(range(256)) * 40, "README.md": b"# x"}


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        hub.add(FakeRepo(id="maker/tiny", downloads=3)).commit(FILES)
        yield hub


def library(hub: FakeHub, home: Path, code: str, **more: str) -> list[object]:
    """What a program prints that uses ``huggingface_hub``, as JSON lines."""
    environment = {**os.environ, "HF_ENDPOINT": hub.url, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1", **more}
    program = f"import json\nfrom huggingface_hub import *\nsay = lambda it: print(json.dumps(it))\n{code}"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_library_downloads_from_it(hub: FakeHub, tmp_path: Path) -> None:
    code = (
        "path = snapshot_download('maker/tiny')\n"
        "say(sorted(str(p.relative_to(path)) for p in __import__('pathlib').Path(path).rglob('*') if p.is_file()))\n"
        "say(open(path + '/sub/model.safetensors', 'rb').read().hex()[:8])\n"
        "say([f.path for f in HfApi().list_repo_tree('maker/tiny', recursive=True)])\n"
        "say([f.size for f in HfApi().get_paths_info('maker/tiny', ['README.md'])])\n"
        "say([m.id for m in HfApi().list_models(search='TIN', limit=5)])\n"
        "say(HfApi().model_info('maker/tiny', files_metadata=True).siblings[1].lfs.size)\n"
    )
    said = library(hub, tmp_path, code)
    assert said == [sorted(FILES), "00010203", list(FILES), [3], ["maker/tiny"], 10_240]
    assert hub.sent["sub/model.safetensors"] == 10_240
    assert hub.leaked == []


def test_its_refusals_are_the_hubs(hub: FakeHub, tmp_path: Path) -> None:
    hub.users = {"hf_a": "somebody"}
    hub.add(FakeRepo(id="maker/gated", gated="manual", members={"hf_m"})).commit(FILES)
    code = (
        "def name(what):\n"
        "    try:\n"
        "        what()\n"
        "    except Exception as error:\n"
        "        say(type(error).__name__)\n"
        "name(lambda: HfApi().model_info('maker/none'))\n"
        "name(lambda: HfApi().model_info('maker/tiny', revision='v9'))\n"
        "name(lambda: hf_hub_download('maker/tiny', 'none.json'))\n"
        "name(lambda: hf_hub_download('maker/gated', 'config.json'))\n"
        "name(lambda: HfApi().auth_check('maker/gated'))\n"
        "say(HfApi().whoami()['name'])\n"
    )
    assert library(hub, tmp_path, code, HF_TOKEN="hf_a") == [
        "RepositoryNotFoundError", "RevisionNotFoundError", "RemoteEntryNotFoundError", "GatedRepoError",
        "GatedRepoError", "somebody",
    ]  # fmt: skip


def read(url: str, **headers: str) -> tuple[int, bytes]:
    asked = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, b""


def test_ranges_and_what_was_sent(hub: FakeHub) -> None:
    url = f"{hub.url}/maker/tiny/resolve/main/sub/model.safetensors"
    assert read(url, Range="bytes=3-5") == (206, b"\x03\x04\x05")
    assert read(url, Range="bytes=10238-") == (206, b"\xfe\xff")
    assert read(url, Range="bytes=10240-")[0] == 416
    assert hub.sent["sub/model.safetensors"] == 5


def test_faults_come_as_often_as_they_are_set(hub: FakeHub) -> None:
    url = f"{hub.url}/maker/tiny/resolve/main/sub/model.safetensors"
    hub.fault("*/resolve/*", Status(code=503), times=2)
    assert [read(url)[0] for _ in range(3)] == [503, 503, 200]
    hub.fault("/cdn/*", Cut(after_bytes=100), times=1)
    hub.fault("/cdn/*", Drip(bytes_per_s=1e9))
    with pytest.raises(http.client.IncompleteRead):
        read(url)
    assert len(read(url)[1]) == 10_240


def test_content_that_is_made_when_asked_for() -> None:
    sparse = Sparse(head=b"abc", size=2**40)
    assert (sparse[0:5], sparse[2**40 - 2 : 2**41], len(sparse)) == (b"abc\0\0", b"\0\0", 2**40)
    assert sparse[2:3] == b"c"


def test_as_a_program(tmp_path: Path) -> None:
    (tmp_path / "maker" / "tiny").mkdir(parents=True)
    (tmp_path / "maker" / "tiny" / "config.json").write_bytes(b"{}")
    command = [sys.executable, "-m", "fakes.fake_hub", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert read(f"{url}/maker/tiny/resolve/main/config.json") == (200, b"{}")
        process.stdin.close()
        assert process.wait(60) == 0
