"""From a wish to the order of a build: which model, which card, which runtime, and whether it may be built at all."""

import re
from dataclasses import replace

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.job import JobStage, JobView
from engineroom.domain.library import FileFormat, LibraryEntry
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.question import AUTO, Question
from engineroom.domain.planning.reasons import Why
from engineroom.domain.planning.values import Plan, Runtime
from engineroom.domain.runtimes.values import RuntimeKind
from engineroom.domain.sealed.pace import pace_of, stage_key, stages_ahead
from engineroom.domain.sealed.values import CHECKPOINT, COMPILED, TRIAL_PROMPT_TOKENS, SealedEngine
from engineroom.domain.sealed.wish import BuildWish, check_compiled, check_plan, check_quantiser, check_wish
from engineroom.domain.trtllm.tables import parse_version
from engineroom.domain.trtllm.toolbox import converter_at, quantiser_at
from engineroom.services.build_order import (
    Site,
    Source,
    cards_for,
    order_for,
    runtime_for,
    stages_in,
)
from engineroom.services.build_ports import BuildWorld

_HUB_ID = re.compile(r"^[\w.-]+/[\w.-]+$")


class BuildPlanner:
    """Blocks where files or the Hub are read."""

    def __init__(self, world: BuildWorld) -> None:
        self._world = world

    def entry(self, model: str) -> LibraryEntry | None:
        """The checkpoint that is here under this name or repository."""
        for entry in self._world.library.entries():
            fits = model in {entry.id, entry.repo, entry.path}
            if fits and entry.file_format is FileFormat.SAFETENSORS and entry.problem is None:
                return entry
        return None

    def planned(self, wish: BuildWish, subject: str) -> tuple[Plan, Site]:
        """The plan of a wish for a model, and where it would be built. Raises EngineroomError."""
        world = self._world
        runtime = runtime_for(wish.runtime, world.runtimes.installations(), world.runtimes.default())
        check_wish(wish, parse_version(runtime.version))
        question = Question(
            model=subject,
            gpu=wish.gpu,
            gpus=wish.gpus,
            context_tokens=wish.context_tokens,
            concurrency=wish.concurrency,
            precision=wish.precision,
            kv_dtype=wish.kv_dtype,
            runtime=Runtime.TENSORRT_LLM,
            runtime_version=runtime.version,
            kind=wish.kind,
        )
        plan, machine = world.plans().plan(question), world.machine()
        folder, cards = world.runtimes.folder(runtime.id), cards_for(plan, machine, wish.model)
        alone = world.plans().plan(replace(question, batch=1, prompt_tokens=TRIAL_PROMPT_TOKENS))
        return plan, Site(
            runtime=runtime,
            folder=folder,
            cards=cards,
            machine=machine,
            alone=alone,
            kind=wish.kind,
            weight_sparsity=wish.weight_sparsity,
        )

    def check_tools(self, wish: BuildWish, plan: Plan, site: Site) -> None:
        """Refuse what the runtime has no program for, before anything is fetched. Raises Rejected (``build_refused``).

        TensorRT-LLM's package brings neither the quantiser nor the converter: somebody has to lay them there.
        """
        quantised = any(reason.code == Why.QUANTISE_HERE for reason in plan.reasons)
        if wish.kind != COMPILED and not quantised:
            return
        inside = site.runtime.kind is RuntimeKind.CONTAINER
        script = (converter_at if wish.kind == COMPILED else quantiser_at)(site.folder, inside=inside)
        if script is not None and not self._world.has_file(script):
            why = because(Detail.TOOL_MISSING, program=script)
            raise Rejected(Code.BUILD_REFUSED, model=wish.model[:200], gpu=plan.gpu, **why)
        if wish.kind != COMPILED:
            cards_bytes = sum(gpu.memory_total_bytes or 0 for gpu in site.cards)
            check_quantiser(plan, wish, cards_bytes=cards_bytes, host_bytes=site.machine.host.memory_total_bytes)

    def repo(self, wish: BuildWish, plan: Plan, entry: LibraryEntry | None) -> str | None:
        """Where the model comes from; ``None`` for a folder that somebody named."""
        if entry is not None:
            return entry.repo
        if wish.kind == COMPILED and not _HUB_ID.match(wish.model):
            return self._unquantised(wish)
        if wish.kind == COMPILED:
            return wish.model
        if _HUB_ID.match(plan.model) and not wish.model.startswith((".", "/", "~")):
            return plan.model
        return None

    def again(self, old: SealedEngine, runtime: str | None, accept: bool) -> BuildWish:  # noqa: FBT001
        """The wish for an engine like a sealed one, as far as what it was built with is here."""
        world = self._world
        whole = {one.id for one in world.runtimes.installations() if one.manifest is not None}
        named = any(old.gpu_name in gpu.name for gpu in world.machine().gpus)
        return BuildWish(
            model=old.model,
            runtime=runtime or (old.runtime if old.runtime in whole else None),
            gpu=old.gpu_name if named else AUTO,
            gpus=len(old.gpu_uuids) or 1,
            context_tokens=old.context_tokens,
            concurrency=old.concurrency,
            precision=old.precision,
            kv_dtype=old.kv_format,
            accept=accept,
            kind=old.kind,
            weight_sparsity=old.weight_sparsity,
        )

    def checked(self, wish: BuildWish, plan: Plan, path: str) -> ModelCard:
        """The model in a folder, if it may be built as planned. Raises Rejected (``build_refused`` among others)."""
        card = self._world.card_of(path)
        check_plan(plan, wish, remote_code=card.remote_code)
        if wish.kind == COMPILED:
            self._check_compiled(wish, plan, card, path)
        return card

    def order(self, job: JobView, name: str, path: str) -> tuple[str, str]:
        """The order, from a plan made of the files that are here, and its pace; nothing is written. May take long."""
        wish, world = _wish_of(job), self._world
        plan, site = self.planned(wish, path)
        card = self.checked(wish, plan, path)
        entry = self.entry(path)
        source = Source(
            name=wish.model,
            path=path,
            repo=None if entry is None else entry.repo,
            revision=None if entry is None else entry.revision,
            card=card,
        )
        order = order_for(name, plan, source, site, tables=world.tables(), signatures=tuple(world.signatures))
        return order, pace_of(site.runtime.id, plan.gpu, plan.gpus, card.weight_bytes)

    def stages(self, order: str, pace: str) -> tuple[JobStage, ...]:
        """The stages of an order, with what each took before. Raises Broken (``sealed_broken``)."""
        return stages_ahead(stages_in(order), lambda stage: self._world.pace.expected_s(stage_key(pace, stage)))

    def _unquantised(self, wish: BuildWish) -> str | None:
        """The repository that a model of the catalogue was first published in; ``None`` for a folder."""
        if wish.model.startswith((".", "/", "~")):
            return None
        rows = self._world.plans().checkpoints(Question(model=wish.model, gpu=wish.gpu, gpus=wish.gpus))
        plain = [row.repo for row in rows if row.file_format != "gguf" and row.precision in {"bf16", "f16"}]
        if not plain:
            why = because(Detail.NOT_PUBLISHED_16)
            raise Rejected(Code.BUILD_REFUSED, model=wish.model[:200], gpu=wish.gpu, **why)
        return plain[0]

    def _check_compiled(self, wish: BuildWish, plan: Plan, card: ModelCard, path: str) -> None:
        own = None if card.quantisation is None else card.quantisation.precision
        check_compiled(wish, self._world.compiled(card, plan), precision=plan.precision, own_precision=own)
        if wish.weight_sparsity and not self._world.two_four(path):
            why = because(Detail.NOT_TWO_FOUR)
            raise Rejected(Code.BUILD_REFUSED, model=wish.model[:200], gpu=plan.gpu, **why)


def _wish_of(job: JobView) -> BuildWish:
    asked = job.arguments
    return BuildWish(
        model=str(asked["model"]),
        runtime=str(asked["runtime"]),
        gpu=str(asked["gpu"]),
        gpus=int(asked["gpus"] or 1),
        context_tokens=int(asked["context_tokens"] or 0) or None,
        concurrency=int(asked["concurrency"] or 1),
        precision=str(asked["precision"]),
        kv_dtype=str(asked["kv_dtype"]),
        accept=bool(asked["accept"]),
        kind=str(asked.get("kind") or CHECKPOINT),
        weight_sparsity=bool(asked.get("weight_sparsity")),
    )
