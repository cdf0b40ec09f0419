"""What an engine needs of memory: by its trial run, by its plan, or by the size of its files, in this order."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil

from engineroom.domain.cuda_devices import cuda_devices
from engineroom.domain.errors import EngineroomError
from engineroom.domain.machine import GpuInfo, Machine, MemoryKind
from engineroom.domain.model import ModelSpec
from engineroom.domain.planning.overheads import PROCESS_MIB
from engineroom.domain.planning.question import Question
from engineroom.domain.planning.values import Plan, Runtime, TermKind
from engineroom.domain.routing.values import HOST, Claim, Need, NeedOrigin, Placement
from engineroom.services.launchers import EngineOptions
from engineroom.services.plans import Plans

_PROCESSOR = "cpu"
_MIB = 2**20
_BOUNDS = ("expected_bytes", "low_bytes")


class Needs:
    """Asks the plans. Blocks where a model's file has to be read.

    Args:
        plans: reads its tables when first called.
        machine: the computer as it is now.
        uses_cards: whether the llama.cpp that is here computes on cards; ``None`` where it is not known.
    """

    def __init__(
        self, plans: Callable[[], Plans], machine: Callable[[], Machine], uses_cards: Callable[[], bool | None]
    ) -> None:
        self._plans = plans
        self._machine = machine
        self._uses_cards = uses_cards

    def of(self, spec: ModelSpec, options: EngineOptions) -> Need:
        """What the engine of a model needs, started like this, in every place where it could be."""
        if spec.runtime != Runtime.LLAMA_CPP:
            return self._sealed(spec)
        cards = self._cards() if self._uses_cards() else []
        places = [_place(card) for card in cards] or [HOST]
        try:
            asked = [card.uuid for card in cards] or [_PROCESSOR]
            plans = [self._plan(spec, options, gpu) for gpu in asked]
        except EngineroomError:
            plans = []
        found = [
            _placement(place, plan, options)
            for place, plan in zip(places, plans, strict=False)
            if plan.bill is not None
        ]
        if found:
            return Need(placements=tuple(found), origin=NeedOrigin.PLAN)
        return _by_file(spec, places)

    def _plan(self, spec: ModelSpec, options: EngineOptions, gpu: str) -> Plan:
        question = Question(
            model=spec.path or spec.id,
            gpu=gpu,
            runtime=Runtime.LLAMA_CPP,
            context_tokens=options.context_tokens,
            concurrency=options.slots,
            kv_dtype="f16",
        )
        plan = self._plans().plan(question)
        if plan.native_context is not None and plan.native_context < options.context_tokens:
            plan = self._plans().plan(replace(question, context_tokens=plan.native_context))
        return plan

    def _sealed(self, spec: ModelSpec) -> Need:
        """Where it was built for, or, if those cards are gone, on as many of the same kind."""
        trial, cards = spec.trial, self._cards()
        if trial is None or trial.card_bytes is None or not trial.gpu_uuids:
            return Need()
        here = [card for card in cards if card.uuid in trial.gpu_uuids]
        if len(here) == len(trial.gpu_uuids):
            groups = [here]
        else:
            same, count = [card for card in cards if card.name == trial.gpu_name], len(trial.gpu_uuids)
            groups = [same[at : at + count] for at in range(0, len(same) - count + 1, count)]
        each_bytes = -(-trial.card_bytes // len(trial.gpu_uuids))
        placements = []
        for group in groups:
            claims = [_claim(_place(card), each_bytes) for card in group]
            if trial.host_bytes is not None and HOST not in [claim.place for claim in claims]:
                claims.append(_claim(HOST, trial.host_bytes))
            placements.append(Placement(claims=tuple(claims)))
        return Need(placements=tuple(placements), origin=NeedOrigin.TRIAL if placements else NeedOrigin.UNKNOWN)

    def _cards(self) -> list[GpuInfo]:
        """Whole cards a program may have; slices have memory of their own that nobody reads for us."""
        gpus = self._machine().gpus
        usable = {device.uuid for device in cuda_devices(gpus)}
        return [gpu for gpu in gpus if gpu.uuid in usable]


def _place(card: GpuInfo) -> str:
    return HOST if card.memory_kind is MemoryKind.UNIFIED else card.uuid


def _claim(place: str, size_bytes: int) -> Claim:
    return Claim(place=place, expected_bytes=size_bytes, low_bytes=size_bytes)


def _placement(place: str, plan: Plan, options: EngineOptions) -> Placement:
    """The bill as claims. The processes themselves and the cache of prompts are in the computer's memory.

    Without a driver to load, a process takes the least of what the plan's table says.
    """
    bill, cache = plan.bill, options.prompt_cache_mib * _MIB
    assert bill is not None
    if place == HOST:
        least = ceil(PROCESS_MIB[Runtime.LLAMA_CPP][0] * _MIB)
        whole = Claim(
            place=HOST,
            expected_bytes=bill.total_bytes + least + cache,
            low_bytes=bill.total_low_bytes,
            hidden_bytes=bill.expected(TermKind.WEIGHTS),
        )
        return Placement(claims=(whole,))
    processes, least = (sum(getattr(term, name) for term in bill.host_terms) for name in _BOUNDS)
    card = Claim(place=place, expected_bytes=bill.total_bytes, low_bytes=bill.total_low_bytes)
    return Placement(claims=(card, Claim(place=HOST, expected_bytes=processes + cache, low_bytes=least)))


def _by_file(spec: ModelSpec, places: list[str]) -> Need:
    def placements(size_bytes: int) -> Iterator[Placement]:
        for place in places:
            hidden_bytes = size_bytes if place == HOST else 0
            claim = Claim(place=place, expected_bytes=size_bytes, low_bytes=size_bytes, hidden_bytes=hidden_bytes)
            yield Placement(claims=(claim,))

    if spec.file_bytes is None:
        return Need()
    return Need(placements=tuple(placements(spec.file_bytes)), origin=NeedOrigin.FILE)
