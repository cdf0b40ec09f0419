"""Containers as processes: a shim of their own keeps them, so that they outlive the command line that began them."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engineroom.workers.ports import free_port
from fakes.fake_docker.options import Asked, parse
from fakes.fake_docker.store import Store

POLL_S = 0.01
KILLED = 137
SOURCE_TREE = "/app/tensorrt_llm/examples/"
NO_TOOLKIT = 'could not select device driver "" with capabilities: [[gpu]].'
NO_CDI = "Error: setting up CDI devices: unresolvable CDI devices nvidia.com/gpu=all"


def run(store: Store, words: list[str], *, pull: Callable[[str], int], podman: bool) -> int:
    """``run``. Returns the container's exit status, or 125, 126, 127 where it did not come to that."""
    try:
        asked = parse(words)
    except ValueError as wrong:
        sys.stderr.write(f"{wrong}\n\nRun 'docker run --help' for more information\n")
        return 125
    name = asked.name or f"nameless_{uuid.uuid4().hex[:8]}"
    if (status := _refusal(store, asked, name, pull, podman=podman)) is not None:
        return status
    image = store.image(asked.image)
    version = store.config["registry"][image["RepoTags"][0]]["version"]
    programs = store.folder / "images" / version / "bin"
    if not programs.is_dir():
        from fakes.tensorrt_llm_double.kit import make_runtime

        make_runtime(programs.parent, version)
    command = _translated(asked, programs, store)
    if isinstance(command, int):
        return command
    row = _row(asked, name, image)
    store.save_container(row)
    _begin(
        [
            sys.executable,
            "-m",
            "fakes.fake_docker.shim",
            str(store.folder),
            name,
            json.dumps(command),
            str(os.getpid()),
        ],
        _environment(asked, programs, store),
    )
    if asked.detached:
        _until_started(store, name)
        print(row["Id"])
        return 0
    return _attached(store, name, removed=asked.removed)


def _begin(shim: list[str], environment: dict[str, str]) -> None:
    """Start the container's parent, which is no child of ours: that is docker's own, or the system's first process."""
    middle = os.fork()
    if middle == 0:
        devnull = subprocess.DEVNULL
        subprocess.Popen(shim, env=environment, start_new_session=True, stdin=devnull, stdout=devnull, stderr=devnull)
        os._exit(0)
    os.waitpid(middle, 0)


def _refusal(store: Store, asked: Asked, name: str, pull: Callable[[str], int], *, podman: bool) -> int | None:
    if store.image(asked.image) is None:
        if asked.last("--pull") == "never":
            sys.stderr.write(f"docker: Error response from daemon: No such image: {asked.image}\n")
            return 125
        if pull(asked.image) != 0:
            return 125
    if store.container(name) is not None:
        sys.stderr.write(
            f'docker: Error response from daemon: Conflict. The container name "/{name}" is already in use '
            "by container. You have to remove (or rename) that container to be able to reuse that name.\n"
        )
        return 125
    wants_gpu = asked.gpus is not None or any("nvidia.com/gpu" in device for device in asked.devices)
    if wants_gpu and not store.config["toolkit"]:
        sys.stderr.write(f"{NO_CDI}\n" if podman else f"docker: Error response from daemon: {NO_TOOLKIT}\n")
        return 126 if podman else 125
    for address, port, _ in asked.ports:
        if not _free(address, port):
            sys.stderr.write(f"docker: Error response from daemon: driver failed programming external connectivity: "
                             f"Bind for {address}:{port} failed: port is already allocated\n")  # fmt: skip
            return 125
    return None


def _free(address: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def _translated(asked: Asked, programs: Path, store: Store) -> list[str] | int:
    """The command as it runs on this machine: paths of mounts, addresses of published ports."""
    if not asked.command:
        return [str(programs / "python"), "-c", ""]
    words = [_of_image(_host_path(word, asked)) for word in asked.command]
    program = programs / Path(words[0]).name
    if not program.exists():
        found = shutil.which(words[0])
        if found is None:
            folder = Path(words[0]).is_dir()
            why = "permission denied" if folder else "executable file not found in $PATH"
            sys.stderr.write("docker: Error response from daemon: failed to create task for container: failed to "
                             f'create shim task: OCI runtime create failed: exec: "{words[0]}": {why}\n')  # fmt: skip
            return 126 if folder else 127
        return [found, *words[1:]]
    return [str(program), *_published(words[1:], asked)]


def _of_image(word: str) -> str:
    """Where the files of the image's source tree are: its examples are scripts of the double."""
    if word.startswith(SOURCE_TREE):
        return str(Path(__file__).parents[1] / "tensorrt_llm_double" / Path(word).name)
    return word


def _published(words: list[str], asked: Asked) -> list[str]:
    """Only a server on 0.0.0.0 can be reached through a published port; any other gets a port nobody asks."""
    if asked.network == "host" or not asked.ports or "--port" not in words:
        return words
    at = words.index("--port") + 1
    address, outer, inner = asked.ports[0]
    host = words[words.index("--host") + 1] if "--host" in words else "localhost"
    words = list(words)
    reachable = host == "0.0.0.0" and words[at] == str(inner)
    words[at] = str(outer) if reachable else str(free_port())
    if reachable:
        words[words.index("--host") + 1] = address
    return words


def _host_path(word: str, asked: Asked) -> str:
    for outer, inner in sorted(asked.mounts, key=lambda pair: -len(pair[1])):
        if word == inner or word.startswith(inner.rstrip("/") + "/"):
            return outer + word[len(inner.rstrip("/")) :]
    return word


def _environment(asked: Asked, programs: Path, store: Store) -> dict[str, str]:
    """What the process in the container sees; no card without ``--gpus``, as there."""
    given = {key: _host_path(value, asked) for key, value in asked.environment.items()}
    kept = {key: os.environ[key] for key in ("TRTLLM_DOUBLE_GPUS",) if key in os.environ}
    cards = asked.visible_cards()
    if cards is not None:
        given["CUDA_VISIBLE_DEVICES"] = cards
    if not asked.shares_memory:
        given["TRTLLM_DOUBLE"] = json.dumps({"fail": "vader", **_scenario(programs)})
    path = os.environ.get("PATH", "/usr/bin:/bin")
    return (
        {"PATH": f"{programs}:{path}", "HOME": str(store.folder), "PYTHONPATH": os.environ["PYTHONPATH"]} | kept | given
    )


def _scenario(programs: Path) -> dict[str, Any]:
    return json.loads((programs.parent / "trtllm_double.json").read_text(encoding="utf-8"))


def _row(asked: Asked, name: str, image: dict[str, Any]) -> dict[str, Any]:
    state = {"Status": "created", "Running": False, "Pid": 0, "ExitCode": 0, "OOMKilled": False}
    config = {"Image": asked.image, "Labels": asked.labels, "Cmd": asked.command,
              "Env": [f"{key}={value}" for key, value in asked.environment.items()]}  # fmt: skip
    return {"Id": uuid.uuid4().hex * 2, "Name": f"/{name}", "Image": image["Id"], "State": state, "Config": config,
            "AutoRemove": asked.removed}  # fmt: skip


def _until_started(store: Store, name: str) -> None:
    while (row := store.container(name)) is not None and row["State"]["Status"] == "created":
        time.sleep(POLL_S)


def _attached(store: Store, name: str, *, removed: bool) -> int:
    """Copy the output and pass signals on until the container ends. Its end does not depend on this process."""

    def forward(number: int, _: object) -> None:
        if row := store.container(name):
            send(row, number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, forward)
    _until_started(store, name)
    row = store.container(name)
    if row is None:
        return KILLED
    copy_output(store, row, follow=True)
    # Somebody may have removed it meanwhile, which kills it.
    status = KILLED
    with contextlib.suppress(FileNotFoundError):
        status = int(store.output(name, "status").read_text())
    if removed:
        store.remove_container(name)
    return status


def copy_output(store: Store, row: dict[str, Any], *, follow: bool) -> None:
    """Both streams of a container to those of this process."""
    name = row["Name"].lstrip("/")
    pairs = [(store.output(name, "stdout"), sys.stdout), (store.output(name, "stderr"), sys.stderr)]
    with contextlib.ExitStack() as stack:
        files = []
        for path, target in pairs:
            with contextlib.suppress(FileNotFoundError):
                files.append((stack.enter_context(path.open("rb")), target.buffer))
        while True:
            ended = not follow or store.output(name, "status").exists() or store.container(name) is None
            moved = False
            for source, target in files:
                if piece := source.read():
                    target.write(piece)
                    target.flush()
                    moved = True
            if ended and not moved:
                return
            if not moved:
                time.sleep(POLL_S)


def inside(store: Store, row: dict[str, Any]) -> dict[int, tuple[int, str]]:
    """What runs in a container: by its number here, its number outside and its command line."""
    found: dict[int, tuple[int, str]] = {}
    queue = [int(row["State"]["Pid"])]
    while queue:
        pid = queue.pop(0)
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            found[pid] = number_outside(store, pid, len(found)), b" ".join(words).decode(errors="replace").strip()
            for task in Path(f"/proc/{pid}/task").iterdir():
                queue += map(int, (task / "children").read_text(encoding="ascii").split())
    return found


def number_outside(store: Store, pid: int, place: int = 0) -> int:
    """Of a process, on docker's host: with ``vm`` in the settings that is a virtual machine with numbers of its own."""
    return place + 1 if store.config.get("vm") else pid


def send(row: dict[str, Any], number: int) -> str | None:
    """A signal to the container's first process; SIGKILL ends everything in it, through the shim."""
    if not row["State"]["Running"]:
        return f"cannot kill container: {row['Name']}: container {row['Id'][:12]} is not running"
    pid = int(row["State"]["Pid"])
    # Its number may be another's by now; nobody else's parent is the shim of this container.
    if row["Name"].lstrip("/") in _command(_parent(pid)).split("\0"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
    return None


def _parent(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    return 0


def _command(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    return ""


def stop(store: Store, row: dict[str, Any], seconds: float) -> str | None:
    """SIGTERM, a while, SIGKILL; returns when the container is gone. One that has ended is no problem."""
    if row["State"]["Running"]:
        send(row, signal.SIGTERM if seconds else signal.SIGKILL)
        deadline_s = time.monotonic() + seconds
        while _runs(store, row) and time.monotonic() < deadline_s:
            time.sleep(POLL_S)
        if _runs(store, row):
            send(row, signal.SIGKILL)
        wait(store, row)
    return None


def _runs(store: Store, row: dict[str, Any]) -> bool:
    found = store.container(row["Name"])
    return found is not None and bool(found["State"]["Running"])


def wait(store: Store, row: dict[str, Any]) -> None:
    """Until the container has ended."""
    while _runs(store, row):
        time.sleep(POLL_S)
