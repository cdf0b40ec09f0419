"""The steps of a start, from the lines that real starts wrote."""

import tomllib
from pathlib import Path

import pytest

from domain.trtllm.kit import TABLES
from engineroom.domain.lines import LineSplitter
from engineroom.domain.trtllm.stages import ContextShrunk, Port, Step, Timeline, answers, log_text

LINES = tomllib.loads(Path(__file__).with_name("stage_lines.toml").read_text("utf-8"))["line"]
MARKED = [(row["step"], row["text"]) for row in LINES if row["step"]]
START = [row["text"] for row in LINES if row["step"] and row["step"] not in {"clamped", "shrunk", "warned", "compile"}]


def timeline(**how: bool) -> Timeline:
    return Timeline(markers=TABLES.markers, **how)


def test_the_share_of_quoted_lines_that_is_recognised() -> None:
    """At least 95 % of the marker lines that the reference quotes; all of them today."""
    quoted = [row for row in LINES if row["step"] and row.get("quoted", True)]
    known = [row for row in quoted if (event := timeline().feed(row["text"])) and event.step == row["step"]]
    assert len(quoted) >= 45
    assert len(known) / len(quoted) >= 0.95
    assert len(known) == len(quoted)


@pytest.mark.parametrize(("step", "text"), MARKED)
def test_every_line_says_its_step(step: str, text: str) -> None:
    event = timeline().feed(text)
    assert event is not None
    assert event.step == step


@pytest.mark.parametrize("text", [row["text"] for row in LINES if not row["step"]])
def test_other_lines_say_nothing(text: str) -> None:
    assert timeline().feed(text) is None


def test_every_step_has_a_line_and_every_marker_is_of_use() -> None:
    assert {step for step, _ in MARKED} == set(Step)
    used = {next(m.pattern for m in TABLES.markers if m.pattern.search(log_text(text).text)) for _, text in MARKED}
    assert [m.pattern.pattern for m in TABLES.markers if m.pattern not in used] == []


def test_figures_have_their_unit() -> None:
    seen = timeline()
    for _, text in MARKED:
        seen.feed(text)
    assert seen.facts["weights_gib"] == 8.46
    assert seen.facts["kv_tokens"] == 8224
    assert seen.facts["kv_token_bytes"] == 73_728
    assert seen.facts["peak_gib"] == 113.65
    assert seen.facts["load_s"] == 49.14
    assert seen.facts["fraction"] == 0.598


def test_a_context_that_was_shrunk_is_told_with_both_numbers() -> None:
    seen = timeline()
    seen.feed("[W] Attention window size 131073 exceeds upper bound 86720 for available blocks. Reducing to 86720.")
    assert seen.shrunk == ContextShrunk(asked_tokens=131_073, given_tokens=86_720)
    seen.feed("Adjusted max_seq_len to 86688")
    assert seen.shrunk == ContextShrunk(asked_tokens=131_073, given_tokens=86_688)
    assert seen.step is None, "a remark is no step"


def test_progress_counts_graphs_and_per_cent() -> None:
    seen = timeline()
    assert seen.feed("Creating CUDA graph instances for 4 batch sizes.").progress == 0.0
    run = "Run generation-only CUDA graph warmup for batch size=8, draft_len=0, max_seq_len=4096"
    assert [seen.feed(run).progress for _ in range(5)] == [0.25, 0.5, 0.75, 1.0, 1.0]
    assert seen.feed("Loading weights:  12%|#").progress == 0.12
    assert seen.feed("Loading weights").progress is None
    assert timeline().feed(run).progress is None, "of how many is not known"


def test_the_second_round_is_told_from_the_first() -> None:
    """The first cache is for the estimate, the second is kept."""
    seen = timeline()
    cache = "[TensorRT-LLM][INFO] [MemUsageChange] Allocated 0.56 GiB for max tokens in paged KV cache (8224)."
    tune = "[02/04/2026-12:00:00] [TRT-LLM] [I] [Autotuner] Autotuning process starts ..."
    assert [seen.feed(line).round for line in (cache, tune, cache, tune, cache)] == [1, 1, 2, 2, 2]


def test_other_ranks_do_not_count_twice() -> None:
    seen = timeline()
    cache = "[MemUsageChange] Allocated 1.0 GiB for max tokens in paged KV cache (8224)."
    before = "[02/04/2026-12:00:00] [TRT-LLM]"
    events = [seen.feed(f"{before} [RANK {rank}] [I] {cache}") for rank in (0, 1, 2, 3)]
    assert [event.rank for event in events] == [0, 1, 2, 3]
    assert {event.round for event in events} == {1}


@pytest.mark.parametrize(
    ("line", "level", "rank", "text"),
    [
        ("[11/18/2025-09:33:30] [TRT-LLM] [RANK 3] [E] Failed", "E", 3, "Failed"),
        ("[11/18/2025-09:33:30] [TRT-LLM] [I] [Autotuner] starts", "I", None, "[Autotuner] starts"),
        ("[11/18/2025-09:33:30] [TRT-LLM] [executor] [W] odd", "W", None, "odd"),
        ("[TensorRT-LLM][ERROR] bad", "E", None, "bad"),
        ("INFO:     fine", "I", None, "fine"),
        ("[1,2]<stderr>:[TensorRT-LLM][INFO] hello", "I", 2, "hello"),
        ("Traceback (most recent call last):", None, None, "Traceback (most recent call last):"),
        ("", None, None, ""),
    ],
)
def test_prefixes(line: str, level: str | None, rank: int | None, text: str) -> None:
    said = log_text(line)
    assert (said.level, said.rank, said.text) == (level, rank, text)


def test_a_port_may_be_taken_long_before_anybody_listens() -> None:
    seen = timeline()
    ports = []
    for text in START:
        seen.feed(text)
        ports.append((seen.port, seen.ready))
    assert ports[0] == (Port.FREE, False)
    assert (Port.BOUND, False) in ports
    assert ports[-1] != ports[0]
    at_ready = [step for step, text in MARKED].index("ready")
    seen = timeline()
    for _, text in MARKED[: at_ready + 1]:
        seen.feed(text)
    assert seen.ready


def test_before_1_2_the_port_is_taken_last() -> None:
    seen = timeline(binds_early=False)
    seen.feed("Using LLM with PyTorch backend")
    assert seen.port is Port.FREE


def test_later_the_server_answers_before_it_is_ready() -> None:
    seen = timeline(listens_early=True)
    seen.feed("INFO:     Uvicorn running on http://127.0.0.1:18411 (Press CTRL+C to quit)")
    seen.feed("INFO:     Application startup complete.")
    assert (seen.port, seen.ready) == (Port.LISTENING, False)


@pytest.mark.parametrize(("status", "said"), [(None, False), (503, False), (200, True), (404, None), (500, None)])
def test_what_an_answer_means(status: int | None, said: bool | None) -> None:
    assert answers(status) is said


def test_two_streams_cut_anywhere() -> None:
    """Bars end their lines with carriage returns, and one line comes in colours."""
    raw = (
        b"[02/04/2026-12:00:00] [TRT-LLM] [I] Using LLM with PyTorch backend\n"
        b"\x1b[33;20mrank 0 using MpiPoolSession to spawn MPI processes\x1b[0m\n"
        b"Loading weights:   0%|     | 0/8\rLoading weights:  50%|##   | 4/8\rLoading weights: 100%|#####| 8/8\n"
    )
    for size in (1, 7, 64, len(raw)):
        splitter, seen = LineSplitter(), timeline()
        lines = [line for at in range(0, len(raw), size) for line in splitter.feed(raw[at : at + size])]
        events = [event for line in (*lines, *splitter.rest()) if (event := seen.feed(line))]
        assert [(event.step, event.progress) for event in events] == [
            ("arguments", None), ("workers", None), ("load", 0.0), ("load", 0.5), ("load", 1.0),
        ]  # fmt: skip
