"""What plans are told of what was measured."""

from collections.abc import Callable, Iterable

from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.experience import Key, Lessons, model_class
from engineroom.domain.planning.learned import Corrections
from engineroom.domain.planning.measured_speed import with_speed
from engineroom.domain.planning.support import precision_of
from engineroom.domain.planning.trial import version_for
from engineroom.domain.planning.values import Gpu, Plan, Request, Runtime
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

    def with_speed(self, plan: Plan, request: Request, gpu: Gpu, cards: Iterable[ModelCard]) -> Plan:
        """The plan with the speed of its checkpoint, if that is served as it is."""
        card = next((one for one in cards if one.id == plan.model and precision_of(one) == plan.precision), None)
        if card is None or plan.gpus != 1:
            return plan
        key = self._key(request, gpu, plan.runtime, model_class(card, plan.precision))
        return plan if key is None else with_speed(plan, self._measurements.speed(key, card.weight_bytes))

    def _key(self, request: Request, gpu: Gpu, runtime: Runtime, class_: str) -> Key | None:
        version = version_for(request, runtime) or self._version_of(runtime)
        return None if version is None else Key(runtime=runtime, version=version, card=gpu.name, model_class=class_)
