"""``engineroom build``: from a model to an engine that was tried."""

from typing import Annotated, Literal

from cyclopts import Parameter

from engineroom.adapters.typed_path import typed_path
from engineroom.cli.daemon import engines_client
from engineroom.cli.engines_view import show_engine
from engineroom.cli.job_watch import follow, outcome
from engineroom.cli.output import Json, print_json, say
from engineroom.client.engines import EnginesClient
from engineroom.contract.control import JobState, JobView
from engineroom.contract.engines import BuildWish
from engineroom.contract.problems import Exit

Flag = Annotated[bool, Parameter(negative="")]


def build(
    model: str,
    *,
    runtime: str | None = None,
    gpu: str = "auto",
    gpus: int = 1,
    context: int | None = None,
    concurrency: int = 1,
    precision: str | None = None,
    kv_dtype: str | None = None,
    kind: Literal["checkpoint", "compiled"] = "checkpoint",
    weight_sparsity: Flag = False,
    start: Flag = False,
    yes: Flag = False,
    wait: bool = True,
    json: Json = False,
) -> int:
    """Build a TensorRT-LLM engine: fetch the model, settle every option, try it, seal it.

    Args:
        model: its name, Hugging Face id, or the path of a folder.
        runtime: the installed runtime to build with; the default one where none is named.
        gpu: the card, by name or UUID; the emptiest where none is named.
        gpus: how many cards like it.
        context: tokens per request; as many as are useful and fit where nothing is said.
        concurrency: how many requests at once shall have that much.
        precision: such as bf16, fp8, nvfp4; made here where nobody has published it.
        kv_dtype: format of the cache, such as fp8.
        kind: what the engine is: a checkpoint with all its settings, or compiled for the card (TensorRT-LLM up to 1.2).
        weight_sparsity: let the compiler use that two of every four weights are zero; refused for other models.
        start: start the engine when it is sealed, also if the engine room has to be started anew in between.
        yes: build even what may not work.
        wait: stay until it is done; --no-wait leaves it to the engine room.
        json: print the job and the engine as one JSON object.
    """
    path = typed_path(model)
    wish = BuildWish(
        model=str(path.absolute()) if path.is_dir() else model,
        runtime=runtime,
        gpu=gpu,
        gpus=gpus,
        context_tokens=context,
        concurrency=concurrency,
        precision=precision,
        kv_dtype=kv_dtype,
        accept=yes,
        kind=kind,
        weight_sparsity=weight_sparsity,
        start=start,
    )
    with engines_client() as client:
        job = client.build(wish)
        if job.arguments.get("two_four") and not weight_sparsity and not json:
            say("Two of every four weights of this model are zero: --weight-sparsity lets the compiler use that.")
        return finish_build(client, job, wait=wait, json=json)


def finish_build(client: EnginesClient, job: JobView, *, wait: bool, json: bool) -> int:
    """Watch a build to its end and show the engine; or only say that it has begun."""
    if not wait:
        print_json({"job": job}) if json else say(f"Job {job.id} has begun. See: engineroom jobs")
        return Exit.OK
    ended = follow(client, job, quiet=json)
    if ended is not None and ended.state is JobState.DONE:
        view = client.sealed_one(str(job.arguments["engine"]))
        print_json({"job": ended, "engine": view}) if json else show_engine(view)
    return outcome(ended)
