"""Changing the settings file: what a person wrote stays, and nothing is written over."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engineroom.adapters.certificate import own_certificate
from engineroom.adapters.settings_file import NOTHING, SettingsFile
from engineroom.domain.errors import Code, EngineroomError
from engineroom.domain.settings import Settings, parse_settings
from engineroom.domain.settings_keys import KEYS, SettingKind, value_in

MINE = """\
# my engine room
schema = 1

[server]   # where
port = 9000      # not 8411: taken
origins = [
    "app://obsidian.md",  # notes
]

[[models.files]]
path = "/m/one.gguf"

[energy]
price_per_kwh = 0.31
"""


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    """A file with comments."""
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text(MINE)
    return SettingsFile(path)


def code_of(file: SettingsFile, values: dict, revision: str | None = None) -> str:
    before = file.path.read_bytes() if file.path.exists() else None
    with pytest.raises(EngineroomError) as caught:
        file.write(values, revision)
    assert (file.path.read_bytes() if file.path.exists() else None) == before
    assert [path.name for path in file.path.parent.iterdir()] in ([file.path.name], [])
    return caught.value.code


def test_only_the_value_changes(file: SettingsFile) -> None:
    """Comments, order, blank lines and other tables are as they were, byte for byte."""
    state = file.write({"server.port": 9100}, file.read().revision)
    assert file.path.read_text() == MINE.replace("port = 9000 ", "port = 9100 ")
    assert state.tree["server"]["port"] == 9100
    assert state.revision == file.read().revision


def test_new_settings_and_tables_are_added_and_taken_out(file: SettingsFile) -> None:
    """What is taken out has its default again; a table that is not there is made."""
    file.write({"hub.offline": True, "server.keyless_loopback": False}, None)
    assert tomllib.loads(file.path.read_text())["hub"] == {"offline": True}
    file.write({"hub.offline": None, "server.keyless_loopback": None, "llama_cpp.slots": None}, None)
    assert "offline" not in file.path.read_text()
    assert all(line in file.path.read_text() for line in MINE.splitlines())


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    """With its folder, for this user."""
    file = SettingsFile(tmp_path / "new" / "settings.toml")
    assert file.read().revision == NOTHING
    file.write({"energy.currency": "CHF", "server.origins": ("app://obsidian.md",)}, NOTHING)
    assert parse_settings(file.read().tree, path="x").energy.currency == "CHF"
    assert parse_settings(file.read().tree, path="x").server.origins == ("app://obsidian.md",)


@pytest.mark.parametrize("content", ["port = ", "[server]\nprot = 1\n", "\ufeffschema = 1\n", "schema = 2\n"])
def test_a_broken_file_is_told_of_and_never_touched(file: SettingsFile, content: str) -> None:
    """Whatever is wrong with it, and however harmless the change."""
    file.path.write_text(content)
    state = file.read()
    assert state.problem is not None
    assert state.problem.code == Code.SETTINGS_BROKEN
    assert code_of(file, {"server.port": 9100}) == Code.SETTINGS_BROKEN


def test_bytes_that_are_no_text_are_a_broken_file(file: SettingsFile) -> None:
    """Not replaced by something readable."""
    file.path.write_bytes(b"\xff\xfe\x00")
    assert code_of(file, {"server.port": 9100}) == Code.SETTINGS_BROKEN


def test_somebody_elses_change_is_not_written_over(file: SettingsFile) -> None:
    """The revision is of the bytes; the same bytes again are the same revision."""
    seen = file.read().revision
    file.path.write_text(MINE + "# later\n")
    assert code_of(file, {"server.port": 9100}, seen) == Code.SETTINGS_CHANGED
    file.path.write_text(MINE)
    file.write({"server.port": 9100}, seen)


@pytest.mark.parametrize(
    "values",
    [
        {"server.port": 0},
        {"server.port": "nine"},
        {"server.port": True},
        {"server.prot": 1},
        {"server.host": "a b"},
        {"server.host": "203.0.113.7"},
        {"models.files": ("x",)},
        {"llama_cpp.context_tokens": 10},
        {"server.origins": ("http://*",)},
        {"server.certificate": "/only/one.pem"},
        {"energy.price_per_kwh": -1.0},
        {"energy.price_per_kwh": float("nan")},
        {"server.port": 9100, "hub.streams": 99},
    ],
)
def test_what_the_parser_refuses_is_not_written(file: SettingsFile, values: dict) -> None:
    """All or nothing, with the reason of the parser."""
    assert code_of(file, values) == Code.SETTING_REFUSED


def test_a_certificate_that_cannot_be_used_is_not_written(file: SettingsFile, tmp_path: Path) -> None:
    """The engine room would not start with it, and then nobody could take it back in the window."""
    made, other = (own_certificate(tmp_path / name, ["localhost"]) for name in ("one", "two"))
    names = ("server.certificate", "server.certificate_key")
    for pair in ((made.certificate, tmp_path / "none.pem"), (made.certificate, other.key), (made.key, made.key)):
        assert code_of(file, dict(zip(names, map(str, pair), strict=True))) == Code.CERTIFICATE_BROKEN
    file.write(dict(zip(names, (str(made.certificate), str(made.key)), strict=True)), None)
    assert file.read().tree["server"]["certificate_key"] == str(made.key)


def test_links_modes_and_line_ends_are_kept(file: SettingsFile, tmp_path: Path) -> None:
    """A link stays a link, permissions stay, and so do the line ends of another system."""
    real = tmp_path / "dotfiles" / "engineroom.toml"
    real.parent.mkdir()
    real.write_bytes(MINE.replace("\n", "\r\n").encode())
    real.chmod(0o640)
    file.path.unlink()
    file.path.symlink_to(real)
    file.write({"server.port": 9100, "hub.streams": 2}, None)
    assert file.path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_bytes().count(b"\r\n") == real.read_bytes().count(b"\n")
    assert tomllib.loads(real.read_text())["server"]["port"] == 9100


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """With its path."""
    (tmp_path / "config").write_text("a file in the way")
    file = SettingsFile(tmp_path / "config" / "settings.toml")
    with pytest.raises(EngineroomError) as caught:
        file.write({"server.port": 9100}, None)
    assert caught.value.code in {Code.STATE_UNWRITABLE, Code.SETTINGS_BROKEN}


def test_every_setting_of_the_parser_is_offered() -> None:
    """With the default that the parser has, so that a list of settings tells the truth."""
    empty = parse_settings({}, path="x")
    assert empty == Settings()
    for key in KEYS:
        assert value_in({}, key) == (key.default, False)
        if key.default is not None:
            table, _, name = key.name.partition(".")
            value = list(key.default) if isinstance(key.default, tuple) else key.default
            assert parse_settings({table: {name: value}}, path="x") == empty, key.name
        if key.least is not None and key.kind is SettingKind.WHOLE:
            table, _, name = key.name.partition(".")
            for wrong in (key.least - 1, (key.most or 0) + 1):
                with pytest.raises(EngineroomError):
                    parse_settings({table: {name: int(wrong)}}, path="x")
    offered = {key.name for key in KEYS} | {"schema", "models.files"}
    with pytest.raises(EngineroomError) as caught:
        parse_settings({"server": {"zzz": 1}}, path="x")
    known = str(caught.value.problem.facts["reason"]).partition("known here: ")[2].split(", ")
    assert {f"server.{name}" for name in known} <= offered


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    port=st.integers(1, 65_535),
    currency=st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    hosts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8), max_size=3),
)
def test_any_value_comes_back_as_it_was_given(tmp_path: Path, port: int, currency: str, hosts: list[str]) -> None:
    """However odd the text is, and the comments are still there."""
    file = SettingsFile(tmp_path / "settings.toml")
    file.path.write_text(MINE)
    file.write({"server.port": port, "energy.currency": currency, "server.hosts": tuple(hosts)}, None)
    tree = file.read().tree
    assert (tree["server"]["port"], tree["energy"]["currency"]) == (port, currency)
    assert tree["server"]["hosts"] == hosts
    assert "# notes" in file.path.read_text()
