"""What the install worker is told, written anew at each start."""

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.job import JobView
from engineroom.domain.runtimes.preflight import blocking
from engineroom.domain.runtimes.recipe import source_for, steps_for
from engineroom.domain.runtimes.trial import trial_of
from engineroom.domain.runtimes.values import TENSORRT_LLM, Installation, RuntimeKind
from engineroom.domain.runtimes.wire import steps_json
from engineroom.services.runtime_reasons import blocked
from engineroom.services.runtime_renewals import Renewals
from engineroom.services.runtime_shelf import RuntimeShelf, RuntimeWorld


class InstallOrders:
    """Blocks where files or programs are asked."""

    def __init__(self, world: RuntimeWorld, shelf: RuntimeShelf, renewals: Renewals) -> None:
        self._world = world
        self._shelf = shelf
        self._renewals = renewals

    def order(self, job: JobView) -> str:
        """Write it; where it lies. Raises EngineroomError."""
        world, asked = self._world, job.arguments
        name, kind = str(asked["runtime"]), RuntimeKind(str(asked["kind"]))
        source, version = source_for(world.sources, str(asked["version"]))
        place = self._renewals.place(job)
        found = world.disk.found(place)
        manifest = None if found is None else found.manifest
        if manifest is None:
            self.check_online()
        if manifest is None and (bad := blocking(world.look(source, version, kind))):
            raise blocked(name, bad, world.words)
        tools = world.tools.tools(source, kind, world.disk.cache)
        steps = () if manifest else steps_for(source, version, kind, world.disk.folder(place), tools)
        asked_model = asked.get("model")
        trial = trial_of(
            world.machine(),
            model=world.smallest() if asked_model is None else str(asked_model),
            tool_parser=world.tools.tool_parser,
            reference=self._reference(name, place),
            folder=world.disk.folder,
            engines=world.users.on_cards(),
            patience_s=world.card_patience_s,
        )
        is_image = kind is RuntimeKind.CONTAINER
        order = {
            "id": name,
            "job": job.id,
            "kind": str(kind),
            "product": TENSORRT_LLM,
            "version": version,
            "program": tools.container,
            "image": f"{source.image}:{version}" if is_image else "",
            "sources": [source.image] if is_image else [source.torch_index, source.package_index],
            "steps": steps_json(steps),
            "trial": trial,
        }
        return world.disk.begin(place, order)

    def check_online(self) -> None:
        """Raises Rejected (``hub_offline``)."""
        if self._world.offline():
            raise Rejected(Code.HUB_OFFLINE, host="the package indexes")

    def _reference(self, name: str, place: str) -> Installation | None:
        """What the new one would take the place of: the one that it is made beside, else the default."""
        other = name if place != name else self._world.disk.default()
        found = None if other is None or other == place else self._shelf.found(other)
        whole = found is not None and found.manifest is not None and self._shelf.missing(found) is None
        return found if whole else None
