"""What a person may set in ``settings.toml``, read strictly: an unknown key or a wrong type is refused by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from engineroom.domain.details import Detail
from engineroom.domain.settings_routing import (
    DEFAULT_TTL_MINUTES,
    ModelKeeping,
    RoutingSettings,
    keepings,
    routing,
    ttl,
)
from engineroom.domain.settings_table import DEFAULT_PORT, Table

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """Where the gateway listens, and for whom.

    ``port`` ``None`` means the first free one from 8411 on. ``ollama_port`` is one more, for programs that look for
    Ollama (at 11434); none unless asked for. ``keyless_loopback`` lets programs of this computer in
    without a key. ``hosts`` are further names that a request may call us by, ``origins`` pages and programs such as
    ``app://obsidian.md`` that may call from a browser. ``certificate`` and ``certificate_key`` are PEM files; without
    them one is made. ``fetch_images`` has images that a request names by a public address fetched.
    """

    host: str = "127.0.0.1"
    port: int | None = DEFAULT_PORT
    ollama_port: int | None = None
    keyless_loopback: bool = True
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    certificate: str | None = None
    certificate_key: str | None = None
    fetch_images: bool = False


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
    """All settings. ``load_on_demand`` lets a request start the engine of its model.

    ``aliases`` are further names of models.  An engine is unloaded after ``ttl_minutes`` without a request (``None``:
    never); ``keeping`` is of single models, by id.
    """

    server: ServerSettings = field(default_factory=ServerSettings)
    llama_cpp: LlamaCppSettings = field(default_factory=LlamaCppSettings)
    energy: EnergySettings = field(default_factory=EnergySettings)
    hub: HubSettings = field(default_factory=HubSettings)
    default_model: str | None = None
    model_files: tuple[ModelFile, ...] = ()
    load_on_demand: bool = True
    aliases: Mapping[str, str] = field(default_factory=dict)
    ttl_minutes: float | None = DEFAULT_TTL_MINUTES
    keeping: Mapping[str, ModelKeeping] = field(default_factory=dict)
    routing: RoutingSettings = field(default_factory=RoutingSettings)


def parse_settings(tree: Mapping[str, object], *, path: str) -> Settings:
    """Settings from the parsed TOML of ``path``; what is absent keeps its default.

    Raises:
        Rejected: ``settings_broken`` with ``path`` and a ``reason`` that names the key.
    """
    root = Table(tree, "", path)
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
        aliases=models.names("aliases"),
        ttl_minutes=ttl(models, DEFAULT_TTL_MINUTES),
        keeping=keepings(models),
        routing=routing(root.table("routing")),
    )
    for table in (root, server, models, llama, energy, hub):
        table.refuse_unknown()
    return settings


def _server(table: Table) -> ServerSettings:
    default = ServerSettings()
    certificate, key = table.text("certificate", ""), table.text("certificate_key", "")
    if bool(certificate) != bool(key):
        raise table.broken("certificate", Detail.SETTING_PAIR, other="certificate_key")
    return ServerSettings(
        host=table.address("host", default.host),
        port=table.port("port"),
        ollama_port=table.integer("ollama_port", 0, least=0, most=65_535) or None,
        keyless_loopback=table.boolean("keyless_loopback", default.keyless_loopback),
        hosts=tuple(host.lower() for host in table.texts("hosts")),
        origins=table.origins("origins"),
        certificate=certificate or None,
        certificate_key=key or None,
        fetch_images=table.boolean("fetch_images", default.fetch_images),
    )


def _model_file(row: Table) -> ModelFile:
    path = row.text("path")
    file = ModelFile(id=row.text("id", "") or model_id_of(path), path=path)
    row.refuse_unknown()
    return file


def _hub(table: Table) -> HubSettings:
    default = HubSettings()
    return HubSettings(
        offline=table.boolean("offline", default.offline),
        streams=table.integer("streams", default.streams, least=1, most=16),
        limit_mib_per_s=table.amount("limit_mib_per_s", Detail.SETTING_RATE, least=0.01),
    )


def _energy(table: Table) -> EnergySettings:
    default = EnergySettings()
    return EnergySettings(
        price_per_kwh=table.amount("price_per_kwh", Detail.SETTING_PRICE),
        currency=table.text("currency", default.currency),
        keep_requests_days=table.integer("keep_requests_days", default.keep_requests_days, least=1, most=36_500),
        keep_rollups_days=table.integer("keep_rollups_days", default.keep_rollups_days, least=1, most=36_500),
    )


def model_id_of(path: str) -> str:
    """The id a model file gets when none is given: its name without the ending, in lower case."""
    name = PurePath(path).name
    return name.removesuffix(".gguf").removesuffix(".GGUF").lower() or "model"
