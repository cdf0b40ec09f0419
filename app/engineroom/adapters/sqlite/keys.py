"""The keys' table, in the ledger's database."""

import json
from collections.abc import Sequence

from engineroom.adapters.sqlite.held import HeldDatabase
from engineroom.domain.keys import ApiKey, KeyLimits, KeyScope, RouteGroup, Spent

_COLUMNS = (
    "id, name, prefix, digest, created_at_s, expires_at_s, revoked_at_s, models, routes, requests_per_minute, "
    "tokens_per_day, joules_per_day, priority"
)


class SqliteKeys(HeldDatabase):
    """The store; see :class:`engineroom.services.keys.KeyStore`. One connection, one user at a time."""

    def all(self) -> list[ApiKey]:
        """Every key, revoked ones too, oldest first. Without a file there are none, and none is made."""
        if not self._path.exists():
            return []
        with self._open() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY created_at_s").fetchall()  # noqa: S608
        return [_key(row) for row in rows]

    def add(self, key: ApiKey) -> None:
        """Keep a new key."""
        with self._open() as connection:
            connection.execute(
                f"INSERT INTO keys ({_COLUMNS}) VALUES ({', '.join('?' * 13)})",  # noqa: S608
                _values(key),
            )

    def revoke(self, key_id: str, at_s: float) -> None:
        """Remember that a key is not valid any more."""
        with self._open() as connection:
            connection.execute("UPDATE keys SET revoked_at_s = ? WHERE id = ?", (at_s, key_id))

    def spent(self, since_s: float) -> dict[str, Spent]:
        """What each key used since Unix time ``since_s``, by the ledger."""
        if not self._path.exists():
            return {}
        with self._open() as connection:
            rows = connection.execute(
                "SELECT key_id, sum(coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0)), "
                "coalesce(sum(joules_gross), 0.0) FROM requests "
                "WHERE key_id IS NOT NULL AND finished_at_s >= ? GROUP BY key_id",
                (since_s,),
            ).fetchall()
        return {str(name): Spent(tokens=int(tokens), joules=float(joules)) for name, tokens, joules in rows}


def _values(key: ApiKey) -> tuple[object, ...]:
    scope, limits = key.scope, key.limits
    return (
        key.id, key.name, key.prefix, key.digest, key.created_at_s, scope.expires_at_s, key.revoked_at_s,
        json.dumps(scope.models), json.dumps([str(group) for group in scope.routes]),
        limits.requests_per_minute, limits.tokens_per_day, limits.joules_per_day,
        key.priority,
    )  # fmt: skip


def _key(row: Sequence[object]) -> ApiKey:
    name, label, prefix, digest, created_s, expires_s, revoked_s, models, routes, requests, tokens, joules, priority = (
        row
    )
    assert isinstance(digest, bytes)
    return ApiKey(
        id=str(name),
        name=str(label),
        prefix=str(prefix),
        digest=digest,
        created_at_s=float(str(created_s)),
        scope=KeyScope(
            models=tuple(map(str, json.loads(str(models)))),
            routes=tuple(map(RouteGroup, json.loads(str(routes)))),
            expires_at_s=_real(expires_s),
        ),
        limits=KeyLimits(
            requests_per_minute=_whole(requests), tokens_per_day=_whole(tokens), joules_per_day=_real(joules)
        ),
        revoked_at_s=_real(revoked_s),
        priority=_whole(priority),
    )


def _real(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None
