"""Manifests, gates and orders of installations as JSON, and back. What something newer wrote is refused whole."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from engineroom.domain.runtimes.recipe import Step, StepName
from engineroom.domain.runtimes.values import (
    Endpoint,
    GateCheck,
    GateResult,
    GateStep,
    Manifest,
    Outcome,
    Package,
    RuntimeKind,
)
from engineroom.domain.trtllm.probed import ProbedVersion

SCHEMA = 1

Built = TypeVar("Built")


def to_json(value: Manifest | GateResult | Endpoint) -> str:
    """One value, with the number of the form."""
    return json.dumps({"schema": SCHEMA, **asdict(value)}, indent=1)


def manifest_of(text: str) -> Manifest:
    """Raises ValueError for anything else."""
    tree = _tree(text)
    packages = tuple(Package(**one) for one in tree.pop("packages"))
    kind, sources = RuntimeKind(tree.pop("kind")), tuple(tree.pop("sources"))
    return _built(Manifest, tree | {"packages": packages, "kind": kind, "sources": sources})


def gate_of(text: str) -> GateResult:
    """Raises ValueError for anything else."""
    tree = _tree(text)
    checks = tuple(
        _built(GateCheck, one | {"step": GateStep(one["step"]), "outcome": Outcome(one["outcome"])})
        for one in tree.pop("checks")
    )
    probed, verdict = tree.pop("probed"), Outcome(tree.pop("verdict"))
    return _built(GateResult, tree | {"checks": checks, "verdict": verdict, "probed": _probed(probed)})


def endpoint_of(text: str) -> Endpoint:
    """Raises ValueError for anything else."""
    tree = _tree(text)
    return _built(Endpoint, tree | {"models": tuple(tree.get("models", ()))})


def steps_json(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    """Steps for an order to the worker."""
    return [asdict(step) for step in steps]


def steps_of(rows: list[dict[str, Any]]) -> tuple[Step, ...]:
    """Steps of an order. Raises ValueError."""
    return tuple(_built(Step, row | {"name": StepName(row["name"]), "command": tuple(row["command"])}) for row in rows)


def _probed(tree: Mapping[str, Any] | None) -> ProbedVersion | None:
    if tree is None:
        return None
    return ProbedVersion(
        text=tree["text"], options=_lists(tree.get("options")), arguments=_lists(tree.get("arguments"))
    )


def _lists(tree: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]] | None:
    return None if tree is None else {name: tuple(values) for name, values in tree.items()}


def _tree(text: str) -> dict[str, Any]:
    tree = json.loads(text)
    if not isinstance(tree, dict) or tree.pop("schema", None) != SCHEMA:
        raise ValueError("not of this form")
    return tree


def _built(kind: type[Built], tree: Mapping[str, Any]) -> Built:
    try:
        return kind(**tree)
    except TypeError as error:
        raise ValueError(str(error)) from error
