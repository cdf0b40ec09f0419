"""What a gate may try on a computer, and with which of its cards."""

from dataclasses import replace

import pytest

from engineroom.domain.machine import GpuInfo, GpuState
from engineroom.domain.runtimes.trial import trial_of
from engineroom.domain.runtimes.values import Installation, Manifest, RuntimeKind
from services.test_plans import CARD, OTHER, machine

WHOLE = Manifest(
    id="old", kind=RuntimeKind.CONTAINER, product="tensorrt-llm", version="1.1.0", installed_unix_s=0.0,
    program="/usr/bin/docker", image="i@sha256:1",
)  # fmt: skip
OLD = Installation(id="old", kind=RuntimeKind.CONTAINER, version="1.1.0", manifest=WHOLE)


def told(*gpus: GpuInfo, model: str | None = "/m", reference: Installation | None = None) -> dict[str, object]:
    return trial_of(
        machine(*gpus), model=model, tool_parser=lambda folder: f"of {folder}", reference=reference,
        folder=lambda name: f"/runtimes/{name}", engines={7: "e"}, patience_s=30.0,
    )  # fmt: skip


def test_a_card_that_was_lost_is_not_one_to_serve_on() -> None:
    lost = replace(OTHER, state=GpuState.LOST)
    assert told(CARD, OTHER)["cards"] == ["GPU-a", "GPU-b"]
    assert told(CARD, lost)["cards"] == ["GPU-a"]
    assert told(lost)["cards"] == []


@pytest.mark.parametrize(
    ("gpus", "model", "skipped", "parser"),
    [((CARD,), "/m", "", "of /m"), ((), "/m", "no_card", None), ((CARD,), None, "no_model", None),
     ((), None, "no_card", None)],
)  # fmt: skip
def test_what_keeps_it_from_serving(
    gpus: tuple[GpuInfo, ...], model: str | None, skipped: str, parser: str | None
) -> None:
    order = told(*gpus, model=model)
    assert (order["skipped"], order["tool_parser"], order["gpus"]) == (skipped, parser, bool(gpus))
    assert (order["engines"], order["patience_s"], order["simulated"]) == ({"7": "e"}, 30.0, True)


def test_only_one_that_is_whole_is_compared_with() -> None:
    assert told(CARD)["reference"] is None
    assert told(CARD, reference=replace(OLD, manifest=None))["reference"] is None
    assert told(CARD, reference=OLD)["reference"] == {
        "id": "old", "kind": "container", "folder": "/runtimes/old", "program": "/usr/bin/docker",
        "image": "i@sha256:1",
    }  # fmt: skip
