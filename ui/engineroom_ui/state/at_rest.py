"""The engine of a model that nobody has asked for: of a large library, the daemon lists only some of them."""

from engineroom.contract.control import EngineState, EngineView, ModelView


def engine_at_rest(model: ModelView) -> EngineView:
    """Stopped, and it never ran; what only the daemon could tell of it is not known."""
    return EngineView(
        id=model.id,
        model_id=model.id,
        runtime=model.runtime,
        runtime_version=None,
        device=None,
        state=EngineState.STOPPED,
        since_s=0.0,
        stages=(),
        load_s=None,
        expected_load_s=None,
        context_tokens=None,
        context_limit=None,
        slots=None,
        threads=None,
        memory_bytes=None,
        pid=None,
        restarts=0,
        problem=None,
        last_lines=(),
        can_start=True,
        can_stop=False,
    )
