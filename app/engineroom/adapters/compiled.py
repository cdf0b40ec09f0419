"""What is known of compiled engines, from the tables, for the cards of this computer."""

from collections.abc import Callable

from engineroom.adapters.gpu_table import load_gpu_table
from engineroom.adapters.matrix import load_matrix
from engineroom.adapters.plan_parts import platform_here
from engineroom.domain.machine import Machine
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.matrix import COMPILED
from engineroom.domain.planning.support import (
    Finding,
    kv_support,
    model_support,
    platform_support,
    precision_support,
    precisions_of,
    site_of,
    worst,
)
from engineroom.domain.planning.values import Plan


def compiled_support(machine: Callable[[], Machine], card: ModelCard, plan: Plan) -> Finding:
    """What is known of a compiled engine of a model in the precision of a plan, on the plan's card."""
    here, matrix = machine(), load_matrix()
    gpu = next((one for one in here.gpus if plan.gpu in one.name), None)
    capability = None if gpu is None else load_gpu_table().enrich(gpu).compute_capability
    site = site_of(
        matrix,
        compute_capability=capability,
        runtime=COMPILED,
        platform=platform_here(here),
        version=plan.runtime_version,
        gpus=plan.gpus,
    )
    families = {family for _, family in precisions_of(card)}
    return worst(
        (
            platform_support(matrix, site),
            model_support(matrix, card, COMPILED),
            *(precision_support(matrix, site, plan.precision, family) for family in sorted(families)),
            kv_support(matrix, site, plan.kv_format, weights=plan.precision, calibrated=True),
        )
    )
