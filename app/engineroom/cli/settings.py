"""``engineroom settings``: what may be set, and setting it. Works with and without an engine room."""

import tomllib
from collections.abc import Callable

from cyclopts import App

from engineroom.adapters.places import find_places
from engineroom.adapters.settings_file import SettingsFile
from engineroom.cli.output import Json, print_json, say
from engineroom.client.control import find_daemon
from engineroom.client.settings import SettingsClient
from engineroom.contract.problems import Exit
from engineroom.contract.sentences import sentence
from engineroom.contract.settings import SettingKind, SettingsChange, SettingsView, SettingValue, SettingView
from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.settings_keys import NAMES, views

app = App(name="settings", help="List, read and change the settings; comments in the file stay.")


@app.default
def listed(*, json: Json = False) -> int:
    """List every setting, what it is, and whether a change waits for a restart."""
    view = _view()
    if json:
        print_json(view)
        return _code(view)
    for one in view.settings:
        marks = [text for text, holds in (("default", not one.written), ("waits for a restart", one.waits)) if holds]
        say(f"{one.name:<28} {_text(one.value)}" + (f"  ({', '.join(marks)})" if marks else ""))
    say(f"File: {view.path}")
    _say_trouble(view)
    return _code(view)


@app.command
def get(name: str, *, json: Json = False) -> int:
    """Print one setting.

    Args:
        name: such as server.port.
        json: print a JSON object.
    """
    view = _view()
    one = _named(view, name)
    if json:
        print_json(one)
    else:
        say(_text(one.value))
    _say_trouble(view)
    return _code(view)


@app.command(name="set")
def change(name: str, *value: str, unset: bool = False, json: Json = False) -> int:
    """Change one setting in the file; a file that is broken is not touched.

    Args:
        name: such as server.port.
        value: what it shall be; several values for a list.
        unset: take it out of the file, so that its default counts.
        json: print all settings as JSON.
    """
    if name not in NAMES:
        raise Rejected(Code.SETTING_REFUSED, setting=name, reason="there is no such setting")
    if unset == bool(value):
        raise Rejected(Code.USAGE, reason="give a value, or --unset")
    wanted = None if unset else _parsed(NAMES[name].kind, value)
    view = _ask(lambda client: client.change_settings(SettingsChange(values={name: wanted})), {name: wanted})
    one = _named(view, name)
    if json:
        print_json(view)
    else:
        say(f"{name} = {_text(one.value)}")
        if one.waits:
            say("It counts after a restart of the engine room: engineroom stop, then engineroom serve.")
    return Exit.OK


def _view() -> SettingsView:
    return _ask(lambda client: client.settings(), {})


def _ask(ask: Callable[[SettingsClient], SettingsView], values: dict[str, SettingValue]) -> SettingsView:
    """From the daemon, who changes the file while it runs; from the file where none does."""
    try:
        connection = find_daemon()
    except Broken:
        file = SettingsFile(find_places().settings_file)
        state = file.write(values, None) if values else file.read()
        return SettingsView(
            path=state.path, revision=state.revision, settings=views(state.tree, state.tree), problem=state.problem
        )
    with SettingsClient(connection) as client:
        return ask(client)


def _named(view: SettingsView, name: str) -> SettingView:
    found = next((one for one in view.settings if one.name == name), None)
    if found is None:
        raise Rejected(Code.SETTING_REFUSED, setting=name, reason="there is no such setting")
    return found


def _parsed(kind: SettingKind, words: tuple[str, ...]) -> SettingValue:
    """The words as TOML reads them, where they are no text anyway; the parser of the file judges them."""
    if kind is SettingKind.TEXTS:
        return words
    text = " ".join(words)
    if kind is SettingKind.TEXT:
        return text
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
    return value if isinstance(value, str | bool | int | float) else text


def _text(value: SettingValue) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(value) or "-"
    return str(value)


def _say_trouble(view: SettingsView) -> None:
    if view.problem is not None:
        say(sentence(view.problem))


def _code(view: SettingsView) -> int:
    return Exit.OK if view.problem is None else Exit.SETTINGS_BROKEN
