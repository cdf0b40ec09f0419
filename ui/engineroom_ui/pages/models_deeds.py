"""What a person does on the Models page: get, serve, plan, remove, import, store a token."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from engineroom.contract.control import JobView
from engineroom.contract.models import LibraryEntry, Removed
from engineroom_ui.link.http import Failure
from engineroom_ui.state.library_rows import ModelRow, Shelf
from engineroom_ui.state.room import Room
from engineroom_ui.text import problems, units
from engineroom_ui.text.sentences import listed
from engineroom_ui.widgets.confirm import Confirm
from engineroom_ui.widgets.model_token import TokenDialog

if TYPE_CHECKING:
    from engineroom_ui.pages.models import ModelsPage

_TOKENS_PAGE = "/settings/tokens"


class ModelsDeeds(QObject):
    """Connects the page's buttons with requests, and says in its one line what came of them."""

    def __init__(self, page: "ModelsPage", room: Room) -> None:
        super().__init__(page)
        self._page = page
        self._room = room
        self._offline = False
        self._running: frozenset[str] = frozenset()
        self._said = ""
        self.question: QMessageBox | None = None
        self._confirm = Confirm(page)
        self.token: TokenDialog | None = None
        pane, library = page.pane, page.library
        pane.get_asked.connect(self.get)
        pane.serve_asked.connect(self._serve)
        pane.plan_asked.connect(self._plan)
        pane.remove_asked.connect(self.ask_removal)
        pane.page_asked.connect(self._open_page)
        pane.token_asked.connect(self.ask_token)
        page.toolbar.token_asked.connect(self.ask_token)
        page.toolbar.import_file_asked.connect(self._ask_file)
        page.toolbar.import_folder_asked.connect(self._ask_folder)
        page.list.entered.connect(self._enter)
        page.banner.dismissed.connect(self._dismiss)
        page.details.submitted.connect(self._submitted)
        library.imported.connect(self._imported)
        library.removed.connect(self._removed)
        library.refused.connect(self._refused)
        room.jobs.refused.connect(self._refused)
        room.engine_changed.connect(self._engine_changed)

    def show_offline(self, *, offline: bool) -> None:
        """Whether nothing goes out."""
        self._offline = offline
        self._draw()

    def get(self) -> None:
        """Fetch what is chosen; programs that come with it are asked about first."""
        preview = self._page.details.preview
        refusal = self._page.details.refusal
        code = preview is not None and preview.remote_code
        if code or (refusal is not None and refusal.problem.code == "remote_code_refused"):
            self._ask_about_code()
        else:
            self._page.details.get()

    def ask_removal(self) -> None:
        """Ask before anything is deleted, and say what that means."""
        row = self._page.details.row
        if row is None or row.entry is None:
            return
        entry = row.entry
        text = self.tr("Remove {name}?").format(name=row.name)
        freed = units.file_size(entry.size_bytes)
        more = self.tr("Its files are deleted, and {size} come free.").format(size=freed)
        if entry.source == "imported":
            more = self.tr("It leaves this list. The file stays where it is: {path}").format(path=entry.path)
        deed = self.tr("Remove")
        if entry.engines:
            more = self.tr(
                "It is being served. The engine is stopped first, and requests under way end. {more}"
            ).format(more=more)
            deed = self.tr("Stop the engine and remove")
        self._ask(text, more, deed, lambda: self._page.library.remove(entry.id, even_if_used=bool(entry.engines)))

    def ask_token(self) -> None:
        """Open the dialog of the access token."""
        self.token = TokenDialog(self._page.library, self._page)
        self.token.page_asked.connect(lambda: self._open(_TOKENS_PAGE))
        self.token.finished.connect(self.token.deleteLater)
        self.token.open()

    def _engine_changed(self, _engine_id: str) -> None:
        """Which models are in use is the library's to say, and it says so only when it is asked."""
        running = frozenset(engine.id for engine in self._room.engines.values() if engine.can_stop)
        if running != self._running:
            self._running = running
            if self._page.library.entries is not None:
                self._page.library.refresh(look=False)

    def _ask_about_code(self) -> None:
        row, preview = self._page.details.row, self._page.details.preview
        name = row.name if row is not None else ""
        text = self.tr("{name} brings programs of its own.").format(name=name)
        more = self.tr(
            "They would run on this computer with your rights when the model is loaded. Read them on its page first. "
            "Only this very revision is allowed: {revision}."
        ).format(revision=preview.revision[:12] if preview is not None else self.tr("the newest"))
        self._ask(text, more, self.tr("Allow and get"), lambda: self._page.details.get(allow_code=True))

    def _ask(self, text: str, more: str, deed: str, then: Callable[[], object]) -> None:
        self._confirm.ask(text, deed, then, more=more)
        self.question = self._confirm.box

    def _serve(self) -> None:
        row = self._page.details.row
        if row is not None and row.library_id is not None and row.servable:
            self._page.serve_asked.emit(row.library_id)

    def _plan(self) -> None:
        row = self._page.details.row
        if row is not None:
            way = self._page.details.way
            self._page.plan_asked.emit(way.model if way is not None else row.model)

    def _enter(self, row: ModelRow) -> None:
        """Enter does what the large button does."""
        if self._page.details.row is not None and self._page.details.row.key == row.key:
            self._page.pane.main.click()

    def _open_page(self) -> None:
        problem = self._page.details.refusal.problem if self._page.details.refusal is not None else None
        told = str(problem.facts.get("page") or "") if problem is not None else ""
        if told.startswith(("https://", "http://")):
            QDesktopServices.openUrl(QUrl(told))
        elif self._page.details.page is not None:
            self._open(f"/{self._page.details.page}")

    def _open(self, path: str) -> None:
        account = self._page.library.account
        if account is not None:
            QDesktopServices.openUrl(QUrl(account.endpoint + path))

    def _ask_file(self) -> None:
        dialog = QFileDialog(self._page, self.tr("Import a GGUF file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("GGUF models (*.gguf)"))
        self._choose(dialog)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self._page, self.tr("Import the GGUF files of a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._choose(dialog)

    def _choose(self, dialog: QFileDialog) -> None:
        dialog.filesSelected.connect(self.bring)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def bring(self, paths: list[str]) -> None:
        """Import files and folders by their paths."""
        for path in paths:
            self._page.library.import_path(path)

    def _submitted(self, job: JobView) -> None:
        self._room.jobs.accept(job)

    def _imported(self, new: tuple[LibraryEntry, ...]) -> None:
        if not new:
            self._say(self.tr("Nothing new: these models are in the list already."))
            return
        names = listed(entry.id for entry in new[:3])
        self._say(self.tr("Imported: {names}. The files stay where they are.").format(names=names))
        self._page.show_shelf(Shelf.HERE, f"here:{new[0].id}")

    def _removed(self, removed: Removed) -> None:
        text = self.tr("{model} was removed; {size} came free.")
        if not removed.freed_bytes:
            text = self.tr("{model} left the list; its file is where it was.")
        self._say(text.format(model=removed.id, size=units.file_size(removed.freed_bytes)))

    def _refused(self, failure: Failure) -> None:
        self._say(problems.sentence(failure.problem).whole, level="bad")

    def _say(self, text: str, *, level: str = "info") -> None:
        self._said = text
        self._page.banner.say(text, level=level, closable=True)

    def _dismiss(self) -> None:
        self._said = ""
        self._draw()

    def _draw(self) -> None:
        if self._said:
            return
        if self._offline:
            text = self.tr("Offline: nothing is asked of the Hub or fetched; what is on this computer works.")
            self._page.banner.say(text, level="info")
        else:
            self._page.banner.hide()


def dropped_paths(data: QMimeData) -> list[str]:
    """Local GGUF files and folders of what is dragged."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.lower().endswith(".gguf") or "." not in path.rpartition("/")[2]]
