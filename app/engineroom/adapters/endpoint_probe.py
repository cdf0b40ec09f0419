"""Asking somebody else's server which models it has."""

import msgspec

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code
from engineroom.domain.misread import misread
from engineroom.domain.os_errors import caused


class _Model(msgspec.Struct):
    id: str


class _Models(msgspec.Struct):
    data: list[_Model]


def ask_models(address: str, *, timeout_s: float = 5.0) -> tuple[str, ...]:
    """Ids of ``address`` + ``/models``. Blocks. Raises Broken (``endpoint_unusable``)."""
    import httpx2  # noqa: PLC0415 (2 MiB, for one question)

    try:
        with httpx2.Client(timeout=timeout_s, follow_redirects=False) as client:
            response = client.get(f"{address}/models")
    except httpx2.HTTPError as error:
        raise Broken(Code.ENDPOINT_UNUSABLE, address=address, **caused(error)) from error
    if response.status_code != 200:
        raise Broken(
            Code.ENDPOINT_UNUSABLE, address=address, **because(Detail.HTTP_STATUS, status=response.status_code)
        )
    try:
        return tuple(one.id for one in msgspec.json.decode(response.content, type=_Models).data)
    except msgspec.DecodeError as error:
        raise Broken(Code.ENDPOINT_UNUSABLE, address=address, **misread(error)) from error
