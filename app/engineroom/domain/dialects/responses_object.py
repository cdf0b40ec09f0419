"""The response object, with every field that the API's schema demands."""

from typing import Any

from engineroom.domain.dialects.chunks import Counts, Json
from engineroom.domain.dialects.responses_request import ResponsesRequest


def response_object(
    asked: ResponsesRequest,
    *,
    response_id: str,
    model: str,
    created_at_s: int,
    completed_at_s: int | None,
    status: str,
    output: list[Json],
    stored: bool,
    counts: Counts | None,
    reasoning_pieces: int,
    error: Json | None,
    incomplete: str | None,
) -> Json:
    """The object; what the caller did not choose has the value that the API documents as its default.

    ``reasoning_pieces`` of reasoning came, which is the count where the engine has none; ``incomplete`` says why the
    answer is.
    """
    return {
        "id": response_id,
        "object": "response",
        "created_at": created_at_s,
        "completed_at": completed_at_s,
        "status": status,
        "error": error,
        "incomplete_details": None if incomplete is None else {"reason": incomplete},
        "model": model,
        "output": output,
        "store": stored,
        "usage": None if counts is None else _usage(counts, reasoning_pieces),
        **_repeated(asked),
    }


def _repeated(asked: ResponsesRequest) -> Json:
    tree = asked.tree
    reasoning = tree.get("reasoning") or {}
    wanted = tree.get("text") or {}
    form = wanted.get("format") or {"type": "text"}
    if form.get("type") == "json_schema":
        form = {"name": "answer", "description": None, "strict": False, **form}
    tool_choice = tree.get("tool_choice")
    return {
        "instructions": tree.get("instructions"),
        "tools": asked.tools.echo,
        "tool_choice": tool_choice if tool_choice and asked.tools.functions else "auto",
        "parallel_tool_calls": tree.get("parallel_tool_calls") is not False,
        "truncation": tree.get("truncation") or "disabled",
        "text": {**wanted, "format": form},
        "reasoning": {"effort": reasoning.get("effort"), "summary": reasoning.get("summary")},
        "temperature": float(_or(tree.get("temperature"), 1.0)),
        "top_p": float(_or(tree.get("top_p"), 1.0)),
        "presence_penalty": 0.0,
        "frequency_penalty": 0.0,
        "top_logprobs": _or(tree.get("top_logprobs"), 0),
        "max_output_tokens": tree.get("max_output_tokens"),
        "max_tool_calls": tree.get("max_tool_calls"),
        "background": False,
        "service_tier": "default",
        "metadata": tree.get("metadata") or {},
        "previous_response_id": asked.previous_id,
        "safety_identifier": tree.get("safety_identifier"),
        "prompt_cache_key": tree.get("prompt_cache_key"),
        "user": tree.get("user"),
    }


def _or(value: Any, otherwise: Any) -> Any:
    return otherwise if value is None else value


def _usage(counts: Counts, reasoning_pieces: int) -> Json | None:
    if counts.prompt is None or counts.completion is None:
        return None
    reasoning = reasoning_pieces if counts.reasoning is None else counts.reasoning
    return {
        "input_tokens": counts.prompt,
        "input_tokens_details": {"cached_tokens": counts.cached or 0, "cache_write_tokens": 0},
        "output_tokens": counts.completion,
        "output_tokens_details": {"reasoning_tokens": reasoning},
        "total_tokens": counts.prompt + counts.completion,
    }
