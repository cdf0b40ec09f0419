"""Ports for programs that take them only later."""

import socket
import sys
from pathlib import Path

import pytest

from engineroom.workers.ports import free_port


def test_it_is_free_and_another_each_time() -> None:
    ports = [free_port() for _ in range(20)]
    assert len(set(ports)) > 1
    for port in ports:
        with socket.create_server(("127.0.0.1", port)):
            pass


@pytest.mark.skipif(sys.platform != "linux", reason="told by /proc")
def test_the_system_gives_it_to_nobody_who_asks_for_any() -> None:
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    if lowest <= 20_000:
        pytest.skip("on this computer they are everybody's")
    assert all(free_port() < lowest for _ in range(200))
