"""The telemetry ring, notices, the log book."""

from engineroom.domain.errors import Problem
from engineroom.domain.machine import HostInfo, HostReading, Machine, NvmlState
from engineroom.services import hub
from engineroom.services.log_book import LogBook
from engineroom.services.notices import NoticeBoard
from engineroom.services.telemetry import RING_FRAMES, Telemetry
from engineroom.services.traffic import TrafficMonitor
from fakes.hand_clock import HandClock

HOST = HostInfo(
    hostname="h", system="s", cpu_name="c", physical_cores=None, logical_cores=2, memory_total_bytes=1,
    cpu_power_source=None,
)  # fmt: skip
MACHINE = Machine(
    host=HOST, nvml=NvmlState.STARTING, nvml_detail=None, driver_version=None, simulated=False, gpus=()
)  # fmt: skip
READING = HostReading(cpu_percent=1.0, memory_available_bytes=None, cpu_power_w=None)


class ListSink:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.closed = False

    def write(self, line: str) -> None:
        self.lines.append(line)

    def close(self) -> None:
        self.closed = True


async def published(events: hub.Hub, reader: hub.Subscription) -> list[tuple[str, object]]:
    events.close()
    return [(message.topic.name, message.payload) async for batch in reader.batches(idle_s=1) for message in batch]


def telemetry(clock: HandClock, events: hub.Hub) -> Telemetry:
    return Telemetry(
        machine=MACHINE, clock=clock, traffic=TrafficMonitor(clock=clock, events=events), events=events
    )  # fmt: skip


def test_frames_of_the_last_seconds_oldest_first() -> None:
    clock = HandClock(unix_s=5000.0)
    ring = telemetry(clock, hub.Hub())
    assert (ring.newest(), ring.frames(10)) == (None, ())
    for _ in range(10):
        clock.advance(1)
        ring.accept_reading(READING, ())
    assert [frame.taken_at_s for frame in ring.frames(3)] == [5007.0, 5008.0, 5009.0, 5010.0]
    newest = ring.newest()
    assert newest is not None
    assert (newest.taken_at_s, newest.host) == (5010.0, READING)


def test_the_ring_keeps_an_hour() -> None:
    clock = HandClock()
    ring = telemetry(clock, hub.Hub())
    for _ in range(RING_FRAMES + 50):
        clock.advance(1)
        ring.accept_reading(READING, ())
    assert len(ring.frames(1e9)) == RING_FRAMES


async def test_the_machine_is_told_only_when_it_changed() -> None:
    events = hub.Hub()
    ring = telemetry(HandClock(), events)
    reader = events.subscribe()
    ring.accept_machine(MACHINE)
    changed = Machine(
        host=HOST, nvml=NvmlState.NO_DEVICE, nvml_detail=None, driver_version="1", simulated=False, gpus=()
    )  # fmt: skip
    ring.accept_machine(changed)
    ring.accept_machine(changed)
    assert ring.machine == changed
    assert await published(events, reader) == [("machine", changed)]


async def test_a_notice_stands_once_and_goes() -> None:
    """The same again is not news; a change of its facts is."""
    events = hub.Hub()
    board = NoticeBoard(events)
    reader = events.subscribe()
    first, second = Problem(code="a", facts={"n": 1}), Problem(code="a", facts={"n": 2})
    other = Problem(code="b")
    for problem in (first, first, second, other):
        board.put(problem)
    assert board.all() == (second, other)
    board.clear("a")
    board.clear("a")
    board.clear("never seen")
    assert board.all() == (other,)
    payloads = [payload for _, payload in await published(events, reader)]
    assert payloads == [(first,), (second,), (second, other), (other,)]


async def test_a_line_goes_to_its_file_and_to_those_who_listen() -> None:
    sinks: dict[str, ListSink] = {}
    events = hub.Hub()
    book = LogBook(clock=HandClock(unix_s=7.0), events=events, sink_for=lambda name: sinks.setdefault(name, ListSink()))
    reader = events.subscribe()
    book.write("daemon", "one")
    book.write("tiny", "two")
    book.write("daemon", "three")
    assert {name: sink.lines for name, sink in sinks.items()} == {"daemon": ["one", "three"], "tiny": ["two"]}
    lines = [payload for _, payload in await published(events, reader)]
    assert lines == list(book.tail(10))
    assert [(line.number, line.source, line.text, line.written_at_s) for line in book.tail(10)] == [
        (1, "daemon", "one", 7.0),
        (2, "tiny", "two", 7.0),
        (3, "daemon", "three", 7.0),
    ]
    book.close()
    assert all(sink.closed for sink in sinks.values())


def test_the_tail_of_the_log() -> None:
    book = LogBook(clock=HandClock(), events=hub.Hub(), sink_for=lambda _name: ListSink())
    for number in range(6000):
        book.write("even" if number % 2 == 0 else "odd", str(number))
    assert [line.text for line in book.tail(2)] == ["5998", "5999"]
    assert [line.text for line in book.tail(2, "even")] == ["5996", "5998"]
    assert book.tail(0) == book.tail(-3) == book.tail(5, "nobody") == ()
    assert len(book.tail(10_000)) == 5000
