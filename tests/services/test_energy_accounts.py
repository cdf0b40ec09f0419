"""From readings of counters to the joules of requests."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.machine import GpuReading, HostReading
from engineroom.domain.usage import Outcome, RequestView
from engineroom.services.energy import EnergyAccounts

CARD = "GPU-1"


def request(name: str) -> RequestView:
    return RequestView(
        request_id=name, model_id="m", route="/v1/chat/completions", outcome=Outcome.OK, status=200,
        finished_at_s=1.0, seconds=1.0, ttft_s=0.1, tokens_per_s=9.0, prompt_tokens=3, completion_tokens=5,
    )  # fmt: skip


def host(energy_j: float | None = None) -> HostReading:
    return HostReading(cpu_percent=1.0, memory_available_bytes=1, cpu_power_w=None, cpu_energy_j=energy_j)


def card(energy_j: float | None, *, power_w: float | None = None, uuid: str = CARD) -> GpuReading:
    return GpuReading(
        uuid=uuid, memory_used_bytes=1, memory_total_bytes=2, power_w=power_w, utilisation_percent=None,
        temperature_c=None, energy_j=energy_j,
    )  # fmt: skip


@pytest.fixture
def settled() -> list[RequestView]:
    return []


@pytest.fixture
def accounts(settled: list[RequestView]) -> EnergyAccounts:
    return EnergyAccounts(settled.append)


def read(accounts: EnergyAccounts, at_s: float, *cards: GpuReading, cpu_j: float | None = None) -> None:
    accounts.reading(at_s, host(cpu_j), cards, engine_loaded=True)


def test_one_request_gets_all_of_its_windows(accounts, settled) -> None:
    read(accounts, 0.0, card(0.0))
    read(accounts, 1.0, card(50.0))
    accounts.begin("a", on_cpu=False)
    accounts.tokens("a", 4)
    read(accounts, 2.0, card(350.0))
    accounts.tokens("a", 2)
    accounts.finish(request("a"))
    assert settled == []
    read(accounts, 3.0, card(600.0))
    assert [(r.joules_gross, r.joules_above_idle, r.energy_estimated) for r in settled] == [(550.0, 450.0, False)]


def test_two_at_once_share_by_tokens(accounts, settled) -> None:
    read(accounts, 0.0, card(0.0))
    for name, tokens in (("a", 30), ("b", 10)):
        accounts.begin(name, on_cpu=False)
        accounts.tokens(name, tokens)
        accounts.finish(request(name))
    read(accounts, 1.0, card(400.0))
    assert {r.request_id: r.joules_gross for r in settled} == {"a": 300.0, "b": 100.0}


def test_a_request_on_the_processor_is_charged_the_processor(accounts, settled) -> None:
    read(accounts, 0.0, card(0.0), cpu_j=0.0)
    accounts.begin("a", on_cpu=True)
    accounts.finish(request("a"))
    read(accounts, 1.0, card(500.0), cpu_j=70.0)
    assert settled[0].joules_gross == 70.0


def test_no_counter_no_joules(accounts, settled) -> None:
    """None, not zero."""
    read(accounts, 0.0)
    for name, on_cpu in (("a", True), ("b", False)):
        accounts.begin(name, on_cpu=on_cpu)
        accounts.finish(request(name))
    read(accounts, 1.0)
    assert [(r.joules_gross, r.joules_above_idle) for r in settled] == [(None, None)] * 2


def test_one_silent_card_of_two_makes_the_sum_unknown(accounts, settled) -> None:
    read(accounts, 0.0, card(0.0), card(None, uuid="GPU-2"))
    accounts.begin("a", on_cpu=False)
    accounts.finish(request("a"))
    read(accounts, 1.0, card(100.0), card(None, uuid="GPU-2"))
    assert settled[0].joules_gross is None


def test_integrated_power_is_marked(accounts, settled) -> None:
    read(accounts, 0.0, card(None, power_w=100.0))
    accounts.begin("a", on_cpu=False)
    accounts.finish(request("a"))
    read(accounts, 1.0, card(None, power_w=200.0))
    assert (settled[0].joules_gross, settled[0].energy_estimated) == (150.0, True)


def test_one_that_never_reached_an_engine_is_settled_at_once(accounts, settled) -> None:
    rejected = replace(request("x"), outcome=Outcome.REJECTED)
    accounts.finish(rejected)
    assert settled == [rejected]


def test_the_end_settles_what_is_over(accounts, settled) -> None:
    accounts.begin("a", on_cpu=True)
    accounts.finish(request("a"))
    accounts.flush()
    assert [r.request_id for r in settled] == ["a"]


@given(
    st.lists(
        st.tuples(st.floats(0, 1000), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 100))),
        min_size=1,
        max_size=12,
    )
)
def test_shares_of_all_windows_sum_to_the_counter(windows) -> None:
    """What was charged to requests is what the counter counted while any was active."""
    settled: list[RequestView] = []
    accounts = EnergyAccounts(settled.append)
    read(accounts, 0.0, card(0.0))
    counter, charged = 0.0, 0.0
    for second, (used_j, tokens) in enumerate(windows, 1):
        for name, count in tokens.items():
            accounts.begin(f"{name}{second}", on_cpu=False)
            accounts.tokens(f"{name}{second}", count)
            accounts.finish(request(f"{name}{second}"))
        counter += used_j
        charged += used_j if tokens else 0.0
        read(accounts, float(second), card(counter))
    assert sum(r.joules_gross or 0.0 for r in settled) == pytest.approx(charged, abs=1e-6)
