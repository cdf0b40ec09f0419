"""What nobody else should read is taken out; what helps stays."""

import pytest

from engineroom.domain.redaction import GONE, Redactor

SECRETS = {
    "a key of ours": ("the key er-0123456789abcdefABCDEF was used", "er-0123456789abcdefABCDEF"),
    "a Hub token": ("HF_TOKEN=hf_AbCdEfGhIjKlMnOp", "hf_AbCdEfGhIjKlMnOp"),
    "a header": ("authorization: Bearer abc.def-123", "abc.def-123"),
    "a header of another kind": ("x-api-key: 8f3a9c", "8f3a9c"),
    "JSON": ('{"api_key": "quite secret words"}', "quite secret words"),
    "TOML": ('hugging_face_token = "s3cr3t-value"', "s3cr3t-value"),
    "an address": ("https://ada:hunter22@hub.example/x", "hunter22"),
    "a query": ("GET /x?access_token=zzz999&page=2", "zzz999"),
    "a token of another service": ("sk-proj-ABCDEFGH12345678", "sk-proj-ABCDEFGH12345678"),
    "a JSON Web Token": ("sent eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl", "eyJzdWIiOiIx"),
    "a private key": (
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----",
        "MIIEvQIBADANBg",
    ),
    "a key cut off": ("-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBg", "MIIEvQIBADANBg"),
    "a password": ("password=hunter2", "hunter2"),
}
INNOCENT = (
    "max_tokens = 2048",
    '{"prompt_tokens": 41, "completion_tokens": 7, "bos_token_id": 1}',
    "tokens_per_day=2000000",
    "loaded 12 tensors in 3.2 s",
    "the author wrote passwords down",
    "http://127.0.0.1:8411/v1/models",
)


@pytest.mark.parametrize("kind", SECRETS)
def test_secrets_go(kind: str) -> None:
    """Whatever they stand in, and it is counted."""
    text, secret = SECRETS[kind]
    redactor = Redactor()
    told = redactor.text(text)
    assert secret not in told
    assert GONE in told
    assert redactor.removed >= 1


@pytest.mark.parametrize("text", INNOCENT)
def test_counts_and_addresses_stay(text: str) -> None:
    """A support file without figures would help nobody."""
    redactor = Redactor()
    assert redactor.text(text) == text
    assert redactor.removed == 0


def test_what_is_known_is_found_anywhere() -> None:
    """The longest first; what is too short to be a secret is a word."""
    redactor = Redactor(["opensesame", "opensesame-twice", "abc"])
    assert redactor.text("xopensesame-twicex abc") == f"x{GONE}x abc"
    assert redactor.removed == 1


def test_people_and_computers_have_no_names() -> None:
    """Also in paths, also of other people; only whole words."""
    redactor = Redactor(home="/home/ada", names={"ada": "[user]", "workbox": "[host]"})
    assert redactor.text("/home/ada/x /home/adalbert/y /Users/Bob/z") == "~/x /home/[user]/y /Users/[user]/z"
    assert redactor.text("ada@workbox adapter workbox2") == "[user]@[host] adapter workbox2"


def test_twice_is_as_once() -> None:
    """Redacting again finds nothing more."""
    text = "\n".join(text for text, _ in SECRETS.values())
    once = Redactor().text(text)
    assert Redactor().text(once) == once
