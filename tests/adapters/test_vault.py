"""The vault: in the keyring where there is one, else in a file that only its owner can read."""

from collections.abc import Iterator
from pathlib import Path

import keyring  # noqa: TID253
import pytest
from keyring.backend import KeyringBackend  # noqa: TID253
from keyring.errors import PasswordDeleteError, PasswordSetError  # noqa: TID253

from engineroom.adapters.vault import TokenPlace, Vault
from engineroom.domain.errors import Code, EngineroomError


class Ring(KeyringBackend):
    """A keyring in memory, registered as keyring itself wants it."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Locked(Ring):
    """One that does not open."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError("locked")


class Forgetful(Ring):
    """One that takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


@pytest.fixture(autouse=True)
def _no_token_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    made = Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture(params=[Locked, Forgetful])
def bad_ring(request: pytest.FixtureRequest, ring: Ring) -> Ring:
    made = request.param()
    keyring.set_keyring(made)
    return made


def test_in_the_keyring_and_nowhere_else(ring: Ring, tmp_path: Path) -> None:
    vault = Vault(tmp_path / "config" / "token")
    assert (vault.token(), vault.place()) == (None, None)
    assert vault.put("hf_one") is TokenPlace.KEYRING
    assert list(ring.kept.values()) == ["hf_one"]
    assert not (tmp_path / "config").exists()
    fresh = Vault(tmp_path / "config" / "token")
    assert (fresh.token(), fresh.place()) == ("hf_one", TokenPlace.KEYRING)
    fresh.drop()
    assert (fresh.token(), ring.kept) == (None, {})
    fresh.drop()


def test_without_a_keyring_in_a_file_of_its_owner(bad_ring: Ring, tmp_path: Path) -> None:
    """Also where the folder is not there yet, and over a file that others could read."""
    place = tmp_path / "config" / "token"
    for token in ("hf_one", "hf_two"):
        vault = Vault(place)
        assert vault.put(token) is TokenPlace.FILE
        assert place.read_text() == token
        assert place.stat().st_mode & 0o777 == 0o600
        place.chmod(0o644)
    fresh = Vault(place)
    assert (fresh.token(), fresh.place()) == ("hf_two", TokenPlace.FILE)
    fresh.drop()
    assert not place.exists()
    assert [path.name for path in place.parent.iterdir()] == []


@pytest.mark.parametrize("token", ["", " ", "hf_\u00e9", "hf one", "hf\n", "hf\x97", "hf_\ud800"])
def test_what_no_request_can_carry_is_no_token(token: str, tmp_path: Path) -> None:
    vault = Vault(tmp_path / "token", use_keyring=False)
    with pytest.raises(EngineroomError) as refused:
        vault.put(token)
    assert (refused.value.code, vault.token()) == (Code.INVALID_REQUEST, None)


def test_a_keyring_that_opens_later_takes_it_over(ring: Ring, tmp_path: Path) -> None:
    place = tmp_path / "token"
    Vault(place, use_keyring=False).put("hf_old")
    assert Vault(place).put("hf_new") is TokenPlace.KEYRING
    assert not place.exists()


def test_tokens_of_others_are_named_not_read(ring: Ring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hf").mkdir()
    (tmp_path / "hf" / "token").write_text("hf_theirs")
    vault = Vault(tmp_path / "token")
    assert (vault.token(), vault.place()) == (None, TokenPlace.LIBRARY)
    monkeypatch.setenv("HF_TOKEN", "hf_environment")
    assert (vault.token(), vault.place()) == (None, TokenPlace.ENVIRONMENT)
    vault.put("hf_ours")
    assert vault.place() is TokenPlace.KEYRING


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineroomError, match=Code.STATE_UNWRITABLE):
        Vault(tmp_path / "file" / "token", use_keyring=False).put("hf_one")
