"""The bundled tables: whole, sourced, and of one mind."""

import csv
import re
from dataclasses import replace
from importlib import resources

import pytest

from engineroom.adapters.gpu_table import load_gpu_table
from engineroom.adapters.matrix import load_matrix
from engineroom.domain.planning.formats import KV_FORMATS, MIXTURE_BITS, WEIGHT_BITS
from engineroom.domain.planning.matrix import COMPILED, FAMILIES, contradictions
from engineroom.domain.planning.values import Runtime, Support

TABLES = ("precisions.csv", "architectures.csv", "runtimes.csv", "precision_losses.csv")
RUNTIMES = {*map(str, Runtime), COMPILED}


def lines(name: str) -> list[dict[str, str]]:
    text = resources.files("engineroom_resources").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_source_and_a_date(name: str) -> None:
    for line in lines(name):
        assert line["source"], line
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", line["read_on"]), line
        assert None not in line, "more cells than columns"


def test_no_two_rows_disagree() -> None:
    assert contradictions(load_matrix().rows) == []


@pytest.mark.parametrize("index", range(0, 90, 9))
def test_a_row_turned_round_is_found(index: int) -> None:
    rows = load_matrix().rows
    turned = replace(rows[index], support=Support.UNTESTED if rows[index].support is Support.BROKEN else Support.BROKEN)
    assert (rows[index], turned) in contradictions([*rows, turned])


def test_rows_that_overlap_only_in_part_are_found() -> None:
    row = next(r for r in load_matrix().rows if r.kind == "kv" and "fp8" in r.precisions.names and r.sm == (80, 121))
    narrow = replace(row, sm=(86, 89), support=Support.BROKEN)
    assert contradictions([row, narrow]) == [(row, narrow)]
    assert contradictions([row, replace(narrow, sm=(50, 79))]) == []
    assert contradictions([row, replace(narrow, version_low=(1, 3), version_high=(1, 4))]) == []
    assert contradictions([row, replace(narrow, version_low=(1, 2, 1), version_high=None)]) == [
        (row, replace(narrow, version_low=(1, 2, 1), version_high=None))
    ]


def test_cells_hold_names_that_exist() -> None:
    weights = {*WEIGHT_BITS, *MIXTURE_BITS, "w4a16"}
    for row in load_matrix().rows:
        assert row.kind in {"platform", "weights", "kv"}
        assert row.sm[0] <= row.sm[1]
        assert row.precisions.names <= {"platform": set(), "weights": weights, "kv": set(KV_FORMATS)}[row.kind], row
        assert row.families.names <= FAMILIES
        assert row.runtimes.names <= RUNTIMES
        assert row.runtimes.names, "a row is about some runtime"
        assert row.systems.names <= {"linux", "wsl", "windows"}
        assert row.machines.names <= {"x86_64", "aarch64"}
        assert row.gpus.names <= {"one", "several"}
        assert row.weights.names <= weights
        assert row.note


def test_architectures_are_listed_once_and_known_somewhere() -> None:
    names = [line["architecture"] for line in lines("architectures.csv")]
    assert len(names) == len(set(names))
    for one in load_matrix().architectures.values():
        assert one.tensorrt_llm in {"documented", "registered", "absent"}
        assert one.tensorrt_llm != "absent" or one.compiled or one.llama_cpp, one
        assert bool(one.tensorrt_llm_modalities) is (one.tensorrt_llm != "absent"), one
        assert bool(one.llama_cpp_modalities) is bool(one.llama_cpp), one


def test_losses_grow_as_bits_shrink() -> None:
    losses = load_matrix().losses
    for order in (
        ["f16", "q8_0", "q6_k", "q5_k_m", "q4_k_m", "q3_k_m", "q2_k"],
        ["bf16", "fp8", "nvfp4", "w4a8_awq"],
    ):
        found = [losses[name] for name in order]
        assert found == sorted(found)
        assert len(set(found)) == len(found)


def test_the_cards_that_nvidia_tests_are_cards_we_know() -> None:
    rule = load_matrix().rule("tensorrt-llm", "1.2.1")
    assert rule is not None
    assert rule.lists("NVIDIA H200")
    assert rule.lists("NVIDIA A100-SXM4-80GB")
    assert rule.lists("NVIDIA GB10")
    assert not rule.lists("NVIDIA GeForce RTX 5090")
    assert not rule.lists("NVIDIA RTX PRO 6000 Blackwell Workstation Edition")
    assert not rule.lists("NVIDIA RTX A6000")
    assert load_gpu_table().bandwidth_gb_s("NVIDIA H200", None)
