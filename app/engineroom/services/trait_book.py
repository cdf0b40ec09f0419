"""What each model can be asked for, read once."""

import asyncio
from collections.abc import Callable, Sequence

from engineroom.domain.model import ModelSpec
from engineroom.domain.traits import Traits

_Key = tuple[str, str | None, int | None]


class TraitBook:
    """Traits by model.

    Args:
        read: reads them from the model's files; may block, called off the loop.
    """

    def __init__(self, read: Callable[[ModelSpec], Traits]) -> None:
        self._read = read
        self._known: dict[_Key, Traits] = {}

    def known(self, spec: ModelSpec) -> Traits | None:
        """What has been read already."""
        return self._known.get(_key(spec))

    async def of(self, spec: ModelSpec) -> Traits:
        """What is known of a model; does not wait for what has been read already."""
        key = _key(spec)
        if key not in self._known:
            self._known[key] = await asyncio.to_thread(self._read, spec)
        return self._known[key]

    async def of_all(self, specs: Sequence[ModelSpec]) -> list[Traits]:
        """What is known of some models, as :meth:`of`; those not read yet are read one after the other."""
        new = [spec for spec in specs if _key(spec) not in self._known]
        if new:
            read = await asyncio.to_thread(lambda: [self._read(spec) for spec in new])
            self._known.update(zip(map(_key, new), read, strict=True))
        return [self._known[_key(spec)] for spec in specs]


def _key(spec: ModelSpec) -> _Key:
    """A file that was replaced by one of another size is another."""
    return spec.id, spec.path, spec.file_bytes
