"""``engineroom worker pull``: see the package for what it is told and what it says."""

import argparse
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, EngineroomError, Rejected
from engineroom.domain.misread import misread
from engineroom.domain.pull.outgoing import Outgoing
from engineroom.domain.pull.progress import PullMeter
from engineroom.domain.pull.values import PullPlan
from engineroom.domain.pull.wire import from_json
from engineroom.workers.json_lines import open_voice, say, say_problem
from engineroom.workers.pull.puller import Puller, Tuning
from engineroom.workers.pull.store import Store
from engineroom.workers.pull.wire import Wire
from engineroom.workers.tether import tether

_TICK_S = 0.25
_MOST_PLAN_BYTES = 64 * 2**20


def main(arguments: list[str]) -> int:
    """Pull until all is there, or SIGTERM; 1 after a ``problem`` event."""
    tether()
    voice = _Voice(open_voice())
    options = _parser().parse_args(arguments)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    # The library would report to its makers which program calls it; nothing goes out that the user did not ask for.
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    try:
        _pull(_read_plan(options.plan), options, voice, stop)
    except EngineroomError as error:
        voice.problem(error)
        return 1
    return 0


class _Voice:
    """One line at a time, from any thread."""

    def __init__(self, voice: TextIO) -> None:
        self._voice = voice
        self._lock = threading.Lock()

    def say(self, event: str, **facts: object) -> None:
        with self._lock:
            say(self._voice, event, **facts)

    def problem(self, error: EngineroomError) -> None:
        with self._lock:
            say_problem(self._voice, error.problem)

    def sent(self, sent: Outgoing) -> None:
        self.say("request", purpose=sent.purpose, host=sent.host, status=sent.status,
                 received_bytes=sent.received_bytes, sent_unix_s=round(sent.sent_unix_s, 3))  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="engineroom worker pull")
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--streams", type=int, default=4)
    parser.add_argument("--bytes-per-s", type=int)
    parser.add_argument("--patience-s", type=float, default=120.0)
    return parser


def _read_plan(path: Path) -> PullPlan:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_PLAN_BYTES + 1)
        if len(data) > _MOST_PLAN_BYTES:
            raise Rejected(Code.PULL_PLAN_BROKEN, **because(Detail.PLAN_TOO_LARGE, file=str(path)))
        return from_json(data.decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Rejected(Code.PULL_PLAN_BROKEN, **misread(error)) from error


def _pull(plan: PullPlan, options: argparse.Namespace, voice: _Voice, stop: threading.Event) -> None:
    from huggingface_hub import constants

    store = Store(options.cache or Path(constants.HF_HUB_CACHE), plan, links=not constants.HF_HUB_DISABLE_SYMLINKS)
    store.prepare()
    store.check_space()
    _allow_files(2 * len(plan.files) + 256)
    tuning = Tuning(streams=options.streams, bytes_per_s=options.bytes_per_s, patience_s=options.patience_s)
    puller = Puller(plan, store, Wire(plan, voice.sent), tuning, voice.say)
    first_bytes = puller.done_bytes
    voice.say("plan", files=len(plan.files), total_bytes=plan.total_bytes, here_bytes=first_bytes,
              fetch_bytes=plan.total_bytes - first_bytes)  # fmt: skip
    voice.say("stage", stage="fetch")
    puller.start()
    try:
        whole = _watch(plan, puller, voice, stop)
    finally:
        puller.stop()
    if not whole:
        voice.say("stopped", done_bytes=puller.done_bytes, total_bytes=plan.total_bytes)
        return
    voice.say("stage", stage="link")
    store.publish()
    voice.say(
        "done", snapshot=str(store.snapshot), revision=plan.revision, fetched_bytes=plan.total_bytes - first_bytes
    )


def _allow_files(wanted: int) -> None:
    """Each file on its way is open twice, and the usual limit is a thousand."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


def _watch(plan: PullPlan, puller: Puller, voice: _Voice, stop: threading.Event) -> bool:
    """Tell how far it is until all is there (true) or it is to be stopped (false)."""
    meter = PullMeter(total_bytes=plan.total_bytes, done_bytes=puller.done_bytes, now_s=time.monotonic())
    said_s = 0.0
    verifying = False
    while not stop.is_set():
        whole = puller.wait(_TICK_S)
        if verifying != puller.only_verifies:
            verifying = not verifying
            voice.say("stage", stage="verify" if verifying else "fetch")
        meter.see(puller.done_bytes, time.monotonic())
        if whole or time.monotonic() - said_s >= _TICK_S:
            said_s = time.monotonic()
            _say_progress(meter, puller, voice)
        if whole:
            return True
    return False


def _say_progress(meter: PullMeter, puller: Puller, voice: _Voice) -> None:
    files = [
        {
            "path": job.file.path,
            "state": job.state,
            "done_bytes": job.verified_bytes if job.state == "verify" else job.part.done_bytes,
            "total_bytes": job.file.size_bytes,
        }
        for job in puller.jobs
        if job.state == "verify" or (job.state == "fetch" and job.part.done_bytes)
    ]
    speed, eta = meter.bytes_per_s, meter.eta_s
    voice.say("progress", done_bytes=meter.done_bytes, total_bytes=meter.total_bytes,
              bytes_per_s=None if speed is None else round(speed), eta_s=None if eta is None else round(eta, 1),
              files=files)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
