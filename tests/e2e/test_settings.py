"""Settings of the real daemon: read, changed, kept, and never written over."""

import socket
from pathlib import Path

import pytest

from engine_room import engine_room, json_of
from engineroom.client.settings import SettingsClient
from engineroom.contract.settings import SettingsChange
from engineroom.domain.errors import Code, EngineroomError
from engineroom.workers.ports import free_port

MINE = "# mine\n[energy]\nprice_per_kwh = 0.25 # cheap\n"


def test_settings_are_changed_while_it_runs(tmp_path: Path) -> None:
    """What counts at once counts at once; the rest waits; a broken file is refused; another revision too."""
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text(MINE)
    with engine_room(tmp_path) as room, SettingsClient(room.connection()) as client:
        view = client.settings()
        named = {one.name: one for one in view.settings}
        assert (named["energy.price_per_kwh"].value, named["server.host"].value) == (0.25, "127.0.0.1")
        assert not any(one.waits for one in view.settings)
        values = {"energy.price_per_kwh": 0.5, "energy.currency": "CHF", "hub.offline": True}
        after = client.change_settings(SettingsChange(values=values, revision=view.revision))
        assert {one.name for one in after.settings if one.waits} == {"hub.offline"}
        assert path.read_text().startswith("# mine\n[energy]\nprice_per_kwh = 0.5 # cheap\n")
        assert json_of(room.cli("energy", "--json"))["currency"] == "CHF"
        with pytest.raises(EngineroomError) as stale:
            client.change_settings(SettingsChange(values={"hub.offline": False}, revision=view.revision))
        assert stale.value.code == Code.SETTINGS_CHANGED
        with pytest.raises(EngineroomError) as refused:
            client.change_settings(SettingsChange(values={"server.port": 99_999}))
        assert refused.value.code == Code.SETTING_REFUSED
        path.write_text("[server\n")
        broken = client.settings()
        assert broken.problem is not None
        assert room.cli("settings", "set", "server.port", "9000").returncode == 7
        assert path.read_text() == "[server\n"
        held = {place.what: place for place in client.storage().places}
        assert held["logs"].held_bytes
        assert held["engines"].held_bytes == 0
        assert held["models"].free_bytes


def test_the_command_line_needs_no_engine_room(tmp_path: Path) -> None:
    """It lists, reads, sets, takes out, and says no; a value is what TOML makes of it."""
    with engine_room(tmp_path) as room:
        room.connection()
        assert room.cli("settings", "set", "server.port", "auto").returncode == 0
        assert "restart" in room.cli("settings", "set", "server.keyless_loopback", "false").stdout
    path = tmp_path / "config" / "settings.toml"
    assert path.read_text().split() == ["[server]", "port", "=", '"auto"', "keyless_loopback", "=", "false"]
    assert room.cli("settings", "get", "server.port").stdout == "auto\n"
    assert room.cli("settings", "set", "server.origins", "app://obsidian.md", "https://a.example").returncode == 0
    assert room.cli("settings", "set", "server.keyless_loopback", "--unset").returncode == 0
    assert room.cli("settings", "set", "server.prot", "1").returncode == 9
    assert room.cli("settings", "set", "server.port", "maybe").returncode == 9
    assert room.cli("settings", "set", "server.port").returncode == 2
    listed = room.cli("settings").stdout
    assert "app://obsidian.md, https://a.example" in listed
    assert str(path) in listed


def test_the_port_of_the_settings_counts_also_where_another_would_do(tmp_path: Path) -> None:
    """As the window starts it: with ``--port auto``. Where that port is taken another one serves, which is said."""
    path, port = tmp_path / "config" / "settings.toml", free_port()
    path.parent.mkdir(parents=True)
    path.write_text(f"[server]\nport = {port}\n")
    with engine_room(tmp_path) as room, room.control() as control:
        assert control.snapshot().hello.address == f"http://127.0.0.1:{port}"
        assert Code.PORT_ELSEWHERE not in {one.code for one in control.snapshot().notices}
    with socket.create_server(("127.0.0.1", port)), engine_room(tmp_path) as room, room.control() as control:
        found = control.snapshot()
        (notice,) = [one for one in found.notices if one.code == Code.PORT_ELSEWHERE]
        assert notice.facts["wanted"] == port
        assert found.hello.address == f"http://127.0.0.1:{notice.facts['port']}"
