"""One pull, cut and killed many times at random, for the tests (a few) and the bench (fifty)."""

import random
from dataclasses import dataclass
from pathlib import Path

from fakes.fake_hub import Cut, Drip, FakeHub, FakeRepo, Status
from fakes.tiny_safetensors import config, safetensors
from workers.pull_kit import Pull, planned

WEIGHTS = "model.safetensors"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of it. ``wasted_bytes`` crossed the wire beyond the files themselves."""

    identical: bool
    half_seen: bool
    total_bytes: int
    wasted_bytes: int
    kills: int
    cuts: int


def stress(folder: Path, *, size: int, kills: int, cuts: int, seed: int, bytes_per_s: float) -> Outcome:
    """``kills`` times ``kill -9`` and ``cuts`` broken connections, at places that ``seed`` decides."""
    dice = random.Random(seed)
    files = {"config.json": config(), WEIGHTS: safetensors(size, seed=seed)}
    half_seen = False
    with FakeHub() as hub:
        repo = hub.add(FakeRepo(id="maker/stress"))
        repo.commit(files)
        hub.fault("/cdn/*", Drip(bytes_per_s=bytes_per_s / 4))
        pull = Pull(folder, planned(hub, repo))
        places = sorted(dice.randrange(size // 100, size) for _ in range(kills))
        for place in places:
            for _ in range(-(-cuts // kills)):
                hub.fault("/cdn/*", Cut(after_bytes=dice.randrange(2**18), reset=dice.random() < 0.5), times=1)
            if dice.random() < 0.3:
                hub.fault("/cdn/*", Status(code=dice.choice((403, 500, 503))), times=1)
            pull.killed_when(hub.when_sent(WEIGHTS, place))
            # It may have come to its end just before.
            half_seen |= pull.snapshot.exists() and not pull.has_all(files)
        last = pull.run()[-1]
        return Outcome(
            identical=last["event"] == "done" and pull.has_all(files),
            half_seen=half_seen,
            total_bytes=sum(map(len, files.values())),
            wasted_bytes=hub.sent[WEIGHTS] - len(files[WEIGHTS]),
            kills=kills,
            cuts=cuts,
        )
