"""Who can reach a port of this computer: its addresses, and what a connection to each of them meets."""

import contextlib
import ipaddress
import socket
from collections.abc import Iterator

import psutil

from engineroom.domain.network import InterfaceView, Reach

_CONNECT_S = 0.5


def addresses() -> tuple[str, ...]:
    """IP addresses of this computer, loopback ones left out; link-local ones of IPv6 too, which need a zone."""
    found = (address for _, address in _interfaces())
    return tuple(address for address in found if _reach(address) is not Reach.THIS_COMPUTER)


def look(port: int) -> tuple[InterfaceView, ...]:
    """Connects to ``port`` on every address of this computer. May block for a moment."""
    return tuple(
        InterfaceView(name=name, address=address, reach=_reach(address), port=port, answers=_answers(address, port))
        for name, address in _interfaces()
    )


def _interfaces() -> Iterator[tuple[str, str]]:
    for name, entries in sorted(psutil.net_if_addrs().items()):
        for entry in entries:
            if entry.family in {socket.AF_INET, socket.AF_INET6} and "%" not in entry.address:
                yield name, entry.address


def _reach(address: str) -> Reach:
    ip = ipaddress.ip_address(address)
    if ip.is_loopback:
        return Reach.THIS_COMPUTER
    return Reach.INTERNET if ip.is_global else Reach.LOCAL_NETWORK


def _answers(address: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((address, port), timeout=_CONNECT_S):
        return True
    return False
