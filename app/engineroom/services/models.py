"""The shelf: which models can be served, and which one a name means."""

from collections.abc import Iterable, Mapping
from itertools import islice

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model import ModelSpec, ModelView

DEFAULT_ALIAS = "default"
NAMED_MOST = 20
"""Models that an error names at most."""


class ModelShelf:
    """Models by id. The id ``default`` means the default model.

    Args:
        default: id or alias of the default model; the first one where it is ``None``.
        aliases: further names, each for an id. A model with such an id comes before an alias.

    Raises:
        Rejected: ``model_not_found`` if the default is not among the models.
    """

    def __init__(
        self, specs: Iterable[ModelSpec], *, default: str | None, aliases: Mapping[str, str] | None = None
    ) -> None:
        self._specs = {spec.id: spec for spec in specs}
        self._aliases = dict(aliases or {})
        self._shown: tuple[ModelView, ...] | None = None
        default = None if default is None else self._id_of(default)
        if default is not None and default not in self._specs:
            raise self._unknown(default)
        self.default_id = default or next(iter(self._specs), None)

    def resolve(self, name: str) -> ModelSpec:
        """The model a client means. Only ever a look-up; a name never becomes a path.

        Raises:
            Rejected: ``model_not_found``.
        """
        wanted = self.default_id if name == DEFAULT_ALIAS else self._id_of(name)
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
        self._shown = None
        gone = [spec for spec in before.values() if _differs(spec, self._specs.get(spec.id))]
        return gone, [spec for spec in self._specs.values() if _differs(spec, before.get(spec.id))]

    def specs(self) -> tuple[ModelSpec, ...]:
        """All models, bundled first."""
        return tuple(self._specs.values())

    def views(self) -> tuple[ModelView, ...]:
        """What clients are told."""
        if self._shown is None:
            self._shown = tuple(
                spec.view(is_default=spec.id == self.default_id, aliases=self.aliases(spec.id))
                for spec in self._specs.values()
            )
        return self._shown

    def aliases(self, model: str) -> tuple[str, ...]:
        """Further names of a model."""
        return tuple(alias for alias, meant in self._aliases.items() if meant == model and alias not in self._specs)

    def _id_of(self, name: str) -> str:
        return name if name in self._specs else self._aliases.get(name, name)

    def _unknown(self, name: str) -> Rejected:
        return Rejected(Code.MODEL_NOT_FOUND, model=name[:200], known=some_names(self._specs))


def some_names(ids: Iterable[str]) -> str:
    """The first of them, as an error names what there is.

    >>> some_names(["a", "b"])
    'a, b'
    """
    names = list(islice(ids, NAMED_MOST + 1))
    return ", ".join([*names[:NAMED_MOST], *(["…"] if len(names) > NAMED_MOST else [])])


def _differs(spec: ModelSpec, other: ModelSpec | None) -> bool:
    return spec is not other and spec != other
