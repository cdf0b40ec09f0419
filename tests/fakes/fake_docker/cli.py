"""The command line of the fake: ``pull``, ``run``, ``stop``, ``inspect`` and what else a launcher asks."""

import hashlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fakes.fake_docker import running
from fakes.fake_docker.store import Store, template

DOWN = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"
DENIED = (
    "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: "
    'Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.47/info": dial unix /var/run/docker.sock: connect: permission denied'
)
IMAGE_BYTES = 21_474_836_480
LAYER_BYTES = 3_000_000_000
MACHINES = ("arm64", "amd64")


def main() -> int:
    """One command."""
    words = sys.argv[1:]
    store = Store(Path(os.environ["FAKE_DOCKER_STATE"]))
    with (store.folder / "argv.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(words) + "\n")
    daemon = store.config["daemon"]
    if words[:1] == ["--version"]:
        print("podman version 5.4.0" if podman() else "Docker version 28.1.1, build 4eba377")
        return 0
    if daemon != "up" and not podman():
        if words[:1] == ["info"]:
            print(json.dumps({"ServerErrors": [DOWN if daemon == "down" else DENIED], "ClientInfo": {}}))
        sys.stderr.write(("docker: " if words[:1] == ["run"] else "") + (DOWN if daemon == "down" else DENIED) + "\n")
        return 125 if words[:1] == ["run"] else 1
    command = COMMANDS.get(words[0] if words else "")
    if command is None:
        sys.stderr.write(f"{me()}: '{' '.join(words[:1])}' is not a {me()} command.\nSee '{me()} --help'\n")
        return 1
    return command(store, words[1:])


def me() -> str:
    """The name this program was called by."""
    return os.environ.get("FAKE_DOCKER_NAME", "docker")


def podman() -> bool:
    """Whether this is the one without a daemon."""
    return me() == "podman"


def _format(words: list[str]) -> tuple[str | None, list[str]]:
    """The value of ``--format`` or ``-f``, and the other words."""
    rest, shown = [], None
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word in {"--format", "-f"} and queue:
            shown = queue.pop(0)
        elif word.startswith("--format="):
            shown = word.partition("=")[2]
        else:
            rest.append(word)
    return shown, rest


def version(store: Store, words: list[str]) -> int:
    """``version``."""
    shown, _ = _format(words)
    facts = {"Client": {"Version": "28.1.1"}, "Server": {"Version": "28.1.1"}}
    print(template(shown, facts) if shown else json.dumps(facts))
    return 0


def info(store: Store, words: list[str]) -> int:
    """``info``: where the toolkit shows among the runtimes."""
    shown, _ = _format(words)
    runtimes = {"runc": {"path": "runc"}, "io.containerd.runc.v2": {"path": "runc"}}
    if store.config["toolkit"]:
        runtimes["nvidia"] = {"path": "nvidia-container-runtime"}
    facts = {"ServerVersion": "28.1.1", "Runtimes": runtimes, "DefaultRuntime": "runc", "OSType": "linux",
             "DockerRootDir": str(store.folder), "Architecture": "x86_64"}  # fmt: skip
    if podman():
        facts = {"host": {"arch": "amd64", "os": "linux"}, "store": {"graphRoot": str(store.folder)}}
    facts |= {"CDISpecDirs": ["/etc/cdi", "/var/run/cdi"]}
    print(template(shown, facts) if shown else json.dumps(facts))
    return 0


def pull(store: Store, words: list[str]) -> int:
    """``pull``: the lines of a pull without a terminal."""
    quiet = "-q" in words or "--quiet" in words
    name = next(word for word in words if not word.startswith("-"))
    return _pull(store, name, quiet=quiet)


def _pull(store: Store, name: str, *, quiet: bool) -> int:
    config = store.config
    by_digest = {f"{tag.rpartition(':')[0]}@sha256:{_digest(config, tag)}": tag for tag in config["registry"]}
    name = by_digest.get(name, name)
    tag = name.rpartition(":")[2]
    if (failure := config.get("pull_fails")) is not None:
        sys.stderr.write(f"Error response from daemon: {failure}\n")
        return 1
    if name not in config["registry"]:
        sys.stderr.write(f"Error response from daemon: manifest for {name} not found: manifest unknown\n")
        return 1
    if not quiet:
        print(f"{tag}: Pulling from {name.partition('/')[2].rpartition(':')[0]}", flush=True)
        _layers(config, name)
    digest = _digest(config, name)
    row = {"Id": f"sha256:{_sha(name + 'id')}", "RepoTags": [name], "Size": config.get("image_bytes", IMAGE_BYTES),
           "RepoDigests": [f"{name.rpartition(':')[0]}@sha256:{digest}"], "Architecture": "amd64", "Os": "linux",
           "Created": "2026-11-01T00:00:00Z"}  # fmt: skip
    known = name in store.images()
    store.add_image(name, row)
    if not quiet:
        print(f"Digest: sha256:{digest}")
        print(f"Status: {'Image is up to date' if known else 'Downloaded newer image'} for {name}")
    print(name)
    return 0


def _layers(config: dict[str, Any], name: str) -> None:
    layers = [_sha(f"{name}{number}")[:12] for number in range(config.get("layers", 3))]
    for state in ("Pulling fs layer", "Waiting", "Verifying Checksum", "Download complete", "Pull complete"):
        for layer in layers:
            print(f"{layer}: {state}", flush=True)
            time.sleep(config.get("pace_s", 0.001))


def manifest(store: Store, words: list[str]) -> int:
    """``manifest inspect``: an image for several machines names one manifest each; that one names its layers."""
    config, name = store.config, words[-1]
    each = {f"sha256:{_sha(f'{tag}{machine}')}": (tag, machine) for tag in config["registry"] for machine in MACHINES}
    digest = name.partition("@")[2]
    if words[:1] != ["inspect"] or (name not in config["registry"] and digest not in each):
        sys.stderr.write(f"no such manifest: {name}\n")
        return 1
    if digest:
        tag, _ = each[digest]
        sizes = [{"digest": f"sha256:{_sha(f'{tag}{number}')}", "size": LAYER_BYTES * (number + 1)}
                 for number in range(config.get("layers", 3))]  # fmt: skip
        print(json.dumps({"schemaVersion": 2, "layers": sizes}))
        return 0
    rows = [{"digest": digest, "platform": {"os": "linux", "architecture": machine}}
            for digest, (tag, machine) in each.items() if tag == name]  # fmt: skip
    print(json.dumps({"schemaVersion": 2, "manifests": rows}))
    return 0


def _digest(config: dict[str, Any], name: str) -> str:
    return config["registry"][name].get("digest") or _sha(name)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def image(store: Store, words: list[str]) -> int:
    """``image inspect``, ``image rm``, ``image ls``."""
    verb, *rest = words
    if verb == "ls":
        return images(store, rest)
    if verb == "pull":
        return pull(store, rest)
    shown, names = _format(rest)
    names = [name for name in names if not name.startswith("-")]
    missing = [name for name in names if store.image(name) is None]
    if verb == "rm":
        return _remove_images(store, names, missing)
    rows = [store.image(name) for name in names if store.image(name) is not None]
    print("\n".join(template(shown, row) for row in rows) if shown else json.dumps(rows, indent=4))
    for name in missing:
        sys.stderr.write(f"Error response from daemon: No such image: {name}\n")
    return 1 if missing else 0


def _remove_images(store: Store, names: list[str], missing: list[str]) -> int:
    for name in names:
        if name in missing:
            sys.stderr.write(f"Error response from daemon: No such image: {name}\n")
        else:
            store.remove_image(name)
            print(f"Untagged: {name}")
    return 1 if missing else 0


def images(store: Store, words: list[str]) -> int:
    """``images``."""
    shown, _ = _format(words)
    for name, row in store.images().items():
        repository, _, tag = name.rpartition(":")
        facts = {"Repository": repository, "Tag": tag, "ID": row["Id"][7:19], "Size": f"{row['Size'] / 1e9:.1f}GB"}
        print(template(shown, facts) if shown else "  ".join(facts.values()))
    return 0


def rmi(store: Store, words: list[str]) -> int:
    """``rmi``."""
    return image(store, ["rm", *words])


def ps(store: Store, words: list[str]) -> int:
    """``ps``, with ``--filter name=`` and ``label=``."""
    shown, rest = _format(words)
    everything = "-a" in rest or "--all" in rest or "-aq" in rest
    wanted = [rest[at + 1] for at, word in enumerate(rest) if word == "--filter"]
    wanted += [word.partition("=")[2] for word in rest if word.startswith("--filter=")]
    for name, row in store.containers().items():
        if (everything or row["State"]["Running"]) and all(_kept(name, row, each) for each in wanted):
            facts = {"ID": row["Id"][:12], "Names": name, "Image": row["Config"]["Image"],
                     "State": row["State"]["Status"], "Status": row["State"]["Status"]}  # fmt: skip
            quiet = "-q" in rest or "-aq" in rest or "--quiet" in rest
            print(facts["ID"] if quiet else template(shown, facts) if shown else "  ".join(facts.values()))
    return 0


def _kept(name: str, row: dict[str, Any], wanted: str) -> bool:
    key, _, value = wanted.partition("=")
    if key == "name":
        return value.strip("^/$") in name
    label, equals, content = value.partition("=")
    labels = row["Config"]["Labels"]
    return key == "label" and label in labels and (not equals or labels[label] == content)


def inspect(store: Store, words: list[str]) -> int:
    """``inspect`` and ``container inspect`` of containers, then of images."""
    shown, names = _format(words)
    names = [name for name in names if not name.startswith("-")]
    for name in names:
        row = store.container(name) or store.image(name)
        if row is None:
            print("[]")
            sys.stderr.write(f"Error: No such object: {name}\n")
            return 1
        if "State" in row and row["State"]["Running"]:
            row["State"]["Pid"] = running.number_outside(store, row["State"]["Pid"])
        print(template(shown, row) if shown else json.dumps([row], indent=4))
    return 0


def top(store: Store, words: list[str]) -> int:
    """``top NAME [ps options]``, or with Podman ``top NAME descriptors``: numbers are those outside.

    Docker runs ``ps`` on its host, with ``-ef`` unless told otherwise, and keeps the rows of the container (moby
    daemon/top_unix.go); Podman knows ``hpid`` and ``args`` itself (podman-top(1)).
    """
    name, *options = words
    row = store.container(name)
    if row is None or not row["State"]["Running"]:
        what = "No such container" if row is None else "container is not running"
        sys.stderr.write(f"Error response from daemon: {what}: {name}\n")
        return 1
    asked = ",".join(options).removeprefix("-eo,").removeprefix("-o,").split(",") if options else ["uid", "pid", "cmd"]
    numbers = {"pid", "hpid"} if not podman() else {"hpid"}
    if not numbers.intersection(asked):
        sys.stderr.write("Error response from daemon: Couldn't find PID field in ps output\n")
        return 1
    titles = {"pid": "PID", "hpid": "HPID", "args": "COMMAND", "cmd": "CMD", "uid": "UID"}
    print("  ".join(f"{titles[one]:<8}" for one in asked))
    for number, (pid, command) in running.inside(store, row).items():
        facts = {"pid": pid, "hpid": pid, "args": command, "cmd": command, "uid": "root", "number": number}
        print("  ".join(f"{facts[one]!s:<8}" for one in asked).rstrip())
    return 0


def container(store: Store, words: list[str]) -> int:
    """``container VERB``."""
    return COMMANDS[words[0]](store, words[1:])


def stop(store: Store, words: list[str]) -> int:
    """``stop [-t SECONDS] NAME``: SIGTERM, then SIGKILL."""
    seconds, names = 10.0, []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word in {"-t", "--time", "--timeout"}:
            seconds = float(queue.pop(0))
        elif "=" in word:
            seconds = float(word.partition("=")[2])
        else:
            names.append(word)
    scale = store.config.get("time_scale", 1.0)
    return _each(store, names, lambda row: running.stop(store, row, seconds * scale))


def kill(store: Store, words: list[str]) -> int:
    """``kill [-s SIGNAL] NAME``."""
    chosen, names, queue = "KILL", [], list(words)
    while queue:
        word = queue.pop(0)
        if word in {"-s", "--signal"}:
            chosen = queue.pop(0)
        elif word.startswith("--signal="):
            chosen = word.partition("=")[2]
        else:
            names.append(word)
    number = int(chosen) if chosen.isdigit() else signal.Signals[f"SIG{chosen.removeprefix('SIG')}"]
    return _each(store, names, lambda row: running.send(row, number))


def rm(store: Store, words: list[str]) -> int:
    """``rm [-f] NAME``."""
    force = any(word in {"-f", "--force", "-fv"} for word in words)
    names = [word for word in words if not word.startswith("-")]

    def remove(row: dict[str, Any]) -> str | None:
        if row["State"]["Running"] and not force:
            return f'cannot remove container "{row["Name"]}": container is running: stop the container before removing'
        running.stop(store, row, 0)
        store.remove_container(row["Name"].lstrip("/"))
        return None

    return _each(store, names, remove, missing_is_fine=force)


def _each(
    store: Store, names: list[str], act: Callable[[dict[str, Any]], str | None], *, missing_is_fine: bool = False
) -> int:
    status = 0
    for name in names:
        row = store.container(name)
        problem = f"No such container: {name}" if row is None else act(row)
        if problem is None:
            print(name)
        else:
            sys.stderr.write(f"Error response from daemon: {problem}\n")
            status = status if row is None and missing_is_fine else 1
    return status


def wait(store: Store, words: list[str]) -> int:
    """``wait NAME``."""
    return _each(store, words, lambda row: running.wait(store, row))


def logs(store: Store, words: list[str]) -> int:
    """``logs [--follow] NAME``."""
    name = next(word for word in words if not word.startswith("-"))
    row = store.container(name)
    if row is None:
        sys.stderr.write(f"Error response from daemon: No such container: {name}\n")
        return 1
    follow = any(word in {"-f", "--follow"} for word in words)
    running.copy_output(store, row, follow=follow)
    return 0


def run(store: Store, words: list[str]) -> int:
    """``run``: see ``running``."""
    return running.run(store, words, pull=lambda name: _pull(store, name, quiet=False), podman=podman())


def now() -> str:
    """The time as Docker writes it."""
    return datetime.now(UTC).isoformat()


COMMANDS: dict[str, Callable[[Store, list[str]], int]] = {
    each.__name__: each
    for each in (
        version,
        info,
        pull,
        manifest,
        image,
        images,
        rmi,
        ps,
        inspect,
        top,
        container,
        stop,
        kill,
        rm,
        wait,
        logs,
        run,
    )
}

if __name__ == "__main__":
    sys.exit(main())
