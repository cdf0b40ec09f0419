"""Names, units and labels of ``/metrics``, and the dashboard that reads them."""

import json
import re
from dataclasses import replace
from importlib import resources

from prometheus_client.parser import text_string_to_metric_families

from engineroom.domain.machine import Frame, GpuReading, HostReading
from engineroom.domain.usage import Outcome, RequestView
from engineroom.gateway.metrics import Metrics

GPU = GpuReading(
    uuid="GPU-1", memory_used_bytes=5, memory_total_bytes=9, power_w=120.5, utilisation_percent=50.0,
    temperature_c=61.0, energy_j=1234.5,
)  # fmt: skip
SILENT = GpuReading(
    uuid="GPU-2", memory_used_bytes=None, memory_total_bytes=None, power_w=None, utilisation_percent=None,
    temperature_c=None,
)  # fmt: skip
REQUEST = RequestView(
    request_id="r", model_id="m", route="/v1/completions", outcome=Outcome.OK, status=200, finished_at_s=1.0,
    seconds=2.0, ttft_s=0.1, tokens_per_s=50.0, prompt_tokens=10, completion_tokens=20, joules_gross=70.0,
)  # fmt: skip


def samples(*gpus: GpuReading, cpu_w: float | None = None, requests=()) -> dict[tuple[str, ...], float]:
    host = HostReading(cpu_percent=1.0, memory_available_bytes=1, cpu_power_w=cpu_w)
    frame = Frame(
        taken_at_s=1.0, tokens_per_s=9.0, active_requests=1, waiting_requests=0, host=host, gpus=gpus
    )  # fmt: skip
    metrics = Metrics(frame=lambda: frame, engines=lambda: ())
    for request in requests:
        metrics.count(request)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
    }


def test_a_request_in_base_units() -> None:
    seen = samples(requests=[REQUEST, REQUEST])
    assert seen["engineroom_requests_total", "m", "ok", "/v1/completions"] == 2
    assert seen["engineroom_tokens_total", "prompt", "m"] == 20
    assert seen["engineroom_tokens_total", "completion", "m"] == 40
    assert seen["engineroom_energy_joules_total", "m"] == 140.0
    assert seen["engineroom_time_to_first_token_seconds_sum", "m"] == 0.2


def test_cards_in_base_units_and_nothing_for_what_is_not_reported() -> None:
    seen = samples(GPU, SILENT, cpu_w=45.0)
    assert seen["engineroom_gpu_power_watts", "GPU-1"] == 120.5
    assert seen["engineroom_gpu_memory_used_bytes", "GPU-1"] == 5
    assert seen["engineroom_gpu_utilization_ratio", "GPU-1"] == 0.5
    assert seen["engineroom_gpu_temperature_celsius", "GPU-1"] == 61.0
    assert seen["engineroom_gpu_energy_joules_total", "GPU-1"] == 1234.5
    assert seen["engineroom_cpu_power_watts",] == 45.0
    assert not [key for key in seen if "GPU-2" in key]
    assert not [key for key in samples(SILENT) if key[0].startswith(("engineroom_gpu", "engineroom_cpu"))]


def test_every_metric_of_the_dashboard_is_served() -> None:
    served = {key[0] for key in samples(GPU, cpu_w=45.0, requests=[REQUEST])} | {"engineroom_engine_ready"}
    text = resources.files("engineroom_resources").joinpath("grafana/engineroom.json").read_text("utf-8")
    dashboard = json.loads(text)
    asked = {name for panel in dashboard["panels"] for target in panel["targets"]
             for name in re.findall(r"engineroom_\w+", target["expr"])}  # fmt: skip
    assert len(asked) > 10
    assert asked <= served
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])


def test_keys_are_told_by_their_id_alone() -> None:
    with_key = replace(REQUEST, key_id="key-1", key_name="Ada's laptop")
    seen = samples(requests=[REQUEST, with_key, replace(with_key, joules_gross=None)])
    assert seen["engineroom_key_requests_total", "key-1", "ok"] == 2.0
    assert seen["engineroom_key_tokens_total", "key-1"] == 60.0
    assert seen["engineroom_key_energy_joules_total", "key-1"] == 70.0
    assert not any("Ada" in part for name in seen for part in name)
    silent = samples(requests=[replace(with_key, joules_gross=None)])
    assert ("engineroom_key_energy_joules_total", "key-1") not in silent
