"""How many of many kills, in builds and lives of engines, left anything behind; and how long cancelling took.

Run it by hand: ``python tests/bench/engine_kills.py [--kills 100] [--containers]``, with ``tests`` on the PYTHONPATH.
The runtime is the double; times are of this computer.
"""

import argparse
import contextlib
import random
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import psutil

from engine_kit import ContainerHome, EngineHome, words_of
from engine_room import engine_room, until
from engineroom.client.engines import EnginesClient
from engineroom.contract.control import JobState
from engineroom.contract.engines import BuildWish
from lingering import LARGE, WISH, answered, lingering
from lingering import WISHES as WISHES_OF

OVER = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}
GUARD_S = 40.0
"""Who sees to it that no container stays looks several times."""

AIMED = ("quantise", "convert", "compile", "configure", "seal")
"""Stages that are held, so that a kill falls into them."""

WISHES = (WISH, replace(WISH, precision="fp8"), replace(WISH, kind="compiled"))


def worker(home: EngineHome, kind: str) -> psutil.Process | None:
    """The worker of this kind."""
    words = ["-m", "engineroom", "worker", kind]
    return next((one for one in home.processes() if one.cmdline()[1:5] == words), None)


def over(client: EnginesClient, job: str) -> JobState:
    """The state of a job at its end."""
    return until("the job", lambda: (now := client.job(job)).state in OVER and now).state


def in_order(home: EngineHome) -> bool:
    """Whether nothing runs any more, and no container is left."""
    none_left = home.none_left(GUARD_S)
    return none_left and (not isinstance(home, ContainerHome) or home.docker.containers() == {})


def build_killed(home: EngineHome, client: EnginesClient, wish: BuildWish, wait_s: float) -> tuple[str, bool]:
    """Kill a build once: in which stage, and whether everything is in order afterwards."""
    job = client.build(wish)
    victim = until("the worker", lambda: worker(home, "build") or client.job(job.id).state in OVER)
    time.sleep(wait_s)
    stage = "over" if (now := client.job(job.id)).state in OVER else str(now.stage)
    if isinstance(victim, psutil.Process):
        with contextlib.suppress(psutil.NoSuchProcess):
            victim.kill()
    over(client, job.id)
    well = in_order(home)
    for engine in home.whole():
        well &= client.verify_sealed(engine).ok and f"{engine}.half" not in home.halves()
        client.remove_sealed(engine, force=True)
    return stage, well


def aimed(home: EngineHome, client: EnginesClient, stage: str, wait_s: float) -> tuple[str, bool]:
    """Kill a build in a stage that lasts until then; whether all is in order, and it comes to its end afterwards."""
    job = lingering(home, client, stage)
    time.sleep(wait_s)
    hit = worker(home, "build")
    if hit is not None:
        hit.kill()
    ended = over(client, job.id)
    well = hit is not None and ended is JobState.FAILED and in_order(home) and home.whole() == []
    home.scenario()
    half = home.engines / f"{job.arguments['engine']}.half"
    for stays in ("options.yaml.new", "large.safetensors"):
        (half / stays).unlink(missing_ok=True)
    (home.model / LARGE).unlink(missing_ok=True)
    well &= over(client, client.build(WISHES_OF[stage]).id) is JobState.DONE
    for engine in home.whole():
        well &= client.verify_sealed(engine).ok
        client.remove_sealed(engine, force=True)
    return stage, well and (home.halves(), home.whole()) == ([], [])


ROLES = {"mpi4py": "rank", "worker trtllm": "worker", "trtllm-serve": "server", "commands.serve": "server"}


def role_of(process: psutil.Process) -> str | None:
    """What a process of an engine is; ``None`` for others, such as a client of docker."""
    words = " ".join(words_of(process))
    return next((role for mark, role in ROLES.items() if mark in words), None)


def life_killed(
    home: EngineHome, client: EnginesClient, engine: str, role: str, chance: random.Random
) -> tuple[str, bool]:
    """Kill one process of an engine, of this role: which it was, and whether nothing is left after it was stopped."""
    client.start_engine(engine)
    told = "none"
    victims = until(f"a {role}", lambda: [one for one in home.processes() if role_of(one) == role])
    time.sleep(chance.uniform(0.0, 2.0))
    with contextlib.suppress(psutil.NoSuchProcess):
        chance.choice(victims).kill()
        told = role
    client.stop_engine(engine)
    return told, in_order(home)


def cancelled_s(home: EngineHome, client: EnginesClient, stage: str) -> float:
    """Seconds from the wish to cancel to the answer, in a stage that goes on."""
    job = lingering(home, client, stage)
    time.sleep(0.7)
    began_s = time.monotonic()
    state = client.turn_job(job.id, "cancel").state
    took_s = time.monotonic() - began_s
    assert (state, home.none_left(GUARD_S), home.halves()) == (JobState.CANCELLED, True, [])
    if stage == "plan":
        answered(home)
    (home.model / LARGE).unlink(missing_ok=True)
    return took_s


def _report(what: str, killed: list[tuple[str, bool]]) -> None:
    where = ", ".join(f"{name} {count}" for name, count in Counter(name for name, _ in killed).most_common())
    bad = [name for name, well in killed if not well]
    print(f"{what} killed: {len(killed)} ({where}); not in order afterwards: {len(bad)} {bad or ''}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--containers", action="store_true", help="with the runtime in an image of the stand-in docker")
    parser.add_argument("--aimed", type=int, default=5, help="of the kills, so many in each stage that is over quickly")
    parser.add_argument("--cancels", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        home = (ContainerHome if options.containers else EngineHome)(Path(place))
        home.scenario(pace_s=0.01, import_s=0.3, quantise_s=0.8, build_s=0.8)
        with engine_room(home.home, environment=home.environment()) as room, EnginesClient(room.connection()) as client:
            until("the card", lambda: client.snapshot().machine.gpus)
            half = options.kills // 2
            builds = [
                build_killed(home, client, WISHES[number % len(WISHES)], chance.uniform(0.0, 4.0))
                for number in range(half)
            ]
            _report("builds", builds)
            for wish in WISHES:
                assert over(client, client.build(wish).id) is JobState.DONE
            engines = home.whole()
            assert (home.halves(), len(engines)) == ([], len(WISHES))
            kinds = ("rank", "server", "worker", "rank")
            lives = [
                life_killed(home, client, engines[number % len(engines)], kinds[number % len(kinds)], chance)
                for number in range(options.kills - half - len(AIMED) * options.aimed)
            ]
            _report("lives", lives)
            for engine in engines:
                client.remove_sealed(engine, force=True)
            _report("aimed", [aimed(home, client, stage, chance.uniform(0.0, 0.5)) for stage in AIMED * options.aimed])
            for stage in WISHES_OF:
                took = [cancelled_s(home, client, stage) for _ in range(options.cancels)]
                print(
                    f"cancelled while {stage}: {statistics.median(took):.2f} s, at most {max(took):.2f} s", flush=True
                )


if __name__ == "__main__":
    main()
