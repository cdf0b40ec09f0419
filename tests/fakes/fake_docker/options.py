"""The options of ``docker run`` that the fake understands; any other is refused, as an unknown one is."""

from dataclasses import dataclass, field

FLAGS = {"--rm", "-i", "-t", "-it", "--init", "-d", "--detach", "--read-only", "--privileged", "--interactive", "--tty"}
VALUED = {
    "--name", "--gpus", "--ipc", "--ulimit", "-p", "--publish", "-e", "--env", "-v", "--volume", "--network", "--net",
    "--shm-size", "--label", "-l", "--entrypoint", "--device", "--user", "-u", "--workdir", "-w", "--stop-timeout",
    "--pull", "--runtime", "--mount", "--cap-add", "--cap-drop", "--security-opt", "--memory", "-m", "--restart",
    "--hostname", "--stop-signal", "--env-file", "--pids-limit", "--log-driver", "--cidfile", "--userns", "--add-host",
    "--tmpfs", "--log-opt", "--cpus", "--platform", "--init-path", "--group-add",
}  # fmt: skip


@dataclass
class Asked:
    """What ``run`` was asked for."""

    image: str = ""
    command: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    values: dict[str, list[str]] = field(default_factory=dict)

    def all(self, *names: str) -> list[str]:
        """The values of an option under all its names."""
        return [value for name in names for value in self.values.get(name, [])]

    def last(self, *names: str) -> str | None:
        """The last value."""
        found = self.all(*names)
        return found[-1] if found else None

    @property
    def name(self) -> str | None:
        """Of the container."""
        return self.last("--name")

    @property
    def gpus(self) -> str | None:
        """As ``--gpus`` has it."""
        return self.last("--gpus")

    @property
    def devices(self) -> list[str]:
        """As ``--device`` has them."""
        return self.all("--device")

    @property
    def network(self) -> str | None:
        """Its name."""
        return self.last("--network", "--net")

    @property
    def detached(self) -> bool:
        """Whether the command line returns at once."""
        return bool(self.flags & {"-d", "--detach"})

    @property
    def removed(self) -> bool:
        """Whether nothing stays after the end."""
        return "--rm" in self.flags

    @property
    def shares_memory(self) -> bool:
        """Whether there is room for MPI's shared memory (reference 6.2)."""
        return self.last("--ipc") == "host" or self.last("--shm-size") is not None

    @property
    def labels(self) -> dict[str, str]:
        """By name."""
        return dict(_pair(each) for each in self.all("--label", "-l"))

    @property
    def environment(self) -> dict[str, str]:
        """Variables with a value; those passed on from outside too."""
        import os

        pairs = (_pair(each) if "=" in each else (each, os.environ.get(each, "")) for each in self.all("-e", "--env"))
        return {name: value for name, value in pairs if value}

    @property
    def ports(self) -> list[tuple[str, int, int]]:
        """Address, port outside, port inside."""
        found = []
        for each in self.all("-p", "--publish"):
            parts = each.split("/")[0].split(":")
            address = parts[0] if len(parts) == 3 else "0.0.0.0"
            found.append((address, int(parts[-2] if len(parts) > 1 else parts[-1]), int(parts[-1])))
        return found

    @property
    def mounts(self) -> list[tuple[str, str]]:
        """Path outside, path inside."""
        found = [(each.split(":")[0], each.split(":")[1]) for each in self.all("-v", "--volume")]
        for each in self.all("--mount"):
            keys = dict(_pair(part) for part in each.split(","))
            source, target = keys.get("source") or keys.get("src"), keys.get("target") or keys.get("dst")
            if source and (target := target or keys.get("destination")):
                found.append((source, target))
        return found

    def visible_cards(self) -> str | None:
        """For ``CUDA_VISIBLE_DEVICES``: None for all cards, empty for none."""
        words = [each.partition("=")[2] for each in self.devices if each.startswith("nvidia.com/gpu=")]
        if self.gpus is not None:
            words.append(self.gpus.strip("\"'").removeprefix("device=").strip("\"'"))
        if not words:
            return ""
        return None if "all" in words else ",".join(words)


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def parse(words: list[str]) -> Asked:
    """Raises ValueError in Docker's words."""
    asked, queue = Asked(), list(words)
    while queue and queue[0].startswith("-"):
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if name in FLAGS and not equals:
            asked.flags.add(name)
        elif name in VALUED:
            if not equals and not queue:
                raise ValueError(f"flag needs an argument: {name}")
            asked.values.setdefault(name, []).append(value if equals else queue.pop(0))
        elif name not in FLAGS:
            raise ValueError(f"unknown flag: {name}")
    if not queue:
        raise ValueError("docker: 'docker run' requires at least 1 argument")
    asked.image, *asked.command = queue
    return asked
