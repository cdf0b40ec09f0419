"""When the end of a log is no longer followed."""

from PySide6.QtWidgets import QCheckBox, QScrollBar


def ends_following(bar: QScrollBar, follow: QCheckBox) -> None:
    """Whoever scrolls back to read is not carried off by the next line: the tick is taken away."""

    def scrolled(_action: int) -> None:
        if bar.sliderPosition() < bar.maximum():
            follow.setChecked(False)

    bar.actionTriggered.connect(scrolled)
