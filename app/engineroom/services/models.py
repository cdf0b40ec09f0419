"""The shelf: which models can be served, and which one a name means."""

from collections.abc import Iterable

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model import ModelSpec, ModelView

DEFAULT_ALIAS = "default"


class ModelShelf:
    """Models by id. The id ``default`` means the default model.

    Args:
        default: id of the default model; the first one where it is ``None``.

    Raises:
        Rejected: ``model_not_found`` if the default is not among the models.
    """

    def __init__(self, specs: Iterable[ModelSpec], *, default: str | None) -> None:
        self._specs = {spec.id: spec for spec in specs}
        if default is not None and default not in self._specs:
            raise self._unknown(default)
        self.default_id = default or next(iter(self._specs), None)

    def resolve(self, name: str) -> ModelSpec:
        """The model a client means. Only ever a look-up; a name never becomes a path.

        Raises:
            Rejected: ``model_not_found``.
        """
        wanted = self.default_id if name == DEFAULT_ALIAS else name
        spec = None if wanted is None else self._specs.get(wanted)
        if spec is None:
            raise self._unknown(name)
        return spec

    def replace(self, specs: Iterable[ModelSpec]) -> tuple[list[ModelSpec], list[ModelSpec]]:
        """Put these on the shelf and no others; which ones went (or changed), and which came.

        The default stays while it is among them.
        """
        before, self._specs = self._specs, {spec.id: spec for spec in specs}
        if self.default_id not in self._specs:
            self.default_id = next(iter(self._specs), None)
        gone = [spec for spec in before.values() if self._specs.get(spec.id) != spec]
        return gone, [spec for spec in self._specs.values() if before.get(spec.id) != spec]

    def specs(self) -> tuple[ModelSpec, ...]:
        """All models, bundled first."""
        return tuple(self._specs.values())

    def views(self) -> tuple[ModelView, ...]:
        """What clients are told."""
        return tuple(spec.view(is_default=spec.id == self.default_id) for spec in self._specs.values())

    def _unknown(self, name: str) -> Rejected:
        return Rejected(Code.MODEL_NOT_FOUND, model=name[:200], known=", ".join(self._specs))
