"""``TorchLlmArgs`` as far as a probe reads it: ``model_fields`` and a schema of their types (reference 1.4, 11)."""

from typing import Any, ClassVar

from tensorrt_llm._double.fields import Field, torch_fields
from tensorrt_llm._double.releases import release
from tensorrt_llm.version import __version__

JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", dict: "object", list: "array"}


class TorchLlmArgs:
    """Names, types and defaults; it cannot be constructed."""

    model_fields: ClassVar[dict[str, Field]] = torch_fields(release(__version__))

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """A schema in pydantic's manner: unknown keys are forbidden."""
        properties = {
            name: {"type": JSON_TYPES.get(found.annotation, "object")}
            | ({} if found.is_required() else {"default": found.default})
            for name, found in cls.model_fields.items()
        }
        return {"additionalProperties": False, "properties": properties, "title": cls.__name__, "type": "object"}
