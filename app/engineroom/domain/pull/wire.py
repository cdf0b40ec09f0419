"""The pinned list of files as JSON: how a job hands it to the worker, and keeps it over a restart.

``{"version": 1, "repo", "revision", "ref", "endpoint", "files": [{"path", "size_bytes", "blob_id", "sha256"}]}``
"""

import json
from typing import Any

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.misread import misread
from engineroom.domain.pull.names import check_paths, check_repo, is_commit, is_hash, is_revision
from engineroom.domain.pull.values import PullPlan, RepoFile

VERSION = 1


def to_json(plan: PullPlan) -> str:
    """The plan as one JSON object."""
    files = [
        {"path": file.path, "size_bytes": file.size_bytes, "blob_id": file.blob_id, "sha256": file.sha256}
        for file in plan.files
    ]
    return json.dumps({
        "version": VERSION, "repo": plan.repo, "revision": plan.revision, "ref": plan.ref, "endpoint": plan.endpoint,
        "files": files,
    })  # fmt: skip


def from_json(text: str) -> PullPlan:
    """The plan again, with every name in it judged anew.

    Raises:
        Rejected: ``pull_plan_broken``, ``repo_name`` or ``unsafe_file_name``.
    """
    try:
        plan = _plan(json.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Rejected(Code.PULL_PLAN_BROKEN, **misread(error)) from error
    check_paths(plan.repo, (file.path for file in plan.files))
    return plan


def _plan(tree: dict[str, Any]) -> PullPlan:
    if tree["version"] != VERSION or not isinstance(tree["endpoint"], str):
        raise ValueError("a plan of another version, or without an endpoint")
    plan = PullPlan(
        repo=check_repo(tree["repo"]),
        revision=tree["revision"],
        ref=tree["ref"],
        endpoint=tree["endpoint"],
        files=tuple(map(_file, tree["files"])),
    )
    if not is_commit(plan.revision) or not (plan.ref is None or is_revision(plan.ref)) or not plan.files:
        raise ValueError("no pinned revision, a bad branch or no files")
    return plan


def _file(row: dict[str, Any]) -> RepoFile:
    path, size, sha256 = row["path"], row["size_bytes"], row["sha256"]
    if not isinstance(path, str) or type(size) is not int or size < 0:
        raise ValueError("a file without a name or a size")
    if not is_hash(row["blob_id"]) or not (sha256 is None or is_hash(sha256)):
        raise ValueError("a hash that is none")
    return RepoFile(path=path, size_bytes=size, blob_id=row["blob_id"], sha256=sha256)
