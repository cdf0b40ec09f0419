"""``engineroom runtimes``: what can serve, installing it, and judging it."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from engineroom.adapters.typed_path import typed_path
from engineroom.cli.daemon import runtimes_client
from engineroom.cli.job_watch import follow, outcome
from engineroom.cli.output import Json, print_json, say
from engineroom.cli.runtimes_view import show_gate, show_look, show_runtimes
from engineroom.client.runtimes import RuntimesClient
from engineroom.contract.control import JobState, JobView
from engineroom.contract.problems import Exit
from engineroom.contract.runtimes import InstallRequest, RuntimeKind, RuntimeView
from engineroom.domain.errors import Code, EngineroomError

Flag = Annotated[bool, Parameter(negative="")]
Kind = Literal["container", "venv"]

app = App(name="runtimes", help="List what can serve; install, prove, choose and remove runtimes.")


@app.default
def list_runtimes(*, json: Json = False) -> int:
    """List every runtime: installed ones, attached ones, and the llama.cpp that comes with Engineroom."""
    with runtimes_client() as client:
        views = client.runtimes()
    print_json(views) if json else show_runtimes(views)
    return Exit.OK


app.command(list_runtimes, name="list")


@app.command
def install(
    version: str | None = None,
    *,
    kind: Kind | None = None,
    model: Path | None = None,
    wait: bool = True,
    json: Json = False,
) -> int:
    """Install TensorRT-LLM, or go on with an installation that was cut off; then put it through its gate.

    Args:
        version: such as 1.2.1; the one that Engineroom knows best where none is named.
        kind: container or venv; without it a container, where one can be made.
        model: the folder of a model for the gate to serve.
        wait: stay until it is done; --no-wait leaves it to the engine room.
        json: print the job and the runtime as one JSON object.
    """
    chosen = None if kind is None else RuntimeKind(kind)
    with runtimes_client() as client:
        job = client.install(InstallRequest(version=version, kind=chosen, model=_full(model)))
        return _watched(client, job, wait=wait, as_json=json)


@app.command
def update(*, model: Path | None = None, wait: bool = True, json: Json = False) -> int:
    """Install the version that Engineroom knows best beside the default one; it takes its place if its gate passes.

    Args:
        model: the folder of a model for the gate to serve.
        wait: stay until it is done; --no-wait leaves it to the engine room.
        json: print the job and the runtime as one JSON object.
    """
    with runtimes_client() as client:
        default = next((view for view in client.runtimes() if view.is_default), None)
        kind = None if default is None else default.kind
        try:
            job = client.install(InstallRequest(kind=kind, model=_full(model)))
        except EngineroomError as error:
            if error.code != Code.RUNTIME_EXISTS:
                raise
            name = error.problem.facts["runtime"]
            print_json({"job": None, "runtime": name}) if json else say(f"{name} is the newest that is known.")
            return Exit.OK
        return _watched(client, job, wait=wait, as_json=json)


@app.command
def gate(runtime: str, *, model: Path | None = None, wait: bool = True, json: Json = False) -> int:
    """Try an installed runtime out; it becomes the default if it passes.

    Args:
        runtime: its name, as "engineroom runtimes list" says.
        model: the folder of a model to serve.
        wait: stay until it is done; --no-wait leaves it to the engine room.
        json: print the job and the runtime as one JSON object.
    """
    with runtimes_client() as client:
        return _watched(client, client.gate(runtime, _full(model)), wait=wait, as_json=json)


@app.command
def reinstall(runtime: str, *, model: Path | None = None, wait: bool = True, json: Json = False) -> int:
    """Install a runtime anew beside itself; the one before works on until the new one has passed its gate.

    Args:
        runtime: its name, as "engineroom runtimes list" says.
        model: the folder of a model for the gate to serve.
        wait: stay until it is done; --no-wait leaves it to the engine room.
        json: print the job and the runtime as one JSON object.
    """
    with runtimes_client() as client:
        return _watched(client, client.reinstall(runtime, _full(model)), wait=wait, as_json=json)


@app.command
def use(runtime: str, *, json: Json = False) -> int:
    """Make a runtime the default whose gate it passed; the one before stays installed.

    Args:
        runtime: its name.
        json: print it as JSON.
    """
    with runtimes_client() as client:
        view = client.use(runtime)
    print_json(view) if json else say(f"{view.id} is the default.")
    return Exit.OK


@app.command
def rm(runtime: str, *, force: Flag = False, json: Json = False) -> int:
    """Remove a runtime, or forget an attached one.

    Args:
        runtime: its name.
        force: even while engines use it; those are stopped first.
        json: print what it was as JSON.
    """
    with runtimes_client() as client:
        view = client.remove_runtime(runtime, force=force)
    if json:
        print_json(view)
    else:
        say(f"{view.id} is gone.{' There is no default runtime now.' if view.is_default else ''}")
    return Exit.OK


@app.command
def doctor(*, version: str | None = None, kind: Kind | None = None, json: Json = False) -> int:
    """Say whether TensorRT-LLM can be installed here, what stands in the way, and what to do about it.

    Args:
        version: such as 1.2.1.
        kind: only of this kind.
        json: print every finding as JSON.
    """
    with runtimes_client() as client:
        looks = client.look_before(version=version, kind=kind)
    if json:
        print_json(looks)
    else:
        for look in looks:
            show_look(look)
    return Exit.REJECTED if all(look.blocked for look in looks) else Exit.OK


@app.command
def attach(address: str, *, json: Json = False) -> int:
    """Remember a server that somebody else runs, by its address; it is asked for its models.

    Args:
        address: such as http://127.0.0.1:8000/v1.
        json: print it as JSON.
    """
    with runtimes_client() as client:
        view = client.attach(address)
    print_json(view) if json else say(f"{view.id} has {', '.join(view.models) or 'no models'}.")
    return Exit.OK


def _full(model: Path | None) -> str | None:
    return None if model is None else str(typed_path(str(model)).absolute())


def _watched(client: RuntimesClient, job: JobView, *, wait: bool, as_json: bool) -> int:
    if not wait:
        print_json({"job": job}) if as_json else say(f"Job {job.id} has begun. See: engineroom jobs")
        return Exit.OK
    ended = follow(client, job, quiet=as_json)
    if ended is not None and ended.state is JobState.DONE:
        view = _view(client, str(job.arguments["runtime"]))
        if as_json:
            print_json({"job": ended, "runtime": view})
        elif view is not None:
            show_gate(view)
    return outcome(ended)


def _view(client: RuntimesClient, runtime: str) -> RuntimeView | None:
    return next((view for view in client.runtimes() if view.id == runtime), None)
