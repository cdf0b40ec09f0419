"""What engines tell of their work, as one value whatever the runtime."""

import json

from engineroom.domain.serving import EngineServing, of_llama_cpp, of_trtllm
from engineroom.domain.trtllm.serving_stats import latencies, serving_stats

METRICS = """# HELP llamacpp:prompt_tokens_total Number of prompt tokens processed, excluding cached tokens
# TYPE llamacpp:prompt_tokens_total counter
llamacpp:prompt_tokens_total 30
llamacpp:prompt_tokens_cached_total 10
llamacpp:predicted_tokens_seconds 7.5
llamacpp:requests_processing 1
llamacpp:requests_deferred 3
llamacpp:spec_decode_num_draft_tokens_total 0
llamacpp:spec_decode_num_accepted_tokens_total 0
"""
SLOTS = [
    {"id": 0, "n_ctx": 1024, "speculative": False, "is_processing": False},
    {"id": 1, "n_ctx": 1024, "is_processing": True, "id_task": 0, "n_prompt_tokens": 400,
     "n_prompt_tokens_processed": 300, "n_prompt_tokens_cache": 100, "params": {},
     "next_token": [{"has_next_token": True, "n_remain": 88, "n_decoded": 112}]},
]  # fmt: skip
"""As xllamacpp 2026.10.11549 answers."""


def test_llama_cpp_tells_of_its_slots_and_counters() -> None:
    assert of_llama_cpp(METRICS, SLOTS, at_s=5.0) == EngineServing(
        at_s=5.0,
        active_requests=1,
        queued_requests=3,
        batch_requests=1,
        kv_use=512 / 2048,
        kv_tokens_max=2048,
        kv_hit_rate=0.25,
        cached_tokens=10,
        decode_tokens_per_s=7.5,
    )


def test_what_llama_cpp_does_not_tell_is_not_known() -> None:
    assert of_llama_cpp("", None, at_s=1.0) is None
    only = of_llama_cpp("llamacpp:requests_processing 0\n", "no", at_s=1.0)
    assert only == EngineServing(at_s=1.0, active_requests=0)
    strange = of_llama_cpp("", [1, {"is_processing": True, "n_ctx": "many", "next_token": {"n_decoded": 2}}], at_s=1.0)
    assert strange == EngineServing(at_s=1.0, batch_requests=1)


def test_tensorrt_llm_tells_in_records_and_histograms() -> None:
    record = {
        "iter": 7, "iterLatencyMS": 20.0, "numActiveRequests": 2, "numQueuedRequests": 1,
        "kvCacheStats": {"maxNumBlocks": 100, "usedNumBlocks": 40, "tokensPerBlock": 32, "reusedBlocks": 5,
                         "cacheHitRate": 0.3},
        "inflightBatchingStats": {"numScheduledRequests": 2, "numGenRequests": 2},
    }  # fmt: skip
    stats = serving_stats(json.loads(json.dumps([record])))
    assert stats is not None
    times = latencies("trtllm_time_to_first_token_seconds_sum 3\ntrtllm_time_to_first_token_seconds_count 2\n")
    assert of_trtllm(stats, times, at_s=2.0) == EngineServing(
        at_s=2.0, active_requests=2, queued_requests=1, batch_requests=2, kv_use=0.4, kv_tokens_max=3200,
        kv_hit_rate=0.3, cached_tokens=160, decode_tokens_per_s=100.0, first_token_mean_s=1.5,
    )  # fmt: skip
    assert of_trtllm(stats, None, at_s=2.0).first_token_mean_s is None
