"""What a running server tells."""

from dataclasses import replace

import pytest

from engineroom.domain.trtllm.serving_stats import POLL_EVERY_S, latencies, may_poll, serving_stats

RECORD = {
    "timestamp": "02-04-2026 16:54:34.140189",
    "iter": 587,
    "iterLatencyMS": 20.0,
    "numActiveRequests": 3,
    "numQueuedRequests": 1,
    "maxNumActiveRequests": 2048,
    "maxBatchSizeRuntime": 0,
    "gpuMemUsage": 40_560_164_864,
    "cpuMemUsage": 0,
    "kvCacheStats": {
        "maxNumBlocks": 2710, "freeNumBlocks": 2168, "usedNumBlocks": 542, "tokensPerBlock": 32, "cacheHitRate": 0.25,
    },
    "inflightBatchingStats": {
        "numScheduledRequests": 3, "numContextRequests": 1, "numGenRequests": 2, "numPausedRequests": 0,
    },
    "specDecodingStats": None,
}  # fmt: skip
PROMETHEUS = """\
# HELP trtllm_time_to_first_token_seconds Histogram of time to first token.
# TYPE trtllm_time_to_first_token_seconds histogram
trtllm_time_to_first_token_seconds_bucket{engine_type="undefined",le="0.1",model_name="undefined"} 3.0
trtllm_time_to_first_token_seconds_bucket{engine_type="undefined",le="+Inf",model_name="undefined"} 4.0
trtllm_time_to_first_token_seconds_count{engine_type="undefined",model_name="undefined"} 4.0
trtllm_time_to_first_token_seconds_sum{engine_type="undefined",model_name="undefined"} 0.5
trtllm_e2e_request_latency_seconds_count{engine_type="undefined",model_name="undefined"} 4.0
trtllm_e2e_request_latency_seconds_sum{engine_type="undefined",model_name="undefined"} 10.0
trtllm_request_success_total{engine_type="undefined",finished_reason="stop",model_name="undefined"} 3.0
trtllm_request_success_total{engine_type="undefined",finished_reason="length",model_name="undefined"} 1.0
trtllm_something_else_seconds_count 9.0
python_gc_objects_collected_total{generation="0"} 1.0
"""


def test_the_last_record_and_the_rate_of_all() -> None:
    """587 is the last of two; two tokens per 20 ms and one per 20 ms are 75 tokens/s."""
    first = {**RECORD, "iter": 586, "inflightBatchingStats": {"numGenRequests": 1}}
    stats = serving_stats([first, RECORD])
    assert (stats.iterations, stats.last_iteration) == (2, 587)
    assert (stats.active_requests, stats.queued_requests, stats.scheduled_requests) == (3, 1, 3)
    assert stats.kv_use == pytest.approx(0.2)
    assert stats.kv_tokens_max == 2710 * 32
    assert stats.kv_hit_rate == 0.25
    assert stats.device_used_bytes == 40_560_164_864
    assert stats.decode_tokens_per_s == pytest.approx(75.0)
    assert stats.accepted_draft_share is None


def test_speculation_brings_several_tokens_a_step() -> None:
    speculating = {**RECORD, "specDecodingStats": {"numDraftTokens": 10, "numAcceptedTokens": 7}}
    stats = serving_stats([speculating])
    assert stats.decode_tokens_per_s is None
    assert stats.accepted_draft_share == 0.7


@pytest.mark.parametrize("answer", [[], None, "[]", {}, {"error": "x"}, [1, "a", None], b"[]"])
def test_nothing_to_tell(answer: object) -> None:
    """An idle server answers with an empty list; 1.1 did so always, for some."""
    assert serving_stats(answer) is None


def test_what_is_not_there_is_unknown() -> None:
    stats = serving_stats(
        [{"iter": 1, "gpuMemUsage": 0, "kvCacheStats": {"maxNumBlocks": 0}, "numActiveRequests": True}]
    )
    assert (stats.active_requests, stats.kv_blocks_used, stats.kv_use) == (None, None, None)
    assert (stats.device_used_bytes, stats.decode_tokens_per_s) == (None, None)
    assert replace(stats, kv_blocks_max=4, kv_blocks_used=1).kv_use == 0.25


@pytest.mark.parametrize("prefix", ["trtllm_", ""])
def test_histograms_with_and_without_prefix(prefix: str) -> None:
    found = latencies(PROMETHEUS.replace("trtllm_", prefix))
    assert found.first_token.mean_s == 0.125
    assert found.first_token.buckets == ((0.1, 3), (float("inf"), 4))
    assert (found.end_to_end.count, found.end_to_end.total_s) == (4, 10.0)
    assert found.per_token is None
    assert found.queue is None
    assert found.finished == {"stop": 3, "length": 1}


def test_text_that_is_something_else() -> None:
    found = latencies("<html>404</html>\ntrtllm_time_to_first_token_seconds_sum what\n")
    assert found.end_to_end is None
    assert found.first_token.mean_s is None


def test_when_to_ask() -> None:
    """Never an idle server, and no busy one twice within ten seconds."""
    assert not may_poll(now_s=100.0, last_s=None, active_requests=0)
    assert may_poll(now_s=100.0, last_s=None, active_requests=1)
    assert not may_poll(now_s=100.0, last_s=100.0 - POLL_EVERY_S + 0.5, active_requests=1)
    assert may_poll(now_s=100.0, last_s=100.0 - POLL_EVERY_S, active_requests=1)
