"""Sentences and units."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import engineroom_ui
from engineroom.contract.control import HostInfo, Machine, NvmlState, ProblemView
from engineroom.contract.problems import Code
from engineroom_ui.text import problems, units, words

SOURCE = Path(engineroom_ui.__file__).parent


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_sentence_and_a_remedy(code: Code) -> None:
    """With no facts at all, missing ones are said to be missing; the code comes last, to be searched for."""
    said = problems.sentence(ProblemView(code=code, facts={}))
    assert said.whole.endswith(f" ({code})")
    assert str(code) not in said.what.split()
    assert said.what
    assert "{" not in said.whole
    assert said.remedy.endswith(".")


def test_facts_are_told_with_their_units() -> None:
    """Counts have separators, durations have units."""
    facts = {"path": "/m/a.gguf", "needs_bytes": 98_000_000, "has_bytes": 41}
    assert "98,000,000 bytes" in problems.sentence(ProblemView(code=Code.GGUF_TRUNCATED, facts={**facts})).what
    silent = ProblemView(code=Code.ENGINE_SILENT, facts={"waited_s": 90.0})
    assert "90.0 s" in problems.sentence(silent).what


def test_an_unknown_code_is_named() -> None:
    """A newer daemon may know more codes than this window."""
    assert "brand_new" in problems.sentence(ProblemView(code="brand_new", facts={})).whole


def test_two_sentences_are_kept_apart() -> None:
    """A fact at the end of the first sentence may come without a full stop."""
    said = problems.sentence(ProblemView(code=Code.LOAD_FAILED, facts={"line": "bad magic"}))
    assert "bad magic. " in said.whole


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (units.memory(24 * 1024**3), "24.0 GiB"),
        (units.memory(231 * 1024**2), "231 MiB"),
        (units.memory_of(9 * 1024**3, 24 * 1024**3), "9.0 of 24.0 GiB"),
        (units.memory_of(None, 24 * 1024**3), "24.0 GiB"),
        (units.file_size(98_362_432), "98 MB"),
        (units.file_size(1_000_000), "1 MB"),
        (units.file_size(69_632), "70 kB"),
        (units.file_size(512), "512 bytes"),
        (units.file_size(0), "0 bytes"),
        (units.watts(35.04), "35.0 W"),
        (units.watts(412.2), "412 W"),
        (units.celsius(61.4), "61 °C"),
        (units.percent(99.6), "100 %"),
        (units.tokens_per_s(52.44), "52.4 tok/s"),
        (units.tokens_per_s(0.0), "0.0 tok/s"),
        (units.seconds(0.118), "118 ms"),
        (units.seconds(1.44), "1.4 s"),
        (units.seconds(125), "2 min 5 s"),
        (units.parameters(134_515_008), "135 M parameters"),
        (units.parameters(8_030_000_000), "8.0 B parameters"),
        (units.count(1234567), "1,234,567"),
    ],
)
def test_units(shown: str, wanted: str) -> None:
    """As a person reads them."""
    assert shown == wanted


@pytest.mark.parametrize(
    "unit",
    [
        units.memory,
        units.watts,
        units.celsius,
        units.percent,
        units.tokens_per_s,
        units.seconds,
        units.count,
        units.parameters,
        units.file_size,
    ],
)
def test_unknown_is_said(unit: object) -> None:
    """None never becomes zero."""
    assert callable(unit)
    assert unit(None) == "not reported"


@pytest.mark.parametrize("state", list(NvmlState))
def test_every_driver_state_has_words(state: NvmlState) -> None:
    """And a remedy, except where nothing is wrong."""
    what, remedy = words.nvml(_machine(state))
    assert what
    assert bool(remedy) == (state is not NvmlState.OK)


def test_no_power_says_why() -> None:
    """The sentence of a machine without card and counter."""
    why, remedy = words.no_power(_machine(NvmlState.LIBRARY_MISSING))
    assert why == "No NVIDIA card and no readable CPU power counter on this machine"
    assert "powercap" in remedy


def test_no_f_strings_are_translated() -> None:
    """They would be looked up after filling in, and never found."""
    wrong = [
        f"{path.name}:{call.lineno}"
        for path, call in _calls({"tr", "translate", "mark"})
        if any(isinstance(part, ast.JoinedStr) for argument in call.args for part in ast.walk(argument))
    ]
    assert wrong == []


def test_sentences_end_like_sentences() -> None:
    """No double full stops, no space before one."""
    for code in Code:
        whole = problems.sentence(ProblemView(code=code, facts={"reason": "it is broken."})).whole
        assert not re.search(r"\.\.|\s\.", whole), whole


def _calls(names: set[str]) -> Iterator[tuple[Path, ast.Call]]:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in names:
                    yield path, node


def _machine(state: NvmlState) -> Machine:
    host = HostInfo(
        hostname="h",
        system="s",
        cpu_name="c",
        physical_cores=2,
        logical_cores=4,
        memory_total_bytes=1,
        cpu_power_source=None,
    )
    return Machine(host=host, nvml=state, nvml_detail=None, driver_version=None, simulated=False, gpus=())
