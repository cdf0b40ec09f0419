"""A whole session where nothing but this computer can be reached; prints what its kernel counted, as JSON.

Run as a program: ``python -m e2e.quiet_session HOME daemon``; instead of ``daemon`` ``calls-out`` shows that a program
which calls out is noticed.  It leaves the network of the computer for one of its own that has a loopback alone.  Linux
counts there what was to go further: connections and datagrams without a route, and every datagram, such as a question
for a name.  The exit code 77 says that the kernel does not allow such a network.
"""

import ctypes
import fcntl
import json
import os
import socket
import struct
import sys
from pathlib import Path

import httpx2

from engine_room import STARTER, EngineRoomProcess, engine_room
from engineroom.contract.control import EngineState

NOT_ALLOWED = 77
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_SET_FLAGS, _UP = 0x8914, 0x1
_COUNTED = ("IpOutNoRoutes", "Ip6OutNoRoutes", "UdpOutDatagrams", "Udp6OutDatagrams")
TURNS = [{"role": "user", "content": "Hello"}]
PICTURE = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "http://192.0.2.1/x.png"}}]}]
ASKED = (
    ("/v1/chat/completions", {"messages": TURNS, "max_tokens": 4}, 200),
    ("/v1/chat/completions", {"messages": TURNS, "max_tokens": 4, "stream": True}, 200),
    ("/v1/chat/completions", {"messages": PICTURE, "max_tokens": 4}, 400),
    ("/v1/completions", {"prompt": "One", "max_tokens": 4}, 200),
    ("/v1/responses", {"input": "Hello", "max_output_tokens": 16}, 200),
    ("/v1/messages", {"messages": TURNS, "max_tokens": 4}, 200),
    ("/api/chat", {"messages": TURNS, "options": {"num_predict": 4}}, 200),
    ("/tokenize", {"content": "Hello"}, 200),
    ("/v1/chat/completions", {"model": "hf:org/model", "messages": TURNS}, 404),
)
COMMANDS = (
    ("status",), ("ps",), ("models", "list"), ("connect-info", "codex"), ("network",), ("engines",), ("doctor",),
    ("plan", "llama-3.1-8b", "--gpu", "RTX 4090"), ("outbound",),
)  # fmt: skip


def alone() -> None:
    """Leave for a network with a loopback only. Raises OSError where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    user = os.getuid()
    if libc.unshare(_NEW_NET if user == 0 else _NEW_USER | _NEW_NET):
        raise OSError(ctypes.get_errno(), "unshare")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        fcntl.ioctl(wire, _SET_FLAGS, struct.pack("16sh22x", b"lo", _UP))


def counted() -> dict[str, int]:
    """What the kernel has counted so far."""
    lines = Path("/proc/self/net/snmp").read_text("ascii").splitlines()
    found = {}
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        kind, *rest = names.replace(":", "").split()
        found |= {kind + name: int(value) for name, value in zip(rest, values.split()[1:], strict=True)}
    for line in Path("/proc/self/net/snmp6").read_text("ascii").splitlines():
        name, value = line.split()
        found[name] = int(value)
    return {name: found[name] for name in _COUNTED}


def calls_out() -> None:
    """What a program does that is not quiet: a connection, and a question for a name."""
    for address in (("192.0.2.1", 80), ("2001:db8::1", 80), ("name.invalid", 80)):
        try:
            socket.create_connection(address, 0.2).close()
        except OSError:
            continue


def session(home: Path) -> None:
    """A daemon, everything that it can be asked, the commands, and its end."""
    with engine_room(home) as room:
        with httpx2.Client(base_url=room.connection().address, timeout=60) as client:
            for route, body, status in ASKED:
                answer = client.post(route, json={"model": STARTER, **body})
                assert answer.status_code == status, (route, answer.text)
        _commands(room)
        assert room.wait_engine(EngineState.READY)
        assert room.end() == 0


def _commands(room: EngineRoomProcess) -> None:
    for words in COMMANDS:
        done = room.cli(*words)
        assert done.returncode in {0, 10}, (words, done.stderr)


def main() -> int:
    """Run the session; see above."""
    try:
        alone()
    except OSError as error:
        print(error, file=sys.stderr)
        return NOT_ALLOWED
    before = counted()
    if sys.argv[2] == "daemon":
        session(Path(sys.argv[1]))
    else:
        calls_out()
    print(json.dumps({name: value - before[name] for name, value in counted().items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
