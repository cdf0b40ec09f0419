"""A test of an address as an ordinary client does it, from a process that may wait."""

import ssl
import time
from collections.abc import Iterator

import httpx2

from engineroom.client.control import trusted
from engineroom.contract.connect import (
    Api,
    ConnectFacts,
    ProbeAnswer,
    ProbeRequest,
    ProbeResult,
    ProbeStatus,
    judge_answer,
    judge_list,
    list_request,
    tool_request,
)

_TIMEOUT = httpx2.Timeout(10.0, read=300.0)


def probe(api: Api, facts: ConnectFacts) -> Iterator[ProbeResult]:
    """The steps as they come; the last are left out when the first failed, and said so."""
    believed = trusted(facts.address)
    if facts.certificate is not None and facts.address.startswith("https:"):
        believed = ssl.create_default_context(cafile=facts.certificate)
    with httpx2.Client(base_url=facts.address, timeout=_TIMEOUT, trust_env=False, verify=believed) as http:
        first = judge_list(api, facts, _send(http, list_request(api, facts)))
        yield from first
        if first[0].status is ProbeStatus.PASSED:
            yield from judge_answer(api, _send(http, tool_request(api, facts)))


def _send(http: httpx2.Client, request: ProbeRequest) -> ProbeAnswer:
    began_s, first_s, pieces, status = time.monotonic(), None, [], None
    method = "GET" if request.body is None else "POST"
    try:
        with http.stream(method, request.path, headers=request.headers, content=request.body) as response:
            status = response.status_code
            for piece in response.iter_bytes():
                first_s = first_s or time.monotonic()
                pieces.append(piece)
    except httpx2.HTTPError as error:
        reason = str(error) or type(error).__name__
        return ProbeAnswer(status=status, body=b"".join(pieces), reason=reason, ms=_ms(began_s, time.monotonic()))
    ended_s = time.monotonic()
    return ProbeAnswer(
        status=status,
        body=b"".join(pieces),
        ms=_ms(began_s, ended_s),
        first_ms=None if first_s is None else _ms(began_s, first_s),
    )


def _ms(began_s: float, ended_s: float) -> float:
    return (ended_s - began_s) * 1000
