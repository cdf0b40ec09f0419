"""The programs that install runtimes, and what they need to know of a model."""

import json
from pathlib import Path

from engineroom.adapters.container import container_facts, has_image, remove_image
from engineroom.adapters.uv_venv import find_uv
from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code
from engineroom.domain.runtimes.recipe import Source, Tools
from engineroom.domain.runtimes.values import RuntimeKind

_PARSERS = {
    "qwen3": "qwen3",
    "qwen3_moe": "qwen3",
    "deepseek_v3": "deepseek_v3",
    "kimi_k2": "kimi_k2",
}
"""By ``model_type``; TensorRT-LLM 1.3.0rc3 serve/tool_parser/tool_parser_factory.py:13-20."""


class InstallTools:
    """uv, docker and podman, as they are on this computer."""

    def tools(self, source: Source, kind: RuntimeKind, cache: str) -> Tools:
        """Those of a kind. Raises Broken (``runtime_missing``)."""
        if kind is RuntimeKind.CONTAINER:
            facts = container_facts()
            if facts is None:
                raise Broken(Code.RUNTIME_MISSING, runtime="docker", **because(Detail.NO_CONTAINER_PROGRAM))
            return Tools(container=facts.program)
        uv = find_uv()
        if uv is None:
            raise Broken(Code.RUNTIME_MISSING, runtime="uv", **because(Detail.NOT_ON_PATH))
        return Tools(uv=uv, python=source.python, cache=cache)

    def has_image(self, program: str, image: str) -> bool:
        """Whether an image is here."""
        return has_image(program, image)

    def remove_image(self, program: str, image: str) -> str | None:
        """Remove it; why not, where that failed."""
        return remove_image(program, image)

    def tool_parser(self, model: str) -> str | None:
        """The parser for the tool calls of the model in a folder; ``None`` where there is none for its kind."""
        try:
            tree = json.loads((Path(model) / "config.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return _PARSERS.get(tree.get("model_type", "")) if isinstance(tree, dict) else None
