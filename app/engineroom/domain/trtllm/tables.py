"""What each version of TensorRT-LLM accepts, as values. Read from the bundled files; every row has its source."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from engineroom.domain.planning.matrix import Version, version_of, within

RUNTIME = "tensorrt-llm"

PYTORCH, COMPILED = "pytorch", "tensorrt"
"""Names of the two backends, as ``--backend`` takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The versions a row speaks of, both ends included; ``None`` is open, a high end of 1.2 takes in every 1.2.x."""

    low: Version | None = None
    high: Version | None = None

    def has(self, version: Version) -> bool:
        """Whether this version is meant."""
        return within(version, self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a command line.

    ``aliases`` are other spellings, with the first version that has them.  ``kind`` is ``str``, ``int``, ``float``,
    ``flag``, ``path``, ``choice``, ``json``, ``list`` or ``argument``; ``default`` is as its documentation writes it.
    """

    name: str
    aliases: tuple[tuple[str, Version | None], ...]
    kind: str
    default: str | None
    choices: tuple[str, ...]
    span: Span
    note: str
    source: str
    read_on: str

    def spellings(self, version: Version) -> tuple[str, ...]:
        """All of them in this version, the one to use first."""
        return (self.name, *(name for name, since in self.aliases if since is None or version >= since))


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A key of the YAML file, nested ones with dots. ``backend`` is ``both``, ``pytorch`` or ``tensorrt``."""

    path: str
    kind: str
    default: str | None
    choices: tuple[str, ...]
    backend: str
    span: Span
    source: str
    read_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """A parser of answers, ``tool`` or ``reasoning``, and the model classes it was made for."""

    kind: str
    name: str
    architectures: frozenset[str]
    span: Span
    source: str
    read_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KvType:
    """A value of ``kv_cache_config.dtype`` and the SMs that have it; none named means all."""

    value: str
    sms: frozenset[int]
    note: str
    span: Span
    source: str
    read_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable of the environment; ``value`` is what it is set to, or the kind of value it takes."""

    name: str
    value: str
    meaning: str
    span: Span
    source: str
    read_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestField:
    """A field that a request may have; every other one is refused with status 400."""

    endpoint: str
    field: str
    span: Span
    source: str
    read_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A line that begins or describes a step of a start. Named groups of the pattern are its facts."""

    step: str
    pattern: re.Pattern[str]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All of them."""

    serve: tuple[Option, ...]
    build: tuple[Option, ...]
    quantise: tuple[Option, ...]
    convert: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    parsers: tuple[Parser, ...]
    kv_types: tuple[KvType, ...]
    variables: tuple[Variable, ...]
    request_fields: tuple[RequestField, ...]
    markers: tuple[Marker, ...] = field(default=())

    def serve_options(self, version: Version) -> tuple[Option, ...]:
        """Options of ``trtllm-serve serve`` in this version."""
        return options_in(self.serve, version)

    def yaml_keys(self, version: Version, backend: str = PYTORCH) -> dict[str, Argument]:
        """Keys the YAML file may have in this version, by their dotted paths."""
        return {one.path: one for one in self.arguments if one.backend in {"both", backend} and one.span.has(version)}

    def parser_names(self, kind: str, version: Version) -> frozenset[str]:
        """Parsers of this kind (``tool`` or ``reasoning``) that this version has."""
        return frozenset(one.name for one in self.parsers if one.kind == kind and one.span.has(version))

    def parser_for(self, kind: str, architecture: str, version: Version) -> str | None:
        """The parser made for models of this class; ``None`` where there is none."""
        fits = (one for one in self.parsers if one.kind == kind and architecture in one.architectures)
        return next((one.name for one in fits if one.span.has(version)), None)

    def request_names(self, endpoint: str, version: Version) -> frozenset[str]:
        """Fields that a request to ``chat`` or ``completions`` may have in this version."""
        rows = (one for one in self.request_fields if one.endpoint == endpoint)
        return frozenset(one.field for one in rows if one.span.has(version))


def options_in(options: Iterable[Option], version: Version) -> tuple[Option, ...]:
    """Those that this version has."""
    return tuple(one for one in options if one.span.has(version))


def parse_version(text: str) -> Version:
    """Numbers of a version; a candidate counts as what it becomes.

    >>> parse_version("1.2.1"), parse_version("1.4.0rc1")
    ((1, 2, 1), (1, 4, 0))
    """
    return version_of(RUNTIME, text)
