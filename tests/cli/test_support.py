"""``engineroom support``: planted secrets do not come out, what helps does."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from engineroom.cli.main import run
from engineroom.contract.problems import Exit

PLANTED = {
    "environment": "hf_PlantedInTheEnvironment",
    "token file": "planted-in-the-token-file",
    "settings": "planted-in-the-settings",
    "log": "er-PlantedInTheLog0123456789",
    "proxy": "planted-proxy-password",
    "crash": "planted-in-a-crash-note",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with a secret in every place where one might lie."""
    monkeypatch.setenv("ENGINEROOM_HOME", str(tmp_path / "er"))
    monkeypatch.setenv("HF_TOKEN", PLANTED["environment"])
    monkeypatch.setenv("HOME", str(tmp_path))
    files = {
        "config/settings.toml": f'[power]\nprice_per_kwh = 0.3\n[hub]\ntoken = "{PLANTED["settings"]}"\n',
        "config/hugging-face-token": PLANTED["token file"],
        "state/log/daemon.log": (
            f"{PLANTED['environment']} {PLANTED['token file']} used {PLANTED['log']}\n"
            f"proxy http://ada:{PLANTED['proxy']}@proxy:3128 for {tmp_path}/models; 41 tokens\n"
        ),
        "state/crash/1.seen": f"Fatal Python error\nAuthorization: Bearer {PLANTED['crash']}\n",
        "state/captures/2026.txt": "what somebody asked\n",
    }
    for name, text in files.items():
        path = tmp_path / "er" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_planted_secrets_do_not_come_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From no part of it; and no prompt, and no home folder."""
    target = home / "s.zip"
    assert run(["support", "--out", str(target), "--json"]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert told["path"] == str(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as bundle:
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    whole = "\n".join(texts.values())
    assert [kind for kind, secret in PLANTED.items() if secret in whole] == []
    assert "what somebody asked" not in whole
    assert str(home) not in whole
    assert set(texts) == {
        "versions.json",
        "settings.json",
        "daemon.txt",
        "log/daemon.log",
        "crash/1.seen",
        "contents.txt",
    }
    assert set(told["parts"]) == set(texts) - {"contents.txt"}
    assert json.loads(texts["settings.json"])["power"] == {"price_per_kwh": 0.3}
    assert "41 tokens" in texts["log/daemon.log"]
    assert "Fatal Python error" in texts["crash/1.seen"]
    assert "engineroom" in json.loads(texts["versions.json"])["packages"]
    assert "No engine room is running" in texts["daemon.txt"]


def test_only_the_end_of_a_long_log(home: Path) -> None:
    """The newest lines help most."""
    log = home / "er" / "state" / "log" / "daemon.log"
    log.write_text("the first line\n" + "x" * 80 * 10_000 + "\nthe last line\n")
    target = home / "s.zip"
    assert run(["support", "--out", str(target)]) == Exit.OK
    with zipfile.ZipFile(target) as bundle:
        text = bundle.read("log/daemon.log").decode()
    assert "the last line" in text
    assert "the first line" not in text
    assert target.stat().st_size < 100_000


def test_broken_settings_and_an_unwritable_place(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first is when the file is wanted most; the second is said."""
    (home / "er" / "config" / "settings.toml").write_text("= nonsense")
    target = home / "s.zip"
    assert run(["support", "--out", str(target)]) == Exit.OK
    with zipfile.ZipFile(target) as bundle:
        assert "cannot be read" in bundle.read("settings.json").decode()
    assert run(["support", "--out", str(home / "no" / "such" / "s.zip")]) == Exit.INTERNAL
    assert "s.zip" in capsys.readouterr().err
