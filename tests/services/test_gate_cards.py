"""A gate looks whose the card is before it serves, and says so instead of running out of memory or measuring others."""

import os
from pathlib import Path

import pytest

from engineroom.contract.runtime_sentences import gate_words
from engineroom.domain.machine import GpuInfo
from engineroom.domain.runtimes.values import Outcome, RuntimeKind
from fakes.fake_docker.kit import FakeDocker
from services.image_stage import CARD, OLD, Card, docker, stage
from services.runtime_kit import CARD as OTHER
from services.runtime_kit import Stage, computer

__all__ = ["docker", "stage"]

ME = os.getpid()


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: Stage) -> Card:
    facts = {name: getattr(OTHER, name) for name in OTHER.__dataclass_fields__}
    stage.machine = computer(GpuInfo(**{**facts, "uuid": CARD}))
    return Card(tmp_path / "card", monkeypatch)


def served(docker: FakeDocker) -> list[list[str]]:
    return [words for words in docker.asked if words[0] == "run" and "-p" in words]


async def test_a_card_that_another_program_holds_is_not_served_on(stage: Stage, docker: FakeDocker, card: Card) -> None:
    card.hold(ME, 20.0)
    await stage.done(await stage.installed("1.2.1", RuntimeKind.CONTAINER))
    gate = stage.installation(OLD).gate
    assert gate is not None
    assert (gate.verdict, stage.store.default(), served(docker)) == (Outcome.NOT_RUN, None, [])
    (serve,) = (check for check in gate.checks if check.step == "serve")
    assert (serve.outcome, serve.reason) == (Outcome.NOT_RUN, "card_busy")
    words = gate_words(serve)
    assert "NVIDIA GeForce RTX 5090 is in use by" in words
    assert f"(pid {ME}, 20.0 GiB)" in words
    assert "engineroom stop" in words

    card.free(ME)
    await stage.done(await stage.runtimes.gate(stage.jobs, OLD, str(stage.model())))
    assert stage.store.default() == OLD, stage.gate(OLD)
    (words_of_run,) = served(docker)
    assert words_of_run[words_of_run.index("--gpus") + 1] == f"device={CARD}", "it sees the card that was looked at"


async def test_one_of_our_engines_is_called_by_its_name(stage: Stage, card: Card) -> None:
    stage.users.pids[os.getppid()] = "qwen3-8b"
    card.hold(ME, 8.0)
    await stage.done(await stage.installed("1.2.1", RuntimeKind.CONTAINER))
    gate = stage.installation(OLD).gate
    assert gate is not None
    assert gate.checks[-1].facts["holders"] == f"qwen3-8b (pid {ME}, 8.0 GiB)"


async def test_a_desktop_on_the_card_is_no_hindrance(stage: Stage, card: Card) -> None:
    card.hold(ME, 0.4)
    await stage.done(await stage.installed("1.2.1", RuntimeKind.CONTAINER))
    assert stage.gate(OLD)["serve"] == "passed"


async def test_a_card_that_becomes_free_is_waited_for(stage: Stage, card: Card) -> None:
    stage.card_patience_s = 60.0
    stage.runtimes, stage.jobs = stage.fresh()
    card.hold(ME, 20.0)
    model = str(stage.model())
    job = await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.CONTAINER, model=model)
    await stage.see(lambda: stage.jobs.job(job.id).stage == "wait")
    card.free(ME)
    await stage.done(job)
    assert stage.store.default() == OLD, stage.gate(OLD)


async def test_a_speed_that_was_measured_beside_another_counts_for_nothing(stage: Stage, card: Card) -> None:
    job = await stage.runtimes.install(
        stage.jobs, version="1.2.1", kind=RuntimeKind.CONTAINER, model=str(stage.model())
    )
    await stage.see(lambda: stage.jobs.job(job.id).stage == "smoke")
    card.hold(ME, 20.0)
    await stage.done(job)
    gate = stage.gate(OLD)
    assert (gate["serve"], gate["speed"]) == ("passed", "card_busy")
    assert stage.store.default() is None


async def test_where_the_driver_does_not_say_our_own_engines_are_known(stage: Stage) -> None:
    stage.users.pids[ME] = "qwen3-8b"
    await stage.done(await stage.installed("1.2.1", RuntimeKind.CONTAINER))
    gate = stage.installation(OLD).gate
    assert gate is not None
    assert gate.checks[-1].facts["holders"] == f"qwen3-8b (pid {ME})"
