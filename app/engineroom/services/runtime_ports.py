"""What the runtimes ask of the world. May block unless a coroutine; called off the loop."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from engineroom.domain.runtimes.recipe import Source, Tools
from engineroom.domain.runtimes.values import Endpoint, Installation, RuntimeKind


class RuntimeDisk(Protocol):
    """Where runtimes lie. Raises Broken (``state_unwritable``) where it writes."""

    @property
    def cache(self) -> str:
        """Where downloads of environments are kept."""

    def folder(self, runtime: str) -> str:
        """Of one installation."""

    def installations(self) -> tuple[Installation, ...]:
        """Whole ones and half ones."""

    def found(self, runtime: str) -> Installation | None:
        """One of them, also one that is made beside another."""

    def beside(self, runtime: str) -> str:
        """The name of what is made beside one, to take its place."""

    def swap(self, runtime: str) -> None:
        """Put what was made beside one in its place, in one step, and remove the one before."""

    def job_of(self, runtime: str) -> str | None:
        """The job that its last order was written for."""

    def begin(self, runtime: str, order: Mapping[str, object]) -> str:
        """Write an order; where it lies."""

    def default(self) -> str | None:
        """The default, as long as it is whole."""

    def set_default(self, runtime: str | None) -> None:
        """Point to another, in one step."""

    def remove(self, runtime: str) -> None:
        """Remove an installation."""

    def missing(self, installation: Installation) -> str | None:
        """What a whole environment lacks."""

    def held_bytes(self, runtime: str) -> int | None:
        """What a folder takes."""

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What was attached."""

    def attach(self, endpoint: Endpoint) -> None:
        """Remember one."""

    def detach(self, endpoint: str) -> None:
        """Forget one."""


class RuntimeTools(Protocol):
    """The programs that install."""

    def tools(self, source: Source, kind: RuntimeKind, cache: str) -> Tools:
        """Those of a kind. Raises Broken (``runtime_missing``) where there is none."""

    def has_image(self, program: str, image: str) -> bool:
        """Whether an image is here."""

    def remove_image(self, program: str, image: str) -> str | None:
        """Remove it; why not, where that failed."""

    def tool_parser(self, model: str) -> str | None:
        """The parser for the tool calls of the model in a folder, where there is one."""


class EngineUsers(Protocol):
    """Engines that run on a runtime. Call on the loop or off it; ``stop`` on the loop."""

    def using(self, product: str, version: str | None, runtime: str | None = None) -> tuple[str, ...]:
        """Names of those; with ``runtime`` only of those that may be of this installation of the version."""

    def on_cards(self) -> Mapping[int, str]:
        """Names of all that run on a card, whatever their runtime, by the process of each."""

    async def stop(self, engines: Iterable[str]) -> None:
        """Stop them, and wait."""
