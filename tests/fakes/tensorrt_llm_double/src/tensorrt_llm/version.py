"""The version of this installation: of the environment when it runs from the source tree, else of the wheel."""

import os


def _version() -> str:
    if given := os.environ.get("TENSORRT_LLM_DOUBLE_VERSION"):
        return given
    from importlib import metadata

    return metadata.version("tensorrt_llm")


__version__ = _version()
