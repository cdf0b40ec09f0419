"""``/metrics`` in Prometheus' text form. Labels are models, routes, outcomes, ids of cards and keys: never a text."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.machine import Frame, GpuReading
from engineroom.domain.serving import EngineServing
from engineroom.domain.usage import RequestView

_TTFT_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counters of requests, and gauges read when asked.

    Args:
        frame: the newest telemetry frame, or ``None``.
        engines: all engines now.
    """

    def __init__(self, *, frame: Callable[[], Frame | None], engines: Callable[[], tuple[EngineView, ...]]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "engineroom_requests", "Requests that are over.", ["model", "route", "outcome"], registry=self._registry
        )
        self._tokens = Counter("engineroom_tokens", "Tokens.", ["model", "direction"], registry=self._registry)
        self._ttft = Histogram(
            "engineroom_time_to_first_token_seconds",
            "From the request's arrival to its first token.",
            ["model"],
            buckets=_TTFT_BUCKETS,
            registry=self._registry,
        )
        self._energy = Counter(
            "engineroom_energy_joules",
            "Energy of the cards (or the processor) while requests ran, by their shares.",
            ["model"],
            registry=self._registry,
        )
        counted = partial(Counter, registry=self._registry)
        self._by_key = counted("engineroom_key_requests", "Requests of API keys.", ["key", "outcome"])
        self._key_tokens = counted("engineroom_key_tokens", "Tokens of API keys, in and out.", ["key"])
        self._key_energy = counted("engineroom_key_energy_joules", "Energy of API keys' requests.", ["key"])
        self._registry.register(_Live(frame, engines))
        self._children: dict[tuple[object, ...], Any] = {}

    def count(self, request: RequestView) -> None:
        """Count a settled request."""
        model, child = request.model_id, self._child
        child(self._requests, model, request.route, request.outcome).inc()
        if request.prompt_tokens:
            child(self._tokens, model, "prompt").inc(request.prompt_tokens)
        if request.completion_tokens:
            child(self._tokens, model, "completion").inc(request.completion_tokens)
        if request.ttft_s is not None:
            child(self._ttft, model).observe(request.ttft_s)
        if request.joules_gross is not None:
            child(self._energy, model).inc(request.joules_gross)
        if request.key_id is not None:
            child(self._by_key, request.key_id, request.outcome).inc()
            tokens = (request.prompt_tokens or 0) + (request.completion_tokens or 0)
            child(self._key_tokens, request.key_id).inc(tokens)
            if request.joules_gross is not None:
                child(self._key_energy, request.key_id).inc(request.joules_gross)

    def text(self) -> bytes:
        """The exposition."""
        return generate_latest(self._registry)

    def _child(self, metric: Counter | Histogram, *labels: str) -> Any:
        """The series of these labels; the library checks and writes them anew each time it is asked."""
        found = self._children.get((metric, *labels))
        if found is None:
            found = self._children[metric, *labels] = metric.labels(*labels)
        return found


class _Live(Collector):
    def __init__(self, frame: Callable[[], Frame | None], engines: Callable[[], tuple[EngineView, ...]]) -> None:
        self._frame = frame
        self._engines = engines

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        ready = GaugeMetricFamily("engineroom_engine_ready", "1 while the engine answers.", labels=["model"])
        for engine in self._engines():
            ready.add_metric([engine.model_id], float(engine.state is EngineState.READY))
        yield ready
        yield from _serving(self._engines())
        frame = self._frame()
        if frame is None:
            return
        yield GaugeMetricFamily("engineroom_tokens_per_second", "Output tokens, last 2 s.", frame.tokens_per_s)
        yield GaugeMetricFamily("engineroom_active_requests", "Requests being answered.", frame.active_requests)
        if frame.host.cpu_power_w is not None:
            yield GaugeMetricFamily("engineroom_cpu_power_watts", "CPU package, by RAPL.", frame.host.cpu_power_w)
        yield from _cards(frame)


_ENGINE_GAUGES: tuple[tuple[str, str, Callable[[EngineServing], float | None]], ...] = (
    ("kv_cache_use_ratio", "Share of the engine's cache in use, 0 to 1.", lambda told: told.kv_use),
    ("kv_cache_tokens", "Tokens that the engine's cache holds.", lambda told: told.kv_tokens_max),
    ("kv_cache_hit_ratio", "Share of prompts that was found in the cache, 0 to 1.", lambda told: told.kv_hit_rate),
    ("queued_requests", "Requests that wait inside the engine.", lambda told: told.queued_requests),
    ("batch_requests", "Requests in the engine's last step.", lambda told: told.batch_requests),
)


def _serving(engines: Iterable[EngineView]) -> Iterator[GaugeMetricFamily]:
    """Gauges of what engines told of themselves; a value that one does not tell has no sample."""
    told = [(engine.model_id, engine.serving) for engine in engines if engine.serving is not None]
    for name, help_text, value_of in _ENGINE_GAUGES:
        family = GaugeMetricFamily(f"engineroom_engine_{name}", help_text, labels=["model"])
        for model, serving in told:
            if (value := value_of(serving)) is not None:
                family.add_metric([model], value)
        if family.samples:
            yield family


def _ratio(gpu: GpuReading) -> float | None:
    return None if gpu.utilisation_percent is None else gpu.utilisation_percent / 100


_CARD_GAUGES = (
    ("power_watts", "Power draw of the card.", lambda gpu: gpu.power_w),
    ("memory_used_bytes", "Memory in use on the card.", lambda gpu: gpu.memory_used_bytes),
    ("memory_total_bytes", "Memory of the card.", lambda gpu: gpu.memory_total_bytes),
    ("utilization_ratio", "Share of time in which the card computed, 0 to 1.", _ratio),
    ("temperature_celsius", "Temperature of the card.", lambda gpu: gpu.temperature_c),
)


def _cards(frame: Frame) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
    """Gauges of the cards; a card that does not report a value has no sample of it."""
    for name, help_text, value_of in _CARD_GAUGES:
        family = GaugeMetricFamily(f"engineroom_gpu_{name}", help_text, labels=["gpu"])
        for gpu in frame.gpus:
            if (value := value_of(gpu)) is not None:
                family.add_metric([gpu.uuid], value)
        if family.samples:
            yield family
    energy = CounterMetricFamily("engineroom_gpu_energy_joules", "Energy since the driver was loaded.", labels=["gpu"])
    for gpu in frame.gpus:
        if gpu.energy_j is not None:
            energy.add_metric([gpu.uuid], gpu.energy_j)
    if energy.samples:
        yield energy
