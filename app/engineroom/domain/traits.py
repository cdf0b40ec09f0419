"""What a model can be asked for, as its file or its engine tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_NONE, _RANK = 0, 4
"""Numbers of llama.cpp's ways to pool (enum llama_pooling_type): all that are neither of these two make embeddings."""

_ENCODERS = frozenset(
    {
        "bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "jina-bert-v3", "neo-bert", "modern-bert", "eurobert",
        "gemma-embedding", "llama-embed",
    }
)  # fmt: skip
"""Architectures of llama.cpp that write no text (llm_arch_names in llama-arch.cpp)."""

_REASONING = ("<think>", "reasoning_content", "enable_thinking", "<|channel|>", "[THINK]")


class Task(StrEnum):
    """What a model was made for."""

    TEXT = "text"
    EMBEDDINGS = "embeddings"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class FimTokens:
    """What comes before the text ahead of a gap, before the text behind it, and before what is to fill it.

    Words, or ids where the file names no words; ``bos`` is an id that has to stand before ids.
    """

    prefix: str | int
    suffix: str | int
    middle: str | int
    bos: int | None = None


FIM_WORDS = (
    FimTokens("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"),
    FimTokens("<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
    FimTokens("<fim-prefix>", "<fim-suffix>", "<fim-middle>"),
    FimTokens("<|code_prefix|>", "<|code_suffix|>", "<|code_middle|>"),
    FimTokens("<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>"),  # noqa: RUF001 (DeepSeek's)
    FimTokens("▁<PRE>", "▁<SUF>", "▁<MID>"),
)
"""Words of the model families that can fill a gap, as their publishers chose them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What is known of a model. ``None`` is unknown; ``fim`` is ``None`` also where it cannot.

    ``embedding_size`` is the length of one vector.
    """

    task: Task = Task.TEXT
    tools: bool | None = None
    reasoning: bool | None = None
    vision: bool | None = None
    fim: FimTokens | None = None
    template: str | None = None
    architecture: str | None = None
    parameters: int | None = None
    quantisation: str | None = None
    native_context: int | None = None
    embedding_size: int | None = None

    @property
    def capabilities(self) -> tuple[str, ...]:
        """Names as clients know them: those of Ollama, and ``chat`` and ``rerank``."""
        if self.task is Task.EMBEDDINGS:
            return ("embedding",)
        if self.task is Task.RANKING:
            return ("rerank",)
        more = {"tools": self.tools, "vision": self.vision, "insert": self.fim, "thinking": self.reasoning}
        return ("completion", "chat", *(name for name, has in more.items() if has))


def task_of(keys: Mapping[str, object]) -> Task:
    """What a GGUF file was made for, by its keys."""
    architecture = keys.get("general.architecture")
    pooling = keys.get(f"{architecture}.pooling_type")
    if pooling == _RANK:
        return Task.RANKING
    if architecture in _ENCODERS or (isinstance(pooling, int) and pooling != _NONE):
        return Task.EMBEDDINGS
    return Task.TEXT


def traits_of_template(template: str | None) -> dict[str, bool | None]:
    """Whether a chat template has a place for tools, and for reasoning."""
    if template is None:
        return {"tools": None, "reasoning": None}
    return {"tools": "tools" in template, "reasoning": any(word in template for word in _REASONING)}


def fim_prompt(fim: FimTokens, before: str, after: str) -> str | list[str | int]:
    """The prompt that asks a model for what is between two texts."""
    parts: list[str | int] = [fim.prefix, before, fim.suffix, after, fim.middle]
    if all(isinstance(part, str) for part in parts):
        return "".join(map(str, parts))
    return parts if fim.bos is None else [fim.bos, *parts]
