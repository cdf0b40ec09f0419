"""What becomes of each field of a request: one table per runtime.

*Honoured* fields mean what OpenAI says they mean; *passed* ones are the engine's own; *dropped* ones have no meaning
here and the client is told (``x-engineroom-notes``); *refused* ones would change the answer if they were ignored.
llama.cpp takes no offence at what it does not know, so its table names what has to be told; TensorRT-LLM refuses every
name it does not know, so what it honours and passes is known by version, or from its own ``/openapi.json``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_ACCOUNT = frozenset(
    {
        "metadata", "moderation", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention",
        "safety_identifier", "service_tier", "store", "user",
    }
)  # fmt: skip
"""Fields for a hosted service and its accounts."""


class Fate(StrEnum):
    """What becomes of a field."""

    HONOURED = "honoured"
    PASSED = "passed"
    DROPPED = "dropped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPolicy:
    """The table of one route. What is in none of the sets is ``others``."""

    honoured: frozenset[str]
    dropped: frozenset[str]
    refused: frozenset[str]
    others: Fate

    def fate(self, name: str) -> Fate:
        """What becomes of a field."""
        for fate in (Fate.REFUSED, Fate.DROPPED, Fate.HONOURED):
            if name in getattr(self, fate):
                return fate
        return self.others


CHAT_REFUSED = frozenset({"audio", "modalities", "web_search_options"})
COMPLETIONS_REFUSED = frozenset({"best_of", "echo"})
_OTHER_NAMES = frozenset({"n_cmpl"})
"""What llama.cpp takes for ``n``, of whose answers nobody would count the tokens."""

LLAMA_CPP_CHAT = FieldPolicy(
    honoured=frozenset(
        {
            "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens",
            "max_tokens", "messages", "model", "n", "parallel_tool_calls", "presence_penalty", "reasoning_effort",
            "response_format", "seed", "stop", "stream", "stream_options", "temperature", "tool_choice", "tools",
            "top_logprobs", "top_p",
        }
    ),
    dropped=_ACCOUNT | {"prediction", "verbosity"},
    refused=CHAT_REFUSED | _OTHER_NAMES,
    others=Fate.PASSED,
)  # fmt: skip
LLAMA_CPP_COMPLETIONS = FieldPolicy(
    honoured=frozenset(
        {
            "frequency_penalty", "logit_bias", "logprobs", "max_tokens", "model", "n", "presence_penalty", "prompt",
            "seed", "stop", "stream", "stream_options", "suffix", "temperature", "top_p",
        }
    ),
    dropped=_ACCOUNT,
    refused=COMPLETIONS_REFUSED | _OTHER_NAMES,
    others=Fate.PASSED,
)  # fmt: skip


TENSORRT_LLM_CHAT = FieldPolicy(
    honoured=LLAMA_CPP_CHAT.honoured, dropped=LLAMA_CPP_CHAT.dropped, refused=CHAT_REFUSED, others=Fate.DROPPED
)
TENSORRT_LLM_COMPLETIONS = FieldPolicy(
    honoured=LLAMA_CPP_COMPLETIONS.honoured | COMPLETIONS_REFUSED,
    dropped=_ACCOUNT,
    refused=frozenset(),
    others=Fate.DROPPED,
)
"""``others`` are passed as far as the running engine knows them, and so are those that are honoured."""


def asks_for(name: str, value: object) -> bool:
    """Whether a refused field asks for something: its default, said aloud, does not.

    >>> asks_for("modalities", ["text"]), asks_for("modalities", ["text", "audio"]), asks_for("best_of", 1)
    (False, True, False)
    """
    if name == "modalities":
        return isinstance(value, list) and any(one != "text" for one in value)
    if name == "best_of":
        return isinstance(value, int) and value > 1
    return value is not None and value is not False


def first_refused(policy: FieldPolicy, fields: Mapping[str, object]) -> str | None:
    """The first field, by name, that cannot be ignored and cannot be honoured."""
    return next((name for name in sorted(fields) if name in policy.refused and asks_for(name, fields[name])), None)
