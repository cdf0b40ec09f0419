"""``engineroom engines``: engines that were built here."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from engineroom.adapters.typed_path import typed_path
from engineroom.cli.build import finish_build
from engineroom.cli.daemon import engines_client
from engineroom.cli.engines_view import show_comparison, show_engine, show_engines
from engineroom.cli.output import Json, print_json, say, size
from engineroom.contract.engines import BuildWish, NodesWish, RebuildRequest
from engineroom.contract.problems import Exit

Flag = Annotated[bool, Parameter(negative="")]

app = App(name="engines", help="List, show, compare, verify, rebuild, export and remove engines that were built here.")


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
def compare(engine: str, other: str, *more: str, json: Json = False) -> int:
    """Show engines side by side: how they were made, and what their trials measured.

    Args:
        engine: the name of one.
        other: of another one.
        more: and of as many more.
        json: print all of it as JSON.
    """
    with engines_client() as client:
        compared = client.compare_sealed((engine, other, *more))
    print_json(compared) if json else show_comparison(compared)
    return Exit.OK


@app.command
def rebuild(
    engine: str, *, runtime: str | None = None, yes: Flag = False, wait: bool = True, json: Json = False
) -> int:
    """Build an engine like it with the card, driver and runtime of today; the old one stays.

    Args:
        engine: its name.
        runtime: the installed runtime to build with; its own, if that is here, where none is named.
        yes: build even what may not work.
        wait: stay until it is done; --no-wait leaves it to the engine room.
        json: print the job and the engine as one JSON object.
    """
    with engines_client() as client:
        job = client.rebuild(engine, RebuildRequest(runtime=runtime, accept=yes))
        return finish_build(client, job, wait=wait, json=json)


@app.command
def script(
    model: str,
    *,
    hosts: str,
    interfaces: str,
    models: Path,
    entry: Path,
    gpus_per_host: int = 1,
    port: int = 8355,
    runtime: str | None = None,
    gpu: str = "auto",
    context: int | None = None,
    concurrency: int = 1,
    precision: str | None = None,
    yes: Flag = False,
    json: Json = False,
) -> int:
    """Write out how a model would be served by several machines: a script to read, and its option file. Nothing is run.

    Args:
        model: its name or Hugging Face id.
        hosts: addresses of the machines on the fast link, with commas between; the first one's server answers.
        interfaces: network interfaces of that link, with commas between.
        models: the folder with the model, the same on every machine.
        entry: the program of the containers that waits for MPI, the same on every machine.
        gpus_per_host: cards of each machine.
        port: on which the server answers.
        runtime: the installed runtime whose version and image are meant.
        gpu: what card they have, by name.
        context: tokens per request.
        concurrency: requests at once.
        precision: such as fp8 or nvfp4.
        yes: even what may not work.
        json: print script and option file as one JSON object.
    """
    wish = BuildWish(
        model=model, runtime=runtime, gpu=gpu, context_tokens=context, concurrency=concurrency, precision=precision,
        accept=yes,
    )  # fmt: skip
    nodes = NodesWish(
        build=wish,
        hosts=tuple(filter(None, hosts.split(","))),
        interfaces=tuple(filter(None, interfaces.split(","))),
        models_path=str(models),
        entry_script=str(entry),
        gpus_per_host=gpus_per_host,
        port=port,
    )
    with engines_client() as client:
        made = client.nodes_script(nodes)
    if json:
        print_json(made)
    else:
        say(made.script)
        say(f"# {made.options_path}, on every machine:")
        say("".join(f"# {line}\n" for line in made.options.splitlines()))
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
        made = client.export_sealed(engine, str(typed_path(str(path)).absolute()))
    print_json(made) if json else say(f"{made.path}: {size(made.size_bytes)}")
    return Exit.OK


def _size(size_bytes: int | None) -> str:
    return "nobody knows how much" if size_bytes is None else size(size_bytes)
