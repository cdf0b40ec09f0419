from collections.abc import Iterator

import openai
import pytest

from engine_room import STARTER, EngineRoomProcess, engine_room, in_hand, until
from engineroom.contract.control import EngineState


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    """The starter model, served by the real daemon. Shared: a test leaves it ready."""
    with engine_room(tmp_path_factory.mktemp("served"), "--model", STARTER) as room:
        room.wait_engine(EngineState.READY)
        yield room


@pytest.fixture(autouse=True)
def _at_rest(request: pytest.FixtureRequest) -> None:
    """What an earlier test has asked of the shared daemon is over, and counted, before the next one asks."""
    if "served" in request.fixturenames:
        room: EngineRoomProcess = request.getfixturevalue("served")
        with room.control() as control:
            until("nobody to be answered", lambda: not in_hand(control))


@pytest.fixture
def client(served: EngineRoomProcess) -> Iterator[openai.OpenAI]:
    """The official client, without retries that would hide a fault."""
    with openai.OpenAI(base_url=f"{served.connection().address}/v1", api_key="none", max_retries=0) as client:
        yield client
