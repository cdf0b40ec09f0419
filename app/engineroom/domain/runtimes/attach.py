"""Attaching somebody else's server: its address in one form, and a name made of it."""

import re
from urllib.parse import urlsplit

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.runtimes.values import Endpoint


def endpoint_for(address: str, now_unix_s: float) -> Endpoint:
    """The endpoint that an address means; ``/v1`` is put at its end where it says nothing.

    Raises:
        Rejected: ``endpoint_unusable`` for what is not an http address, or holds a password.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise Rejected(Code.ENDPOINT_UNUSABLE, address=address[:200], **because(Detail.NOT_HTTP)) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _unusable(address, Detail.NOT_HTTP)
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _unusable(f"{parts.scheme}://{parts.hostname}", Detail.MORE_THAN_ADDRESS)
    path = parts.path.rstrip("/") or "/v1"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = host if port is None else f"{host}:{port}"
    name = re.sub(r"[^a-z0-9]+", "-", f"{place}{'' if path == '/v1' else path}".lower()).strip("-")
    return Endpoint(id=f"attached-{name}", address=f"{parts.scheme}://{place}{path}", attached_unix_s=now_unix_s)


def _unusable(address: str, what: Detail) -> Rejected:
    return Rejected(Code.ENDPOINT_UNUSABLE, address=address[:200], **because(what))
