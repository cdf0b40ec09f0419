"""Translations of the window: every string of the source, in every language, with its placeholders.

Run it as a program: it prints one line per finding and exits with 1 when there is any.  ``--update`` first collects the
strings of the source into ``engineroom_*.ts`` and compiles those into ``engineroom_*.qm``.
"""

import ast
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path("ui", "engineroom_ui")
FILES = Path("resources", "engineroom_resources", "i18n")
LANGUAGES = ("de", "zh_CN")
CALLS = {"tr", "translate", "mark"}
TOOLS = Path(PySide6.__file__).parent
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%\d")
LETTER = re.compile(r"&(\w)")
ENDS = {".": ".\u3002", ":": ":\uff1a", "?": "?\uff1f", "…": "…", "!": "!\uff01"}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One string of the source and what a language makes of it; ``text`` is empty while it is not translated."""

    context: str
    source: str
    text: str
    finished: bool


def sources(root: Path) -> list[str]:
    """The files that hold strings, relative to the root."""
    return sorted(str(path.relative_to(root)) for path in (root / SOURCE).rglob("*.py"))


def collect(root: Path, catalogue: Path) -> None:
    """Bring a ``.ts`` file up to date with the source."""
    alias = ["-tr-function-alias", "QT_TRANSLATE_NOOP+=mark"]
    quiet = ["-silent", "-locations", "none", "-no-obsolete", "-extensions", "py"]
    run = [str(TOOLS / "lupdate"), *quiet, *alias, *sources(root), "-ts", str(catalogue)]
    subprocess.run(run, cwd=root, check=True, capture_output=True)


def compile_to(catalogue: Path, compiled: Path) -> None:
    """Make the ``.qm`` file of a ``.ts`` file."""
    run = [str(TOOLS / "lrelease"), "-silent", str(catalogue), "-qm", str(compiled)]
    subprocess.run(run, check=True, capture_output=True)


def messages(catalogue: Path) -> list[Message]:
    """Everything in a ``.ts`` file."""
    return [
        Message(
            context=context.findtext("name", ""),
            source=message.findtext("source", ""),
            text=_text(message),
            finished=message.find("translation[@type='unfinished']") is None,
        )
        for context in ET.parse(catalogue).iter("context")
        for message in context.iter("message")
    ]


def _text(message: ET.Element) -> str:
    forms = [form.text or "" for form in message.iter("numerusform")]
    return " | ".join(forms) if forms else message.findtext("translation", "")


def unreadable_calls(root: Path) -> Iterator[str]:
    """Strings that cannot be collected, because they are not literals (an f-string never matches at run time)."""
    for name in sources(root):
        for node in ast.walk(ast.parse((root / name).read_text())):
            if isinstance(node, ast.Call) and _called(node.func) in CALLS and not _literal(node):
                yield f"{name}:{node.lineno}: a string to translate must be a literal"


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _literal(call: ast.Call) -> bool:
    """Whether lupdate can read it; a name handed on (``translate("words", text)``) was marked elsewhere."""
    return not any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in call.args)


def faults_of(language: str, found: list[Message]) -> Iterator[str]:
    """What is wrong with the messages of one language."""
    for message in sorted(found):
        where = f"{language}: {message.context}: {message.source[:70]!r}"
        if not message.finished or not message.text.strip():
            yield f"{where}: not translated"
        elif set(PLACEHOLDER.findall(message.source)) - {"%n"} != set(PLACEHOLDER.findall(message.text)) - {"%n"}:
            yield f"{where}: other placeholders in {message.text[:70]!r}"
        elif message.source[-1:] in ENDS and message.text[-1:] not in ENDS[message.source[-1:]]:
            yield f"{where}: ends otherwise: {message.text[-30:]!r}"
        elif len(LETTER.findall(message.source)) != len(LETTER.findall(message.text)):
            yield f"{where}: other letters to press in {message.text[:70]!r}"
    yield from letters_twice(language, found)


def letters_twice(language: str, found: list[Message]) -> Iterator[str]:
    """Letters (``&X``) that two strings of one context have, where a key could not tell which is meant."""
    seen: dict[tuple[str, str], str] = {}
    for message in sorted(found):
        for letter in LETTER.findall(message.text):
            first = seen.setdefault((message.context, letter.casefold()), message.source)
            if first != message.source:
                yield f"{language}: {message.context}: {first!r} and {message.source!r} have the letter {letter}"


def check_tree(root: Path) -> list[str]:
    """Every finding; empty when each language is complete and compiled."""
    found = list(unreadable_calls(root))
    with tempfile.TemporaryDirectory() as scratch:
        for language in LANGUAGES:
            kept = root / FILES / f"engineroom_{language}.ts"
            fresh = Path(scratch) / kept.name
            fresh.write_bytes(kept.read_bytes())
            collect(root, fresh)
            found += faults_of(language, messages(fresh))
            compiled = Path(scratch) / f"engineroom_{language}.qm"
            compile_to(kept, compiled)
            if compiled.read_bytes() != kept.with_suffix(".qm").read_bytes():
                found.append(f"{language}: the .qm file is not that of the .ts file")
    return found


def update(root: Path) -> None:
    """Collect and compile every language."""
    for language in LANGUAGES:
        catalogue = root / FILES / f"engineroom_{language}.ts"
        collect(root, catalogue)
        compile_to(catalogue, catalogue.with_suffix(".qm"))


if __name__ == "__main__":
    if "--update" in sys.argv[1:]:
        update(ROOT)
    findings = check_tree(ROOT)
    sys.stdout.write("".join(f"{finding}\n" for finding in findings))
    sys.stdout.write(f"translations: {len(findings)} findings\n")
    sys.exit(1 if findings else 0)
