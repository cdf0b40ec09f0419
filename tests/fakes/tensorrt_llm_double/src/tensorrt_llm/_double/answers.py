"""What the model says: the scenario's text, an instance of a schema, a call of a tool (reference 2.6)."""

import json
from dataclasses import dataclass, field
from typing import Any

from tensorrt_llm._double.scenario import Scenario


@dataclass
class Answer:
    """``raw`` is what the model produces; parsers take ``reasoning`` and ``calls`` out of it where they are on."""

    raw: str
    reasoning: str = ""
    calls: list[dict[str, str]] = field(default_factory=list)


def chat_answer(body: dict[str, Any], plan: Scenario, *, guided: bool, reasons: bool, parses_tools: bool) -> Answer:
    """The answer to a chat request."""
    raw, calls = _content(body, plan, guided=guided)
    if calls:
        raw = f'<tool_call>\n{{"name": "{calls[0]["name"]}", "arguments": {calls[0]["arguments"]}}}\n</tool_call>'
    if plan.reasoning and not reasons:
        raw = f"<think>\n{plan.reasoning}\n</think>\n\n{raw}"
    return Answer(raw, plan.reasoning if reasons else "", calls if parses_tools else [])


def _content(body: dict[str, Any], plan: Scenario, *, guided: bool) -> tuple[str, list[dict[str, str]]]:
    schema = guided_schema(body.get("response_format")) if guided else None
    if schema is not None:
        return json.dumps(instance(schema)), []
    choice = body.get("tool_choice")
    tools = [tool["function"] for tool in body.get("tools") or []]
    if isinstance(choice, dict):
        return "", [{"name": choice["function"]["name"], "arguments": plan.text.strip()}]
    last = (body.get("messages") or [{}])[-1].get("role")
    if tools and plan.calls_tools and choice != "none" and last == "user":
        arguments = json.dumps(instance(tools[0].get("parameters") or {}))
        return "", [{"name": tools[0]["name"], "arguments": arguments}]
    return plan.text, []


def guided_schema(given: dict[str, Any] | None) -> dict[str, Any] | None:
    """The schema that really binds the answer; the wrapper of OpenAI's form binds nothing, being taken as it is."""
    kind = (given or {}).get("type")
    if kind == "json_object":
        return {"type": "object"}
    schema = {"json": (given or {}).get("schema"), "json_schema": (given or {}).get("json_schema")}.get(kind)
    if isinstance(schema, str):
        schema = json.loads(schema)
    binding = {"type", "properties", "enum", "const", "anyOf", "items"}
    return schema if isinstance(schema, dict) and binding & set(schema) else None


def instance(schema: dict[str, Any]) -> Any:
    """The smallest value that the schema allows, as far as this double understands schemas."""
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    if schema.get("anyOf"):
        return instance(schema["anyOf"][0])
    kind = schema.get("type", "object" if "properties" in schema else "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: instance(inner) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [instance(schema.get("items") or {})] * max(1, schema.get("minItems", 1))
    plain = {"integer": int(schema.get("minimum", 1)), "number": float(schema.get("minimum", 1.5)), "boolean": True,
             "null": None}  # fmt: skip
    return plain.get(kind, "text")
