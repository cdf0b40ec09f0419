"""``engineroom models pull``: a model judged before the first byte, then fetched while one watches."""

import sys
from dataclasses import replace
from typing import Annotated

from cyclopts import Parameter

from engineroom.cli.daemon import models_client
from engineroom.cli.fit import Fit, plan_reference
from engineroom.cli.job_watch import follow, outcome
from engineroom.cli.models_view import show_preview
from engineroom.cli.output import Json, print_json, say
from engineroom.client.models import ModelsClient
from engineroom.contract.control import JobState, JobView, Verdict
from engineroom.contract.models import PullPreview, PullRequest
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Code, Rejected

Flag = Annotated[bool, Parameter(negative="")]


def pull(
    model: str,
    *,
    variant: str | None = None,
    allow_code: Flag = False,
    gpu: str = "auto",
    yes: Annotated[bool, Parameter(name=["--yes", "-y"], negative="")] = False,
    wait: bool = True,
    json: Json = False,
) -> int:
    """Fetch a model of the Hub. It goes on whatever happens: Ctrl-C here, a lost network, a power cut.

    Args:
        model: owner/name[@revision][:variant], or the address of its page.
        variant: which of several sets of weights, such as Q4_K_M.
        allow_code: allow the programs that this very revision brings with it.
        gpu: the card to judge it for: "auto", or any by name.
        yes: fetch it even if it does not fit.
        wait: stay until it is done; --no-wait leaves it to the engine room.
        json: print what was looked at and the job as one JSON object.
    """
    request = _request(model, variant, allow_code=allow_code)
    with models_client() as client:
        preview = client.look(request)
        if request.variant is None and len(preview.choices) > 1:
            raise Rejected(Code.WEIGHTS_AMBIGUOUS, repo=preview.repo, choices=", ".join(preview.choices))
        pinned = replace(request, repo=preview.repo, revision=preview.revision)
        fit = Fit.of(client, plan_reference(pinned), gpu)
        if not json:
            show_preview(preview, fit)
        if fit.verdict is Verdict.NO and not yes and not _asked(json=json):
            if json:
                print_json({"preview": preview, "fit": fit, "job": None})
            return Exit.DOES_NOT_FIT
        # By the name the user gave, so that the branch will point to it.
        job = client.pull(request)
        if wait:
            return _watch(client, job, preview, fit, as_json=json)
    if json:
        print_json({"preview": preview, "fit": fit, "job": job})
    else:
        say(f"Job {job.id} has begun. See: engineroom jobs")
    return Exit.OK


def _request(model: str, variant: str | None, *, allow_code: bool) -> PullRequest:
    """``owner/name:Q4_K_M`` is understood, too; the address of a page has its colon elsewhere."""
    if variant is None and "://" not in model:
        model, _, tail = model.partition(":")
        variant = tail or None
    return PullRequest(repo=model, variant=variant, allow_code=allow_code)


def _asked(*, json: bool) -> bool:
    if json or not sys.stdin.isatty():
        sys.stderr.write("engineroom: nothing was fetched, because it does not fit. To fetch it anyway: --yes\n")
        return False
    return input("It does not fit. Fetch it anyway? [y/N] ").strip().lower() in {"y", "yes"}


def _watch(client: ModelsClient, job: JobView, preview: PullPreview, fit: Fit, *, as_json: bool) -> int:
    ended = follow(client, job, quiet=as_json)
    if ended is not None and ended.state is JobState.DONE:
        if as_json:
            print_json({"preview": preview, "fit": fit, "job": ended})
        else:
            _say_here(client, ended)
    return outcome(ended)


def _say_here(client: ModelsClient, job: JobView) -> None:
    snapshot = str(job.result.get("snapshot"))
    say(f"{job.subject} is here: {snapshot}")
    for entry in client.library(look=False):
        if entry.path.startswith(snapshot) and entry.runtimes:
            say(f"It is served as {entry.id}")
