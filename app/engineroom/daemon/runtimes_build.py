"""Putting together the runtimes."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from engineroom.adapters.clock import SystemClock
from engineroom.adapters.endpoint_probe import ask_models
from engineroom.adapters.engine_store import EngineStore
from engineroom.adapters.gate_model import find_gate_model
from engineroom.adapters.matrix import load_matrix
from engineroom.adapters.places import Places
from engineroom.adapters.runtime_facts import gather
from engineroom.adapters.runtime_sources import load_sources
from engineroom.adapters.runtime_store import RuntimeStore
from engineroom.adapters.runtime_tools import InstallTools
from engineroom.adapters.settings_toml import load_settings
from engineroom.contract.runtime_sentences import finding_words, gate_words
from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Rejected
from engineroom.domain.runtimes.gate import NOT_REACHED
from engineroom.domain.runtimes.preflight import Finding, look
from engineroom.domain.runtimes.recipe import Source
from engineroom.domain.runtimes.values import TENSORRT_LLM, GateResult, Outcome, RuntimeKind
from engineroom.services.card_watch import CardWatch
from engineroom.services.engines import EngineRoom
from engineroom.services.library import Library
from engineroom.services.runtime_shelf import RuntimeWorld
from engineroom.services.runtimes import Runtimes


def build_runtimes(
    places: Places,
    clock: SystemClock,
    *,
    cards: CardWatch,
    engines: EngineRoom,
    library: Library,
) -> Runtimes:
    """The runtimes of one daemon; nothing is read yet.

    Args:
        places: where they lie.
        clock: for the time of attaching.
        cards: the computer as it is now, and when that is known.
        engines: who may use a runtime.
        library: where the model lies that gates serve if none is named.
    """
    disk = RuntimeStore(places.runtimes)

    def looked(source: Source, wanted: str, kind: RuntimeKind) -> tuple[Finding, ...]:
        facts = gather(cards.machine(), kind, python=source.python, place=disk.root, free_bytes=disk.free_bytes())
        return look(facts, source, wanted, kind, load_matrix())

    return Runtimes(
        RuntimeWorld(
            disk=disk,
            tools=InstallTools(),
            users=_Users(engines),
            clock=clock,
            sources=load_sources(),
            machine=cards.machine,
            cards_known=cards.first_account,
            look=looked,
            words=lambda found: " ".join(" ".join(finding_words(one)) for one in found),
            gate_words=_gate_words,
            ask_models=ask_models,
            smallest=lambda: find_gate_model(EngineStore(places.engines), library.entries(), cards.machine()),
            offline=lambda: load_settings(places.settings_file).hub.offline,
            llama_cpp_version=_version_or_none("xllamacpp"),
        )
    )


class _Users:
    """Engines by the runtime they say they run on."""

    def __init__(self, engines: EngineRoom) -> None:
        self._engines = engines

    def using(self, product: str, version: str | None, runtime: str | None = None) -> tuple[str, ...]:
        """Names of those that are not at rest."""
        resting = {EngineState.STOPPED, EngineState.FAILED}
        return tuple(
            view.id
            for view in self._engines.views()
            if view.state not in resting
            and view.runtime == product
            and view.runtime_version in {None, version}
            and (runtime is None or self._installation(view.id) in {None, runtime})
        )

    def _installation(self, engine: str) -> str | None:
        """The one it was built with, where it was built here and is not gone since."""
        try:
            return self._engines.resolve(engine).installation
        except Rejected:
            return None

    def on_cards(self) -> dict[int, str]:
        """Names of those that run on a card, by their processes."""
        views = (view for view in self._engines.views() if view.gpu_uuids or view.runtime == TENSORRT_LLM)
        return {view.pid: view.id for view in views if view.pid is not None}

    async def stop(self, engines: Iterable[str]) -> None:
        """Stop them, and wait."""
        for engine in engines:
            await self._engines.stop(engine)


def _gate_words(result: GateResult) -> str:
    told = (check for check in result.checks if check.outcome is not Outcome.PASSED and check.reason != NOT_REACHED)
    said = [gate_words(check) for check in told]
    return f"Its gate says: {'; '.join(filter(None, said)) or result.verdict}."


def _version_or_none(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
