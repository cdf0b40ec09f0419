"""How models do on a card, asked in the background, a few at once and only where somebody looks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engineroom.contract.control import ProblemView
from engineroom.contract.problems import Code
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.plan_wire import WirePlan

AT_ONCE = 4
_USUAL = ("q4_k_m", "q4_k_xl", "q4_k_s", "q4_0", "mxfp4", "q5_k_m", "q6_k", "q8_0")
_QUANTISATION = re.compile(
    r"(?:^|[-._/])(I?Q\d(?:_[A-Z0-9]+)*|BF16|F16|F32|MXFP4|NVFP4|TQ\d_\d)(?=[-._]|$)", re.IGNORECASE
)
_PASSING = frozenset({Code.DAEMON_UNREACHABLE, Code.HUB_UNREACHABLE, Code.HUB_OFFLINE, Code.RATE_LIMITED,
                      Code.HUB_FAILED})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What the plan says of a model on the card; ``variant`` is the set of weights it speaks of, where it was chosen.

    ``verdict`` is ``unknown`` with a ``problem`` where there is no plan.
    """

    verdict: str
    precision: str | None = None
    runtime: str | None = None
    memory_bytes: int | None = None
    weights_bytes: int | None = None
    low: float | None = None
    high: float | None = None
    variant: str | None = None
    problem: ProblemView | None = None


class Fits(QObject):
    """Answers are kept for the card they were asked for.

    Signals:
        changed: the model of which more is known now.
    """

    changed = Signal(str)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._gpu = ""
        self._known: dict[str, Fit] = {}
        self._under_way: set[str] = set()
        self._queue: list[str] = []
        self._round = 0

    @property
    def under_way(self) -> int:
        """Questions that wait for their answer."""
        return len(self._under_way)

    def aim(self, gpu: str) -> None:
        """Ask for this card from now on."""
        if gpu != self._gpu:
            self._gpu = gpu
            self.forget()

    def forget(self) -> None:
        """What is known is void; answers still to come are dropped."""
        self._round += 1
        self._known.clear()
        self._under_way.clear()
        self._queue.clear()

    def want(self, models: Iterable[str]) -> None:
        """Ask for these, in this order; what was wanted before and has not been asked is given up."""
        self._queue = [model for model in dict.fromkeys(models) if model not in self._known]
        self._pump()

    def fit(self, model: str) -> Fit | None:
        """What is known of a model; ``None`` before its answer."""
        return self._known.get(model)

    def _pump(self) -> None:
        while self._gpu and self._queue and len(self._under_way) < AT_ONCE:
            model = self._queue.pop(0)
            if model not in self._under_way:
                self._under_way.add(model)
                self._ask(model, None)

    def _ask(self, model: str, variant: str | None) -> None:
        named = model if variant is None else f"{model}:{variant}"
        asked = self._round
        call = self._client.post("/control/plan", WirePlan, {"model": named, "gpu": self._gpu}, slow=True)
        call.done.connect(lambda plan: self._answered(model, variant, plan) if asked == self._round else None)
        call.failed.connect(lambda failure: self._failed(model, variant, failure) if asked == self._round else None)

    def _answered(self, model: str, variant: str | None, plan: WirePlan) -> None:
        speed, bill = plan.speed, plan.bill
        self._keep(
            model,
            Fit(
                verdict=plan.verdict,
                precision=plan.precision,
                runtime=plan.runtime,
                memory_bytes=bill.total_bytes if bill is not None else None,
                weights_bytes=bill.weights_bytes if bill is not None else None,
                low=speed.decode_low if speed is not None else None,
                high=speed.decode_high if speed is not None else None,
                variant=variant,
            ),
        )

    def _failed(self, model: str, variant: str | None, failure: Failure) -> None:
        choices = str(failure.problem.facts.get("choices") or "").split(", ")
        if failure.problem.code == Code.WEIGHTS_AMBIGUOUS and variant is None and choices[0]:
            self._ask(model, variant_of(usual(choices)))
            return
        self._keep(model, Fit(verdict="unknown", problem=failure.problem))

    def _keep(self, model: str, fit: Fit) -> None:
        self._under_way.discard(model)
        self._known[model] = fit
        self.changed.emit(model)
        # What fails for the moment only is asked again when somebody looks again.
        if fit.problem is not None and fit.problem.code in _PASSING:
            del self._known[model]
        self._pump()


def usual(choices: list[str]) -> str:
    """The set of weights most people take: of four bits or a little more, else the last, which is the largest."""
    for kind in _USUAL:
        for choice in choices:
            if variant_of(choice).lower() == kind:
                return choice
    return choices[-1]


def variant_of(choice: str) -> str:
    """What chooses a set of weights: its number format where the name tells, else the name without its ending.

    >>> variant_of("Brook-8B-Q4_K_M.gguf"), variant_of("brook.gguf")
    ('Q4_K_M', 'brook')
    """
    found = _QUANTISATION.findall(choice.removesuffix(".gguf"))
    return str(found[-1]) if found else choice.removesuffix(".gguf")
