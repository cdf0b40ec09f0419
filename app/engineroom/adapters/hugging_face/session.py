"""The one session of ``huggingface_hub`` in this process, with eyes: who is asked, why, how much comes back.

The library shares one HTTP client among all its calls.  Ours takes its place: it keeps its proxies and certificates,
stops everything while offline, counts every body, and gives up on one that is longer than any honest answer.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected
from engineroom.domain.misread import misread
from engineroom.domain.os_errors import caused
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.pull.refusals import Asking, refusal

if TYPE_CHECKING:
    from httpx2 import Response

MOST_BODY_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One question to the Hub: what for, and who is told of its requests."""

    purpose: Purpose
    asking: Asking
    offline: Callable[[], bool]
    on_sent: Callable[[Outgoing], None]
    most_bytes: int = MOST_BODY_BYTES


class TooLong(Exception):
    """A body that does not end where it should."""


current: ContextVar[Call | None] = ContextVar("current", default=None)
"""The call that requests of this thread belong to."""

_installed = threading.Lock()
_state = {"installed": False}


def library() -> Any:
    """``huggingface_hub`` with our session. The first time it takes most of a second."""
    # It would report to its makers which program calls it; nothing goes out that the user did not ask for.
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import huggingface_hub

    from engineroom.adapters.hugging_face.counting import make_client  # noqa: PLC0415

    with _installed:
        if not _state["installed"]:
            huggingface_hub.set_client_factory(make_client)
            _state["installed"] = True
    return huggingface_hub


@contextlib.contextmanager
def calling(call: Call) -> Iterator[None]:
    """Requests inside, in this thread, belong to ``call``; errors come out as problems.

    Raises:
        Rejected, Broken: ``hub_offline``, ``hub_unreachable``, ``hub_answer`` and all of :func:`refusal`.
    """
    import httpx2  # noqa: PLC0415 (most daemons never ask)
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

    token = current.set(call)
    asking = call.asking
    try:
        yield
    except OfflineModeIsEnabled as error:
        raise Rejected(Code.HUB_OFFLINE, host=asking.host) from error
    except HFValidationError as error:
        raise Rejected(Code.REPO_NAME, repo=asking.repo) from error
    except HfHubHTTPError as error:
        raise _refused(asking, error.response) from error
    except httpx2.TransportError as error:
        raise Broken(Code.HUB_UNREACHABLE, host=asking.host, **caused(error)) from error
    except (TooLong, httpx2.InvalidURL, httpx2.TooManyRedirects, httpx2.DecodingError) as error:
        raise Broken(Code.HUB_ANSWER, host=asking.host, **misread(error)) from error
    finally:
        current.reset(token)


@contextlib.contextmanager
def understanding(host: str) -> Iterator[None]:
    """What is read inside came from the network and may be anything. Raises Broken (``hub_answer``)."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, AssertionError, RecursionError) as error:
        raise Broken(Code.HUB_ANSWER, host=host, **misread(error)) from error


def _refused(asking: Asking, response: "Response") -> EngineroomError:
    return refusal(asking, response.status_code, {name.lower(): value for name, value in response.headers.items()})
