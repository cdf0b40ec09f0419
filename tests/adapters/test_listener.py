"""The gateway's socket."""

import os
import socket
from pathlib import Path

import pytest

from engineroom.adapters.listener import AUTO_PORTS, holder_of, listen, listen_for_others
from engineroom.domain.errors import Code, EngineroomError
from engineroom.workers.ports import free_port


def problem(host: str, port: int | None) -> EngineroomError:
    with pytest.raises(EngineroomError) as caught:
        listen(host, port)
    return caught.value


@pytest.mark.parametrize(
    ("host", "bound"), [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("LOCALHOST", "127.0.0.1")]
)
def test_it_listens(host: str, bound: str) -> None:
    port = free_port()
    with listen(host, port) as listener:
        assert listener.getsockname() == (bound, port)
        with socket.create_connection((bound, port), timeout=60):
            pass


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_it_listens_on_the_newer_protocol(host: str) -> None:
    if not Path("/proc/net/if_inet6").exists() or not Path("/proc/net/if_inet6").read_text():
        pytest.skip("this computer has no IPv6")
    with listen(host, free_port()) as listener:
        assert listener.family == socket.AF_INET6
        assert listener.getsockname()[0] == "::1"


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.2", "8.8.8.8", "example.com", "", "127.0.0.1:80", "localhost.evil", "*"]
)
def test_only_this_computer_is_served(host: str) -> None:
    error = problem(host, free_port())
    assert (error.code, error.problem.facts) == (Code.BIND_NOT_LOOPBACK, {"host": host})


def test_who_holds_a_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        error = problem("127.0.0.1", port)
    assert error.code == Code.PORT_TAKEN
    assert (error.problem.facts["host"], error.problem.facts["port"]) == ("127.0.0.1", port)
    assert error.problem.facts["pid"] == os.getpid()
    assert error.problem.facts["program"]


def test_a_port_nobody_holds() -> None:
    assert holder_of(free_port()) == (None, None)


def test_any_free_port_begins_with_the_default() -> None:
    with listen("127.0.0.1", None) as first, listen("127.0.0.1", None) as second:
        ports = [first.getsockname()[1], second.getsockname()[1]]
    assert ports[0] < ports[1]
    assert all(port in AUTO_PORTS for port in ports)


def test_the_port_that_is_wished_comes_before_any_other() -> None:
    wished = free_port()
    with listen("127.0.0.1", None, first=wished) as listener:
        assert listener.getsockname()[1] == wished
        with listen("127.0.0.1", None, first=wished) as other:
            assert other.getsockname()[1] not in {0, wished}


def test_a_wished_port_that_may_not_be_had_is_left(nobody: None) -> None:
    with listen("127.0.0.1", None, first=1) as listener:
        assert listener.getsockname()[1] != 1


def test_a_port_that_needs_more_rights(nobody: None) -> None:
    error = problem("127.0.0.1", 1)
    assert (error.code, error.problem.facts["reason"]) == (Code.BIND_FAILED, "Permission denied")


def test_a_port_just_left_can_be_taken_at_once() -> None:
    """A daemon that is started again may not have to wait for its old connections."""
    port = free_port()
    with listen("127.0.0.1", port) as listener:
        listener.settimeout(60)
        with socket.create_connection(("127.0.0.1", port), timeout=60):
            accepted, _ = listener.accept()
            accepted.close()
    with listen("127.0.0.1", port):
        pass


def test_all_addresses_and_this_computers_own_share_a_port() -> None:
    port = free_port()
    with listen("127.0.0.1", port, beside_all=True) as local, listen_for_others("0.0.0.0", port) as network:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as wire:
            accepted, _ = local.accept()
            accepted.close()
            assert wire.getsockname()[0] == "127.0.0.1"
        with pytest.raises(BlockingIOError):
            network.accept()


def test_another_programs_port_is_not_shared() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(EngineroomError) as caught:
        listen("127.0.0.1", other.getsockname()[1], beside_all=True)
    assert caught.value.code == Code.PORT_TAKEN
