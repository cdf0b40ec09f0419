"""What a request of OpenAI's API asks, as far as the gateway looks at it; the engine is the authority on all else."""

import math
from operator import attrgetter
from typing import Annotated, Any, Literal, cast

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

from engineroom.domain.dialects.bounds import OPENAI, ROLES, Bound, demand_numbers, demand_roles
from engineroom.domain.dialects.policy import (
    LLAMA_CPP_CHAT,
    LLAMA_CPP_COMPLETIONS,
    TENSORRT_LLM_CHAT,
    TENSORRT_LLM_COMPLETIONS,
    FieldPolicy,
    first_refused,
)
from engineroom.domain.errors import Code, Rejected
from engineroom.gateway.body_rules import (
    Steering,
    cleared,
    has_media,
    plainly,
    refuse_many,
    refuse_nothing,
    unreadable,
)
from engineroom.gateway.shaped import CHAT, COMPLETIONS

_LLAMA_CPP = {CHAT: LLAMA_CPP_CHAT, COMPLETIONS: LLAMA_CPP_COMPLETIONS}
_TENSORRT_LLM = {CHAT: TENSORRT_LLM_CHAT, COMPLETIONS: TENSORRT_LLM_COMPLETIONS}
_JUDGED = {
    (own_words, route): (policy, attrgetter(*sorted(names)), (UNSET,) * len(names))
    for own_words, policies in ((False, _LLAMA_CPP), (True, _TENSORRT_LLM))
    for route, policy in policies.items()
    for names in (policy.dropped | policy.refused,)
}
"""A policy; what it drops or refuses, read in one go; and what is read where nothing of that is given."""

_NULL = b"null"
_ALTERNATIVES = {CHAT: ("top_logprobs", "n_probs"), COMPLETIONS: ("logprobs", "n_probs")}
_ASKED = {CHAT: "messages", COMPLETIONS: "prompt"}
_numbers_of, _role_of = attrgetter(*OPENAI), attrgetter("role")


class _StreamOptions(msgspec.Struct, gc=False):
    include_usage: bool | None = None


class _Object(msgspec.Struct, gc=False):
    """Whatever is in it."""


class _Turn(msgspec.Struct, gc=False):
    role: str


class _UsualTurn(msgspec.Struct, gc=False):
    role: Literal[tuple(sorted(ROLES))]  # type: ignore[valid-type]


class Wanted(Steering):
    """The few fields we look at."""

    model: str | None = None
    stream: bool | None = None
    stream_options: _StreamOptions | None = None
    functions: Raw | UnsetType = UNSET
    logprobs: Raw | UnsetType = UNSET
    top_logprobs: Raw | UnsetType = UNSET
    n_probs: Raw | UnsetType = UNSET
    messages: list[_Turn] | UnsetType | None = UNSET
    stop: str | list[str] | UnsetType | None = UNSET
    prompt: Raw | UnsetType = UNSET
    tools: list[_Object] | UnsetType | None = UNSET
    tool_choice: str | _Object | UnsetType | None = UNSET
    response_format: _Object | UnsetType | None = UNSET
    logit_bias: _Object | list[Raw] | UnsetType | None = UNSET


class Usual(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A request in which everything is as it may be, and nothing that would have to be dropped, refused or told of.

    Whether one is such a request the decoder finds out in one go. Others are read again, and judged field by field.
    """

    model: str
    stream: bool | None = None
    stream_options: _StreamOptions | None = None
    stop: str | list[str] | None = None
    n: int | None = None

    @property
    def answers(self) -> int:
        """How many are asked for."""
        return self.n or 1


class _UsualChat(Usual, kw_only=True):
    messages: Annotated[list[_UsualTurn], Meta(min_length=1)]
    tools: list[_Object] | None = None
    tool_choice: str | _Object | None = None
    response_format: _Object | None = None
    parallel_tool_calls: Any = None
    reasoning_effort: Any = None


class _UsualText(Usual, kw_only=True):
    prompt: str
    suffix: Any = None


def _watched(policy: FieldPolicy) -> type[Wanted]:
    """The same, all numbers, and all that a policy drops or refuses: the decoder skips over everything else."""
    fields_of: list[tuple[str, Any, Any]] = [(name, Raw | UnsetType, UNSET) for name in policy.dropped | policy.refused]
    # Whatever a number is instead, we say so in our own words.
    fields_of += [(name, Any, UNSET) for name in OPENAI]
    return cast("type[Wanted]", msgspec.defstruct("_Watched", fields_of, bases=(Wanted,)))


def _number(bound: Bound) -> Any:
    """As a decoder demands it; what has a meaning of its own is not usual."""
    low, high = (None if math.isinf(limit) else limit for limit in (bound.low, bound.high))
    return Annotated[int if bound.whole else float, Meta(ge=low, le=high)] | None


def _usual(form: type[Usual]) -> type[Usual]:
    """The same with all numbers."""
    numbers = [(name, _number(bound), None) for name, bound in OPENAI.items()]
    found = msgspec.defstruct("_AllUsual", numbers, bases=(form,), forbid_unknown_fields=True, kw_only=True)
    return cast("type[Usual]", found)


_WATCHED = {route: msgspec.json.Decoder(_watched(policy)) for route, policy in _LLAMA_CPP.items()}
_USUAL = {CHAT: msgspec.json.Decoder(_usual(_UsualChat)), COMPLETIONS: msgspec.json.Decoder(_usual(_UsualText))}


def asked(body: bytes, route: str) -> tuple[bytes, Wanted | Usual]:
    """A body as it may go on, and what it asks. Raises Rejected."""
    try:
        # The decoder skips over fields it does not want, without looking at their text.
        body.decode()
        body = plainly(body)
        try:
            if not has_media(body):
                return body, _USUAL[route].decode(body)
        except msgspec.ValidationError:
            pass
        wanted = _WATCHED[route].decode(body)
        return cleared(body, wanted), wanted
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable(body, error) from error


def numbers_of(wanted: Wanted, route: str) -> dict[str, Any]:
    """The numbers that are given. Raises Rejected for what no engine should be asked, before one is loaded."""
    name = _ASKED[route]
    refuse_nothing(name, getattr(wanted, name))
    if isinstance(wanted.messages, list):
        demand_roles(map(_role_of, wanted.messages))
    given = {name: value for name, value in zip(OPENAI, _numbers_of(wanted), strict=True) if value is not UNSET}
    demand_numbers(OPENAI, given)
    for alternatives in _ALTERNATIVES[route]:
        refuse_many(alternatives, getattr(wanted, alternatives))
    return given


def dropped_of(wanted: Wanted, route: str, *, own_words: bool) -> list[str]:
    """Names of what is given and means nothing here. Raises Rejected for what cannot be honoured.

    ``own_words``: the engine does not take requests as they come.
    """
    policy, judged, none_given = _JUDGED[own_words, route]
    if judged(wanted) == none_given:
        return []
    given = {name: value for name in policy.refused if (value := getattr(wanted, name)) is not UNSET}
    refused = first_refused(policy, {name: msgspec.json.decode(value) for name, value in given.items()})
    if refused is not None:
        raise Rejected(Code.UNSUPPORTED_PARAMETER, parameter=refused)
    said = ((name, getattr(wanted, name)) for name in sorted(policy.dropped))
    return [name for name, value in said if is_given(value)]


def is_given(value: Raw | UnsetType) -> bool:
    """Whether a field is there, and not null."""
    return value is not UNSET and bytes(value) != _NULL


def several_in(prompt: Raw | UnsetType) -> bool:
    """Whether it is a list of several prompts; one of numbers is a single prompt of tokens."""
    given = None if prompt is UNSET else bytes(prompt)
    if not given or not given.startswith(b"["):
        return False
    tree = msgspec.json.decode(given)
    return len(tree) > 1 and not isinstance(tree[0], int)
