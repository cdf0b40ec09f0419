"""What every request meets first: which host it names, which page it comes from, and who asks."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from engineroom.domain.errors import Code, EngineroomError, Problem, Rejected
from engineroom.domain.keys import MARK, ApiKey
from engineroom.domain.model import ModelSpec
from engineroom.gateway.asgi import App, Message, Receive, Scope, Send, send_problem, without_body
from engineroom.services.access import Access
from engineroom.services.models import some_names

PUBLIC = frozenset({"/", "/health"})
PREFLIGHT_S = 600
_LOOKED_AT = frozenset(
    {
        b"host", b"origin", b"sec-fetch-site", b"authorization", b"x-api-key", b"api-key", b"content-type",
        b"content-encoding", b"transfer-encoding",
        b"x-forwarded-for", b"x-real-ip", b"forwarded", b"access-control-request-method",
        b"access-control-request-headers",
    }
)  # fmt: skip
_JSON = b"application/json"
_USUAL_HEADERS = b"authorization, content-type, x-api-key, api-key, anthropic-version, anthropic-beta"
_MOST_HEADERS_BYTES = 4096
_HEADER_NAMES = re.compile(rb"[\w!#$%&'*+.^`|~ ,-]*", re.ASCII)
_PLAIN = ((b"content-encoding", b"identity"), (b"transfer-encoding", b"chunked"))
_FORWARDED = frozenset({b"x-forwarded-for", b"x-real-ip", b"forwarded"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MOST_HOSTS_KNOWN = 64


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; without a key it is a program of this computer."""

    key: ApiKey | None = None

    @property
    def key_id(self) -> str | None:
        """For labels and sums: carries no text of a person."""
        return None if self.key is None else self.key.id

    @property
    def key_name(self) -> str | None:
        """For people."""
        return None if self.key is None else self.key.name

    def may_ask(self, model: str) -> bool:
        """Whether this model (its id) is in the key's scope."""
        return self.key is None or self.key.scope.allows_model(model)

    def named(self, resolve: Callable[[str], ModelSpec], name: str) -> ModelSpec:
        """The model of this name. Raises Rejected (``model_not_found``), also for one that is not in the key's scope.

        Whether there is one that a key may not ask is not for the key to know, as with OpenAI.
        """
        spec = resolve(name)
        if not self.may_ask(spec.id):
            raise Rejected(Code.MODEL_NOT_FOUND, model=name[:200], known="")
        return spec

    def told(self, problem: Problem, models: Iterable[ModelSpec]) -> Problem:
        """The same problem, without a word of those among all ``models`` that are not in the key's scope."""
        if problem.code != Code.MODEL_NOT_FOUND or self.key is None or not self.key.scope.models:
            return problem
        known = some_names(model.id for model in models if self.may_ask(model.id)) or "none"
        known += " (this key may ask no others)"
        return Problem(code=problem.code, facts={**problem.facts, "known": known})


NOBODY = Caller()


def caller_of(scope: Scope) -> Caller:
    """Who asks, as the guard found out."""
    caller = scope.get("state", {}).get("caller", NOBODY)
    assert isinstance(caller, Caller)
    return caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One address that is listened on, and its rules.

    ``hosts`` are names and addresses (without port) that a Host header may have; ``control`` is whether ``/control``
    is behind this door; ``rooms`` are the beginnings of all paths that are, ``None`` for every path there is;
    ``keyless`` whether a request without a key is taken; ``origins`` are pages that may call, an entry that ends in
    ``*`` stands for all that begin like it.
    """

    hosts: frozenset[str]
    control: bool = True
    rooms: tuple[str, ...] | None = None
    keyless: bool = True
    origins: tuple[str, ...] = ()

    def leads_to(self, path: str) -> bool:
        """Whether anything of this path is behind this door."""
        return self.rooms is None or path in PUBLIC or path.startswith(self.rooms)

    def allows_origin(self, origin: str) -> bool:
        """Whether pages of this origin may call."""
        return any(
            origin == entry or (entry.endswith("*") and origin.startswith(entry[:-1]) and len(origin) >= len(entry))
            for entry in self.origins
        )


class Guard:
    """Lets a request in, or answers it.

    Args:
        direct: POST routes that skip the framework, whose layers would see every token go by.
        token: opens ``/control``; at a keyless door's ``/v1`` it stands for the person at this computer.
    """

    def __init__(self, app: App, *, door: Door, access: Access, token: str, direct: Mapping[str, App]) -> None:
        self._app = app
        self._door = door
        self._access = access
        self._token = token.encode()
        self._direct = direct
        self._good_hosts: set[bytes] = set()
        self._first_half = f"req-{secrets.token_hex(4)}"
        self._numbers = count(secrets.randbits(24))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it."""
        if scope["type"] != "http":
            return
        request_id = f"{self._first_half}{next(self._numbers):08x}"
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        try:
            found = _headers(scope)
            self._check_host(state, found)
            if not self._door.leads_to(scope["path"]):
                raise Rejected(Code.NOT_FOUND, path=scope["path"][:200])
            if b"origin" in found or b"sec-fetch-site" in found:
                origin = self._check_origin(scope, found)
                send = send if origin is None else _with_origin(send, origin)
            if scope["method"] == "OPTIONS" and b"access-control-request-method" in found:
                await _answer_preflight(send, found.get(b"access-control-request-headers", b""))
                return
            self._check_caller(scope, state, found)
        except EngineroomError as error:
            await send_problem(send, error.problem, request_id=request_id, path=scope["path"])
            return
        if self._access.capture.on:
            receive, send = self._access.capture.around(request_id, scope["path"], receive, send)
            state.pop("line", None)
        if scope["method"] == "HEAD":
            send = without_body(send)
        app = self._direct.get(scope["path"]) if scope["method"] == "POST" else None
        await (app or self._app)(scope, receive, send)

    def _check_host(self, state: Mapping[str, object], found: Mapping[bytes, bytes]) -> None:
        host = found.get(b"host", b"")
        if host not in self._good_hosts:
            self._demand_host(host.decode("latin-1"))
            if len(self._good_hosts) < _MOST_HOSTS_KNOWN:
                self._good_hosts.add(host)
        target = state.get("target")
        if isinstance(target, bytes):
            self._demand_host(target.partition(b"://")[2].partition(b"/")[0].decode("latin-1"))

    def _demand_host(self, host: str) -> None:
        if name_of(host) not in self._door.hosts:
            raise Rejected(Code.HOST_NOT_ALLOWED, host=host[:200])

    def _check_origin(self, scope: Scope, found: Mapping[bytes, bytes]) -> str | None:
        """The origin that the answer is to name; ``None`` where it must not name one."""
        origin = found.get(b"origin")
        if origin is not None:
            text = origin.decode("latin-1")
            if self._door.allows_origin(text):
                return text
            if scope["method"] not in {"GET", "HEAD"}:
                raise Rejected(Code.ORIGIN_NOT_ALLOWED, origin=text[:200])
        if found.get(b"sec-fetch-site") == b"cross-site":
            raise Rejected(Code.ORIGIN_NOT_ALLOWED, origin="another site" if origin is None else text[:200])
        return None

    def _check_caller(self, scope: Scope, state: dict[str, object], found: Mapping[bytes, bytes]) -> None:
        path: str = scope["path"]
        if path == "/control" or path.startswith("/control/"):
            self._check_token(path, found)
            _demand_plain(found)
            return
        if path in PUBLIC and scope["method"] in _SAFE:
            return
        caller = self._caller(found)
        state["caller"] = caller
        if scope["method"] == "POST":
            kind = found.get(b"content-type", b"")
            if kind != _JSON and (kind := kind.partition(b";")[0].strip().lower()) != _JSON:
                raise Rejected(Code.UNSUPPORTED_MEDIA_TYPE, found=kind[:100].decode("latin-1") or "none")
            _demand_plain(found)
        if caller.key is not None:
            if not caller.key.scope.allows_path(path):
                raise Rejected(Code.KEY_SCOPE, what=path[:100])
            if scope["method"] == "POST":
                self._access.keys.admit(caller.key)

    def _check_token(self, path: str, found: Mapping[bytes, bytes]) -> None:
        if not self._door.control:
            raise Rejected(Code.NOT_FOUND, path=path[:200])
        scheme, _, given = found.get(b"authorization", b"").partition(b" ")
        if scheme.lower() != b"bearer" or not secrets.compare_digest(given, self._token):
            raise Rejected(Code.INVALID_TOKEN)

    def _caller(self, found: Mapping[bytes, bytes]) -> Caller:
        presented = _credential(found)
        if self._door.control and presented and secrets.compare_digest(presented.encode("latin-1"), self._token):
            return NOBODY
        forwarded = not _FORWARDED.isdisjoint(found)
        if self._door.keyless and not forwarded and not presented.startswith(MARK):
            return NOBODY
        key = self._access.keys.find(presented)
        if key is None:
            raise Rejected(Code.INVALID_KEY)
        return Caller(key)


def name_of(host: str) -> str | None:
    """The name in a Host header, in lower case; ``None`` where it is not a name and a port."""
    if host.startswith("["):
        name, bracket, rest = host.partition("]")
        name += bracket
    else:
        name, colon, port = host.partition(":")
        rest = colon + port
    if rest and not (rest[0] == ":" and rest[1:].isascii() and rest[1:].isdigit()):
        return None
    return name.lower()


def host_of(address: str) -> str:
    """The name in ``http://name:port``."""
    return name_of(urlsplit(address).netloc) or ""


def _headers(scope: Scope) -> dict[bytes, bytes]:
    """The headers that decide; one that comes twice decides nothing, and is refused."""
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _LOOKED_AT:
            if name in found and name not in _FORWARDED:
                raise Rejected(Code.INVALID_REQUEST, reason=f"the header {name.decode('latin-1')} came twice")
            found[name] = value
    return found


def _demand_plain(found: Mapping[bytes, bytes]) -> None:
    """A few bytes of a compressed body may stand for more than the memory holds, and no known client sends one."""
    for name, plain in _PLAIN:
        coding = found.get(name, plain).strip().lower()
        if coding not in {b"", plain}:
            raise Rejected(Code.UNSUPPORTED_CODING, found=coding[:100].decode("latin-1"))


def _credential(found: Mapping[bytes, bytes]) -> str:
    scheme, _, bearer = found.get(b"authorization", b"").partition(b" ")
    given = bearer.strip() if scheme.lower() == b"bearer" else b""
    return (given or found.get(b"x-api-key") or found.get(b"api-key") or b"").decode("latin-1")


def _with_origin(send: Send, origin: str) -> Send:
    headers = [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-expose-headers", b"x-request-id, request-id, retry-after, x-engineroom-notes"),
        (b"vary", b"Origin"),
    ]

    async def named(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *headers]}
        await send(message)

    return named


async def _answer_preflight(send: Send, wanted: bytes) -> None:
    """A page that may call may send what headers it likes: the official clients have a dozen of their own."""
    good = wanted and len(wanted) <= _MOST_HEADERS_BYTES and _HEADER_NAMES.fullmatch(wanted)
    headers = [
        (b"access-control-allow-methods", b"GET, POST, DELETE"),
        (b"access-control-allow-headers", wanted if good else _USUAL_HEADERS),
        (b"access-control-max-age", str(PREFLIGHT_S).encode()),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
