"""A context that the engine has made shorter by itself: noticed in its log, and told wherever the context is told."""

from pathlib import Path

from engineroom.adapters.repair_store import RepairStore
from engineroom.cli.look import _engine_words
from engineroom.domain.engine import EngineState
from engineroom.domain.repair import Repair
from engineroom.gateway.models_route import _context
from engineroom_ui.text import words
from fakes.hand_clock import HandClock
from services.trtllm_stage import CARD, TrtLlmStage

TOTAL, OVERHEAD, BYTES_PER_TOKEN = 34_190_917_632, 2**28, 256
FAIL_FAST = "fail_fast_on_attention_window_too_large"


async def test_a_context_that_was_shrunk_is_noticed_and_shown(tmp_path: Path) -> None:
    """Our own option has such a start fail instead; a version without it warns and goes on."""
    weights = 216_000
    stage = TrtLlmStage(tmp_path, HandClock(), "1.2.1", {"e": {}})
    room_bytes = 1500 * BYTES_PER_TOKEN
    card = {"uuid": CARD, "total_bytes": TOTAL, "used_bytes": TOTAL - OVERHEAD - weights - room_bytes}
    stage.scenario("e", gpus=[card])
    RepairStore(tmp_path / "repairs").save("e", Repair(without=(FAIL_FAST,)))
    stage.room.start("e")
    view = await stage.until("e", EngineState.READY, EngineState.FAILED)
    await stage.room.close()
    assert view.state is EngineState.READY, view.problem
    assert 512 < view.context_tokens < 1500, "what the cache has room for"
    assert view.context_limit == "memory"
    assert f"{view.context_tokens} tokens of context (limited by memory)" in _engine_words(view)
    assert _context(view, 32_768) == (view.context_tokens, "memory"), "as /v1/models tells it"
    assert "there was no room for more" in words.context(view)
    assert any("Adjusted max_seq_len" in line for line in stage.lines), "and the log keeps it"
