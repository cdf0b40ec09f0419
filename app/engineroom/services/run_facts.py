"""What one life of an engine has told of itself so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from engineroom.domain.cuda_devices import CudaDevice, cuda_index
from engineroom.domain.engine import StartStep
from engineroom.domain.serving import EngineServing


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """Facts. ``given_context`` is what the engine made of the context asked for.

    ``born`` are all processes that it ever was, by pid, and when they were created (Unix time).
    """

    runtime_version: str | None = None
    device: str | None = None
    native_context: int | None = None
    given_context: int | None = None
    memory_bytes: int | None = None
    load_s: float | None = None
    gpu_uuids: tuple[str, ...] = ()
    steps: tuple[StartStep, ...] = ()
    serving: EngineServing | None = None
    born: Mapping[int, float] = field(default_factory=dict)

    @property
    def step(self) -> str | None:
        """The step of the start that its log told of last."""
        return self.steps[-1].name if self.steps else None

    def heard(self, said: dict[str, object]) -> Self:
        """With what its worker says."""
        match said:
            case {"event": "model", "native_context": int(context)}:
                return replace(self, native_context=context)
            case {"event": "listening", "device": str(device), "runtime_version": str(version)}:
                return replace(self, device=device, runtime_version=version)
            case {"event": "engine", "runtime_version": str(version), "cards": list(cards)}:
                return replace(self, runtime_version=version, gpu_uuids=tuple(map(str, cards)))
            case {"event": "memory", "tree_bytes": int(held)}:
                return replace(self, memory_bytes=held)
            case {"event": "family", "born": list(born)}:
                return replace(self, born={**self.born, **{int(pid): float(at_s) for pid, at_s in born}})
        return self

    def on_device(self, line: str, devices: Sequence[CudaDevice]) -> Self:
        """With the card that a line of its log names."""
        index = cuda_index(line)
        uuid = devices[index].gpu_uuid if index is not None and index < len(devices) else None
        return self if uuid is None or uuid in self.gpu_uuids else replace(self, gpu_uuids=(*self.gpu_uuids, uuid))

    def in_step(self, name: str, number: int, *, at_s: float) -> Self:
        """With a step of its start, the first time that it is told of it."""
        if self.load_s is not None or any((one.name, one.round) == (name, number) for one in self.steps):
            return self
        return replace(self, steps=(*self.steps, StartStep(name=name, at_s=at_s, round=number)))
