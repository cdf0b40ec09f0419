"""What an installed version says of itself, and the contract that follows from it.

Newer versions add and drop options; the tables say what a release is documented to have, the probe what this copy has.
Where both speak, the probe is believed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engineroom.domain.planning.matrix import Version
from engineroom.domain.trtllm.tables import PYTORCH, Option, Tables, parse_version

ARGUMENTS_PROBE = """\
import json
import tensorrt_llm
from tensorrt_llm.llmapi.llm_args import TorchLlmArgs
def nested(hint):
    kinds = [hint, *getattr(hint, "__args__", ())]
    return sorted({name for kind in kinds for name in getattr(kind, "model_fields", ())})
fields = {name: nested(one.annotation) for name, one in TorchLlmArgs.model_fields.items()}
print(json.dumps({"version": tensorrt_llm.__version__, "fields": fields}))
"""
"""Program for the runtime's own interpreter; :func:`parse_arguments` reads the last line it prints."""

_SPELLINGS = re.compile(r"^ {0,6}(?P<names>-[\w-]+(?:,\s*-[\w-]+)*)(?P<rest>.*)$")
_LONG = re.compile(r"--[\w-]+")
_CHOICES = re.compile(r"^\s+\[(?P<choices>[^\]]*)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedVersion:
    """A version and what asking it brought to light; ``None`` where it was not asked.

    ``options`` maps every long spelling of ``serve --help`` to its choices (none where it takes anything);
    ``arguments`` maps the YAML file's top keys to the keys below them, none where they were not told.
    """

    text: str
    options: Mapping[str, tuple[str, ...]] | None = None
    arguments: Mapping[str, tuple[str, ...]] | None = None

    @property
    def version(self) -> Version:
        """Its numbers."""
        return parse_version(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What one installed version accepts: the tables of its version, corrected by the probe."""

    probed: ProbedVersion
    tables: Tables
    backend: str = PYTORCH
    _keys: frozenset[str] = field(init=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        keys = frozenset(self.tables.yaml_keys(self.version, self.backend))
        object.__setattr__(self, "_keys", keys)

    @property
    def version(self) -> Version:
        """Its numbers."""
        return self.probed.version

    @property
    def yaml_wins(self) -> bool:
        """Whether a key of the YAML file goes before an option; from 1.3 on options that are given do."""
        return self.version < (1, 3)

    @property
    def listens_early(self) -> bool:
        """Whether the server answers (with 503) while it still loads; up to 1.2 it is silent until it is ready."""
        return self.version >= (1, 3)

    @property
    def binds_early(self) -> bool:
        """Whether the port is taken before the model is loaded."""
        return self.version >= (1, 2)

    def option(self, name: str) -> Option | None:
        """What the tables say of an option of ``serve``, by any of its spellings in this version."""
        rows = self.tables.serve_options(self.version)
        return next((one for one in rows if name in one.spellings(self.version)), None)

    def spelling(self, *names: str) -> str | None:
        """The first of these spellings of one option that this version has."""
        known = self.probed.options
        if known is not None:
            return next((name for name in names if name in known), None)
        return next((name for name in names if self.option(name) is not None), None)

    def takes(self, path: str) -> bool:
        """Whether the YAML file may have this key, written with dots; the probe tells the PyTorch backend's."""
        top, _, below = path.partition(".")
        arguments = self.probed.arguments if self.backend == PYTORCH else None
        if arguments is None:
            return path in self._keys
        if top not in arguments:
            return False
        told = arguments[top]
        return not below or (below in told if told else path in self._keys)

    def default_of(self, name: str) -> str | None:
        """The default of an option in this version, as documented."""
        row = self.option(name)
        return None if row is None else row.default

    def parser(self, kind: str, name: str | None) -> str | None:
        """``name`` if this version has such a parser (``tool`` or ``reasoning``)."""
        option = self.spelling(f"--{kind}_parser")
        if name is None or option is None:
            return None
        choices = (self.probed.options or {}).get(option) or self.tables.parser_names(kind, self.version)
        return name if name in choices else None


def parse_serve_help(text: str) -> dict[str, tuple[str, ...]]:
    """Long spellings of the options in the answer of ``trtllm-serve serve --help``, with their choices.

    Help that is broken over lines is put together; a continued list of choices too.
    """
    options: dict[str, tuple[str, ...]] = {}
    for names, rest in _entries(text):
        choices = _CHOICES.match(rest)
        listed = () if choices is None else tuple(re.sub(r"\s+", "", choices["choices"]).split("|"))
        for name in names:
            options[name] = listed
    return options


def _entries(text: str) -> list[tuple[list[str], str]]:
    found: list[tuple[list[str], str]] = []
    for line in text.splitlines():
        started = _SPELLINGS.match(line)
        if started is not None:
            found.append((_LONG.findall(started["names"]), started["rest"]))
        elif found and line.startswith(" "):
            names, rest = found[-1]
            found[-1] = (names, f"{rest} {line.strip()}")
    return [(names, rest) for names, rest in found if names]


def parse_arguments(output: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Version and YAML keys from what :data:`ARGUMENTS_PROBE` printed; the runtime prints lines of its own before.

    Raises:
        ValueError: no line of the expected form.
    """
    for line in reversed(output.splitlines()):
        if line.startswith("{"):
            told = json.loads(line)
            fields = told.get("fields")
            if isinstance(fields, dict) and isinstance(told.get("version"), str):
                return told["version"], {str(name): tuple(map(str, below)) for name, below in fields.items()}
    raise ValueError("the probe printed no list of arguments")
