"""Tools of the Responses API as functions of chat completions, and their names on the way back."""

from dataclasses import dataclass, field

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.chat import forced, function_tool
from engineroom.domain.dialects.chunks import Json

_CUSTOM_INPUT = {
    "type": "object",
    "properties": {"input": {"type": "string"}},
    "required": ["input"],
    "additionalProperties": False,
}
_MODES = {"none", "auto", "required"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolName:
    """What a function of the engine is called in the API. ``custom`` takes text instead of JSON."""

    name: str
    namespace: str | None = None
    custom: bool = False


@dataclass(slots=True)
class Toolbox:
    """Tools for the engine, their names, what the answer repeats of them, and what was left out."""

    functions: list[Json] = field(default_factory=list)
    names: dict[str, ToolName] = field(default_factory=dict)
    echo: list[Json] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def named(self, function: str) -> ToolName:
        """What the caller calls a function; a function that it never named keeps its name."""
        return self.names.get(function) or ToolName(name=function)


def flat_name(name: str, namespace: str | None) -> str:
    """The name of a tool for the engine, which knows no namespaces."""
    if not namespace:
        return name
    return f"{namespace}{name}" if namespace.endswith("__") else f"{namespace}__{name}"


def toolbox(tools: list[Json]) -> Toolbox:
    """All that can be offered; tools that only a hosted service has are left out, with a note."""
    box = Toolbox()
    for tool in tools:
        kind = fields.needed_text(tool, "type")
        if kind == "namespace":
            _add_namespace(box, tool)
        elif kind in {"function", "custom"}:
            _add(box, tool, namespace=None)
            box.echo.append(_echo(tool))
        else:
            box.notes.append(f"tool {kind} left out")
    return box


def choice(tree: Json, box: Toolbox) -> Json:
    """The fields ``tools`` and ``tool_choice`` for the engine; neither where there are no tools.

    Raises:
        Rejected: it names a tool that there is not, or is no choice at all.
    """
    wanted = tree.get("tool_choice")
    if not box.functions:
        return {}
    if wanted is None or wanted in ("auto", {"type": "auto"}):
        return {"tools": box.functions, "tool_choice": "auto"}
    if isinstance(wanted, str) and wanted in _MODES:
        return {"tools": box.functions, "tool_choice": wanted}
    if not isinstance(wanted, dict):
        raise fields.wrong("tool_choice", "none, auto, required, or an object")
    return _chosen(wanted, box)


def _chosen(wanted: Json, box: Toolbox) -> Json:
    kind = fields.text(wanted, "type")
    if kind == "allowed_tools":
        allowed = [_flat(tool) for tool in fields.rows(wanted, "tools")]
        tools = [tool for tool in box.functions if tool["function"]["name"] in allowed]
        mode = fields.text(wanted, "mode")
        return {"tools": tools, "tool_choice": mode if mode in _MODES else "auto"} if tools else {}
    if kind in {"function", "custom"}:
        return {"tools": forced(box.functions, _flat(wanted)), "tool_choice": "required"}
    box.notes.append(f"tool_choice {kind} left out")
    return {"tools": box.functions, "tool_choice": "auto"}


def _flat(tool: Json) -> str:
    return flat_name(fields.text(tool, "name") or "", fields.text(tool, "namespace"))


def _add_namespace(box: Toolbox, tool: Json) -> None:
    namespace = fields.needed_text(tool, "name")
    for inner in fields.rows(tool, "tools"):
        if fields.text(inner, "type") in {"function", "custom"}:
            _add(box, inner, namespace=namespace)
        else:
            box.notes.append(f"tool {inner.get('type')} left out")
    box.echo.append(tool)


def _add(box: Toolbox, tool: Json, *, namespace: str | None) -> None:
    custom = tool["type"] == "custom"
    name = fields.needed_text(tool, "name")
    flat = flat_name(name, namespace)
    parameters = _CUSTOM_INPUT if custom else fields.mapping(tool, "parameters")
    box.functions.append(function_tool(flat, fields.text(tool, "description"), parameters))
    box.names[flat] = ToolName(name=name, namespace=namespace, custom=custom)


def _echo(tool: Json) -> Json:
    if tool["type"] != "function":
        return tool
    return {"description": None, "parameters": None, "strict": None, **tool}
