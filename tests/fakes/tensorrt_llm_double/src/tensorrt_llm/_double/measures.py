"""Prometheus metrics and timings of requests (reference 2.5)."""

import time
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tensorrt_llm._double.releases import Release

HISTOGRAMS = ("e2e_request_latency_seconds", "time_to_first_token_seconds", "time_per_output_token_seconds",
              "request_queue_time_seconds")  # fmt: skip
BOUNDS = (0.001, 0.01, 0.1, 1.0, 10.0)
LABELS = 'model_name="undefined",engine_type="undefined"'
NUMBERS = count(1)


@dataclass
class Timing:
    """One request; times of the monotonic clock in seconds."""

    arrived_s: float = field(default_factory=time.monotonic)
    first_s: float | None = None
    last_s: float | None = None
    tokens: int = 0

    def token(self) -> None:
        """A token has come."""
        self.last_s = time.monotonic()
        self.first_s = self.first_s or self.last_s
        self.tokens += 1


class Measures:
    """Of one server."""

    def __init__(self, chosen: Release) -> None:
        self._chosen = chosen
        self._samples: dict[str, list[float]] = {name: [] for name in HISTOGRAMS}
        self._success: dict[str, int] = {}
        self._done: deque[Timing] = deque()
        self._tokens = [0, 0]

    def finished(self, timing: Timing, reason: str, prompt_tokens: int) -> None:
        """A request has ended."""
        first, last = timing.first_s or timing.arrived_s, timing.last_s or timing.arrived_s
        each = (last - first) / max(1, timing.tokens - 1)
        for name, value in zip(HISTOGRAMS, (last - timing.arrived_s, first - timing.arrived_s, each, 0.0), strict=True):
            self._samples[name].append(value)
        self._success[reason] = self._success.get(reason, 0) + 1
        self._tokens = [self._tokens[0] + prompt_tokens, self._tokens[1] + timing.tokens]
        self._done.append(timing)

    def exposition(self) -> str:
        """The text that Prometheus scrapes."""
        head = self._chosen.metric_prefix
        rows = [f"# HELP {head}request_success_total Count of successfully processed requests.",
                f"# TYPE {head}request_success_total counter"]  # fmt: skip
        rows += [f'{head}request_success_total{{{LABELS},finished_reason="{reason}"}} {float(number)}'
                 for reason, number in self._success.items()]  # fmt: skip
        for name, values in self._samples.items():
            rows += [f"# HELP {head}{name} Histogram of a time in seconds.", f"# TYPE {head}{name} histogram"]
            rows += [f'{head}{name}_bucket{{{LABELS},le="{bound}"}} {float(sum(v <= bound for v in values))}'
                     for bound in BOUNDS]  # fmt: skip
            rows += [f'{head}{name}_bucket{{{LABELS},le="+Inf"}} {float(len(values))}',
                     f"{head}{name}_count{{{LABELS}}} {float(len(values))}",
                     f"{head}{name}_sum{{{LABELS}}} {sum(values)}"]  # fmt: skip
        return "\n".join(rows + self._gauges()) + "\n"

    def _gauges(self) -> list[str]:
        if self._chosen.line < (1, 3):
            return []
        values = {"trtllm_num_requests_running": 0, "trtllm_num_requests_waiting": 0,
                  "trtllm_prompt_tokens_total": self._tokens[0],
                  "trtllm_generation_tokens_total": self._tokens[1]}  # fmt: skip
        return [f"{name}{{{LABELS}}} {float(value)}" for name, value in values.items()]

    def drain(self, most: int) -> list[dict[str, Any]]:
        """The newest ``most`` requests, once."""
        kept = [_item(timing) for timing in list(self._done)[len(self._done) - min(most, len(self._done)) :]]
        self._done.clear()
        return kept


def _item(timing: Timing) -> dict[str, Any]:
    times = {"server_arrival_time": timing.arrived_s, "arrival_time": timing.arrived_s,
             "first_scheduled_time": timing.arrived_s, "first_token_time": timing.first_s,
             "server_first_token_time": timing.first_s, "last_token_time": timing.last_s}  # fmt: skip
    blocks = dict.fromkeys(("num_total_allocated_blocks", "num_new_allocated_blocks", "num_reused_blocks",
                            "num_missed_blocks"), 0)  # fmt: skip
    metrics = {"first_iter": 1, "last_iter": timing.tokens, "timing_metrics": times, "kv_cache_metrics": blocks}
    return {"request_id": next(NUMBERS), "perf_metrics": metrics}
