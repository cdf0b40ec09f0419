"""``engineroom engines``: engines that were built here."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from engineroom.cli.daemon import engines_client
from engineroom.cli.engines_view import show_engine, show_engines
from engineroom.cli.output import Json, print_json, say, size
from engineroom.contract.problems import Exit

Flag = Annotated[bool, Parameter(negative="")]

app = App(name="engines", help="List, show, verify, export and remove engines that were built here.")


@app.default
def list_engines(*, json: Json = False) -> int:
    """List every engine that was built here, with what its trial measured."""
    with engines_client() as client:
        views = client.sealed()
    print_json(views) if json else show_engines(views)
    return Exit.OK


app.command(list_engines, name="list")


@app.command
def show(engine: str, *, json: Json = False) -> int:
    """Show an engine: what it was made of, what was measured, and the command that starts it.

    Args:
        engine: its name, as "engineroom engines list" says.
        json: print all of it as JSON.
    """
    with engines_client() as client:
        view = client.sealed_one(engine)
    print_json(view) if json else show_engine(view)
    return Exit.OK


@app.command
def verify(engine: str, *, json: Json = False) -> int:
    """Read every file of an engine and of its model again and hold it against what was sealed.

    Args:
        engine: its name.
        json: print the result as JSON.
    """
    with engines_client() as client:
        check = client.verify_sealed(engine)
    if json:
        print_json(check)
    else:
        say(f"{engine} is as it was sealed." if check.ok else f"{engine} is not as it was sealed:")
        for path in check.wrong:
            say(f"  {path}")
    return Exit.OK if check.ok else Exit.REJECTED


@app.command
def rm(engine: str, *, force: Flag = False, json: Json = False) -> int:
    """Remove an engine; the model it reads stays.

    Args:
        engine: its name.
        force: even while it runs; it is stopped first.
        json: print what it was as JSON.
    """
    with engines_client() as client:
        view = client.remove_sealed(engine, force=force)
    print_json(view) if json else say(f"{engine} is gone; {_size(view.size_bytes)} came free.")
    return Exit.OK


@app.command
def export(engine: str, path: Path, *, json: Json = False) -> int:
    """Write an engine as a tar file.

    Args:
        engine: its name.
        path: the file to write; it must not exist.
        json: print what was written as JSON.
    """
    with engines_client() as client:
        made = client.export_sealed(engine, str(path.expanduser().absolute()))
    print_json(made) if json else say(f"{made.path}: {size(made.size_bytes)}")
    return Exit.OK


def _size(size_bytes: int | None) -> str:
    return "nobody knows how much" if size_bytes is None else size(size_bytes)
