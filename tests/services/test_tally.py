"""The tokens of a stream are asked for at each reading and at its end; none is told twice, and none is lost."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from engineroom.domain.machine import HostReading
from engineroom.domain.stream_meter import StreamMeter
from engineroom.services.accounting import Accounting, Tally
from engineroom.services.hub import Hub
from engineroom.services.telemetry import Telemetry
from engineroom.services.traffic import TrafficMonitor
from fakes.hand_clock import HandClock

TOKEN = b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n'
HOST = HostReading(cpu_percent=1.0, memory_available_bytes=1, cpu_power_w=None)


class Accounts:
    """Real accounts, rates and frames; of the ledger, what it is told."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.told: list[float] = []
        traffic = TrafficMonitor(clock=self.clock, events=Hub())
        machine: Any = None
        ledger: Any = SimpleNamespace(tokens=self.told.append, frame=lambda _frame, _spans: None)
        telemetry = Telemetry(machine=machine, clock=self.clock, traffic=traffic, events=Hub())
        self.accounting = Accounting(
            clock=self.clock,
            traffic=traffic,
            telemetry=telemetry,
            ledger=ledger,
            engine_loaded=lambda: True,
            settled=lambda _: None,
        )
        self._telemetry = telemetry

    def tally(self) -> Tally:
        return Tally(self.accounting, "req-1", self.clock)

    def read(self) -> float:
        """A reading of the machine; the rate that its frame has."""
        self.accounting.reading(HOST, ())
        frame = self._telemetry.newest()
        assert frame is not None
        return frame.tokens_per_s


@pytest.fixture
def accounts() -> Accounts:
    return Accounts()


def meter() -> StreamMeter:
    return StreamMeter(withhold_usage=True)


def test_they_are_told_of_at_each_reading_and_the_rest_at_the_end(accounts: Accounts) -> None:
    tally, stream = accounts.tally(), meter()
    for count in (3, 0, 2):
        for _ in range(count):
            assert tally.metered(stream, TOKEN) == TOKEN
        accounts.clock.advance(1.0)
        accounts.read()
    tally.metered(stream, TOKEN + TOKEN)
    tally.close()
    accounts.read()
    assert accounts.told == [3, 2, 2]


def test_what_was_counted_in_the_meter_alone_is_told_too(accounts: Accounts) -> None:
    tally, stream = accounts.tally(), meter()
    tally.metered(stream, TOKEN)
    stream.token_events += 9
    accounts.read()
    assert accounts.told == [10]


def test_a_steady_stream_has_its_rate_at_every_reading(accounts: Accounts) -> None:
    """Fifty a second, read each second: the window of two seconds is full from the second reading on."""
    tally, stream = accounts.tally(), meter()
    rates = []
    for _ in range(6):
        for _ in range(50):
            accounts.clock.advance(0.02)
            tally.metered(stream, TOKEN)
        rates.append(accounts.read())
    assert rates[0] == pytest.approx(25, rel=0.05)
    assert rates[2:] == pytest.approx([50] * 4, rel=0.05)


def test_tokens_that_came_over_a_long_time_make_no_peak(accounts: Accounts) -> None:
    """A reading that was late, as when the driver hangs."""
    tally, stream = accounts.tally(), meter()
    for _ in range(500):
        accounts.clock.advance(0.02)
        tally.metered(stream, TOKEN)
    assert accounts.read() == pytest.approx(50, rel=0.07)


def test_a_second_stream_of_the_same_request_begins_anew(accounts: Accounts) -> None:
    tally, first, second = accounts.tally(), meter(), meter()
    tally.metered(first, TOKEN)
    tally.metered(first, TOKEN)
    tally.metered(second, TOKEN)
    accounts.read()
    tally.metered(second, TOKEN)
    tally.close()
    assert accounts.told == [2, 1, 1]


def test_nobody_asks_who_is_done_or_has_not_begun(accounts: Accounts) -> None:
    tally = accounts.tally()
    tally.close()
    stream = meter()
    tally.metered(stream, b": a comment\n\n")
    accounts.read()
    tally.close()
    stream.token_events += 1
    stream.first_token_at_s = 1.0
    accounts.read()
    tally.tell()
    assert accounts.told == []
    assert not cast("Any", accounts.accounting)._followed
