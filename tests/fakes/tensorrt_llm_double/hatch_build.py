"""What depends on the version the wheel is built as: pinned requirements and the programs it brings."""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

sys.path.insert(0, str(Path(__file__).parent / "src"))


class Hook(MetadataHookInterface):
    """Fills the dynamic fields of ``pyproject.toml``."""

    def update(self, metadata: dict[str, Any]) -> None:
        from tensorrt_llm._double.releases import release

        chosen = release(os.environ["TENSORRT_LLM_DOUBLE_VERSION"])
        metadata["dependencies"] = list(chosen.requires)
        metadata["scripts"] = {name: f"tensorrt_llm.commands.{module}:main" for name, module in chosen.programs.items()}
