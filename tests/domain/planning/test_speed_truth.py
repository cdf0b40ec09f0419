"""The estimate against published speeds. What is left out is named with its reason in ``speed_rows``."""

from statistics import mean

import pytest

from domain.planning.speed_rows import CARDS, EXCLUDED, Row, lines, rows
from engineroom.domain.planning.reading import reading

SINGLE = [row for row in rows() if row.batch == 1]
SEVERAL = [row for row in rows() if row.batch > 1]
FAR = {
    "S03": "small 4-bit model on Ampere by llama.cpp of May 2024; the 3090's row of that date is at the range's edge",
}
"""Rows outside the stated range, each known."""


def named(row: Row) -> str:
    return f"{row.id}-B{row.batch}-D{row.depth}"


def test_every_row_is_a_case_or_excluded_with_a_reason() -> None:
    ids = [line["id"] for line in lines()]
    assert set(EXCLUDED) <= set(ids)
    assert all(EXCLUDED.values())
    cases = {row.id for row in rows()}
    assert cases == set(ids) - set(EXCLUDED)
    assert len(cases) >= 40
    assert all(line["source"] for line in lines())


def test_one_sequence_is_within_eight_percent_on_average() -> None:
    errors = sorted(abs(row.error) for row in SINGLE)
    assert mean(errors) <= 0.08
    assert errors[int(0.9 * len(errors))] <= 0.16


def test_several_sequences_are_within_ten_percent_on_average() -> None:
    assert mean(abs(row.error) for row in SEVERAL) <= 0.10


@pytest.mark.parametrize("row", [row for row in rows() if row.id not in FAR], ids=named)
def test_the_measured_speed_is_in_the_range(row: Row) -> None:
    speed = row.estimate()
    assert speed.covered
    assert speed.throughput.low <= row.tokens_per_s <= speed.throughput.high


@pytest.mark.parametrize("row", [row for row in rows() if row.id in FAR], ids=named)
def test_known_misses_are_not_far_out(row: Row) -> None:
    assert abs(row.error) < 0.20


@pytest.mark.parametrize("row", [row for row in SINGLE if row.bytes_gb], ids=named)
def test_bytes_of_a_token_are_those_of_the_file(row: Row) -> None:
    """The weights alone: the source's figure leaves the cache out."""
    assert row.bytes_gb is not None
    moved = reading(row.card, kv_format=row.kv_format)
    assert moved.weight_bytes + moved.expert_bytes == pytest.approx(row.bytes_gb * 1e9, rel=0.02)


@pytest.mark.parametrize("model", ["gpt-oss-20b", "gpt-oss-120b", "Qwen3-Coder-30B-A3B"])
def test_depth_takes_the_measured_share_of_the_speed(model: str) -> None:
    """The constants cancel out: what is left is how many bytes of the cache a token reads."""
    mine = sorted(
        (row for row in SINGLE if row.says.startswith(f"{model} ") and "ggml-org" in source(row.id)),
        key=lambda row: row.depth,
    )
    shallow, deep = mine[0], mine[-1]
    assert deep.depth >= 2 * shallow.depth
    measured = deep.tokens_per_s / shallow.tokens_per_s
    estimated = deep.estimate().decode.expected / shallow.estimate().decode.expected
    assert estimated == pytest.approx(measured, rel=0.07)


def source(row_id: str) -> str:
    return next(line["source"] for line in lines() if line["id"] == row_id)


@pytest.mark.parametrize("row", [row for row in SINGLE if row.prefill_tokens_per_s], ids=named)
def test_the_measured_prompt_speed_is_in_the_range(row: Row) -> None:
    speed = row.estimate().prefill
    assert speed is not None
    assert row.prefill_tokens_per_s is not None
    assert speed.low <= row.prefill_tokens_per_s <= speed.high


def test_prompts_are_within_a_quarter_on_average() -> None:
    """Of those of routed experts, and of the others."""
    errors: dict[bool, list[float]] = {True: [], False: []}
    for row in SINGLE:
        speed = row.estimate().prefill
        if speed is not None and row.prefill_tokens_per_s is not None:
            errors[row.card.experts is not None].append(abs(speed.expected / row.prefill_tokens_per_s - 1))
    assert all(len(found) >= 4 for found in errors.values())
    assert all(mean(found) <= 0.25 for found in errors.values())


UNCOVERED = [row for row in rows(excluded=True) if "not covered" in EXCLUDED[row.id]]


@pytest.mark.parametrize("row", UNCOVERED, ids=named)
def test_what_is_not_covered_says_so_and_has_a_wide_range(row: Row) -> None:
    speed = row.estimate()
    assert not speed.covered
    assert speed.throughput.low <= row.tokens_per_s <= speed.throughput.high


def test_cards_in_parallel_never_add_up_their_bandwidths() -> None:
    parallel = [row for row in UNCOVERED if row.gpus > 1]
    assert len(parallel) == 3
    for row in parallel:
        speed = row.estimate()
        assert speed.throughput.expected < 0.4 * speed.roofline_tokens_per_s * row.gpus


def test_every_card_of_the_table_of_models_is_used() -> None:
    used = {(line["model"], line["precision"]) for line in lines()}
    assert set(CARDS) <= used
