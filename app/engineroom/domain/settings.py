"""What a person may set in ``settings.toml``, read strictly: an unknown key or a wrong type is refused by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from engineroom.domain.errors import Code, Rejected

SCHEMA = 1
DEFAULT_PORT = 8411


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """Where the gateway listens, and for whom.

    ``port`` ``None`` means the first free one from 8411 on. ``keyless_loopback`` lets programs of this computer in
    without a key. ``hosts`` are further names that a request may call us by, ``origins`` pages and programs such as
    ``app://obsidian.md`` that may call from a browser. ``certificate`` and ``certificate_key`` are PEM files; without
    them one is made.
    """

    host: str = "127.0.0.1"
    port: int | None = DEFAULT_PORT
    keyless_loopback: bool = True
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    certificate: str | None = None
    certificate_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LlamaCppSettings:
    """Knobs of the llama.cpp runtime.

    ``context_tokens`` is per request; ``slots`` requests are answered at once; ``threads`` ``None`` means one per
    physical core; ``prompt_cache_mib`` is host memory for prompts seen before.
    """

    context_tokens: int = 4096
    slots: int = 4
    threads: int | None = None
    prompt_cache_mib: int = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergySettings:
    """What energy costs (``price_per_kwh`` ``None``: no costs are shown) and for how many days records are kept."""

    price_per_kwh: float | None = None
    currency: str = "EUR"
    keep_requests_days: int = 90
    keep_rollups_days: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSettings:
    """Fetching models. ``offline`` keeps everything at home; ``limit_mib_per_s`` bounds each download (MiB/s)."""

    offline: bool = False
    streams: int = 4
    limit_mib_per_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A GGUF file to offer beside the bundled models. ``id`` is the name clients use."""

    id: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. ``load_on_demand`` lets a request start the engine of its model."""

    server: ServerSettings = field(default_factory=ServerSettings)
    llama_cpp: LlamaCppSettings = field(default_factory=LlamaCppSettings)
    energy: EnergySettings = field(default_factory=EnergySettings)
    hub: HubSettings = field(default_factory=HubSettings)
    default_model: str | None = None
    model_files: tuple[ModelFile, ...] = ()
    load_on_demand: bool = True


def parse_settings(tree: Mapping[str, object], *, path: str) -> Settings:
    """Settings from the parsed TOML of ``path``; what is absent keeps its default.

    Raises:
        Rejected: ``settings_broken`` with ``path`` and a ``reason`` that names the key.
    """
    root = _Table(tree, "", path)
    root.integer("schema", SCHEMA, least=SCHEMA, most=SCHEMA)
    server, models, llama = root.table("server"), root.table("models"), root.table("llama_cpp")
    energy, hub = root.table("energy"), root.table("hub")
    knobs = LlamaCppSettings()
    settings = Settings(
        server=_server(server),
        llama_cpp=LlamaCppSettings(
            context_tokens=llama.integer("context_tokens", knobs.context_tokens, least=256, most=2**24),
            slots=llama.integer("slots", knobs.slots, least=1, most=256),
            threads=llama.integer("threads", 0, least=0, most=4096) or None,
            prompt_cache_mib=llama.integer("prompt_cache_mib", knobs.prompt_cache_mib, least=0, most=2**20),
        ),
        energy=_energy(energy),
        hub=_hub(hub),
        default_model=models.text("default", "") or None,
        model_files=tuple(map(_model_file, models.rows("files"))),
        load_on_demand=models.boolean("load_on_demand", True),  # noqa: FBT003
    )
    for table in (root, server, models, llama, energy, hub):
        table.refuse_unknown()
    return settings


def _server(table: "_Table") -> ServerSettings:
    default = ServerSettings()
    certificate, key = table.text("certificate", ""), table.text("certificate_key", "")
    if bool(certificate) != bool(key):
        raise table.broken("certificate", "and certificate_key go together")
    return ServerSettings(
        host=table.text("host", default.host),
        port=table.port("port"),
        keyless_loopback=table.boolean("keyless_loopback", default.keyless_loopback),
        hosts=tuple(host.lower() for host in table.texts("hosts")),
        origins=table.origins("origins"),
        certificate=certificate or None,
        certificate_key=key or None,
    )


def _model_file(row: "_Table") -> ModelFile:
    path = row.text("path")
    file = ModelFile(id=row.text("id", "") or model_id_of(path), path=path)
    row.refuse_unknown()
    return file


def _hub(table: "_Table") -> HubSettings:
    default = HubSettings()
    return HubSettings(
        offline=table.boolean("offline", default.offline),
        streams=table.integer("streams", default.streams, least=1, most=16),
        limit_mib_per_s=table.amount("limit_mib_per_s", "a number of MiB per second", least=0.01),
    )


def _energy(table: "_Table") -> EnergySettings:
    default = EnergySettings()
    return EnergySettings(
        price_per_kwh=table.amount("price_per_kwh", "a number, the price of 1 kWh"),
        currency=table.text("currency", default.currency),
        keep_requests_days=table.integer("keep_requests_days", default.keep_requests_days, least=1, most=36_500),
        keep_rollups_days=table.integer("keep_rollups_days", default.keep_rollups_days, least=1, most=36_500),
    )


def model_id_of(path: str) -> str:
    """The id a model file gets when none is given: its name without the ending, in lower case."""
    name = PurePath(path).name
    return name.removesuffix(".gguf").removesuffix(".GGUF").lower() or "model"


class _Table:
    def __init__(self, tree: Mapping[str, object], name: str, path: str) -> None:
        self._tree = tree
        self._name = name
        self._path = path
        self._known: set[str] = set()

    def table(self, key: str) -> "_Table":
        value = self._get(key, {})
        if not isinstance(value, Mapping):
            raise self._broken(key, "must be a table")
        return _Table(value, self._label(key), self._path)

    def rows(self, key: str) -> list["_Table"]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            raise self._broken(key, "must be an array of tables")
        return [_Table(row, f"{self._label(key)}[{place}]", self._path) for place, row in enumerate(value)]

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self._broken(key, "must be a text" if value is not None else "is missing")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self._broken(key, "must be an array of texts")
        return tuple(value)

    def origins(self, key: str) -> tuple[str, ...]:
        """Web pages only by their exact origin; a trailing ``*`` only for other schemes, whose pages are installed."""
        for origin in (found := self.texts(key)):
            scheme, mark, rest = origin.partition("://")
            if not mark or not scheme or not rest or "/" in rest or "*" in origin[:-1]:
                raise self._broken(key, f"has {origin!r}, which is not an origin such as app://obsidian.md")
            if origin.endswith("*") and scheme.lower() in {"http", "https"}:
                raise self._broken(key, f"has {origin!r}; name each web origin in full")
        return found

    def broken(self, key: str, reason: str) -> Rejected:
        return self._broken(key, reason)

    def boolean(self, key: str, default: bool) -> bool:  # noqa: FBT001
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self._broken(key, "must be true or false")
        return value

    def integer(self, key: str, default: int, *, least: int, most: int) -> int:
        value = self._get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._broken(key, f"must be a whole number from {least} to {most}")
        return value

    def amount(self, key: str, what: str, *, least: float = 0.0) -> float | None:
        value = self._get(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < 1e6:
            raise self._broken(key, f"must be {what}")
        return float(value)

    def port(self, key: str) -> int | None:
        if self._get(key, DEFAULT_PORT) == "auto":
            return None
        return self.integer(key, DEFAULT_PORT, least=1, most=65_535)

    def refuse_unknown(self) -> None:
        for key in self._tree:
            if key not in self._known:
                raise self._broken(key, f"is not a setting; known here: {', '.join(sorted(self._known))}")

    def _get(self, key: str, default: object) -> object:
        self._known.add(key)
        return self._tree.get(key, default)

    def _label(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _broken(self, key: str, reason: str) -> Rejected:
        return Rejected(Code.SETTINGS_BROKEN, path=self._path, reason=f"{self._label(key)} {reason}")
