"""The part of the Python interface that a probe reads."""

from tensorrt_llm.llmapi.llm_args import TorchLlmArgs

__all__ = ["TorchLlmArgs"]
