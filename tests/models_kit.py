"""What tests of the Models page share."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl, Slot

from engineroom_ui.pages.models import ModelsPage
from engineroom_ui.shell.desktop import Desktop
from window_kit import Until, noted

SCHEMES = ("http", "https", "file", "javascript")
Opened = Callable[..., tuple[Desktop, ModelsPage]]
MANY, PLAIN, GATED, CODE = (
    f"hub:{name}" for name in ("acme/Brook-8B-GGUF", "acme/River-32B", "meta/Llama-9-8B", "odd/Custom-7B")
)
HERE = "here:brook-8b-instruct-q4_k_m"


class Browser(QObject):
    """Stands where the system's browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.pages.append(url.toString())


def said(desktop: Desktop, beginning: str) -> list[str]:
    return [text for text in noted(desktop) if text.startswith(beginning)]


def pick(page: ModelsPage, key: str, until: Until) -> None:
    until(lambda: any(row.key == key for row in page.list.rows))
    page.list.pick(key)
    until(lambda: page.details.row is not None and page.details.row.key == key and not page.details.loading)


def press(page: ModelsPage, until: Until) -> None:
    """The main button, once it may be pressed: what is to be got is judged first."""
    until(page.pane.main.isEnabled)
    page.pane.main.click()


def facts(page: ModelsPage) -> dict[str, str]:
    return dict(page.pane.facts.facts)
