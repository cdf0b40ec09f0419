"""Plans: names become models, cards and a request, and the arithmetic answers."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from engineroom.domain.catalogue import CatalogueEntry, Checkpoint, smaller_siblings, strength
from engineroom.domain.details import Detail, allowing
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.machine import Machine
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.experience import PROCESSOR, nothing_learned
from engineroom.domain.planning.matrix import Matrix
from engineroom.domain.planning.plan import make_plan
from engineroom.domain.planning.question import CatalogueRow, CheckpointRow, Question, counted, request_of
from engineroom.domain.planning.values import Gpu, Plan, Platform, Request, Runtime, Verdict
from engineroom.services.plan_gpus import Sight, choose_gpu, platform_for
from engineroom.services.plan_lessons import PlanLessons
from engineroom.services.ports import CardTable, HubCards, ModelCatalogue, ModelFolders

USABLE_TOKENS_PER_S = 10.0
"""Slower than this a model is listed after those that are faster: about as fast as one reads."""

ROUGH_PERCENT = 6.0
"""A model that fits only where it loses more perplexity than this is listed after those that lose less."""

_ORDER = {Verdict.FITS: 0, Verdict.TIGHT: 1, Verdict.UNKNOWN: 2, Verdict.NO: 3}
_HUB_ID = re.compile(r"^(?P<repo>[\w.-]+/[\w.-]+)(@(?P<revision>[\w./-]+))?(:(?P<variant>[\w./-]+))?$")
_PATH_STARTS = ("/", "./", "../", "~")


class _Model(NamedTuple):
    """The ways to have a model, its own first, and smaller ones of its kind."""

    cards: tuple[ModelCard, ...]
    smaller: tuple[ModelCard, ...] = ()


class _Site(NamedTuple):
    gpu: Gpu
    platform: Platform


class Plans:
    """Answers questions about what fits, how fast it will be, and why. Blocks where files or the Hub are read.

    Args:
        sight: the machine as it is now.
        here: the platform of this computer, as an engine would find it.
        lessons: what was measured on this computer, if anything is kept.
        hub: ``None`` where repositories outside the catalogue cannot be looked up.
    """

    def __init__(
        self,
        *,
        catalogue: ModelCatalogue,
        table: CardTable,
        folders: ModelFolders,
        matrix: Matrix,
        sight: Callable[[], Sight],
        here: Callable[[Machine], Platform],
        hub: HubCards | None = None,
        lessons: PlanLessons | None = None,
    ) -> None:
        self._lessons = lessons
        self._catalogue = catalogue
        self._table = table
        self._folders = folders
        self._matrix = matrix
        self._sight = sight
        self._here = here
        self._hub = hub

    def plan(self, question: Question) -> Plan:
        """What would be served, how, on what bill and at what speed.

        Raises:
            Rejected: a name, number or file that cannot be used.
            Broken: the Hub could not be asked.
        """
        question = counted(question)
        request, site = request_of(question), self._site(question)
        model = self._model(question.model)
        return self._make(_as_it_is(request, model), model, site)

    def basis(self, question: Question) -> tuple[ModelCard, Gpu]:
        """The model and the card that a plan of it is made for. Raises as :meth:`plan`."""
        question = counted(question)
        return self._model(question.model).cards[0], self._site(question).gpu

    def rank(self, question: Question, *, use: str | None = None) -> tuple[CatalogueRow, ...]:
        """The catalogue for one card, the most promising first; ``model`` of the question is not looked at.

        What fits comes before what does not, what writes before what embeds or ranks, what answers as fast as one reads
        at a good precision before the rest, and then newer and larger models before others (see
        :func:`engineroom.domain.catalogue.strength`).

        Args:
            question: the card, and what every model is asked.
            use: only models for this: chat, code, agent, vision, embedding or rerank.

        Raises:
            Rejected: as :meth:`plan`.
        """
        question = counted(question)
        request, site = request_of(question), self._site(question)
        uses = sorted({one for entry in self._catalogue.entries() for one in entry.uses})
        if use is not None and use not in uses:
            raise Rejected(
                Code.PLAN_INVALID, field="use", value=use, **allowing(Detail.ALLOWED_CHOICE, choices=", ".join(uses))
            )
        entries = [one for one in self._catalogue.entries() if one.listed and (use is None or use in one.uses)]
        planned = [(entry, self._row(entry, request, site)) for entry in entries]
        planned.sort(key=lambda pair: self._place(*pair))
        return tuple(row for _, row in planned)

    def entry_of(self, model: str) -> str | None:
        """The id of the catalogue's model that a name means, or one checkpoint of which; ``None`` for any other."""
        found = self._catalogue.find(model)
        return None if found is None else found.entry.id

    def checkpoints(self, question: Question) -> tuple[CheckpointRow, ...]:
        """Every way a model of the catalogue is published, each planned alone, in the catalogue's order.

        Raises:
            Rejected: as :meth:`plan`; ``model_unknown`` for one that is not in the catalogue.
        """
        question = counted(question)
        request, site = request_of(question), self._site(question)
        found = self._catalogue.find(question.model)
        if found is None:
            nearest = ", ".join(self._catalogue.nearest(question.model))
            raise Rejected(Code.MODEL_UNKNOWN, model=question.model[:200], nearest=nearest)
        return tuple(self._checkpoint(found.entry, one, request, site) for one in found.checkpoints)

    def _checkpoint(
        self, entry: CatalogueEntry, checkpoint: Checkpoint, request: Request, site: _Site
    ) -> CheckpointRow:
        model = _Model(self._catalogue.cards(entry, (checkpoint,)))
        card = model.cards[0]
        plan = self._make(replace(request, precision=checkpoint.precision), model, site, brief=True)
        speed = plan.speed.decode if plan.speed is not None and entry.generates else None
        return CheckpointRow(
            repo=checkpoint.repo,
            precision=checkpoint.precision,
            file_format=checkpoint.file_format,
            variant=checkpoint.precision.upper() if checkpoint.file_format == "gguf" else None,
            gated=bool(card.gated),
            verdict=plan.verdict,
            runtime=plan.runtime,
            weights_bytes=card.weight_bytes,
            total_bytes=None if plan.bill is None else plan.bill.total_bytes,
            decode_tokens_per_s=None if speed is None else speed.expected,
            decode_low=None if speed is None else speed.low,
            decode_high=None if speed is None else speed.high,
        )

    def _site(self, question: Question) -> _Site:
        sight = self._sight()
        gpu = choose_gpu(question.gpu, question.gpus, sight, self._table)
        return _Site(gpu, platform_for(gpu, self._here(sight.machine)))

    def _make(self, request: Request, model: _Model, site: _Site, *, brief: bool = False) -> Plan:
        if site.gpu.name == PROCESSOR and request.runtime is None:
            request = replace(request, runtime=Runtime.LLAMA_CPP)
        gpu, told = site.gpu, self._lessons
        plan = make_plan(
            request,
            model.cards,
            gpu,
            site.platform,
            self._matrix,
            lessons=nothing_learned if told is None else told.for_plan(request, gpu),
            smaller=model.smaller,
            brief=brief,
        )
        return plan if told is None else told.with_measured(plan, request, gpu, model.cards)

    def _row(self, entry: CatalogueEntry, request: Request, site: _Site) -> CatalogueRow:
        plan = self._make(request, _Model(self._catalogue.cards(entry, entry.checkpoints)), site, brief=True)
        speed = plan.speed.decode if plan.speed is not None and entry.generates else None
        return CatalogueRow(
            id=entry.id,
            name=entry.name,
            publisher=entry.publisher,
            uses=entry.uses,
            licence=entry.licence,
            verdict=plan.verdict,
            precision=plan.precision,
            runtime=plan.runtime,
            context_tokens=plan.context_tokens,
            total_bytes=None if plan.bill is None else plan.bill.total_bytes,
            decode_tokens_per_s=None if speed is None else speed.expected,
            decode_low=None if speed is None else speed.low,
            decode_high=None if speed is None else speed.high,
            parameters=entry.parameters,
            parameters_active=entry.parameters_active,
            starter=entry.starter,
            gated=entry.gated,
            repos=tuple(dict.fromkeys(one.repo for one in entry.checkpoints)),
        )

    def _model(self, name: str) -> _Model:
        text = name.strip()
        if text.startswith(_PATH_STARTS) or text.lower().endswith(".gguf"):
            return _Model((self._folders.model_card(text),))
        path = self._folders.path_of(text)
        here = () if path is None else (replace(self._folders.model_card(path), id=text),)
        found = self._catalogue.find(text)
        if found is None:
            return _Model(here or (self._of_hub(text),))
        siblings = smaller_siblings(found.entry, self._catalogue.entries())
        return _Model(
            (*self._catalogue.cards(found.entry, found.checkpoints), *here),
            tuple(card for one in siblings for card in self._catalogue.cards(one, one.checkpoints[:1])),
        )

    def _of_hub(self, text: str) -> ModelCard:
        named = _HUB_ID.match(text)
        if self._hub is None or named is None:
            nearest = ", ".join(self._catalogue.nearest(text))
            raise Rejected(Code.MODEL_UNKNOWN, model=text[:200], nearest=nearest)
        return self._hub.model_card(named["repo"], named["revision"], named["variant"])

    def _place(self, entry: CatalogueEntry, row: CatalogueRow) -> tuple[int, bool, bool, float]:
        speed, loss = row.decode_tokens_per_s, self._matrix.losses.get(row.precision or "", 0.0)
        slow = speed is None or speed < USABLE_TOKENS_PER_S
        return (_ORDER[row.verdict], not entry.generates, slow or loss > ROUGH_PERCENT, -strength(entry))


def _as_it_is(request: Request, model: _Model) -> Request:
    """A single quantised checkpoint is asked for as it is, not as something to make another precision from."""
    only = model.cards[0].quantisation if len(model.cards) == 1 else None
    return request if only is None or request.precision is not None else replace(request, precision=only.precision)
