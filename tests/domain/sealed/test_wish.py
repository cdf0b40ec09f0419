"""What may be built: what cannot work is refused, what may not is asked about."""

from dataclasses import replace

import pytest

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model_card.values import Origin
from engineroom.domain.planning.reasons import Why
from engineroom.domain.planning.values import Bill, Plan, Runtime, Support, Term, TermKind, Verdict
from engineroom.domain.reason import Reason
from engineroom.domain.sealed.wish import BuildWish, check_plan, check_quantiser

WISH = BuildWish(model="Org/Tiny")
PLAN = Plan(
    model="Org/Tiny", gpu="RTX 5090", gpus=1, runtime=Runtime.TENSORRT_LLM, runtime_version="1.2.1", precision="bf16",
    kv_format="bf16", context_tokens=2048, concurrency=1, verdict=Verdict.FITS, support=Support.SUPPORTED, bill=None,
    speed=None, serve_config={}, context_max=None, concurrency_max=None, context_limited_by=None, reasons=(),
    alternatives=(),
)  # fmt: skip


def test_what_fits_and_is_supported_is_built() -> None:
    check_plan(PLAN, WISH)
    check_plan(replace(PLAN, native_context=2048), WISH)


@pytest.mark.parametrize("plan", [replace(PLAN, verdict=Verdict.NO), replace(PLAN, support=Support.BROKEN)])
def test_what_cannot_work_is_refused_whatever_is_said(plan: Plan) -> None:
    with pytest.raises(Rejected) as refused:
        check_plan(plan, replace(WISH, accept=True))
    assert refused.value.code == Code.BUILD_REFUSED


def test_a_driver_that_is_too_old_is_named_and_not_the_precision() -> None:
    plan = replace(PLAN, support=Support.BROKEN)
    for reasons, said in (((), "bf16 is known not to run"), ((Reason(code=Why.DRIVER_TOO_OLD),), "driver is too old")):
        with pytest.raises(Rejected) as refused:
            check_plan(replace(plan, reasons=reasons), WISH)
        assert said in str(refused.value.problem.facts["reason"])


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, verdict=Verdict.TIGHT),
        replace(PLAN, verdict=Verdict.UNKNOWN),
        replace(PLAN, support=Support.EXPERIMENTAL),
        replace(PLAN, support=Support.UNTESTED),
        replace(PLAN, native_context=2047),
    ],
)
def test_what_may_not_work_is_asked_about(plan: Plan) -> None:
    with pytest.raises(Rejected) as asked:
        check_plan(plan, WISH)
    assert asked.value.code == Code.BUILD_NEEDS_YES
    check_plan(plan, replace(WISH, accept=True))


def test_what_is_quantised_here_has_to_be_held_as_it_was_published_first() -> None:
    term = Term(kind=TermKind.WEIGHTS, low_bytes=1, expected_bytes=40 * 10**9, high_bytes=1, origin=Origin.CONFIG)
    bill = Bill(terms=(term,), host_terms=(), kv_bytes_per_token=1, usable_bytes=None, held_bytes=0, returned_bytes=0,
                margin_bytes=0, kv_tokens_max=None)  # fmt: skip
    made = Reason(code=Why.QUANTISE_HERE, facts={"precision": "fp8", "from_precision": "bf16", "model": "m"})
    plan = replace(PLAN, precision="fp8", bill=bill, reasons=(made,))
    check_quantiser(plan, WISH, cards_bytes=50 * 10**9, host_bytes=40 * 10**9)
    check_quantiser(replace(plan, reasons=()), WISH, cards_bytes=0, host_bytes=0)
    check_quantiser(replace(plan, bill=None), WISH, cards_bytes=0, host_bytes=0)
    with pytest.raises(Rejected) as refused:
        check_quantiser(plan, replace(WISH, accept=True), cards_bytes=50 * 10**9, host_bytes=39 * 10**9)
    assert "in bf16 first: about 80 GB, and the cards and this computer hold 79 GB" in str(
        refused.value.problem.facts["reason"]
    )


def test_program_code_of_a_publisher_is_asked_about() -> None:
    with pytest.raises(Rejected) as asked:
        check_plan(PLAN, WISH, remote_code=True)
    assert asked.value.code == Code.BUILD_NEEDS_YES
