"""How a program is set up to ask this engine room: what to set where, with the words for this address and model."""

import re
import shlex
from dataclasses import dataclass
from enum import StrEnum

UNKNOWN_CONTEXT = 32_768
"""What a text says where nobody knows the context yet: the model has not been started."""

AGENT_TOKENS = 32_768
"""Context that agents need to get anywhere: their prompt, some files, an answer."""

_ANSWER_SHARE = 8
_MOST_ANSWER_TOKENS = 8192
COPIED = "engineroom-certificate.pem"
"""Name of a certificate that was brought from another computer."""

_NAMES = re.compile(r"\{\{(address|base_url|key|model|context_tokens|input_tokens|output_tokens|certificate)\}\}")


class ClientKind(StrEnum):
    """What sort of program it is."""

    AGENT = "agent"
    EDITOR = "editor"
    APP = "app"
    LIBRARY = "library"


class Api(StrEnum):
    """What a program speaks."""

    CHAT = "chat"
    RESPONSES = "responses"
    MESSAGES = "messages"
    COMPLETIONS = "completions"
    OLLAMA = "ollama"


class ToolNeed(StrEnum):
    """Whether a program calls tools."""

    NEEDED = "needed"
    USED = "used"
    NONE = "none"


class Evidence(StrEnum):
    """How it is known: seen to run, read in the source, or documented by its makers."""

    RAN = "ran"
    READ = "read"
    DOCUMENTED = "documented"


class SnippetKind(StrEnum):
    """Where a text belongs: in a file, in a shell, in a form of the program, or in source code."""

    FILE = "file"
    SHELL = "shell"
    FORM = "form"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A text with names to fill in, and ``where`` it goes: a path, a menu or a few words."""

    kind: SnippetKind
    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientGuide:
    """One program.

    ``prompt_tokens`` is what it sends before the first question, where somebody measured it; ``works`` is false for
    one that cannot reach this computer, with the reason in ``notes``; ``source`` and ``date`` are those of the facts.
    """

    id: str
    name: str
    kind: ClientKind
    api: Api
    tools: ToolNeed
    evidence: Evidence
    source: str
    date: str
    version: str | None = None
    prompt_tokens: int | None = None
    works: bool = True
    notes: tuple[str, ...] = ()
    snippet: tuple[Snippet, ...] = ()

    @property
    def least_tokens(self) -> int:
        """Context below which it is of little use: that of agents, else room for its prompt and an answer as long."""
        if self.kind is ClientKind.AGENT and self.tools is ToolNeed.NEEDED:
            return AGENT_TOKENS
        return 2 * (self.prompt_tokens or 2048)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectFacts:
    """What is filled in.

    ``address`` is without ``/v1``; ``key`` is ``none`` where none is needed; ``context_tokens`` is ``None`` while the
    model has not been started; ``certificate`` is the file by which a client can trust an address with TLS, on the
    computer ``certificate_host`` where that is another one, and ``fingerprint`` its SHA-256.
    """

    address: str
    model: str
    key: str = "none"
    context_tokens: int | None = None
    certificate: str | None = None
    certificate_host: str = ""
    fingerprint: str | None = None

    @property
    def certificate_here(self) -> str:
        """The file as programs of this computer find it: of another computer, once it was copied."""
        return f"$PWD/{COPIED}" if self.certificate_host else self.certificate or ""


def output_tokens(context_tokens: int) -> int:
    """How long an answer may be asked for, so that most of the context stays for the question."""
    return min(_MOST_ANSWER_TOKENS, context_tokens // _ANSWER_SHARE)


def fill(text: str, facts: ConnectFacts) -> str:
    """``text`` for one address, key and model, without blank lines around it."""
    context = facts.context_tokens or UNKNOWN_CONTEXT
    answer = output_tokens(context)
    words = {
        "address": facts.address,
        "base_url": f"{facts.address}/v1",
        "key": facts.key,
        "model": facts.model,
        "context_tokens": str(context),
        "output_tokens": str(answer),
        "input_tokens": str(context - answer),
        "certificate": facts.certificate_here,
    }
    return _NAMES.sub(lambda found: words[found[1]], text).strip("\n")


def trust(facts: ConnectFacts) -> str | None:
    """What makes Python and Node programs trust the address; ``None`` where nothing is needed."""
    if facts.certificate is None or not facts.address.startswith("https:"):
        return None
    exports = f"export SSL_CERT_FILE={facts.certificate_here}\nexport NODE_EXTRA_CA_CERTS={facts.certificate_here}"
    if not facts.certificate_host:
        return exports
    return f"scp {shlex.quote(f'{facts.certificate_host}:{facts.certificate}')} {COPIED}\n{exports}"


def too_small(guide: ClientGuide, context_tokens: int | None) -> bool:
    """Whether the program will not get far with so much context; not known is not too small."""
    return context_tokens is not None and context_tokens < guide.least_tokens
