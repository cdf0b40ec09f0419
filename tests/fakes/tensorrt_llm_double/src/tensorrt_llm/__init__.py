"""A double of TensorRT-LLM. ``tensorrt_llm_double/README.md`` says what it imitates and what it does not."""

from tensorrt_llm._double import importing
from tensorrt_llm.version import __version__

importing.announce(__version__)

__all__ = ["__version__"]
