"""Reads a command line as argparse does: the programs that are not made with click (reference 3.2, 3.3)."""

import argparse
import sys
from dataclasses import dataclass
from typing import Any

from tensorrt_llm._double.click_like import Option


@dataclass(frozen=True)
class Program:
    """A program and its options."""

    name: str
    options: tuple[Option, ...]
    required: tuple[str, ...] = ()

    def parser(self) -> argparse.ArgumentParser:
        """Argparse's own; wrong words end it with 2."""
        parser = argparse.ArgumentParser(prog=self.name, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        for option in self.options:
            named: dict[str, Any] = {"dest": option.key, "required": option.key in self.required}
            if option.kind is bool:
                parser.add_argument(*option.names, action=argparse.BooleanOptionalAction if option.default else
                                    "store_true", default=option.default, dest=option.key)  # fmt: skip
                continue
            if isinstance(option.kind, tuple):
                named["choices"] = option.kind
            else:
                named["type"] = option.kind
            if option.multiple:
                named["nargs"] = "+"
            parser.add_argument(*option.names, default=option.default, **named)
        return parser

    def parse(self, words: list[str] | None = None) -> dict[str, Any]:
        """Values by key."""
        given = sys.argv[1:] if words is None else words
        return vars(self.parser().parse_args(given)) | {"given": {word.split("=")[0].lstrip("-") for word in given}}
