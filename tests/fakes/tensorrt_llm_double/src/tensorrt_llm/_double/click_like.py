"""Reads a command line, refuses and explains it in click's words (reference 1.2, 7.5)."""

import sys
from dataclasses import dataclass
from typing import Any, NoReturn

HELP_COLUMN = 28


@dataclass(frozen=True)
class Option:
    """One option. ``kind`` is int, float, str, bool (a flag) or a tuple of choices; ``hidden`` names are only taken."""

    names: tuple[str, ...]
    kind: Any = str
    default: Any = None
    help: str = ""
    multiple: bool = False

    @property
    def key(self) -> str:
        """The parameter's name: the first long name."""
        return next(name for name in self.names if name.startswith("--")).lstrip("-").replace("-", "_")

    def convert(self, text: str) -> Any:
        """The value in ``text``. Raises ValueError with click's words."""
        if isinstance(self.kind, tuple):
            if text not in self.kind:
                raise ValueError(f"{text!r} is not one of {', '.join(map(repr, self.kind))}.")
            return text
        if self.kind in {int, float}:
            try:
                return self.kind(text)
            except ValueError:
                word = "integer" if self.kind is int else "float"
                raise ValueError(f"{text!r} is not a valid {word}.") from None
        return text

    def metavar(self) -> str:
        """What help shows behind the names."""
        if self.kind is bool:
            return ""
        if isinstance(self.kind, tuple):
            return f" [{'|'.join(self.kind)}]"
        return {int: " INTEGER", float: " FLOAT"}.get(self.kind, " TEXT")


@dataclass(frozen=True)
class Command:
    """A program or sub-command with one positional argument at most."""

    program: str
    options: tuple[Option, ...]
    argument: str | None = None
    help: str = ""

    def parse(self, words: list[str]) -> dict[str, Any]:
        """Values by key; ``given`` names those that were on the line. Leaves with 2 for a wrong line, 0 for help."""
        values: dict[str, Any] = {option.key: () if option.multiple else option.default for option in self.options}
        by_name = {name: option for option in self.options for name in option.names}
        given: set[str] = set()
        places: list[str] = []
        queue = list(words)
        while queue:
            word = queue.pop(0)
            if word == "--":
                places, queue = places + queue, []
            elif word.startswith("-") and word != "-":
                self._option(word, queue, by_name, values, given)
            else:
                places.append(word)
        return self._placed(places, values) | {"given": given}

    def _option(
        self, word: str, queue: list[str], by_name: dict[str, Option], values: dict[str, Any], given: set[str]
    ) -> None:
        if word in {"--help", "-h"} and word == "--help":
            self.show_help()
        name, equals, inline = word.partition("=")
        option = by_name.get(name)
        if option is None:
            self.refuse(f"No such option: {name}")
        given.add(option.key)
        if option.kind is bool:
            if equals:
                self.refuse(f"Option '{name}' does not take a value.")
            values[option.key] = True
            return
        if not equals and not queue:
            self.refuse(f"Option '{name}' requires an argument.")
        try:
            value = option.convert(inline if equals else queue.pop(0))
        except ValueError as wrong:
            shown = " / ".join(f"'{each}'" for each in option.names)
            self.refuse(f"Invalid value for {shown}: {wrong}")
        values[option.key] = (*values[option.key], value) if option.multiple else value

    def _placed(self, places: list[str], values: dict[str, Any]) -> dict[str, Any]:
        wanted = 0 if self.argument is None else 1
        if len(places) < wanted:
            self.refuse(f"Missing argument '{self.argument}'.")
        if len(places) > wanted:
            extra = places[wanted:]
            word = "argument" if len(extra) == 1 else "arguments"
            self.refuse(f"Got unexpected extra {word} ({' '.join(extra)})")
        return values | ({self.argument: places[0]} if self.argument else {})

    def usage(self) -> str:
        """The usage line."""
        return f"Usage: {self.program} [OPTIONS]" + (f" {self.argument}" if self.argument else "")

    def refuse(self, message: str) -> NoReturn:
        """Say it and leave with 2."""
        sys.stderr.write(f"{self.usage()}\nTry '{self.program} --help' for help.\n\nError: {message}\n")
        sys.exit(2)

    def show_help(self) -> NoReturn:
        """Print all options and leave with 0."""
        rows = [f"{self.usage()}\n\n  {self.help}\n\nOptions:\n"]
        for option in (*self.options, Option(("--help",), bool, help="Show this message and exit.")):
            head = ", ".join(option.names) + option.metavar()
            gap = " " * (HELP_COLUMN + 2)
            rows.append(
                f"  {head.ljust(HELP_COLUMN)}{option.help}\n"
                if len(head) < HELP_COLUMN
                else f"  {head}\n{gap}{option.help}\n"
            )
        sys.stdout.write("".join(rows))
        sys.exit(0)
