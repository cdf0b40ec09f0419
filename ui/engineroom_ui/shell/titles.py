"""What the title bar says: the model and what it does, the computer where it is another, and our name."""

from PySide6.QtCore import QCoreApplication

from engineroom_ui.state.room import Room
from engineroom_ui.text import words


def window_title(room: Room) -> str:
    """The most telling part first, for a taskbar shows only the beginning."""
    parts = [QCoreApplication.translate("titles", "Engineroom")]
    if machine := room.session.machine:
        parts.insert(0, machine)
    if room.live and (engine := room.foremost) is not None:
        said = QCoreApplication.translate("titles", "{model}: {state}")
        word = words.engine_state(engine.state).word
        parts.insert(0, said.format(model=room.model_name(engine.model_id), state=word))
    return " – ".join(parts)  # noqa: RUF001
