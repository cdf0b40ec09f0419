"""What each stage of a build does. Stages raise EngineroomError, and are begun anew when they were cut off."""

import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engineroom.domain.details import Detail, lined
from engineroom.domain.sealed.values import BuildStage, FileFact
from engineroom.domain.sealed.wire import measured_of, to_json
from engineroom.workers.install.children import Children
from engineroom.workers.install.journal import write_whole
from engineroom.workers.sealing.files import facts_below, files_of_model
from engineroom.workers.sealing.order import ORDER, STAGES, BuildOrder, Stages
from engineroom.workers.sealing.pace import Pace
from engineroom.workers.sealing.tools import Tools, failed
from engineroom.workers.sealing.trial import try_out

MANIFEST, OPTIONS = "manifest.json", "options.yaml"
_OURS = frozenset({ORDER, STAGES, MANIFEST, f"{STAGES}.new", f"{MANIFEST}.new"})


@dataclass(frozen=True, slots=True)
class Work:
    """One build."""

    order: BuildOrder
    folder: Path
    tuning: Path
    children: Children
    pace: Pace

    @property
    def tools(self) -> Tools:
        """Programs of the runtime."""
        return Tools(self.order, self.folder, self.tuning, self.children, self.pace.share)

    def of(self, stage: BuildStage, done: Stages) -> object:
        """Carry out one stage; what came of it, as JSON can say it."""
        tools = self.tools
        works: dict[BuildStage, Callable[[], object]] = {
            BuildStage.PLAN: lambda: self.order.engine.plan,
            BuildStage.FETCH: self._fetch,
            BuildStage.QUANTISE: tools.quantise,
            BuildStage.CONVERT: tools.convert,
            BuildStage.COMPILE: tools.compile,
            BuildStage.CONFIGURE: self._configure,
            BuildStage.TRIAL: self._trial,
            BuildStage.SEAL: lambda: self._seal(done),
        }
        return works[stage]()

    def _trial(self) -> dict[str, object]:
        return asdict(try_out(self.order, self.folder, self.tuning, self.children, self.pace.share))

    def _fetch(self) -> list[dict[str, object]]:
        facts = files_of_model(self.order.source, self.order.engine.repo, self.pace.bytes)
        if not any(fact.path.endswith(".safetensors") for fact in facts):
            raise failed(
                BuildStage.FETCH, **lined(Detail.BUNDLE_MISSING, file=str(Path(self.order.source) / "*.safetensors"))
            )
        return [asdict(fact) for fact in facts]

    def _configure(self) -> str:
        write_whole(self.folder / OPTIONS, self.order.engine.yaml)
        return OPTIONS

    def _seal(self, done: Stages) -> str:
        self.tools.clear()
        fetched = tuple(FileFact(**one) for one in done.result(BuildStage.FETCH))
        engine = replace(
            self.order.engine,
            measured=measured_of(done.result(BuildStage.TRIAL)),
            files=facts_below(self.folder, _OURS, self.pace.bytes),
            model_files=tuple(fact for fact in fetched if self._is_read(fact)),
            created_unix_s=time.time(),
        )
        for fact in engine.files:
            with contextlib.suppress(OSError):
                (self.folder / fact.path).chmod(0o444)
        write_whole(self.folder / MANIFEST, to_json(engine))
        return json.dumps(engine.id)

    def _is_read(self, fact: FileFact) -> bool:
        """Whether the engine reads this file of the model: nothing that was made anew here, no weights if compiled."""
        if BuildStage.COMPILE in self.order.tools:
            return not fact.path.endswith((".safetensors", ".safetensors.index.json"))
        return not self.order.tools
