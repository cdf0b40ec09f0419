"""Clients that leave at any moment leave nothing behind."""

import asyncio
from pathlib import Path

from bench.proxies.streams import listen, request
from metronome import MODEL, come_to_rest, leave_often, metronome_room


def test_who_leaves_at_any_moment_leaves_no_request_and_no_stream_behind(tmp_path: Path) -> None:
    with metronome_room(tmp_path) as room:
        port = int(room.connection().address.rpartition(":")[2])
        asyncio.run(leave_often(port, 600, at_once=24, seed=1))
        come_to_rest(room)
        seen = asyncio.run(listen(port, request(port, "none", MODEL, 20), 20))
        assert len(seen.on_the_way_s) == 20
        assert seen.lost == 0
