"""Letting others in: refused without a key, encrypted, and never with what is for this computer alone."""

import json
import ssl
from pathlib import Path
from typing import Any

import httpx2
import pytest

from engine_room import PATIENCE_S, EngineRoomProcess, engine_room, json_of, until
from engineroom.adapters.reach import addresses
from engineroom.client.access import AccessClient
from engineroom.contract.control import EngineState
from engineroom.contract.keys import KeyRequest


@pytest.fixture
def keyed(tmp_path: Path) -> tuple[Path, str]:
    """A home with one key in it, and the key."""
    home = tmp_path / "room"
    with engine_room(home) as room, AccessClient(room.connection()) as client:
        made = client.create_key(KeyRequest(name="laptop"))
    return home, made.key


def outside() -> str:
    """An address of this computer that others see."""
    found = [address for address in addresses() if ":" not in address]
    if not found:
        pytest.skip("this computer has no address but its own")
    return found[0]


def test_nobody_is_let_in_before_there_is_a_key(tmp_path: Path) -> None:
    for arguments in ((), ("--i-know-this-is-plain-http",)):
        with engine_room(tmp_path / "room", "--host", "0.0.0.0", "--json", *arguments) as room:
            assert room.process.wait(PATIENCE_S) == 2
            assert json.loads(room.text())["error"]["code"] == "bind_needs_key"


def test_others_come_in_with_a_key_and_over_tls_only(keyed: tuple[Path, str]) -> None:
    home, key = keyed
    address = outside()
    with engine_room(home, "--host", "0.0.0.0") as room, AccessClient(room.connection()) as client:
        view = client.network()
        assert view.tls
        assert view.fingerprint in room.cli("network").stdout
        reached = {place.address for place in view.interfaces if place.answers}
        assert {"127.0.0.1", address} <= reached
        port = int(room.connection().address.rpartition(":")[2])
        trusted = ssl.create_default_context(cafile=view.certificate)
        with httpx2.Client(base_url=f"https://{address}:{port}", verify=trusted, trust_env=False, timeout=60) as others:
            assert others.get("/v1/models").status_code == 401
            assert others.get("/health").status_code == 200
            good = {"Authorization": f"Bearer {key}"}
            assert others.get("/v1/models", headers=good).status_code == 200
            assert others.get("/v1/models", headers={**good, "Host": "evil.example"}).status_code == 403
            for name in (key, room.connection().token):
                answer = others.get("/control/hello", headers={"Authorization": f"Bearer {name}"})
                assert answer.status_code == 404
            token = {"Authorization": f"Bearer {room.connection().token}"}
            assert others.get("/v1/models", headers=token).status_code == 401
        told = httpx2.get(f"http://{address}:{port}/health", trust_env=False, timeout=60)
        assert (told.status_code, "speaks https" in told.json()["error"]["message"]) == (400, True)
        with pytest.raises(httpx2.HTTPError):
            httpx2.get(f"https://{address}:{port}/health", trust_env=False, timeout=60)
        plain = httpx2.get(f"http://127.0.0.1:{port}/v1/models", trust_env=False, timeout=60)
        assert plain.status_code == 200
    assert (home / "data" / "tls" / "key.pem").stat().st_mode & 0o777 == 0o600


def test_plain_http_is_said_at_every_start(keyed: tuple[Path, str]) -> None:
    home, key = keyed
    address = outside()
    for _ in range(2):
        with engine_room(home, "--host", address, "--i-know-this-is-plain-http") as room:
            with AccessClient(room.connection()) as client:
                assert not client.network().tls
                assert [notice.code for notice in client.snapshot().notices] == ["plain_http"]
            port = int(room.connection().address.rpartition(":")[2])
            answer = httpx2.get(
                f"http://{address}:{port}/v1/models", headers={"x-api-key": key}, trust_env=False, timeout=60
            )
            assert answer.status_code == 200
    log = (home / "state" / "log" / "daemon.log").read_text("utf-8")
    assert log.count("plain_http") == 2


def test_this_computer_alone_is_reached_from_nowhere_else(served: EngineRoomProcess) -> None:
    with AccessClient(served.connection()) as client:
        view = client.network()
    assert view.network is None
    assert view.fingerprint is None
    assert {place.address for place in view.interfaces if place.answers} == {"127.0.0.1"}


def test_without_the_setting_even_this_computer_needs_a_key(keyed: tuple[Path, str]) -> None:
    home, key = keyed
    (home / "config").mkdir(exist_ok=True)
    settings = '[server]\nkeyless_loopback = false\norigins = ["app://obsidian.md", "vscode-webview://*"]\n'
    (home / "config" / "settings.toml").write_text(settings, "utf-8")
    with engine_room(home) as room:
        with httpx2.Client(base_url=room.connection().address, trust_env=False, timeout=60) as client:
            assert client.get("/v1/models").status_code == 401
            assert client.get("/metrics").status_code == 401
            assert client.get("/v1/models", headers={"x-api-key": key}).status_code == 200
            _check_origins(client, key)
            _check_headers_of_pages(client)
        assert room.cli("chat", "What is the capital of France?", "--max-tokens", "2").returncode == 0


def _check_origins(client: httpx2.Client, key: str) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for origin, allowed in (
        ("app://obsidian.md", True), ("vscode-webview://1ab", True), ("app://obsidian.md.evil", False),
        ("vscode-webview://", False), ("null", False), ("https://obsidian.md", False),
    ):  # fmt: skip
        preflight = client.options("/v1/chat/completions", headers={"Origin": origin, **asks})
        answer = client.get("/v1/models", headers={"Origin": origin, "x-api-key": key})
        refused = client.get("/v1/models/none", headers={"Origin": origin, "x-api-key": key})
        assert preflight.status_code == (204 if allowed else 403)
        for one in (preflight, answer, refused):
            assert one.headers.get("access-control-allow-origin") == (origin if allowed else None)
            assert "access-control-allow-credentials" not in one.headers
        assert (answer.headers.get("vary") == "Origin") is allowed


OF_THE_SDK = (
    "authorization,content-type,openai-organization,openai-project,user-agent,x-stainless-arch,x-stainless-lang,"
    "x-stainless-os,x-stainless-package-version,x-stainless-retry-count,x-stainless-runtime,"
    "x-stainless-runtime-version,x-stainless-timeout"
)
"""What OpenAI's client for browsers sends; a browser asks for leave before it does."""


def _check_headers_of_pages(client: httpx2.Client) -> None:
    asks = {"Origin": "app://obsidian.md", "Access-Control-Request-Method": "POST"}
    for wanted, given in (
        (OF_THE_SDK, OF_THE_SDK), ("x-a, x-b", "x-a, x-b"), (None, "authorization, content-type, "),
        ("x-a; x=y", "authorization, content-type, "), ("x" * 5000, "authorization, content-type, "),
    ):  # fmt: skip
        more = {} if wanted is None else {"Access-Control-Request-Headers": wanted}
        answer = client.options("/v1/chat/completions", headers={**asks, **more})
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-headers"].startswith(given)
        assert answer.headers["access-control-allow-methods"] == "GET, POST, DELETE"


def test_a_capture_is_seen_and_ends(served: EngineRoomProcess, client) -> None:
    served.wait_engine(EngineState.READY)
    with AccessClient(served.connection()) as control:
        view = control.turn_capture(5)
        assert [notice.code for notice in control.snapshot().notices] == ["capture_on"]
        client.completions.create(model="default", prompt="captured-canary", max_tokens=1)
        short = control.turn_capture(0.01)
        until("its end", lambda: not control.capture().on)
        client.completions.create(model="default", prompt="later-canary", max_tokens=1)
        assert control.snapshot().notices == ()
    path, later = Path(view.path or ""), Path(short.path or "")
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text("utf-8") + later.read_text("utf-8")
    path.unlink()
    later.unlink(missing_ok=True)
    assert "captured-canary" in text
    assert "later-canary" not in text


def told_by_key(room: EngineRoomProcess) -> list[dict[str, Any]]:
    return list(json_of(room.cli("energy", "--by", "key", "--json"))["rows"])


def test_use_is_told_by_key(keyed: tuple[Path, str]) -> None:
    home, key = keyed
    with engine_room(home) as room:
        body = {"model": "default", "prompt": "Hi", "max_tokens": 3, "ignore_eos": True}
        address = f"{room.connection().address}/v1/completions"
        answer = httpx2.post(address, json=body, headers={"x-api-key": key}, timeout=60, trust_env=False)
        assert answer.status_code == 200
        laptop = until("its use", lambda: next((row for row in told_by_key(room) if row["group"] == "laptop"), None))
        assert laptop["completion_tokens"] == 3
        with AccessClient(room.connection()) as client:
            (view,) = client.keys()
        assert view.tokens_today >= 4
        metrics = httpx2.get(f"{room.connection().address}/metrics", trust_env=False, timeout=60).text
        assert f'engineroom_key_requests_total{{key="{view.id}",outcome="ok"}} 1.0' in metrics
        assert "laptop" not in metrics
    with engine_room(home) as room, AccessClient(room.connection()) as client:
        assert client.keys()[0].tokens_today == view.tokens_today


def test_keys_by_hand(tmp_path: Path) -> None:
    with engine_room(tmp_path / "room") as room:
        room.connection()
        assert "no keys" in room.cli("keys").stdout
        made = room.cli("keys", "create", "ide", "--routes", "chat", "--tokens-per-day", "5", "--days", "1")
        key = made.stdout.strip()
        assert (made.returncode, len(key)) == (0, 46)
        listed = room.cli("keys").stdout
        assert key[:9] in listed
        assert key not in listed
        assert "5 tokens/day" in listed
        assert room.cli("keys", "create", "ide").returncode == 9
        assert room.cli("keys", "create", "other", "--models", "none").returncode == 9
        assert room.cli("keys", "revoke", "ide").returncode == 0
        assert "revoked" in room.cli("keys").stdout
        assert room.cli("keys", "revoke", "ide").returncode == 9
        assert room.cli("capture").stdout == "Prompts and answers are not being kept.\n"
