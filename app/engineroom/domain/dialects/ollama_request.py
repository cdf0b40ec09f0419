"""Requests of Ollama's API as chat completions, plain completions or embeddings."""

import json
import math
import re
from dataclasses import dataclass

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.bounds import MOST_LOOKED_BACK, OLLAMA, OLLAMA_TAKEN_AS, demand_roles, numbers, within
from engineroom.domain.dialects.chat import image_part, text_part
from engineroom.domain.dialects.chunks import Json
from engineroom.domain.errors import Code, Rejected

_OURS = frozenset({"num_ctx", "num_predict", "stop"})
_UNITS_S = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_DURATION = re.compile(r"(\d+\.?\d*|\.\d+)(h|ms|m|us|µs|ns|s)")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?")
_LONGEST_S = 1e9
_EFFORTS = ("low", "medium", "high")
_STARTS = {"iVBOR": "png", "/9j/": "jpeg", "R0lGOD": "gif", "UklGR": "webp", "Qk": "bmp"}
"""How pictures begin in base64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OllamaRequest:
    """What was asked. ``body`` is for the engine, without a model; ``plain`` says that it is a plain completion.

    ``empty`` asks for nothing but that the model be loaded, or unloaded.  ``keep_s`` is how long it is to stay without
    a request, infinite for ever; ``None`` where nothing was said.  ``context`` is what the caller needs, in tokens.
    """

    model: str
    streaming: bool
    chat_form: bool
    plain: bool
    empty: bool
    keep_s: float | None
    show_thinking: bool
    context: int | None
    body: Json
    notes: tuple[str, ...]


def read_chat(tree: Json) -> OllamaRequest:
    """Understand a request of ``/api/chat``. Raises Rejected."""
    messages = _with_ids([_message(row) for row in fields.rows(tree, "messages")])
    demand_roles([message["role"] for message in messages])
    tools = fields.rows(tree, "tools")
    return _request(tree, {"messages": messages, **({"tools": tools} if tools else {})}, empty=not messages)


def read_generate(tree: Json) -> OllamaRequest:
    """Understand a request of ``/api/generate``. Raises Rejected."""
    prompt, suffix = fields.text(tree, "prompt") or "", fields.text(tree, "suffix") or ""
    if suffix or fields.flag(tree, "raw"):
        body: Json = {"prompt": prompt, **({"suffix": suffix} if suffix else {})}
        return _request(tree, body, empty=not prompt and not suffix)
    system = fields.text(tree, "system")
    first = [{"role": "system", "content": system}] if system else []
    message = _message({"role": "user", "content": prompt, "images": tree.get("images")})
    return _request(tree, {"messages": [*first, message]}, empty=not prompt and not tree.get("images"))


def _request(tree: Json, body: Json, *, empty: bool) -> OllamaRequest:
    options, notes = fields.mapping(tree, "options") or {}, []
    unknown = sorted(set(options) - _OURS - set(OLLAMA))
    notes += [f"option {name[:40]} left out" for name in unknown]
    notes += [f"{name} left out" for name in ("template", "context") if tree.get(name)]
    streaming = fields.flag(tree, "stream")
    think = tree.get("think")
    body |= {**_options(options), **_format(tree.get("format"))}
    if "messages" in body:
        body |= _think(think)
    return OllamaRequest(
        model=fields.model_name(tree),
        streaming=streaming is not False,
        chat_form="messages" in tree,
        plain="prompt" in body,
        empty=empty,
        keep_s=keep_alive_s(tree.get("keep_alive")),
        show_thinking=think is not False,
        context=fields.count(options, "num_ctx"),
        body=body,
        notes=tuple(notes),
    )


def _message(row: Json) -> Json:
    role, text = fields.needed_text(row, "role").lower(), fields.text(row, "content") or ""
    images = row.get("images") or []
    if not isinstance(images, list) or not all(isinstance(image, str) for image in images):
        raise fields.wrong("images", "a list of pictures in base64")
    parts = [image_part(_as_url(image)) for image in images]
    message: Json = {"role": role, "content": [text_part(text), *parts] if parts else text}
    if thinking := fields.text(row, "thinking"):
        message["reasoning_content"] = thinking
    if calls := fields.rows(row, "tool_calls"):
        message["tool_calls"] = [_call(call) for call in calls]
    if role == "tool":
        message["tool_call_id"] = fields.text(row, "tool_name") or fields.text(row, "name") or ""
    return message


def _with_ids(messages: list[Json]) -> list[Json]:
    """In this API calls have no ids: a result belongs to the call of its name, else to the first without a result."""
    open_calls: list[Json] = []
    for place, message in enumerate(messages):
        if "tool_calls" in message:
            open_calls = message["tool_calls"]
            for number, call in enumerate(open_calls):
                call["id"] = f"call_{place}_{number}"
        elif message["role"] == "tool" and open_calls:
            name = message["tool_call_id"]
            call = next((one for one in open_calls if one["function"]["name"] == name), open_calls[0])
            message["tool_call_id"] = call["id"]
            open_calls = [one for one in open_calls if one is not call]
    return messages


def _call(call: Json) -> Json:
    """Arguments are an object there, and text here."""
    function = fields.mapping(call, "function") or {}
    arguments = function.get("arguments") or {}
    name = fields.needed_text(function, "name")
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return {"id": "", "type": "function", "function": {"name": name, "arguments": text}}


def _as_url(image: str) -> str:
    if image.startswith("data:"):
        return image
    kind = next((kind for start, kind in _STARTS.items() if image.startswith(start)), None)
    if kind is None:
        raise fields.wrong("images", "pictures (PNG, JPEG, GIF, WebP or BMP) in base64")
    return f"data:image/{kind};base64,{image}"


def _options(options: Json) -> Json:
    # llama.cpp knows all of them by the same name, but the length; where that is not above 0 it has no limit.
    given = numbers(OLLAMA, options)
    if given.get("repeat_last_n") == -1:
        # The whole context, which that is more than.
        given["repeat_last_n"] = MOST_LOOKED_BACK
    made = within(OLLAMA_TAKEN_AS, given)
    most = made.pop("num_predict", 0)
    if most > 0:
        made["max_tokens"] = most
    stops = options.get("stop") or []
    stops = [stops] if isinstance(stops, str) else stops
    if not isinstance(stops, list) or not all(isinstance(stop, str) for stop in stops):
        raise fields.wrong("stop", "a text or a list of texts")
    if stops:
        made["stop"] = stops
    return made


def _format(wanted: object) -> Json:
    if wanted is None or wanted == "":
        return {}
    if wanted == "json":
        return {"response_format": {"type": "json_object"}}
    if isinstance(wanted, dict):
        schema = {"name": "answer", "strict": True, "schema": wanted}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    raise fields.wrong("format", "'json' or a JSON schema")


def _think(wanted: object) -> Json:
    if wanted is None:
        return {}
    if isinstance(wanted, bool):
        return {"chat_template_kwargs": {"enable_thinking": wanted}}
    if wanted in _EFFORTS:
        return {"chat_template_kwargs": {"enable_thinking": True}, "reasoning_effort": wanted}
    raise fields.wrong("think", "true, false, low, medium or high")


def keep_alive_s(wanted: object) -> float | None:
    """How long a model is to stay: seconds, or a text such as ``1h30m``; below zero is for ever. Raises Rejected.

    >>> [keep_alive_s(value) for value in (0, "0s", 90, "1h30m", "1.5s", "300ms", "7", -1, "-1m", None)]
    [0.0, 0.0, 90.0, 5400.0, 1.5, 0.3, 7.0, inf, inf, None]
    """
    if wanted is None:
        return None
    seconds = _seconds(wanted.strip()) if isinstance(wanted, str) else wanted
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise fields.wrong("keep_alive", "seconds, or a duration such as 5m")
    return math.inf if seconds < 0 or seconds > _LONGEST_S else float(seconds)


def _seconds(text: str) -> float | None:
    if _NUMBER.fullmatch(text):
        return float(text)
    parts = _DURATION.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text.lstrip("+-"):
        return None
    total = sum(float(number) * _UNITS_S[unit] for number, unit in parts)
    return -1.0 if text.startswith("-") and total else total


@dataclass(frozen=True, slots=True, kw_only=True)
class OllamaEmbed:
    """A request for vectors. ``legacy`` is the older form, for one text; ``truncate``: texts may be cut to fit."""

    model: str
    texts: tuple[str, ...]
    dimensions: int | None
    legacy: bool
    truncate: bool
    keep_s: float | None


def read_embed(tree: Json, *, legacy: bool) -> OllamaEmbed:
    """Understand a request of ``/api/embed``, or of ``/api/embeddings``. Raises Rejected (``invalid_request``)."""
    given = tree.get("prompt" if legacy else "input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise fields.wrong("prompt" if legacy else "input", "a text or a list of texts")
    return OllamaEmbed(
        model=fields.model_name(tree),
        texts=tuple(texts),
        dimensions=fields.count(tree, "dimensions"),
        legacy=legacy,
        truncate=fields.flag(tree, "truncate") is not False,
        keep_s=keep_alive_s(tree.get("keep_alive")),
    )


def demand_context(wanted: int | None, has: int | None) -> None:
    """Raise Rejected if the caller needs more context than the engine has: it would be cut off unseen."""
    if wanted is not None and has is not None and wanted > has:
        reason = f"'num_ctx' is {wanted}, and this engine has a context of {has} tokens; ask for no more, or raise it"
        raise Rejected(Code.INVALID_REQUEST, reason=f"{reason} in the settings (llama_cpp.context_tokens)")
