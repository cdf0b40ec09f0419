"""Every failure that a scenario may ask for shows the reference's words and the right status (reference 7.5, 7.6)."""

import socket
import time

import pytest

from engine_room import until
from fakes.tensorrt_llm_double.kit import part
from fakes.tensorrt_llm_double.started import Started

FAILURES = part("failures").FAILURES
REPORTED = sorted(name for name, failure in FAILURES.items() if failure.how == "worker")
SAID = sorted(name for name, failure in FAILURES.items() if failure.how in {"launcher", "proxy"})
KILLED = sorted(name for name, failure in FAILURES.items() if failure.how == "killed")
HANGING = sorted(name for name, failure in FAILURES.items() if failure.how == "hang")


def silent(double: Started, seconds: float) -> bool:
    """Whether it says nothing for so long."""
    before = double.output()
    time.sleep(seconds)
    return double.output() == before


@pytest.mark.parametrize("name", REPORTED)
def test_worker_reports_its_cause_before_the_server_ends(serve, name: str) -> None:
    failure = FAILURES[name]
    with Started(serve(fail=name)) as double:
        assert double.ended() == 1
        text, errors = double.output(), double.output("stderr")
    cause = failure.text.splitlines()[0]
    at = text.index(f"Failed to initialize executor on rank 0: {cause}")
    assert text.index("Executor worker initialization error: ", at) > at
    assert f"{failure.raises.rpartition('.')[2]}: {cause}" in text[at:]
    assert errors.rstrip().splitlines()[-1] == "RuntimeError: Executor worker returned error"
    assert all(line in errors for line in failure.lines)


@pytest.mark.parametrize("name", SAID)
def test_server_or_launcher_says_it(serve, name: str) -> None:
    failure = FAILURES[name]
    with Started(serve(fail=name)) as double:
        assert double.ended() == 1
        assert all(line in double.output("stderr") for line in (failure.text, *failure.lines))


@pytest.mark.parametrize("name", KILLED)
def test_killed_worker_is_told_in_one_line(serve, name: str) -> None:
    with Started(serve(fail=name)) as double:
        assert double.ended() == 1
        assert "RuntimeError: Executor worker died during initialization" in double.output("stderr")


@pytest.mark.parametrize("name", HANGING)
def test_hanging_start_says_nothing_more(serve, name: str) -> None:
    with Started(serve(fail=name)) as double:
        double.until("Model init total")
        until("silence", lambda: silent(double, 0.3))
        assert double.process.poll() is None


def test_failed_start_may_take_its_grace_to_end(serve) -> None:
    began_s = time.monotonic()
    with Started(serve(fail="kv_no_room", abort_hangs=True, time_scale=0.01)) as double:
        assert double.ended() == 1
        assert "MpiSession shutdown timeout, aborting..." in double.output()
    assert time.monotonic() - began_s >= 0.6


def test_port_that_is_taken_is_told_before_the_model_is_loaded(serve) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        with Started(serve("--host", "127.0.0.1"), port=held.getsockname()[1]) as double:
            assert double.ended() == 1
            port = double.port
            errors = double.output("stderr")
    assert f"RuntimeError: Failed to bind socket to 127.0.0.1:{port}: [Errno 98] Address already in use" in errors
    assert "ATTENTION RUNTIME FEATURES" not in errors


def test_libmpi_and_import(serve) -> None:
    with Started(serve(libmpi="missing")) as double:
        assert double.ended() == 1
        assert "ImportError: libmpi.so.40: cannot open shared object file" in double.output("stderr")


def test_import_may_hang(serve) -> None:
    with Started(serve(fail="mpi_hang")) as double:
        time.sleep(0.5)
        assert (double.process.poll(), double.output()) == (None, "")


def test_out_of_memory_follows_from_the_card(serve) -> None:
    with Started(serve(gpus=[{"total_bytes": 2**33}], weights_gib=40.0)) as double:
        assert double.ended() == 1
        assert "The following component could not be created: Model" in double.output()


def test_unknown_scenario_key_is_an_error_of_the_test(serve) -> None:
    with Started(serve(falls="x")) as double:
        assert double.ended() == 1
        assert "the scenario has unknown keys: ['falls']" in double.output("stderr")
