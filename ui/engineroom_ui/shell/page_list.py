"""The pages of this window. One line each, and a function that makes the page and ties it to the others.

A page is imported when it is first looked at, so that the first paint waits for one of them alone.
"""

from PySide6.QtWidgets import QWidget

from engineroom_ui.shell.places import chats_dir
from engineroom_ui.shell.registry import Desk, Page, Place
from engineroom_ui.text.marks import mark


def _serve(desk: Desk) -> QWidget:
    from engineroom_ui.pages.home import HomePage  # noqa: PLC0415

    page = HomePage(desk.theme, desk.clock, desk.room, model_id=desk.remembered("model"))
    page.model_chosen.connect(desk.keep("model"))
    page.chat_asked.connect(lambda model_id: desk.go(Place.CHAT, model_id))
    page.plan_asked.connect(lambda model: desk.go(Place.PLAN, model))
    page.log_asked.connect(lambda model_id: desk.go(Place.LOGS, model_id))
    return page


def _chat(desk: Desk) -> QWidget:
    from engineroom_ui.pages.chat import ChatPage  # noqa: PLC0415

    return ChatPage(desk.theme, desk.room, desk.settings, chats_dir(), model_id=desk.remembered("model"))


def _models(desk: Desk) -> QWidget:
    from engineroom_ui.pages.models import ModelsPage  # noqa: PLC0415

    page = ModelsPage(desk.theme, desk.clock, desk.room, shelf=desk.remembered("shelf"))
    page.serve_asked.connect(lambda model_id: desk.go(Place.SERVE, model_id))
    page.plan_asked.connect(lambda model: desk.go(Place.PLAN, model))
    page.shelf_chosen.connect(desk.keep("shelf"))
    return page


def _plan(desk: Desk) -> QWidget:
    from engineroom_ui.pages.plan import PlanPage  # noqa: PLC0415

    page = PlanPage(desk.theme, desk.clock, desk.room, model=desk.remembered("planned"))
    page.model_chosen.connect(desk.keep("planned"))
    return page


def _engines(desk: Desk) -> QWidget:
    from engineroom_ui.pages.engines import EnginesPage  # noqa: PLC0415

    page = EnginesPage(desk.theme, desk.clock, desk.room, engine=desk.remembered("engine"))
    page.serve_asked.connect(lambda engine: desk.go(Place.SERVE, engine))
    page.plan_asked.connect(lambda model: desk.go(Place.PLAN, model))
    page.engine_chosen.connect(desk.keep("engine"))
    return page


def _connect(desk: Desk) -> QWidget:
    from engineroom_ui.pages.connect import ConnectPage  # noqa: PLC0415

    page = ConnectPage(desk.theme, desk.room, client=desk.remembered("client"))
    page.client_chosen.connect(desk.keep("client"))
    return page


def _settings(desk: Desk) -> QWidget:
    from engineroom_ui.pages.settings import SettingsPage  # noqa: PLC0415

    section = desk.remembered("section")
    page = SettingsPage(desk.theme, desk.clock, desk.room, desk.settings, section=section)
    page.section_chosen.connect(desk.keep("section"))
    page.colours_chosen.connect(desk.theme.choose)
    page.colours_chosen.connect(desk.keep("colours"))
    page.reopen_asked.connect(desk.reopen_asked)
    return page


def _logs(desk: Desk) -> QWidget:
    from engineroom_ui.pages.logs import LogsPage  # noqa: PLC0415

    return LogsPage(desk.theme, desk.clock, desk.room)


def _monitor(desk: Desk) -> QWidget:
    from engineroom_ui.pages.monitor import MonitorPage  # noqa: PLC0415

    page = MonitorPage(desk.theme, desk.clock, desk.room, span_s=desk.remembered("span"))
    page.span_chosen.connect(desk.keep("span"))
    return page


PAGES: tuple[Page, ...] = (
    Page(place=Place.SERVE, title=mark("pages", "Serve"), icon="serve", make=_serve),
    Page(place=Place.CHAT, title=mark("pages", "Chat"), icon="chat", make=_chat),
    Page(place=Place.MODELS, title=mark("pages", "Models"), icon="models", make=_models),
    Page(place=Place.PLAN, title=mark("pages", "Plan"), icon="plan", make=_plan),
    Page(place=Place.ENGINES, title=mark("pages", "Engines"), icon="engines", make=_engines),
    Page(place=Place.CONNECT, title=mark("pages", "Connect"), icon="connect", make=_connect),
    Page(place=Place.MONITOR, title=mark("pages", "Monitor"), icon="monitor", make=_monitor),
    Page(place=Place.LOGS, title=mark("pages", "Logs"), icon="log", make=_logs),
    Page(place=Place.SETTINGS, title=mark("pages", "Settings"), icon="settings", make=_settings),
)
"""In the order of :class:`Place`."""
