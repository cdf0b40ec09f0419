"""Budgets of the source tree: sizes, broad handlers, comments, and words that do not belong in it.

Run it as a program (``python tests/checks/budgets.py [ROOT]``): it prints one line per finding and exits with 1 when
there is any.  ``broad_excepts.toml`` beside it names the edges where a broad handler may stand.
"""

import ast
import io
import os
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE_LINES = 400
PAGE_LINES = 350
DAEMON_LINES = 250
FUNCTION_LINES = 40
CLASS_LINES = 200
COMMENT_SHARE = 10  # lines with a comment per 100 lines
COMMENT_BLOCK_LINES = 12

SOURCE_ROOTS = ("app", "ui", "resources", "tests", "packaging")
EDGES = ("task supervisor", "job runner", "request boundary", "Qt hooks")
ALLOWED_EXCEPTS = Path(__file__).with_name("broad_excepts.toml")

UNREAD_DIRECTORIES = {
    ".git",
    ".venv",
    ".engineroom",
    "__pycache__",
    "dist",
    "build",
    "out",
    ".hypothesis",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".import_linter_cache",
}
UNREAD_FILES = {"uv.lock", ".git"}  # .git is a file in a linked work tree
DIRECTIVE = re.compile(r"#\s*(noqa|type:|fmt:|ruff:|mypy:|!)")
FORBIDDEN = (
    (re.compile(r"(?<![\w./-])/(root|work|tmp/lab)/"), "a path of one particular machine"),
    (
        re.compile(
            r"\b(pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org|archive\.ubuntu\.com|crates\.io"
            r"|proxy\.golang\.org|conda\.anaconda\.org)\b"
        ),
        "the host name of a package registry",
    ),
)

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One thing over budget. ``path`` is relative to the root; ``line`` counts from 1."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One parsed Python file."""

    path: str
    text: str
    tree: ast.Module

    def finding(self, line: int, rule: str, message: str) -> Finding:
        """A finding in this file."""
        return Finding(path=self.path, line=line, rule=rule, message=message)


def check_tree(root: Path, allowed_excepts: Path = ALLOWED_EXCEPTS) -> list[Finding]:
    """Everything over budget below ``root``, sorted by place. Raises ``SyntaxError`` for Python that does not parse."""
    findings: list[Finding] = []
    handlers: list[tuple[Finding, str]] = []
    for path in text_files(root):
        name = path.relative_to(root).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        findings += forbidden_words(name, text)
        if path.suffix == ".py" and name.split("/")[0] in SOURCE_ROOTS:
            source = Source(path=name, text=text, tree=ast.parse(text, filename=name))
            for rule in (file_size, block_sizes, comments, built_translations, root_imports):
                findings += rule(source)
            handlers += broad_handlers(source)
    findings += unlisted_handlers(handlers, allowed_excepts)
    return sorted(findings)


def text_files(root: Path) -> Iterator[Path]:
    """Files below ``root`` that people write, not those that tools leave behind."""
    for folder, directories, names in os.walk(root):
        directories[:] = sorted(d for d in directories if d not in UNREAD_DIRECTORIES and not d.endswith("_cache"))
        for name in sorted(names):
            path = Path(folder, name)
            if name not in UNREAD_FILES and path.is_file() and not path.is_symlink():
                yield path


def file_limit(path: str) -> int:
    """How many lines the file at ``path`` may have."""
    if path.startswith("app/engineroom/daemon/"):
        return DAEMON_LINES
    return PAGE_LINES if path.startswith("ui/engineroom_ui/pages/") else FILE_LINES


def file_size(source: Source) -> Iterator[Finding]:
    """The whole file."""
    lines = len(source.text.splitlines())
    limit = file_limit(source.path)
    if lines > limit:
        yield source.finding(1, "file-size", f"{lines} lines, the limit is {limit}")


def block_sizes(source: Source) -> Iterator[Finding]:
    """Functions (signature to end, without the docstring) and classes."""
    for node in ast.walk(source.tree):
        if isinstance(node, FunctionNode):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
            if lines > FUNCTION_LINES:
                yield source.finding(
                    node.lineno, "function-size", f"{node.name} has {lines} lines, the limit is {FUNCTION_LINES}"
                )
        elif isinstance(node, ast.ClassDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > CLASS_LINES:
                yield source.finding(
                    node.lineno, "class-size", f"{node.name} has {lines} lines, the limit is {CLASS_LINES}"
                )


def docstring_lines(node: FunctionNode) -> int:
    """Lines that the docstring of ``node`` takes."""
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


def comments(source: Source) -> Iterator[Finding]:
    """How many comments, and how long. Directives to tools (``noqa``, ``type:``) are not prose and do not count."""
    tokens = tokenize.generate_tokens(io.StringIO(source.text).readline)
    found = [t for t in tokens if t.type == tokenize.COMMENT and not DIRECTIVE.match(t.string)]
    lines = len(source.text.splitlines())
    limit = -(-lines * COMMENT_SHARE // 100)
    if len(found) > limit:
        message = f"{len(found)} comments in {lines} lines, the limit is {limit}"
        yield source.finding(found[limit].start[0], "comment-share", message)
    block: list[int] = []
    for line in [t.start[0] for t in found if t.line.lstrip().startswith("#")]:
        block = [*block, line] if block and line == block[-1] + 1 else [line]
        if len(block) == COMMENT_BLOCK_LINES + 1:
            yield source.finding(
                block[0], "comment-block", f"more than {COMMENT_BLOCK_LINES} comment lines in one block"
            )


def built_translations(source: Source) -> Iterator[Finding]:
    """Text put together inside ``tr()``: the translator sees the pieces, the program looks for the whole."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called_name(node) in {"tr", "translate"}:
            for argument in node.args:
                if isinstance(argument, ast.JoinedStr | ast.BinOp) or (
                    isinstance(argument, ast.Call) and called_name(argument) == "format"
                ):
                    yield source.finding(
                        argument.lineno, "built-translation", "fill in the values after tr(), not inside it"
                    )


def called_name(node: ast.Call) -> str:
    """Last part of the name that ``node`` calls; empty when it has none."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def root_imports(source: Source) -> Iterator[Finding]:
    """``import app`` works from the checkout by accident, and nowhere else."""
    for node in ast.walk(source.tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        for name in names:
            if name.split(".")[0] in {"app", "ui"}:
                yield source.finding(getattr(node, "lineno", 1), "root-import", f"{name} is a folder, not a package")


def broad_handlers(source: Source) -> Iterator[tuple[Finding, str]]:
    """Handlers that catch everything and do not raise it again, each with the qualified name of its function."""
    for node, where in with_scope(source.tree, ()):
        if isinstance(node, ast.ExceptHandler | ast.Call) and swallows_all(node):
            scope = ".".join(where) or "<module>"
            yield source.finding(node.lineno, "broad-except", f"in {scope}, which is not one of the named edges"), scope


def swallows_all(node: ast.ExceptHandler | ast.Call) -> bool:
    """Whether ``node`` is an ``except`` or a ``suppress()`` that ends every exception."""
    if isinstance(node, ast.Call):
        return called_name(node) == "suppress" and any(catches_all(argument) for argument in node.args)
    return catches_all(node.type) and not raises_again(node)


def with_scope(node: ast.AST, where: tuple[str, ...]) -> Iterator[tuple[ast.AST, tuple[str, ...]]]:
    """Every node below ``node`` with the names of the classes and functions around it."""
    for child in ast.iter_child_nodes(node):
        yield child, where
        inner = (*where, child.name) if isinstance(child, FunctionNode | ast.ClassDef) else where
        yield from with_scope(child, inner)


def catches_all(caught: ast.expr | None) -> bool:
    """Whether ``except caught:`` takes every exception."""
    match caught:
        case None:
            return True
        case ast.Tuple(elts=parts):
            return any(catches_all(part) for part in parts)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in {"Exception", "BaseException"}
    return False


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether the handler only tidies up: its last statement is a bare ``raise``."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def unlisted_handlers(handlers: list[tuple[Finding, str]], allowed_excepts: Path) -> Iterator[Finding]:
    """Broad handlers that the list does not name, and names in the list that have no handler any more."""
    listed: set[tuple[str, str]] = set()
    for entry in tomllib.loads(allowed_excepts.read_text(encoding="utf-8")).get("allowed", []):
        place = (entry["path"], entry["function"])
        listed.add(place)
        if entry["edge"] not in EDGES:
            yield Finding(path=entry["path"], line=1, rule="broad-except", message=f"no such edge: {entry['edge']}")
    used = set()
    for finding, scope in handlers:
        used.add((finding.path, scope))
        if (finding.path, scope) not in listed:
            yield finding
    for path, function in sorted(listed - used):
        yield Finding(path=path, line=1, rule="broad-except", message=f"{function} is listed but has no broad handler")


def forbidden_words(path: str, text: str) -> Iterator[Finding]:
    """Words that tie the tree to one machine or one registry."""
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern, what in FORBIDDEN:
            if hit := pattern.search(line):
                yield Finding(path=path, line=number, rule="forbidden-word", message=f"{hit.group()} is {what}")


def main(arguments: list[str]) -> int:
    """Checks the tree at the first argument, or the one this file lies in. Returns the exit status."""
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2]
    findings = check_tree(root)
    for finding in findings:
        print(finding)
    print(f"budgets: {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
