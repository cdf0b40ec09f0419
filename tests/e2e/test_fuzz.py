"""Whatever is asked, the answer is one that our description knows, and never a failure of ours."""

from collections import Counter
from collections.abc import Iterator

import httpx2
import pytest

from engine_room import EngineRoomProcess
from fuzz import OFFLINE, fuzz, operations
from metronome import MODEL, metronome_room


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with metronome_room(tmp_path_factory.mktemp("fuzz"), rate=5000, **OFFLINE) as room:
        yield room


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("control", "examples"), [(False, 10), (True, 4)], ids=["clients", "control"])
def test_every_answer_is_as_described(room: EngineRoomProcess, control: bool, examples: int) -> None:
    asked = {
        f"{operation.method} {operation.path}": fuzz(operation, room, model=MODEL, examples=examples)
        for operation in operations(control=control)
    }
    assert len(asked) > 20
    statuses = sum(asked.values(), Counter[int]())
    assert statuses[200] > statuses.total() / 10, "some of it has to get through"
    assert not any(status >= 500 for status in statuses)
    chat = {"model": MODEL, "messages": [{"role": "user", "content": "still there?"}]}
    assert httpx2.post(f"{room.connection().address}/v1/chat/completions", json=chat, timeout=60).status_code == 200
