"""Runtimes as a person reads them."""

import pytest

from engineroom.cli.runtimes_view import show_gate, show_look, show_runtimes
from engineroom.contract.runtimes import (
    Check,
    Finding,
    GateCheck,
    GateResult,
    GateStep,
    Level,
    Outcome,
    RuntimeKind,
    RuntimeLook,
    RuntimeState,
    RuntimeView,
)
from engineroom.domain.errors import Code, Problem

GATE = GateResult(
    verdict=Outcome.FAILED,
    checks=(
        GateCheck(step=GateStep.VERSION, outcome=Outcome.PASSED),
        GateCheck(
            step=GateStep.SPEED,
            outcome=Outcome.FAILED,
            reason="slower",
            facts={"tokens_per_s": 80.0, "reference": "old", "reference_tokens_per_s": 100.0, "percent": 20.0},
        ),
        GateCheck(step=GateStep.TOOL_CALL, outcome=Outcome.NOT_RUN, reason="no_card"),
    ),
    at_unix_s=1.0,
    tokens_per_s=80.0,
    simulated=True,
)
NEW = RuntimeView(
    id="new", product="tensorrt-llm", kind=RuntimeKind.VENV, state=RuntimeState.REFUSED, version="1.2.1",
    size_bytes=12_500_000_000, package_count=97, gate=GATE, used_by=("llama",),
)  # fmt: skip


def test_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    default = RuntimeView(
        id="old", product="tensorrt-llm", kind=RuntimeKind.CONTAINER, state=RuntimeState.READY, version="1.2.0",
        is_default=True,
    )  # fmt: skip
    gone = RuntimeView(
        id="gone", product="tensorrt-llm", kind=RuntimeKind.VENV, state=RuntimeState.BROKEN, version="1.1.0",
        problem=Problem(code=Code.RUNTIME_GONE, facts={"runtime": "gone", "missing": "/data/gone/python"}),
    )  # fmt: skip
    theirs = RuntimeView(
        id="theirs", product="attached", kind=RuntimeKind.ATTACHED, state=RuntimeState.UNREACHABLE, version=None,
        address="http://box/v1",
    )  # fmt: skip
    show_runtimes([default, NEW, gone, theirs])
    said = capsys.readouterr().out
    assert "* old  (1.2.0, container)  ready\n" in said
    assert "  new  (1.2.1, venv, 11.6 GiB)  installed, refused by its gate\n" in said
    assert "used by llama" in said
    assert "NO  speed: it is 20.0 % slower than old: 80.0 tokens/s against 100.0" in said
    assert "! gone was installed, but /data/gone/python is gone." in said
    assert "http://box/v1: no models" in said


def test_a_gate(capsys: pytest.CaptureFixture[str]) -> None:
    show_gate(NEW)
    said = capsys.readouterr().out
    assert "97 packages, 11.6 GiB" in said
    assert "ok  version\n" in said
    assert "--  tool_call: not run: no card" in said
    assert "80.0 tokens/s (SIMULATED card)" in said
    assert said.endswith("The default stays as it was.\n")


def test_a_look(capsys: pytest.CaptureFixture[str]) -> None:
    findings = (
        Finding(check=Check.SYSTEM),
        Finding(check=Check.DRIVER),
        Finding(check=Check.DRIVER),
        Finding(check=Check.MPI, level=Level.BLOCKING, code="mpi_missing", facts={"command": "sudo it"}),
        Finding(check=Check.CARD, level=Level.WARNING, code="card_community", facts={"card": "RTX 4090"}),
    )
    show_look(RuntimeLook(kind=RuntimeKind.VENV, version="1.2.1", blocked=True, findings=findings, words=()))
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["TensorRT-LLM 1.2.1 as venv: cannot be installed", "  ok  system, driver"]
    assert said[2].startswith("  NO  The library libmpi")
    assert said[3] == "      Run: sudo it"
    assert said[4].startswith("  !   RTX 4090 is not on NVIDIA's list")
