"""The attack list as a whole: every number has its tests, and those exist; and the two that had none."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from e2e.attack_kit import CHAT, Target, filled, get, send, unguarded
from engine_room import EngineRoomProcess
from engineroom import __version__

TESTS = Path(__file__).parents[1]
LIST = tomllib.loads(Path(__file__).with_name("attacks.toml").read_text("utf-8"))["attack"]
GROUPS = {0: 6, 10: 19, 20: 25, 30: 33, 40: 42, 50: 53, 60: 67, 70: 74, 80: 85, 90: 92}
"""First and last number of each group; the first group begins with one."""

LOCAL = "127.0.0.1:{port}"


@pytest.fixture(scope="module")
def naked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with unguarded(tmp_path_factory.mktemp("unguarded")) as target:
        yield target


@pytest.fixture
def ours(served: EngineRoomProcess) -> Target:
    return Target(port=int(served.connection().address.rpartition(":")[2]))


def test_every_attack_of_the_list_is_there_once() -> None:
    numbers = [number for first, last in GROUPS.items() for number in range(first or 1, last + 1)]
    assert [attack["number"] for attack in LIST] == [f"S{number:02}" for number in numbers]


@pytest.mark.parametrize("attack", LIST, ids=lambda attack: attack["number"])
def test_its_tests_exist_or_it_is_said_why_there_are_none(attack: dict[str, object]) -> None:
    tests = attack.get("tests", [])
    assert isinstance(tests, list)
    assert bool(tests) != bool(attack.get("why"))
    for test in tests:
        file, _, name = test.partition("::")
        assert name in names_in(TESTS / file), test


@cache
def names_in(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in tree.body if isinstance(node, kinds) and node.name.startswith("test_"))


def test_a_preflight_tells_nothing(naked: Target, ours: Target) -> None:
    """Neither what there is behind the path, nor that there is something."""
    answers = []
    for path in (CHAT, "/control/keys", "/no/such/path"):
        request = get(
            path, "Origin: http://evil.example", "Access-Control-Request-Method: POST", host=LOCAL, method="OPTIONS"
        )
        assert "access-control-allow-origin" in send(naked, filled(request, naked)).headers
        answer = send(ours, filled(request, ours))
        assert not [name for name in answer.headers if name.startswith("access-control")]
        answers.append((answer.status, answer.body.partition(b'"facts"')[0]))
    assert len(set(answers)) == 1


def test_what_is_public_tells_no_version(ours: Target) -> None:
    """Also where a key is needed for everything else."""
    for path in ("/", "/health"):
        answer = send(ours, filled(get(path, "X-Forwarded-For: 8.8.8.8", host=LOCAL), ours))
        assert answer.status == 200
        assert __version__.encode() not in answer.body
        assert not {"server", "x-powered-by"} & set(answer.headers)
    hidden = send(ours, filled(get("/v1/models", "X-Forwarded-For: 8.8.8.8", host=LOCAL), ours))
    assert hidden.status == 401
