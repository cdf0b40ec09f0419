"""Changing ``settings.toml``: what stands around the values stays, and a broken file is never touched."""

import hashlib
import os
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engineroom.adapters.certificate import given_certificate
from engineroom.adapters.listener import is_here
from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected
from engineroom.domain.misread import misread
from engineroom.domain.os_errors import caused
from engineroom.domain.settings import ServerSettings, parse_settings
from engineroom.domain.settings_keys import NAMES, SettingValue
from engineroom.services.ports import SettingsState

if TYPE_CHECKING:
    from tomlkit.toml_document import TOMLDocument

NOTHING = "none"
"""The revision of a file that is not there."""


class SettingsFile:
    """One file. Nothing is kept between calls: somebody may edit it at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> SettingsState:
        """What is there now; a file that cannot be used is told of, not raised."""
        try:
            content = self._bytes()
        except OSError as error:
            problem = self._broken(error).problem
            return SettingsState(path=str(self.path), revision=NOTHING, tree={}, problem=problem)
        revision = _revision(content)
        try:
            tree = self._parsed(content)
        except EngineroomError as error:
            return SettingsState(path=str(self.path), revision=revision, tree={}, problem=error.problem)
        return SettingsState(path=str(self.path), revision=revision, tree=tree)

    def write(self, values: Mapping[str, SettingValue], revision: str | None) -> SettingsState:
        """Write settings by name; ``None`` takes one out.

        Raises:
            Rejected: ``settings_broken``, ``settings_changed``, ``setting_refused``.
            Broken: ``state_unwritable``.
        """
        try:
            content = self._bytes()
        except OSError as error:
            raise self._broken(error) from error
        if revision is not None and revision != _revision(content):
            raise Rejected(Code.SETTINGS_CHANGED, path=str(self.path))
        self._parsed(content)
        changed = self._changed(content or b"", values)
        if changed != (content or b""):
            self._replace(changed, _revision(content))
        return self.read()

    def _bytes(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None

    def _parsed(self, content: bytes | None) -> dict[str, Any]:
        """The tree of a file that can be used. Raises Rejected: ``settings_broken``."""
        try:
            tree = tomllib.loads((content or b"").decode())
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise self._broken(error, (content or b"").decode("utf-8", "replace")) from error
        parse_settings(tree, path=str(self.path))
        return tree

    def _changed(self, content: bytes, values: Mapping[str, SettingValue]) -> bytes:
        import tomlkit  # noqa: PLC0415 (most daemons never change a setting)
        from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

        text = content.decode()
        ending = "\r\n" if "\r\n" in text else "\n"
        try:
            document = tomlkit.parse(text)
        except TOMLKitError as error:
            raise self._broken(error) from error
        for name, value in values.items():
            _put(document, name, value)
        wanted = tomlkit.dumps(document)
        if ending == "\r\n":
            wanted = wanted.replace("\r\n", "\n").replace("\n", "\r\n")
        self._check(wanted, text, values)
        return wanted.encode()

    def _check(self, wanted: str, before: str, values: Mapping[str, SettingValue]) -> None:
        """The same parser as at the start decides; and nothing but the settings named may be another."""
        tree = tomllib.loads(wanted)
        try:
            server = parse_settings(tree, path=str(self.path)).server
        except Rejected as error:
            why = {name: value for name, value in error.problem.facts.items() if name != "path"}
            raise Rejected(Code.SETTING_REFUSED, setting=", ".join(values), **why) from error
        if _without(tree, values) != _without(tomllib.loads(before), values):
            raise Rejected(Code.SETTING_REFUSED, setting=", ".join(values), **because(Detail.OTHER_SETTING))
        _try_out(server, values)

    def _replace(self, content: bytes, revision: str) -> None:
        target = self.path.resolve()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                if target.exists():
                    Path(name).chmod(target.stat().st_mode & 0o777)
                if _revision(self._bytes()) != revision:
                    raise Rejected(Code.SETTINGS_CHANGED, path=str(self.path))
                Path(name).replace(target)
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise Broken(Code.STATE_UNWRITABLE, path=str(self.path), **caused(error)) from error

    def _broken(self, error: Exception, text: str = "") -> Rejected:
        return Rejected(Code.SETTINGS_BROKEN, path=str(self.path), **misread(error, text))


def _put(document: "TOMLDocument", name: str, value: SettingValue) -> None:
    if name not in NAMES:
        raise Rejected(Code.SETTING_REFUSED, setting=name, **because(Detail.NO_SUCH_SETTING))
    table, _, key = name.partition(".")
    if value is None:
        if table in document and key in document[table]:
            del document[table][key]
        return
    if table not in document:
        document[table] = {}
    document[table][key] = list(value) if isinstance(value, tuple) else value


def _without(tree: dict[str, Any], values: Mapping[str, SettingValue]) -> dict[str, Any]:
    """A parsed file without these settings, and without tables that have nothing else in them."""
    left: dict[str, Any] = {}
    for table, content in tree.items():
        if isinstance(content, dict):
            kept = {key: value for key, value in content.items() if f"{table}.{key}" not in values}
            if kept:
                left[table] = kept
        else:
            left[table] = content
    return left


def _try_out(server: ServerSettings, values: Mapping[str, SettingValue]) -> None:
    """Nobody could take back in a window what keeps the engine room from starting. Raises Rejected."""
    if "server.host" in values and not is_here(server.host):
        why = because(Detail.SETTING_NOT_HERE, value=server.host)
        raise Rejected(Code.SETTING_REFUSED, setting="server.host", **why)
    changed = {"server.certificate", "server.certificate_key"} & values.keys()
    if changed and server.certificate is not None and server.certificate_key is not None:
        given_certificate(Path(server.certificate), Path(server.certificate_key)).context()


def _revision(content: bytes | None) -> str:
    return NOTHING if content is None else hashlib.sha256(content).hexdigest()[:16]
