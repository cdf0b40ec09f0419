"""The tables of what TensorRT-LLM accepts and writes, read from the bundled files."""

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from engineroom.domain.trtllm.stages import Step
from engineroom.domain.trtllm.tables import (
    Argument,
    KvType,
    Marker,
    Option,
    Parser,
    RequestField,
    Span,
    Tables,
    Variable,
    parse_version,
)


@cache
def load_trtllm_tables() -> Tables:
    """All of them. Raises ValueError for a marker of a step that does not exist."""
    return Tables(
        serve=tuple(map(_option, _lines("serve_options.csv"))),
        build=tuple(map(_option, _lines("build_options.csv"))),
        quantise=tuple(map(_option, _lines("quantise_options.csv"))),
        convert=tuple(map(_option, _lines("convert_options.csv"))),
        arguments=tuple(map(_argument, _lines("llm_args.csv"))),
        parsers=tuple(map(_parser, _lines("parsers.csv"))),
        kv_types=tuple(map(_kv_type, _lines("kv_dtypes.csv"))),
        variables=tuple(map(_variable, _lines("environment.csv"))),
        request_fields=tuple(map(_request_field, _lines("request_fields.csv"))),
        markers=_markers(),
    )


def _text(name: str) -> str:
    return resources.files("engineroom_resources").joinpath("trtllm", name).read_text("utf-8")


def _lines(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(_text(name).splitlines())


def _span(line: dict[str, str]) -> Span:
    low, high = line["version_low"], line["version_high"]
    return Span(low=parse_version(low) if low else None, high=parse_version(high) if high else None)


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))


def _option(line: dict[str, str]) -> Option:
    aliases = (alias.partition("@") for alias in _split(line["aliases"]))
    return Option(
        name=line["name"],
        aliases=tuple((name, parse_version(since) if since else None) for name, _, since in aliases),
        kind=line["kind"],
        default=line["default"] or None,
        choices=_split(line["choices"]),
        span=_span(line),
        note=line["note"],
        source=line["source"],
        read_on=line["read_on"],
    )


def _argument(line: dict[str, str]) -> Argument:
    return Argument(
        path=line["path"],
        kind=line["kind"],
        default=line["default"] or None,
        choices=_split(line["choices"]),
        backend=line["backend"],
        span=_span(line),
        source=line["source"],
        read_on=line["read_on"],
    )


def _parser(line: dict[str, str]) -> Parser:
    return Parser(
        kind=line["kind"],
        name=line["name"],
        architectures=frozenset(_split(line["architectures"])),
        span=_span(line),
        source=line["source"],
        read_on=line["read_on"],
    )


def _kv_type(line: dict[str, str]) -> KvType:
    return KvType(
        value=line["value"],
        sms=frozenset() if line["sm"] == "any" else frozenset(map(int, _split(line["sm"]))),
        note=line["note"],
        span=_span(line),
        source=line["source"],
        read_on=line["read_on"],
    )


def _variable(line: dict[str, str]) -> Variable:
    return Variable(
        name=line["name"],
        value=line["value"],
        meaning=line["meaning"],
        span=_span(line),
        source=line["source"],
        read_on=line["read_on"],
    )


def _request_field(line: dict[str, str]) -> RequestField:
    return RequestField(
        endpoint=line["endpoint"],
        field=line["field"],
        span=_span(line),
        source=line["source"],
        read_on=line["read_on"],
    )


def _markers() -> tuple[Marker, ...]:
    rows = tomllib.loads(_text("stages.toml"))["marker"]
    return tuple(Marker(step=Step(row["step"]), pattern=re.compile(row["pattern"]), source=row["seen"]) for row in rows)
