"""Models that can be served."""

from dataclasses import dataclass, field

from engineroom.domain.errors import Problem
from engineroom.domain.launch import Sampling


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelView:
    """One model that can be served. ``problem`` is set when its file cannot be used; ``aliases`` are further names."""

    id: str
    name: str
    runtime: str
    parameters: int | None
    quantisation: str | None
    file_bytes: int | None
    licence: str | None
    source: str | None
    bundled: bool
    is_default: bool
    problem: Problem | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a sealed engine took when it was tried, on which cards. ``card_bytes`` is over all of them."""

    gpu_name: str
    gpu_uuids: tuple[str, ...]
    card_bytes: int | None
    host_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """What is known of a model before its file is opened.

    ``path`` is ``None`` for a bundled model that is not on this computer; ``problem`` then says where it was searched.
    A sealed engine has the version of its runtime, the installation it was built with, and a context per sequence and
    sequences that nobody can change.
    """

    id: str
    name: str
    runtime: str = "llama.cpp"
    path: str | None
    sha256: str | None = None
    file_bytes: int | None = None
    parameters: int | None = None
    quantisation: str | None = None
    native_context: int | None = None
    licence: str | None = None
    source: str | None = None
    bundled: bool = False
    chat_template_path: str | None = None
    sampling: Sampling = field(default_factory=Sampling)
    problem: Problem | None = None
    runtime_version: str | None = None
    installation: str | None = None
    context_tokens: int | None = None
    slots: int | None = None
    trial: Trial | None = None

    def view(self, *, is_default: bool, aliases: tuple[str, ...] = ()) -> ModelView:
        """What clients are told."""
        return ModelView(
            id=self.id,
            name=self.name,
            runtime=self.runtime,
            parameters=self.parameters,
            quantisation=self.quantisation,
            file_bytes=self.file_bytes,
            licence=self.licence,
            source=self.source,
            bundled=self.bundled,
            is_default=is_default,
            problem=self.problem,
            aliases=aliases,
        )
