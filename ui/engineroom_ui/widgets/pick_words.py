"""What the one button of a recommended model says, and where it leads."""

from PySide6.QtCore import QCoreApplication

from engineroom_ui.state.picks import Deed, Pick
from engineroom_ui.text import serve

translate = QCoreApplication.translate


def button(pick: Pick) -> str:
    """What the one button of a recommended model says."""
    return {
        Deed.SERVE: translate("serve", "Serve"),
        Deed.SERVED: translate("serve", "Served"),
        Deed.GET: translate("serve", "Get and serve"),
        Deed.BUILD: translate("serve", "Build and serve"),
        Deed.INSTALL: translate("serve", "Install TensorRT-LLM"),
        Deed.NONE: translate("serve", "No way here"),
    }[pick.deed]


def why(pick: Pick, card: str) -> str:
    """One sentence about what the button leads to."""
    if pick.job is not None:
        return serve.under_way(pick.job)
    return {
        Deed.SERVE: translate("serve", "It is on this computer."),
        Deed.SERVED: translate("serve", "It is being served."),
        Deed.GET: translate("serve", "It is fetched from the Hub first, then served."),
        Deed.BUILD: translate("serve", "It is fetched if need be, built into an engine for {card}, then served."),
        Deed.INSTALL: translate("serve", "TensorRT-LLM is needed for this card, and is installed once for all models."),
        Deed.NONE: translate("serve", "No runtime of this computer serves it."),
    }[pick.deed].format(card=card)
