"""Commands for one model on several machines, written out as a script for a person to read and run.

After NVIDIA's playbook for two DGX Sparks (dgx-spark-playbooks @0db7c141); nothing here is run by us.
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engineroom.domain.parse_faults import Unread
from engineroom.domain.sealed.values import CHECKPOINT

SSH_PORT = 2233
"""Where the containers of the playbook listen for one another, beside the machines' own SSH."""

FIRST, BEYOND = (1, 1), (1, 5)
"""Versions whose ``trtllm-llmapi-launch`` is as the reference has it (section 6.4)."""

MOST_PER_HOST = 16
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}")

_PASSED_ON = ("HF_TOKEN", "TRITON_PTXAS_PATH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """Machines that serve one model together.

    ``hosts`` are addresses on the fast link, the first one's server answers; ``interfaces`` are that link's network
    interfaces; ``entry_script`` is the container's program that waits for MPI, as a path on every machine.
    ``environment`` goes to every rank; ``remarks`` are for whoever reads the script.
    """

    hosts: tuple[str, ...]
    gpus_per_host: int
    interfaces: tuple[str, ...]
    image: str
    model: str
    models_path: str
    options_path: str
    entry_script: str
    options: tuple[str, ...]
    port: int
    name: str = "engineroom-nodes"
    infiniband: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def check_nodes(hosts: tuple[str, ...], gpus_per_host: int, version: tuple[int, ...], kind: str) -> None:
    """Refuse what such a script cannot be written for. Raises Unread, a ValueError, with the reason as facts."""
    if len(hosts) < 2 or len(set(hosts)) != len(hosts):
        raise Unread("nodes_few")
    if bad := next((host for host in hosts if not _HOST.fullmatch(host)), None):
        raise Unread("nodes_name", name=repr(bad[:60]))
    if not 1 <= gpus_per_host <= MOST_PER_HOST:
        raise Unread("nodes_cards", count=gpus_per_host, most=MOST_PER_HOST)
    if kind != CHECKPOINT:
        raise Unread("nodes_kind")
    if not FIRST <= version[:2] < BEYOND:
        told = ".".join(map(str, version)) or "unknown"
        first, beyond = (".".join(map(str, one)) for one in (FIRST, BEYOND))
        raise Unread("nodes_version", version=told, first=first, beyond=beyond)


def script_for(nodes: Nodes) -> str:
    """A shell script: what to do on every machine, then on the first.

    Raises:
        ValueError: as :func:`check_nodes` of its machines.
    """
    check_nodes(nodes.hosts, nodes.gpus_per_host, FIRST, CHECKPOINT)
    return "\n".join(_script(nodes)) + "\n"


def world_size(nodes: Nodes) -> int:
    """Ranks over all machines: the tensor-parallel size."""
    return len(nodes.hosts) * nodes.gpus_per_host


def _script(nodes: Nodes) -> Iterator[str]:
    yield "#!/bin/sh"
    yield f"# {nodes.model} on {len(nodes.hosts)} machines, {world_size(nodes)} cards. Read it before you run it."
    yield from (f"# {remark}" for remark in nodes.remarks)
    yield "# The server has no keys: whoever reaches its port can use it."
    yield "set -eu"
    yield "# 1. On every machine: the container that waits for the others."
    yield "start_node() {"
    yield from _folded(_container(nodes))
    yield "}"
    yield "# 2. On the first machine: which machines there are, and how many ranks on each."
    yield "start_server() {"
    yield f"  docker exec -i {nodes.name} sh -c 'cat > /etc/openmpi-hostfile' <<'HOSTS'"
    yield from (f"{host} port={SSH_PORT} slots={nodes.gpus_per_host}" for host in nodes.hosts)
    yield "HOSTS"
    yield from _folded(("docker", "exec", nodes.name, *_mpirun(nodes)))
    yield "}"
    yield 'case "${1:-}" in'
    yield "  node) start_node ;;"
    yield "  server) start_server ;;"
    yield f"  stop) docker stop --time 60 {nodes.name} ;;"
    yield '  *) echo "usage: $0 node|server|stop" >&2; exit 2 ;;'
    yield "esac"


def _folded(words: Iterable[str]) -> Iterator[str]:
    """A command as lines of a function, an option to each."""
    lines: list[list[str]] = [[]]
    for word in words:
        if word.startswith("-") and lines[-1]:
            lines.append([])
        lines[-1].append(word)
    for at, line in enumerate(lines):
        yield ("    " if at else "  ") + shlex.join(line) + (" \\" if at < len(lines) - 1 else "")


def _container(nodes: Nodes) -> Iterator[str]:
    links = ",".join(nodes.interfaces)
    yield from ("docker", "run", "--detach", "--rm", "--pull", "never", "--name", nodes.name)
    yield from ("--gpus", '"device=all"', "--network", "host", "--ipc", "host")
    yield from ("--ulimit", "memlock=-1", "--ulimit", "stack=67108864")
    if nodes.infiniband:
        yield from ("--device", "/dev/infiniband:/dev/infiniband")
    variables = {
        "UCX_NET_DEVICES": links,
        "NCCL_SOCKET_IFNAME": links,
        "OMPI_MCA_btl_tcp_if_include": links,
        "OMPI_MCA_orte_default_hostfile": "/etc/openmpi-hostfile",
        "OMPI_MCA_rmaps_ppr_n_pernode": str(nodes.gpus_per_host),
        "OMPI_ALLOW_RUN_AS_ROOT": "1",
        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
        "TRITON_PTXAS_PATH": "/usr/local/cuda/bin/ptxas",
        **nodes.environment,
    }
    for name, value in variables.items():
        yield from ("--env", f"{name}={value}")
    yield from ("--env", "HF_TOKEN")
    yield from ("--mount", f"type=bind,source={nodes.models_path},target={nodes.models_path},readonly")
    yield from ("--mount", f"type=bind,source={nodes.options_path},target={nodes.options_path},readonly")
    yield from ("--mount", f"type=bind,source={nodes.entry_script},target=/entry.sh,readonly")
    yield from (nodes.image, "sh", "/entry.sh")


def _mpirun(nodes: Nodes) -> Iterator[str]:
    yield "mpirun"
    for name in (*_PASSED_ON, *nodes.environment):
        yield from ("-x", name)
    yield from ("trtllm-llmapi-launch", "trtllm-serve", "serve", nodes.model)
    yield from ("--tp_size", str(world_size(nodes)), "--backend", "pytorch", "--port", str(nodes.port))
    yield from nodes.options
    yield from ("--extra_llm_api_options", nodes.options_path)
