"""What stands in the way of an installation, and how it is said."""

import string
from dataclasses import replace

import pytest

from engineroom.adapters.matrix import load_matrix
from engineroom.adapters.runtime_sources import load_sources
from engineroom.contract import runtime_sentences
from engineroom.contract.runtime_sentences import finding_words, gate_words
from engineroom.domain.planning.values import Platform
from engineroom.domain.runtimes.gate import REASONS
from engineroom.domain.runtimes.preflight import (
    FACTS_OF,
    Card,
    Check,
    ContainerFacts,
    Finding,
    Level,
    MachineFacts,
    blocking,
    look,
    mpi_command,
)
from engineroom.domain.runtimes.recipe import source_for
from engineroom.domain.runtimes.values import GateCheck, GateStep, Outcome, RuntimeKind

GIB = 2**30
DOCKER = ContainerFacts(
    program="docker", answers=True, has_toolkit=True, data_path="/var/lib/docker", data_free_bytes=500 * GIB
)
GOOD = MachineFacts(
    platform=Platform(os="linux", arch="x86_64", driver_version="580.95.05", cuda_version="13.0"),
    cards=(Card(name="NVIDIA L40S", compute_capability=(8, 9)),),
    distribution=("ubuntu", "debian"),
    venv_path="/home/me/data",
    venv_free_bytes=500 * GIB,
    available_bytes=64 * GIB,
    has_libmpi=True,
    has_mpirun=True,
    has_uv=True,
    python="here",
    container=DOCKER,
)


def looked(facts: MachineFacts, kind: RuntimeKind = RuntimeKind.VENV, version: str = "1.2.1") -> dict[str, Finding]:
    """What is not fine, by code."""
    source, wanted = source_for(load_sources({}), version)
    found = look(facts, source, wanted, kind, load_matrix())
    assert [one.check for one in found] == sorted((one.check for one in found), key=list(Check).index)
    for one in found:
        assert set(one.facts) == set(FACTS_OF[one.code]), one
    return {one.code: one for one in found if one.level is not Level.OK}


@pytest.mark.parametrize("kind", [RuntimeKind.VENV, RuntimeKind.CONTAINER])
def test_a_machine_that_has_everything(kind: RuntimeKind) -> None:
    assert looked(GOOD, kind) == {}


@pytest.mark.parametrize(
    ("changes", "code", "level"),
    [
        ({"platform": Platform(os="windows")}, "system_windows", Level.BLOCKING),
        ({"platform": Platform(os="darwin", arch="aarch64")}, "system_unsupported", Level.BLOCKING),
        ({"platform": replace(GOOD.platform, os="wsl")}, "system_wsl", Level.WARNING),
        ({"platform": replace(GOOD.platform, driver_version="575.64")}, "driver_old", Level.BLOCKING),
        ({"platform": replace(GOOD.platform, cuda_version="12.9")}, "driver_cuda_old", Level.BLOCKING),
        ({"platform": replace(GOOD.platform, driver_version=None)}, "driver_unknown", Level.WARNING),
        ({"cards": ()}, "card_none", Level.WARNING),
        ({"cards": (Card(name="Tesla T4", compute_capability=(7, 5)),)}, "card_unsupported", Level.BLOCKING),
        (
            {"cards": (*GOOD.cards, Card(name="Tesla T4", compute_capability=(7, 5)))},
            "card_unsupported",
            Level.WARNING,
        ),
        ({"cards": (Card(name="NVIDIA GeForce RTX 5090", compute_capability=(12, 0)),)}, "card_community",
         Level.WARNING),
        ({"venv_free_bytes": 10 * GIB}, "disk_short", Level.BLOCKING),
        ({"venv_free_bytes": None}, "disk_unknown", Level.WARNING),
        ({"available_bytes": 4 * GIB}, "memory_short", Level.WARNING),
        ({"has_libmpi": False}, "mpi_missing", Level.BLOCKING),
        ({"has_mpirun": False}, "mpirun_missing", Level.WARNING),
        ({"has_uv": False}, "uv_missing", Level.BLOCKING),
        ({"python": "missing"}, "python_missing", Level.BLOCKING),
        ({"python": "download"}, "python_download", Level.WARNING),
    ],
)  # fmt: skip
def test_one_thing_wrong_with_an_environment(changes: dict[str, object], code: str, level: Level) -> None:
    found = looked(replace(GOOD, **changes))  # type: ignore[arg-type]
    assert list(found) == [code]
    assert found[code].level is level
    assert bool(blocking(found.values())) is (level is Level.BLOCKING)


@pytest.mark.parametrize(
    ("changes", "code", "level"),
    [
        ({"container": None}, "container_missing", Level.BLOCKING),
        ({"container": ContainerFacts(program="docker", answers=False, reason="is it running")},
         "container_unreachable", Level.BLOCKING),
        ({"container": ContainerFacts(program="docker", answers=False, no_permission=True)},
         "container_no_permission", Level.BLOCKING),
        ({"container": replace(DOCKER, has_toolkit=False)}, "toolkit_missing", Level.BLOCKING),
        ({"container": replace(DOCKER, data_free_bytes=GIB)}, "disk_short", Level.BLOCKING),
        ({"has_libmpi": False, "has_uv": False, "python": "missing", "venv_free_bytes": 0}, None, Level.OK),
    ],
)  # fmt: skip
def test_one_thing_wrong_with_a_container(changes: dict[str, object], code: str | None, level: Level) -> None:
    found = looked(replace(GOOD, **changes), RuntimeKind.CONTAINER)  # type: ignore[arg-type]
    assert list(found) == ([] if code is None else [code])
    assert all(one.level is level for one in found.values())


@pytest.mark.parametrize(("program", "command"), [("docker", "systemctl start docker"), ("podman", "podman info")])
def test_a_program_that_does_not_answer_has_its_own_remedy(program: str, command: str) -> None:
    container = ContainerFacts(program=program, answers=False, reason="it is away")
    finding = looked(replace(GOOD, container=container), RuntimeKind.CONTAINER)["container_unreachable"]
    assert command in finding_words(finding)[1]


def test_arm_has_no_code_for_ada() -> None:
    arm = replace(GOOD, platform=replace(GOOD.platform, arch="aarch64"))
    assert looked(arm)["card_unsupported"].level is Level.BLOCKING
    assert looked(replace(arm, cards=(Card(name="NVIDIA GB10", compute_capability=(12, 1)),))) == {}


def test_a_version_that_the_tables_do_not_know_is_judged_by_the_one_we_install() -> None:
    old = replace(GOOD, platform=replace(GOOD.platform, driver_version="560.10"))
    assert "driver_old" in looked(old, RuntimeKind.CONTAINER, "1.4.0rc1")


def test_the_disk_names_its_figures_and_where_they_are_from() -> None:
    facts = looked(replace(GOOD, venv_free_bytes=10 * GIB))["disk_short"].facts
    assert facts["path"] == "/home/me/data"
    assert facts["free_bytes"] == 10 * GIB
    assert isinstance(facts["needs_bytes"], int)
    assert "estimate" in str(facts["source"])


@pytest.mark.parametrize(
    ("distribution", "program"),
    [
        (("ubuntu", "debian"), "apt-get"),
        (("linuxmint", "ubuntu"), "apt-get"),
        (("fedora",), "dnf"),
        (("rocky", "rhel", "fedora"), "dnf"),
        (("cachyos", "arch"), "pacman"),
        (("opensuse-tumbleweed", "opensuse", "suse"), "zypper"),
        ((), "apt-get"),
    ],
)
def test_one_command_per_distribution(distribution: tuple[str, ...], program: str) -> None:
    assert mpi_command(distribution).startswith(f"sudo {program} ")


@pytest.mark.parametrize("code", FACTS_OF)
def test_every_finding_has_words_and_a_remedy(code: str) -> None:
    finding = Finding(check=Check.SYSTEM, code=code, facts={name: f"<{name}>" for name in FACTS_OF[code]})
    what, remedy = finding_words(finding)
    wanted = {name for text in runtime_sentences.FINDINGS[code] for _, name, _, _ in string.Formatter().parse(text)}
    assert wanted - {None} <= set(FACTS_OF[code])
    assert code == "ok" or (what.endswith(".") and remedy)


def test_every_reason_of_a_gate_has_words() -> None:
    assert set(runtime_sentences.GATE) == set(REASONS)
    for reason, facts in REASONS.items():
        check = GateCheck(
            step=GateStep.SERVE, outcome=Outcome.FAILED, reason=reason, facts={name: f"<{name}>" for name in facts}
        )
        words = gate_words(check)
        assert "unknown" not in words
        assert all(f"<{name}>" in words for name in facts)
