"""Binding the gateway's socket, and saying who holds a port that is taken."""

import errno
import ipaddress
import socket

import psutil

from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected
from engineroom.domain.settings import DEFAULT_PORT

AUTO_PORTS = range(DEFAULT_PORT, DEFAULT_PORT + 64)


def listen(host: str, port: int | None) -> socket.socket:
    """A listening socket; ``port`` ``None`` takes the first free one from 8411 on.

    Raises:
        EngineroomError: ``bind_not_loopback``, ``port_taken`` or ``bind_failed``.
    """
    address = _loopback(host)
    if port is not None:
        return _bind(address, port)
    for candidate in (*AUTO_PORTS, 0):
        try:
            return _bind(address, candidate)
        except EngineroomError as error:
            if error.code != Code.PORT_TAKEN:
                raise
    raise Broken(Code.BIND_FAILED, host=host, port=0, reason="no free port")


def _loopback(host: str) -> str:
    """Only this computer, until there are keys and TLS to let others in with."""
    name = "127.0.0.1" if host.lower() == "localhost" else host
    try:
        address = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        raise Rejected(Code.BIND_NOT_LOOPBACK, host=host) from None
    if not address.is_loopback:
        raise Rejected(Code.BIND_NOT_LOOPBACK, host=host)
    return str(address)


def _bind(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            pid, program = holder_of(port)
            raise Broken(Code.PORT_TAKEN, host=address, port=port, pid=pid, program=program) from error
        reason = error.strerror or str(error)
        raise Broken(Code.BIND_FAILED, host=address, port=port, reason=reason) from error
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
