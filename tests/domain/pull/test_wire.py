"""Plans as JSON, and errors of the Hub as problems."""

import dataclasses
import json

import pytest

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.pull.refusals import Asking, refusal, retry_after_s
from engineroom.domain.pull.values import PullPlan, RepoFile
from engineroom.domain.pull.wire import from_json, to_json

PLAN = PullPlan(
    repo="maker/x",
    revision="a" * 40,
    ref="main",
    endpoint="https://hub.example",
    files=(
        RepoFile(path="model.safetensors", size_bytes=2**40, blob_id="b" * 40, sha256="c" * 64),
        RepoFile(path="sub/config.json", size_bytes=0, blob_id="d" * 40),
    ),
)
ASKING = Asking(
    endpoint="https://hub.example", host="hub.example", repo="a/b", revision="main", path="f", has_token=False
)


def test_there_and_back() -> None:
    assert from_json(to_json(PLAN)) == PLAN
    assert from_json(to_json(dataclasses.replace(PLAN, ref=None))).ref is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version": 2}, Code.PULL_PLAN_BROKEN),
        ({"revision": "main"}, Code.PULL_PLAN_BROKEN),
        ({"revision": None}, Code.PULL_PLAN_BROKEN),
        ({"ref": "../../x"}, Code.PULL_PLAN_BROKEN),
        ({"ref": 5}, Code.PULL_PLAN_BROKEN),
        ({"files": []}, Code.PULL_PLAN_BROKEN),
        ({"files": None}, Code.PULL_PLAN_BROKEN),
        ({"files": [{"path": "x", "size_bytes": -1, "blob_id": "b" * 40, "sha256": None}]}, Code.PULL_PLAN_BROKEN),
        ({"files": [{"path": "x", "size_bytes": 1, "blob_id": "../x", "sha256": None}]}, Code.PULL_PLAN_BROKEN),
        ({"files": [{"path": "x", "size_bytes": 1, "blob_id": "b" * 40, "sha256": "../" * 20}]}, Code.PULL_PLAN_BROKEN),
        ({"files": [{"path": "../x", "size_bytes": 1, "blob_id": "b" * 40, "sha256": None}]}, Code.UNSAFE_FILE_NAME),
        ({"repo": "../.."}, Code.REPO_NAME),
        ({"repo": 3}, Code.PULL_PLAN_BROKEN),
        ({"endpoint": None}, Code.PULL_PLAN_BROKEN),
    ],
)
def test_a_plan_that_somebody_changed(changes: dict[str, object], code: Code) -> None:
    with pytest.raises(Rejected) as caught:
        from_json(json.dumps({**json.loads(to_json(PLAN)), **changes}))
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "5", '{"version": 1}'])
def test_no_plan(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        from_json(text)
    assert caught.value.code == Code.PULL_PLAN_BROKEN


@pytest.mark.parametrize(
    ("status", "headers", "has_token", "code"),
    [
        (401, {"x-error-code": "RepoNotFound"}, False, Code.REPO_NOT_FOUND),
        (404, {"x-error-code": "RepoNotFound"}, True, Code.REPO_NOT_FOUND),
        (401, {}, False, Code.REPO_NOT_FOUND),
        (401, {}, True, Code.HUB_TOKEN_REFUSED),
        (401, {"x-error-message": "Invalid credentials in Authorization header"}, False, Code.HUB_TOKEN_REFUSED),
        (404, {"x-error-code": "RevisionNotFound"}, False, Code.REVISION_NOT_FOUND),
        (404, {"x-error-code": "EntryNotFound"}, False, Code.REPO_FILE_MISSING),
        (401, {"x-error-code": "GatedRepo"}, False, Code.GATED_NO_TOKEN),
        (403, {"x-error-code": "GatedRepo"}, True, Code.GATED_TERMS),
        (403, {"x-error-code": "GatedRepo", "x-error-message": "… is awaiting a review"}, True, Code.GATED_WAITING),
        (429, {}, True, Code.RATE_LIMITED),
        (500, {}, True, Code.HUB_FAILED),
        (418, {}, True, Code.HUB_FAILED),
    ],
)
def test_refusals(status: int, headers: dict[str, str], has_token: bool, code: Code) -> None:
    assert refusal(dataclasses.replace(ASKING, has_token=has_token), status, headers).code == code


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [({"retry-after": "17"}, 17), ({"retry-after": "soon"}, None), ({}, None), ({"ratelimit": '"api";r=0;t=9'}, 9),
     ({"ratelimit": '"api";r=5;t=9'}, None), ({"ratelimit": "nonsense"}, None)],
)  # fmt: skip
def test_when_to_come_back(headers: dict[str, str], wait_s: int | None) -> None:
    assert retry_after_s(headers) == wait_s
