"""Words for the settings of the daemon."""

from PySide6.QtCore import QCoreApplication

from engineroom_ui.text.marks import mark

translate = QCoreApplication.translate

_SETTINGS: dict[str, tuple[str, str]] = {
    "server.host": (
        mark("settings", "Listen on"),
        mark("settings", "127.0.0.1 lets in this computer alone; 0.0.0.0 lets in others, with a key and over TLS."),
    ),
    "server.port": (mark("settings", "Port"), mark("settings", "A number, or auto for the next one that is free.")),
    "server.keyless_loopback": (
        mark("settings", "Programs of this computer need no key"),
        mark("settings", "Other computers always need one."),
    ),
    "server.hosts": (
        mark("settings", "Further names"),
        mark("settings", "Names that a request may call this computer by, with commas between."),
    ),
    "server.origins": (
        mark("settings", "Web pages that may call"),
        mark("settings", "Exact origins with commas between, such as app://obsidian.md; nobody else's page may."),
    ),
    "server.certificate": (
        mark("settings", "Certificate"),
        mark("settings", "A PEM file of your own, together with its key; without it one is made here."),
    ),
    "server.certificate_key": (mark("settings", "Key of the certificate"), ""),
    "models.default": (
        mark("settings", "Default model"),
        mark("settings", "Who asks for “default” gets it. Empty: the starter model."),
    ),
    "server.fetch_images": (
        mark("settings", "Fetch images that requests name by an address"),
        mark("settings", "Only from public addresses; otherwise an image has to be in the request itself."),
    ),
    "models.load_on_demand": (
        mark("settings", "Load on demand"),
        mark("settings", "A request starts the engine of its model."),
    ),
    "llama_cpp.context_tokens": (
        mark("settings", "Context of llama.cpp engines"),
        mark("settings", "Tokens of one request, prompt and answer. Agents need 32,768."),
    ),
    "llama_cpp.slots": (mark("settings", "Requests at once"), mark("settings", "Each takes memory for its context.")),
    "llama_cpp.threads": (mark("settings", "Threads"), mark("settings", "0: one for each physical core.")),
    "llama_cpp.prompt_cache_mib": (
        mark("settings", "Cache of prompts (MiB)"),
        mark("settings", "Memory for prompts that were seen before."),
    ),
    "energy.price_per_kwh": (
        mark("settings", "Price of a kilowatt-hour"),
        mark("settings", "Empty: no costs are shown."),
    ),
    "energy.currency": (mark("settings", "Currency"), ""),
    "energy.keep_requests_days": (
        mark("settings", "Keep single requests for (days)"),
        mark("settings", "Counts, times and joules; never prompts or answers."),
    ),
    "energy.keep_rollups_days": (mark("settings", "Keep sums for (days)"), ""),
    "hub.offline": (
        mark("settings", "Stay offline"),
        mark("settings", "The Hugging Face Hub is asked nothing, and nothing is fetched."),
    ),
    "hub.streams": (mark("settings", "Connections of a download"), ""),
    "hub.limit_mib_per_s": (
        mark("settings", "Limit of a download (MiB/s)"),
        mark("settings", "Empty: as fast as it goes."),
    ),
}
_PLACES = {
    "models": mark("settings", "Models"),
    "engines": mark("settings", "Engines"),
    "runtimes": mark("settings", "Runtimes"),
    "ledger": mark("settings", "Data and ledger"),
    "logs": mark("settings", "Logs"),
}


def title(name: str) -> str:
    """What a setting is called; one this window does not know by its own name."""
    found = _SETTINGS.get(name)
    return translate("settings", found[0]) if found else name


def about(name: str) -> str:
    """What it does, in a sentence or not at all."""
    found = _SETTINGS.get(name)
    return translate("settings", found[1]) if found and found[1] else ""


def place(what: str) -> str:
    """Name of a folder."""
    return translate("settings", _PLACES[what]) if what in _PLACES else what
