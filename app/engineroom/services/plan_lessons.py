"""What plans are told of what was measured."""

from collections.abc import Callable, Iterable

from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.experience import Key, Lessons, model_class
from engineroom.domain.planning.learned import Corrections
from engineroom.domain.planning.measured_speed import with_speed, with_start
from engineroom.domain.planning.support import SIXTEEN_BIT, precision_of
from engineroom.domain.planning.trial import version_for
from engineroom.domain.planning.values import EngineKind, Gpu, Plan, Request, Runtime
from engineroom.services.measurements import Measurements


class PlanLessons:
    """Looks up what holds for a plan.

    Args:
        version_of: the version of a runtime that would run here; ``None`` where there is none.
    """

    def __init__(self, measurements: Measurements, version_of: Callable[[Runtime], str | None]) -> None:
        self._measurements = measurements
        self._version_of = version_of

    def for_plan(self, request: Request, gpu: Gpu) -> Lessons:
        """The corrections of each candidate, looked up once: a list of models asks a thousand times."""
        known: dict[tuple[Runtime, str | None, str], Corrections] = {}

        def corrections(runtime: Runtime, card: ModelCard, precision: str) -> Corrections:
            asked = (runtime, card.architecture, precision)
            if asked not in known:
                key = self._key(request, gpu, runtime, model_class(card, precision))
                known[asked] = Corrections() if key is None else self._measurements.corrections(key)
            return known[asked]

        return corrections

    def with_measured(self, plan: Plan, request: Request, gpu: Gpu, cards: Iterable[ModelCard]) -> Plan:
        """The plan with what its checkpoint did, if that is served as it is, or is what would be compiled."""
        compiled = request.kind is EngineKind.COMPILED
        wanted = SIXTEEN_BIT if compiled else {plan.precision}
        card = next((one for one in cards if one.id == plan.model and precision_of(one) in wanted), None)
        if card is None or plan.gpus != 1:
            return plan
        key = self._key(request, gpu, plan.runtime, model_class(card, plan.precision))
        if key is None:
            return plan
        known, size = self._measurements, card.weight_bytes
        return with_start(with_speed(plan, known.speed(key, size)), known.start(key, size))

    def _key(self, request: Request, gpu: Gpu, runtime: Runtime, class_: str) -> Key | None:
        version = version_for(request, runtime) or self._version_of(runtime)
        if version is None:
            return None
        return Key(runtime=runtime, version=version, card=gpu.name, model_class=class_, kind=request.kind)
