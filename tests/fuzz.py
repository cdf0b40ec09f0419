"""Requests that nobody thought of, made from our description of the API, against a daemon that runs."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from engine_room import EngineRoomProcess
from gateway.test_openapi import described

NOT_FUZZED = {
    ("GET", "/control/events"),  # never ends
    ("POST", "/control/shutdown"),  # ends what is tested
    ("POST", "/control/runtimes/install"),  # fetches gigabytes
}
NOT_CHECKED = {"negative_data_rejection", "positive_data_acceptance"}
"""What one engine takes another refuses, and they are the ones who say it."""

OFFLINE = {"HF_HUB_OFFLINE": "1", "UV_OFFLINE": "1"}
LENGTHS = {"max_tokens", "max_completion_tokens", "max_output_tokens"}
MOST_TOKENS = 50


def operations(*, control: bool) -> Iterator[Any]:
    """What can be asked: with the token, or by clients."""
    for found in schemathesis.openapi.from_dict(described()).get_all_operations():
        operation = found.ok()
        name = (operation.method.upper(), operation.path)
        if operation.path.startswith("/control") is control and name not in NOT_FUZZED:
            yield operation


def fuzz(operation: Any, room: EngineRoomProcess, *, model: str, examples: int, number: int = 0) -> Counter[int]:
    """Ask so often, half of it not as described; statuses of the answers, all of which were as described.

    Run ``number`` 0 is the same every time.
    """
    connection = room.connection()
    control = operation.path.startswith("/control")
    headers = {"Authorization": f"Bearer {connection.token}"} if control else {}
    checks = [check for check in CHECKS.get_all() if check.__name__ not in NOT_CHECKED]
    seen: Counter[int] = Counter()

    def ask(case: Any) -> None:
        _steer(case, model, seen.total())
        answer = case.call_and_validate(base_url=connection.address, headers=headers, checks=checks, timeout=100)
        seen[answer.status_code] += 1

    limits = settings(
        max_examples=examples,
        derandomize=number == 0,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    attempt = limits(given(st.one_of([operation.as_strategy(generation_mode=mode) for mode in GenerationMode]))(ask))
    (seed(number)(attempt) if number else attempt)()
    return seen


def _steer(case: Any, model: str, asked: int) -> None:
    """Most requests have to reach an engine, and none may take minutes."""
    if asked % 4 and "model" in (case.path_parameters or {}) and "library" not in case.path:
        case.path_parameters["model"] = model
    body = case.body
    if not isinstance(body, dict):
        return
    if asked % 4 and isinstance(body.get("model"), str):
        body["model"] = model
    for name in LENGTHS & set(body):
        if type(body[name]) is int:
            body[name] = min(body[name], MOST_TOKENS)
