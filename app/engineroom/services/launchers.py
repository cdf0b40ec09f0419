"""What is special about starting an engine of each runtime: its worker's command line, patience and first words."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from engineroom.domain.launch import LlamaCppLaunch, llama_cpp_argv, llama_cpp_environment
from engineroom.domain.model import ModelSpec
from engineroom.domain.trtllm.stages import STALLED_AFTER_S, Step, Timeline
from engineroom.services.vitals import LlamaCppVitals, TrtLlmVitals, Vitals

SILENT_AFTER_S = 120.0
_STEPS = tuple(Step)[: tuple(Step).index(Step.READY) + 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOptions:
    """How an engine is to be started. ``context_tokens`` is per slot."""

    context_tokens: int
    slots: int
    threads: int
    prompt_cache_mib: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a line of the log tells. ``share`` of the start that is over, 0 to 1; ``context_tokens`` as given.

    ``step`` is the step that goes on, ``round`` which time it does.
    """

    share: float | None = None
    step: str | None = None
    round: int = 1
    context_tokens: int | None = None


class Reader(Protocol):
    """Reads the log of one start."""

    def read(self, line: str) -> Reading | None:
        """What the line tells; ``None`` for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLaunch:
    """How to start the worker of an engine and what to expect of it.

    ``probe`` is the body of its first request, to ``/v1/completions``, or to ``/v1/embeddings`` where the worker says
    that its model writes no text; ``vitals`` is how it is asked how it does.  It counts as silent ``silent_after_s``
    after its last sign of life.  ``reader`` where its log tells how far it is; else its memory does.
    """

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    probe: bytes
    vitals: Vitals
    silent_after_s: float = SILENT_AFTER_S
    reader: Reader | None = field(default=None)


class Launcher(Protocol):
    """Of one runtime."""

    def launch(self, spec: ModelSpec, options: EngineOptions, *, path: str, key: str) -> WorkerLaunch:
        """One start. ``path`` is the model's, ``key`` what the engine may demand of the gateway."""


class LlamaCppLauncher:
    """llama.cpp in a worker of ours."""

    def launch(self, spec: ModelSpec, options: EngineOptions, *, path: str, key: str) -> WorkerLaunch:
        """The worker loads the file and serves it with the key."""
        launch = LlamaCppLaunch(
            model_path=path,
            model_id=spec.id,
            sha256=spec.sha256,
            context_tokens=options.context_tokens,
            slots=options.slots,
            threads=options.threads,
            prompt_cache_mib=options.prompt_cache_mib,
            chat_template_path=spec.chat_template_path,
            sampling=spec.sampling,
        )
        asked = {"model": spec.id, "prompt": "Hello", "input": "Hello", "max_tokens": 1, "cache_prompt": False}
        return WorkerLaunch(
            arguments=tuple(llama_cpp_argv(launch)),
            environment=llama_cpp_environment(key=key),
            probe=(probe := json.dumps(asked).encode()),
            vitals=LlamaCppVitals(probe),
        )


class TrtLlmLauncher:
    """A sealed engine of TensorRT-LLM. It knows no keys: a random port of the loopback is all that keeps others out.

    Args:
        timeline: of a version, for its log.
        tuning: the folder where an engine keeps what it learns.
        repair: the file with what fixes have changed of an engine, if any have.
    """

    def __init__(
        self,
        *,
        timeline: Callable[[str], Timeline],
        tuning: Callable[[str], str],
        repair: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._timeline = timeline
        self._tuning = tuning
        self._repair = repair

    def launch(self, spec: ModelSpec, options: EngineOptions, *, path: str, key: str) -> WorkerLaunch:  # noqa: ARG002
        """The worker starts the server as it was sealed."""
        repair = self._repair(spec.id)
        repaired = () if repair is None else (f"--repair={repair}",)
        return WorkerLaunch(
            arguments=("trtllm", f"--engine={path}", f"--tuning={self._tuning(spec.id)}", *repaired),
            environment={},
            # One field more than it knows and the request is refused.
            probe=json.dumps({"model": spec.id, "prompt": "Hello", "max_tokens": 1}).encode(),
            vitals=TrtLlmVitals(),
            silent_after_s=STALLED_AFTER_S,
            reader=TimelineReader(self._timeline(spec.runtime_version or "")),
        )


class TimelineReader:
    """A start's timeline as one fraction: steps that are over, and how far the one is that goes on."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline

    def read(self, line: str) -> Reading | None:
        """What the line tells; tuning and graphs of the second round count as late as they come."""
        event = self._timeline.feed(line)
        if event is None:
            return None
        if event.step not in _STEPS:
            shrunk = self._timeline.shrunk
            return None if shrunk is None else Reading(context_tokens=shrunk.given_tokens)
        share = (_STEPS.index(event.step) + (event.progress or 0.0)) / len(_STEPS)
        return Reading(share=share, step=str(event.step), round=event.round)
