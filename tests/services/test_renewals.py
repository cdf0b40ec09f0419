"""A runtime that was installed anew takes its place; the default it becomes only where its gate was passed."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from engineroom.domain.job import JobKind, JobState, JobView
from engineroom.domain.runtimes.values import GateResult, Installation, Manifest, Outcome, RuntimeKind
from engineroom.services.runtime_orders import InstallOrders
from engineroom.services.runtime_renewals import Renewals

NAME = "tensorrt-llm-1.2.1-venv"
WHOLE = Manifest(id=NAME, kind=RuntimeKind.VENV, product="tensorrt-llm", version="1.2.1", installed_unix_s=0.0)
JOB = JobView(
    id="j", kind=JobKind.INSTALL, subject="1.2.1", state=JobState.RUNNING, created_at_s=0.0,
    arguments={"runtime": NAME, "anew": True},
)  # fmt: skip


def made(verdict: Outcome | None) -> Installation:
    gate = None if verdict is None else GateResult(verdict=verdict, checks=(), at_unix_s=0.0)
    return Installation(id=NAME, kind=RuntimeKind.VENV, version="1.2.1", manifest=WHOLE, gate=gate)


@pytest.mark.parametrize(
    ("verdict", "default", "becomes"),
    [(Outcome.PASSED, None, [NAME]), (Outcome.NOT_RUN, None, []), (None, None, []), (Outcome.PASSED, "another", [])],
)
def test_a_lost_one_is_replaced_by_what_is_there_now(
    verdict: Outcome | None, default: str | None, becomes: list[str]
) -> None:
    swapped: list[str] = []
    chosen: list[str] = []
    disk = SimpleNamespace(
        beside=lambda name: f"{name}.anew", found=lambda _: made(verdict), swap=swapped.append,
        default=lambda: default, set_default=chosen.append,
    )  # fmt: skip
    world: Any = SimpleNamespace(disk=disk, users=SimpleNamespace(using=lambda *_: ()), gate_words={})
    Renewals(world, SimpleNamespace(found=lambda _: None)).finished(JOB)  # type: ignore[arg-type]
    assert swapped == [NAME]
    assert chosen == becomes


@pytest.mark.parametrize(
    ("place", "default", "broken", "compared"),
    [
        (NAME, "another", False, "another"), (NAME, "another", True, None), (NAME, None, False, None),
        (NAME, NAME, False, None), (f"{NAME}.anew", "another", False, NAME), (f"{NAME}.anew", NAME, True, None),
    ],
)  # fmt: skip
def test_a_new_one_is_compared_with_what_it_replaces_as_long_as_that_works(
    place: str, default: str | None, broken: bool, compared: str | None
) -> None:
    """Never with itself, which would always be as quick."""
    found = {name: replace(made(Outcome.PASSED), id=name) for name in (NAME, "another")}
    world: Any = SimpleNamespace(disk=SimpleNamespace(default=lambda: default))
    shelf: Any = SimpleNamespace(found=found.get, missing=lambda _: "a file" if broken else None)
    reference = InstallOrders(world, shelf, Renewals(world, shelf))._reference(NAME, place)
    assert (None if reference is None else reference.id) == compared
