"""The user's Hugging Face token: in the computer's keyring, or, where there is none, in a file only they can read."""

import contextlib
import os
import threading
from enum import StrEnum
from pathlib import Path

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.os_errors import caused

_SERVICE, _NAME = "engineroom", "hugging-face"


class TokenPlace(StrEnum):
    """Where the token lies. ``environment`` is ``HF_TOKEN``, ``library`` the place where ``hf auth login`` puts it."""

    KEYRING = "keyring"
    FILE = "file"
    ENVIRONMENT = "environment"
    LIBRARY = "library"


class Vault:
    """One token. May block on the keyring; from any thread.

    Args:
        file: used where there is no keyring.
        use_keyring: false keeps to the file.
    """

    def __init__(self, file: Path, *, use_keyring: bool = True) -> None:
        self._file = file
        self._use_keyring = use_keyring
        self._lock = threading.Lock()
        self._known: tuple[str, TokenPlace] | None = None
        self._looked = False

    def token(self) -> str | None:
        """The token stored here; ``None`` where there is none of ours."""
        found = self._find()
        return None if found is None else found[0]

    def place(self) -> TokenPlace | None:
        """Where the token that will be used lies; ``None`` without one."""
        found = self._find()
        if found is not None:
            return found[1]
        if os.environ.get("HF_TOKEN"):
            return TokenPlace.ENVIRONMENT
        return TokenPlace.LIBRARY if _library_file().is_file() else None

    def put(self, token: str) -> TokenPlace:
        """Store a token; where it went.

        Raises:
            Rejected: ``invalid_request`` where it is nothing that a request can carry.
            Broken: ``state_unwritable``.
        """
        if not (token.isascii() and token.isprintable()) or " " in token or not token:
            raise Rejected(Code.INVALID_REQUEST, **because(Detail.TOKEN_FORM))
        with self._lock:
            self._looked = True
            if self._use_keyring and _put_in_keyring(token):
                self._file.unlink(missing_ok=True)
                self._known = token, TokenPlace.KEYRING
                return TokenPlace.KEYRING
            self._write(token)
            self._known = token, TokenPlace.FILE
            return TokenPlace.FILE

    def drop(self) -> None:
        """Forget the token stored here."""
        with self._lock:
            self._known, self._looked = None, True
            self._file.unlink(missing_ok=True)
            if self._use_keyring:
                _drop_from_keyring()

    def _find(self) -> tuple[str, TokenPlace] | None:
        with self._lock:
            if not self._looked:
                self._looked = True
                self._known = self._read()
            return self._known

    def _read(self) -> tuple[str, TokenPlace] | None:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if text := self._file.read_text("ascii").strip():
                return text, TokenPlace.FILE
        kept = _from_keyring() if self._use_keyring else None
        return None if kept is None else (kept, TokenPlace.KEYRING)

    def _write(self, token: str) -> None:
        half = self._file.with_suffix(".new")
        try:
            half.parent.mkdir(parents=True, exist_ok=True)
            half.unlink(missing_ok=True)
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(token)
            half.replace(self._file)
        except OSError as error:
            raise Broken(Code.STATE_UNWRITABLE, path=str(half), **caused(error)) from error


def _library_file() -> Path:
    explicit = os.environ.get("HF_TOKEN_PATH")
    home = os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")) / "huggingface"
    return Path(explicit or Path(home) / "token").expanduser()


def _put_in_keyring(token: str) -> bool:
    import keyring
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError, RuntimeError):
        keyring.set_password(_SERVICE, _NAME, token)
        # Some backends take everything and keep nothing.
        return keyring.get_password(_SERVICE, _NAME) == token
    return False


def _from_keyring() -> str | None:
    import keyring
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError, RuntimeError):
        return keyring.get_password(_SERVICE, _NAME)
    return None


def _drop_from_keyring() -> None:
    import keyring
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError, RuntimeError):
        keyring.delete_password(_SERVICE, _NAME)
