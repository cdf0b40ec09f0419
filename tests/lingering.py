"""Builds that stay in one of their stages for as long as a test likes, each for a reason that a real one may have."""

import contextlib
import http.client
import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from urllib.parse import urlsplit

from engine_kit import EngineHome
from engine_room import until
from engineroom.client.engines import EnginesClient
from engineroom.contract.connection import Connection
from engineroom.contract.control import JobState, JobView
from engineroom.contract.engines import BuildWish

WISH = BuildWish(model="tiny/Tiny-Qwen", context_tokens=1024, concurrency=2, accept=True)
WISHES = {
    "plan": WISH,
    "fetch": WISH,
    "quantise": replace(WISH, precision="fp8"),
    "convert": replace(WISH, kind="compiled"),
    "compile": replace(WISH, kind="compiled"),
    "configure": WISH,
    "trial": WISH,
    "seal": WISH,
}
"""Of each stage a build that has it."""

LARGE = "notes.txt"
LARGE_BYTES = 64 * 2**30
"""A file that takes minutes to read and, full of holes, no room."""

_STALLS = {"quantise": "calibrate", "convert": "convert", "compile": "compile", "trial": "graphs"}


def lingering(home: EngineHome, client: EnginesClient, stage: str) -> JobView:
    """A build that is in ``stage`` now, and stays there.

    The programs of the runtime hang; what is read is large; and the disk does not answer: a pipe stands for the file
    that is read (``plan``) or written (``configure``) next.
    """
    home.scenario(stall_at=_STALLS.get(stage))
    if stage == "fetch":
        _large(home.model / LARGE)
    job = client.build(WISHES[stage])
    if stage in {"plan", "configure", "seal"}:
        client.turn_job(job.id, "pause")
        half = home.engines / f"{job.arguments['engine']}.half"
        half.mkdir(parents=True, exist_ok=True)
        if stage == "seal":
            _large(half / "large.safetensors")
        else:
            os.mkfifo(half / "options.yaml.new" if stage == "configure" else _asked(home))
        client.turn_job(job.id, "resume")
    if stage == "plan":
        _hold(_asked(home))
    else:
        until(f"the stage {stage}", lambda: client.job(job.id).stage == stage)
    now = client.job(job.id)
    assert now.state is JobState.RUNNING, now
    return now


def asked_and_left(home: EngineHome, connection: Connection) -> None:
    """Wish for a build, and close the connection while it is planned; ends when the daemon has seen it closed."""
    os.mkfifo(_asked(home))
    address = urlsplit(connection.address)
    asking = http.client.HTTPConnection(str(address.hostname), int(address.port or 0))
    wish = json.dumps(asdict(WISH))
    asking.request(
        "POST",
        "/control/builds",
        wish,
        {"Content-Type": "application/json", "Authorization": f"Bearer {connection.token}"},
    )
    _hold(_asked(home))
    asking.close()
    with EnginesClient(connection) as client:
        for _ in range(2):
            # Its loop hears of things in their order.
            client.jobs()


_HELD: dict[Path, int] = {}


def answered(home: EngineHome) -> None:
    """The disk gives the file that the ``plan`` waits for."""
    pipe = _asked(home)
    file = _HELD.pop(pipe)
    os.write(file, b"{}")
    pipe.unlink()
    os.close(file)


def _hold(pipe: Path) -> None:
    """Wait for somebody to read a pipe, and have him wait until it is written to."""

    def opened() -> bool:
        with contextlib.suppress(OSError):
            _HELD[pipe] = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        return pipe in _HELD

    until("somebody who reads it", opened)


def _asked(home: EngineHome) -> Path:
    """A file that is looked for in each runtime before anything is planned."""
    return home.home / "data" / "runtimes" / home.runtime / "order.json"


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LARGE_BYTES)
