"""The table of an engine's states."""

from engineroom.domain.engine import TRANSITIONS, EngineState


def test_the_table_knows_every_state_and_no_other() -> None:
    assert set(TRANSITIONS) == set(EngineState)
    assert set().union(*TRANSITIONS.values()) <= set(EngineState)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {EngineState.STOPPED}
    while more := set().union(*(TRANSITIONS[state] for state in reached)) - reached:
        reached |= more
    assert reached == set(EngineState)
    assert all(TRANSITIONS.values())


def test_no_state_leads_to_itself() -> None:
    assert not any(state in after for state, after in TRANSITIONS.items())


def test_only_a_start_leads_to_ready() -> None:
    assert [state for state, after in TRANSITIONS.items() if EngineState.READY in after] == [EngineState.STARTING]
