"""What is started when the job of a fix is done."""

from dataclasses import replace
from typing import Any

import pytest

from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.job import FollowUp, FollowUpState, JobKind, JobState, JobView
from engineroom.domain.model import ModelSpec
from engineroom.services.fix_follow_ups import FollowUps

PENDING = FollowUp(engine="old", fix="fetch_again")
JOB = JobView(id="j", kind=JobKind.PULL, subject="m", state=JobState.DONE, created_at_s=5.0)


class Engines:
    """Those that are known; what is done to them is written down."""

    def __init__(self, *known: str) -> None:
        self.known, self.done = known, []
        self.full = False

    def resolve(self, name: str) -> ModelSpec:
        if name not in self.known:
            raise Rejected(Code.MODEL_NOT_FOUND, model=name)
        return ModelSpec(id=name, name=name, path=None)

    async def retire(self, spec: ModelSpec) -> None:
        self.done.append(f"retire {spec.id}")

    def start(self, name: str) -> None:
        if self.full:
            raise Broken(Code.GPU_LOST, name="card", uuid="a")
        self.done.append(f"start {name}")


class Promises:
    """One job, and the engine that comes of it."""

    def __init__(self, name: str | None) -> None:
        self.job, self.name = JOB, name

    def promise(self, job: str, follow_up: FollowUp) -> None:
        self.job = replace(self.job, follow_up=follow_up)

    def promised(self) -> tuple[JobView, ...]:
        return (self.job,)

    async def after(self, job: str, sealed: object, follow_up: FollowUp) -> str | None:
        return self.name


async def followed(engines: Engines, promises: Promises) -> FollowUp | None:
    parts: dict[str, Any] = {"engines": lambda: engines, "sealed": lambda _: None, "log": lambda *_: None}
    follow_ups = FollowUps(**parts)
    follow_ups.employ(promises)
    follow_ups.begin("j", PENDING)
    await follow_ups.settle()
    return promises.job.follow_up


@pytest.mark.parametrize(
    ("known", "made", "done", "state"),
    [
        (("old", "new"), "old", ["retire old", "start old"], FollowUpState.DONE),
        (("old", "new"), "new", ["start new"], FollowUpState.DONE),
        (("new",), "new", ["start new"], FollowUpState.DONE),
        (("old",), "new", [], FollowUpState.STOPPED),
        (("old",), None, [], FollowUpState.STOPPED),
    ],
    ids=["mended: as it is now", "another", "the failed one is gone", "the new one is gone", "nothing came of it"],
)
async def test_what_is_started(known: tuple[str, ...], made: str | None, done: list[str], state: FollowUpState) -> None:
    engines = Engines(*known)
    assert await followed(engines, Promises(made)) == replace(PENDING, state=state)
    assert engines.done == done


async def test_a_start_that_is_refused_is_told() -> None:
    engines = Engines("old")
    engines.full = True
    told = await followed(engines, Promises("old"))
    assert told is not None
    assert (told.state, told.problem and told.problem.code) == (FollowUpState.STOPPED, Code.GPU_LOST)
