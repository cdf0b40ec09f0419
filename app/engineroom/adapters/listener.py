"""Binding the gateway's sockets, and saying who holds a port that is taken."""

import errno
import ipaddress
import socket

import psutil

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected
from engineroom.domain.os_errors import caused
from engineroom.domain.settings_table import DEFAULT_PORT

AUTO_PORTS = range(DEFAULT_PORT, DEFAULT_PORT + 64)


def listen(host: str, port: int | None, *, first: int | None = None, beside_all: bool = False) -> socket.socket:
    """A socket for this computer alone; ``port`` ``None`` takes ``first`` if it can be had, else one from 8411 on.

    With ``beside_all`` the same port is going to be listened on for all addresses too.

    Raises:
        EngineroomError: ``bind_not_loopback``, ``port_taken`` or ``bind_failed``.
    """
    address = _loopback(host)
    if port is not None:
        return _bind(address, port, shared=beside_all)
    wished = () if first is None else (first,)
    for candidate in (*wished, *AUTO_PORTS, 0):
        try:
            return _bind(address, candidate, shared=beside_all)
        except EngineroomError as error:
            if error.code != Code.PORT_TAKEN and candidate not in wished:
                raise
    raise Broken(Code.BIND_FAILED, host=host, port=0, **because(Detail.NO_FREE_PORT))


def listen_for_others(host: str, port: int) -> socket.socket:
    """A socket that other computers reach. Whether they may is for the caller to know. Raises as :func:`listen`."""
    return _bind(str(address_of(host)), port, shared=is_wildcard(host))


def address_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IP address a setting means. Raises Rejected (``bind_not_loopback``); names are not looked up."""
    name = "127.0.0.1" if host.lower() == "localhost" else host
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        raise Rejected(Code.BIND_NOT_LOOPBACK, host=host) from None


def is_here(host: str) -> bool:
    """Whether this computer has that address, so that it can be listened on: it is, for a moment."""
    try:
        _bind(str(address_of(host)), 0).close()
    except EngineroomError:
        return False
    return True


def is_wildcard(host: str) -> bool:
    """Whether it means every address of this computer."""
    return address_of(host).is_unspecified


def _loopback(host: str) -> str:
    address = address_of(host)
    if not address.is_loopback:
        raise Rejected(Code.BIND_NOT_LOOPBACK, host=host)
    return str(address)


def _bind(address: str, port: int, *, shared: bool = False) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        # Lets this very user bind one address and all addresses; the system then prefers the one that is named.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((address, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            pid, program = holder_of(port)
            raise Broken(Code.PORT_TAKEN, host=address, port=port, pid=pid, program=program) from error
        raise Broken(Code.BIND_FAILED, host=address, port=port, **caused(error)) from error
    listener.settimeout(0)
    return listener


def holder_of(port: int) -> tuple[int | None, str | None]:
    """Pid and name of the program that listens on a TCP port, as far as this user may see it."""
    try:
        for connection in psutil.net_connections("tcp"):
            local = connection.laddr
            if connection.status == psutil.CONN_LISTEN and local and local.port == port and connection.pid:
                return connection.pid, psutil.Process(connection.pid).name()
    except psutil.Error:
        pass
    return None, None
