"""``engineroom models``: what can be served, what is here, and getting more."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from engineroom.adapters.typed_path import typed_path
from engineroom.cli.daemon import models_client
from engineroom.cli.fit import NO_VERDICT, Fit, plan_reference
from engineroom.cli.job_watch import follow, outcome
from engineroom.cli.look import models as list_served
from engineroom.cli.models_view import show_entry, show_library, show_outcome, show_preview
from engineroom.cli.output import Json, print_json, say, size
from engineroom.cli.pull import pull
from engineroom.cli.search import search
from engineroom.client.models import ModelsClient
from engineroom.contract.control import JobState, JobView
from engineroom.contract.models import PullRequest
from engineroom.contract.problems import Exit

Flag = Annotated[bool, Parameter(negative="")]
Wait = Annotated[bool, Parameter(help="Stay until it is done; --no-wait leaves it to the engine room.")]

app = App(name="models", help="List the models that can be served; search, fetch and keep models.")
app.default(list_served)
app.command(search)
app.command(pull)


@app.command
def show(model: str, *, variant: str | None = None, gpu: str = "auto", json: Json = False) -> int:
    """Say what is known of a model of the library or the Hub, and whether it fits.

    Args:
        model: an id of the library, owner/name[@revision], or the address of a page of the Hub.
        variant: which of several sets of weights, such as Q4_K_M.
        gpu: "auto", or any card by name.
        json: print everything as JSON.
    """
    with models_client() as client:
        entry = next((one for one in client.library() if one.id == model), None)
        if entry is not None:
            print_json(entry) if json else show_entry(entry)
            return Exit.OK
        request = PullRequest(repo=model, variant=variant)
        preview = client.look(request)
        wanted = replace(request, repo=preview.repo, revision=preview.revision)
        ambiguous = variant is None and len(preview.choices) > 1
        fit = NO_VERDICT if ambiguous else Fit.of(client, plan_reference(wanted), gpu)
    if json:
        print_json({"preview": preview, "fit": fit})
    else:
        show_preview(preview, fit)
    return Exit.OK


@app.command(name="list")
def list_here(*, json: Json = False) -> int:
    """List everything that is on this computer: bundled, imported, and in the shared Hugging Face cache."""
    with models_client() as client:
        entries = client.library()
    print_json(entries) if json else show_library(entries)
    return Exit.OK


@app.command(name="import")
def import_file(path: Path, *, json: Json = False) -> int:
    """Offer a GGUF file, or every one below a folder, where it lies; nothing is copied.

    Args:
        path: the file or folder.
        json: print what is new as JSON.
    """
    with models_client() as client:
        entries = client.import_model(str(typed_path(str(path)).absolute()))
    if json:
        print_json(entries)
    elif entries:
        show_library(entries)
    else:
        say("Nothing new: all of it is offered already.")
    return Exit.OK


@app.command
def rm(model: str, *, force: Flag = False, json: Json = False) -> int:
    """Remove a model; an imported file stays where it lies and is only offered no longer.

    Args:
        model: its id, as "engineroom models list" says.
        force: even while an engine uses it; that is stopped first.
        json: print the freed bytes as JSON.
    """
    with models_client() as client:
        removed = client.remove_model(model, force=force)
    print_json(removed) if json else say(f"{removed.id} is removed; {size(removed.freed_bytes)} are free again.")
    return Exit.OK


@app.command
def verify(model: str, *, wait: Wait = True, json: Json = False) -> int:
    """Check every file of a model against its hash, and the headers of its weights.

    Args:
        model: its id, as "engineroom models list" says.
        wait: stay until it is done.
        json: print the job as JSON.
    """
    with models_client() as client:
        job = client.verify(model)
        return _finish(client, job, wait=wait, as_json=json)


@app.command
def export(*models: str, to: Path, wait: Wait = True, json: Json = False) -> int:
    """Write models of the Hub and their hashes to a bundle for a computer without network.

    Args:
        models: ids, as "engineroom models list" says.
        to: the bundle: a tar file where the name ends with .tar, else a folder.
        wait: stay until it is done.
        json: print the job as JSON.
    """
    with models_client() as client:
        job = client.export(models, str(typed_path(str(to)).absolute()))
        return _finish(client, job, wait=wait, as_json=json)


@app.command(name="import-bundle")
def import_bundle(path: Path, *, wait: Wait = True, json: Json = False) -> int:
    """Take in a bundle. Nothing of it is visible before every file has been found to be what it should be.

    Args:
        path: the folder or tar file.
        wait: stay until it is done.
        json: print the job as JSON.
    """
    with models_client() as client:
        job = client.import_bundle(str(typed_path(str(path)).absolute()))
        return _finish(client, job, wait=wait, as_json=json)


def _finish(client: ModelsClient, job: JobView, *, wait: bool, as_json: bool) -> int:
    if not wait:
        print_json(job) if as_json else say(f"Job {job.id} has begun. See: engineroom jobs")
        return Exit.OK
    ended = follow(client, job, quiet=as_json)
    if as_json and ended is not None and ended.state is JobState.DONE:
        print_json(ended)
    elif not as_json and ended is not None:
        show_outcome(ended)
    return outcome(ended)
