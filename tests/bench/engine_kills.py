"""How many of many kills, in builds and lives of engines, left anything behind; and how long cancelling took.

Run it by hand: ``python tests/bench/engine_kills.py [--kills 100]``, with ``tests`` on the PYTHONPATH.  The runtime is
the double; times are of this computer.
"""

import argparse
import contextlib
import random
import statistics
import tempfile
import time
from pathlib import Path

import psutil

from engine_kit import EngineHome
from engine_room import engine_room, until
from engineroom.client.engines import EnginesClient
from engineroom.contract.control import JobState
from engineroom.contract.engines import BuildWish

OVER = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}
WISH = BuildWish(model="tiny/Tiny-Qwen", context_tokens=1024, concurrency=2, accept=True)


def worker(home: EngineHome, kind: str) -> psutil.Process | None:
    """The worker of this kind."""
    words = ["-m", "engineroom", "worker", kind]
    return next((one for one in home.processes() if one.cmdline()[1:5] == words), None)


def over(client: EnginesClient, job: str) -> JobState:
    """The state of a job at its end."""
    return until("the job", lambda: (now := client.job(job)).state in OVER and now).state


def build_killed(home: EngineHome, client: EnginesClient, wait_s: float) -> bool:
    """Kill a build once; whether everything is in order afterwards."""
    job = client.build(WISH)
    victim = until("the worker", lambda: worker(home, "build") or client.job(job.id).state in OVER)
    time.sleep(wait_s)
    if isinstance(victim, psutil.Process):
        with contextlib.suppress(psutil.NoSuchProcess):
            victim.kill()
    over(client, job.id)
    if home.whole():
        (engine,) = home.whole()
        well = client.verify_sealed(engine).ok and not home.halves()
        client.remove_sealed(engine, force=True)
        return well and home.none_left()
    return home.none_left()


def life_killed(home: EngineHome, client: EnginesClient, engine: str, wait_s: float) -> bool:
    """Kill an engine once; whether nothing is left after it was stopped."""
    client.start_engine(engine)
    victim = until("the worker", lambda: worker(home, "trtllm"))
    time.sleep(wait_s)
    with contextlib.suppress(psutil.NoSuchProcess):
        victim.kill()
    client.stop_engine(engine)
    return home.none_left()


def cancelled_s(client: EnginesClient, stage: str, precision: str | None) -> float:
    """Seconds from the wish to cancel to the answer, in a stage that goes on."""
    job = client.build(BuildWish(model=WISH.model, context_tokens=512, precision=precision, accept=True))
    until(stage, lambda: client.job(job.id).stage == stage)
    time.sleep(0.7)
    began_s = time.monotonic()
    client.turn_job(job.id, "cancel")
    return time.monotonic() - began_s


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        home = EngineHome(Path(place))
        home.scenario(pace_s=0.01, import_s=0.3)
        with engine_room(home.home, environment=home.environment()) as room, EnginesClient(room.connection()) as client:
            until("the card", lambda: client.snapshot().machine.gpus)
            half = options.kills // 2
            builds = [build_killed(home, client, chance.uniform(0.0, 3.0)) for _ in range(half)]
            print(f"builds killed: {half}, not in order afterwards: {builds.count(False)}", flush=True)
            if not home.whole():
                assert over(client, client.build(WISH).id) is JobState.DONE
            (engine,) = home.whole()
            lives = [life_killed(home, client, engine, chance.uniform(0.0, 2.0)) for _ in range(options.kills - half)]
            print(f"lives killed: {len(lives)}, not in order afterwards: {lives.count(False)}", flush=True)
            home.scenario(stall_at="graphs", quantise_s=60.0)
            for stage, precision in (("trial", None), ("quantise", "fp8")):
                took = [cancelled_s(client, stage, precision) for _ in range(3)]
                print(
                    f"cancelled while {stage}: {statistics.median(took):.2f} s, at most {max(took):.2f} s", flush=True
                )


if __name__ == "__main__":
    main()
