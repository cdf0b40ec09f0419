"""A plan with the speed and the start that were measured on the same card, where there are any."""

from dataclasses import replace

from engineroom.domain.planning.experience import MeasuredSpeed, MeasuredStart
from engineroom.domain.planning.reasons import Why, because
from engineroom.domain.planning.values import Plan, Range, Speed

DEEPER = 4
"""How many times deeper than measured, or less deep, the asked speed may be for the measured one to stand for it."""

_SHALLOW_TOKENS = 512


def with_speed(plan: Plan, measured: MeasuredSpeed | None) -> Plan:
    """The plan with a reason that says what was measured.

    Enough answers replace the estimate of one stream about as deep; its time to the first token stays estimated.
    """
    if measured is None:
        return plan
    said = because(
        Why.SPEED_MEASURED,
        decode_tokens_per_s=round(measured.decode.expected, 1),
        answers=measured.answers,
        depth=measured.depth,
    )
    speed = plan.speed
    if speed is not None and measured.sure and _comparable(speed, measured):
        speed = _measured(speed, measured)
    return replace(plan, speed=speed, reasons=(*plan.reasons, said))


def with_start(plan: Plan, measured: MeasuredStart | None) -> Plan:
    """The plan with a reason that says how long starts took."""
    if measured is None:
        return plan
    said = because(Why.START_MEASURED, load_s=round(measured.load_s, 1), starts=measured.starts)
    return replace(plan, reasons=(*plan.reasons, said))


def _comparable(speed: Speed, measured: MeasuredSpeed) -> bool:
    here, there = max(speed.depth, _SHALLOW_TOKENS), max(measured.depth, _SHALLOW_TOKENS)
    return speed.batch == 1 and here <= DEEPER * there and there <= DEEPER * here


def _measured(speed: Speed, measured: MeasuredSpeed) -> Speed:
    """Joules per token are those of the estimate, at the measured rate."""
    joules, slower = speed.joules_per_token, speed.decode.expected / measured.decode.expected
    if joules is not None:
        joules = Range(low=joules.low * slower, expected=joules.expected * slower, high=joules.high * slower)
    return replace(
        speed,
        decode=measured.decode,
        throughput=measured.decode,
        joules_per_token=joules,
        measured_answers=measured.answers,
    )
