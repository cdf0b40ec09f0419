"""Keys: who may ask which models over which routes, and how much."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

MARK = "er-"
SECRET_BYTES = 32
SHOWN_LETTERS = 9
"""Of a key only these first letters are kept readable, to tell keys apart in a list."""

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WIDTH = 43


class RouteGroup(StrEnum):
    """What a key may be limited to; a group has all routes of one kind."""

    CHAT = "chat"
    COMPLETIONS = "completions"
    EMBEDDINGS = "embeddings"
    RESPONSES = "responses"
    MESSAGES = "messages"
    OLLAMA = "ollama"
    MODELS = "models"
    METRICS = "metrics"


_GROUPS: tuple[tuple[str, RouteGroup], ...] = (
    ("/v1/chat/", RouteGroup.CHAT),
    ("/v1/completions", RouteGroup.COMPLETIONS),
    ("/v1/embeddings", RouteGroup.EMBEDDINGS),
    ("/v1/rerank", RouteGroup.EMBEDDINGS),
    ("/v1/responses", RouteGroup.RESPONSES),
    ("/v1/messages", RouteGroup.MESSAGES),
    ("/v1/models", RouteGroup.MODELS),
    ("/tokenize", RouteGroup.MODELS),
    ("/detokenize", RouteGroup.MODELS),
    ("/api/", RouteGroup.OLLAMA),
    ("/metrics", RouteGroup.METRICS),
)


def group_of(path: str) -> RouteGroup | None:
    """The group of a route; ``None`` for one that belongs to none, which a limited key may not use."""
    return next((group for start, group in _GROUPS if path.startswith(start)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyScope:
    """What a key opens. An empty tuple means all of them; ``expires_at_s`` is Unix time."""

    models: tuple[str, ...] = ()
    routes: tuple[RouteGroup, ...] = ()
    expires_at_s: float | None = None

    def allows_path(self, path: str) -> bool:
        """Whether a route may be used."""
        return not self.routes or group_of(path) in self.routes

    def allows_model(self, model: str) -> bool:
        """Whether a model (its id, not an alias) may be asked."""
        return not self.models or model in self.models


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLimits:
    """How much a key may use. A day is a calendar day of this computer; ``None`` is no limit.

    Tokens are those of prompts and answers together, joules the gross share of what the cards or the processor used.
    """

    requests_per_minute: int | None = None
    tokens_per_day: int | None = None
    joules_per_day: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as it is kept. ``digest`` is the SHA-256 of the key; the key itself is nowhere.

    ``priority`` is that of its requests where they have to wait, 0 to 9; ``None`` is the usual one.
    """

    id: str
    name: str
    prefix: str
    digest: bytes
    created_at_s: float
    scope: KeyScope = field(default_factory=KeyScope)
    limits: KeyLimits = field(default_factory=KeyLimits)
    revoked_at_s: float | None = None
    priority: int | None = None

    def is_valid(self, now_s: float) -> bool:
        """Whether it opens anything at Unix time ``now_s``."""
        ends_s = self.scope.expires_at_s
        return self.revoked_at_s is None and (ends_s is None or now_s < ends_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a key used since the day began. ``joules`` counts what was reported; where nothing reports it stays 0."""

    tokens: int = 0
    joules: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyView:
    """A key as a list shows it: never the key, never its hash."""

    id: str
    name: str
    prefix: str
    created_at_s: float
    expires_at_s: float | None
    revoked_at_s: float | None
    models: tuple[str, ...]
    routes: tuple[RouteGroup, ...]
    limits: KeyLimits
    tokens_today: int
    joules_today: float
    priority: int | None = None


def written(secret: bytes) -> str:
    """A key as text: ``er-`` and its bytes in base 62, always of one length."""
    number, letters = int.from_bytes(secret, "big"), []
    for _ in range(_WIDTH):
        number, place = divmod(number, 62)
        letters.append(_LETTERS[place])
    return MARK + "".join(reversed(letters))


def digest_of(key: str) -> bytes:
    """What is kept of a key.

    A fast hash is right here: 256 random bits cannot be guessed at any speed. Slow hashes protect what people choose.
    """
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def view_of(key: ApiKey, spent: Spent) -> KeyView:
    """The key for a list."""
    return KeyView(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        created_at_s=key.created_at_s,
        expires_at_s=key.scope.expires_at_s,
        revoked_at_s=key.revoked_at_s,
        models=key.scope.models,
        routes=key.scope.routes,
        limits=key.limits,
        tokens_today=spent.tokens,
        joules_today=spent.joules,
        priority=key.priority,
    )
