"""Models of the fake daemon: a library, a Hub of a few made-up repositories, and downloads that only count."""

import argparse
import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote

import fake_plan
from fake_routing import FakeRouting

from engineroom.contract.control import CheckpointRow, JobFile, JobKind, JobState, JobView, ModelView, ProblemView
from engineroom.contract.models import (
    FileFormat,
    HubAccount,
    HubHit,
    HubPage,
    LibraryEntry,
    LibrarySource,
    ModelReadme,
    PullPreview,
    Removed,
)
from engineroom.contract.runtimes import RuntimeKind, RuntimeState, RuntimeView

COMMIT = "8f3c1d5a0b7e4f6092ac13be57d8460f1e2d3c4b"
CACHE = "/home/ada/.cache/huggingface/hub"
GGUF_REPO, PLAIN_REPO, GATED_REPO, CODE_REPO = (
    "acme/Brook-8B-GGUF",
    "acme/River-32B",
    "meta/Llama-9-8B",
    "odd/Custom-7B",
)
HUB_ONLY = {GGUF_REPO, GATED_REPO, CODE_REPO}
KINDS = {"Q4_K_M": 4_920_000_000, "Q6_K": 6_600_000_000, "Q8_0": 8_540_000_000}
README = """# Brook 8B

Brook is a **small, quick** model for chat and tools, made by [Acme](https://acme.example/brook).

## What it is good at

- Short answers in seven languages
- Calling tools, several at once
- Staying within its context of 131,072 tokens

| Task | Brook 8B | Creek 7B |
|---|---|---|
| Grade school sums | 84.1 | 71.9 |
| Instructions followed | 78.0 | 70.2 |

```python
answer = client.chat.completions.create(model="brook-8b", messages=messages)
```

See the [licence](LICENSE) before you use it.
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--flood", type=int, default=0, help="log lines per second")
    parser.add_argument("--offline", action="store_true")
    parser.add_argument("--hub-fails", metavar="CODE")
    parser.add_argument("--hub-s", type=float, default=0.02)
    parser.add_argument("--hits", type=int, default=24)
    parser.add_argument("--pull-s", type=float, default=1.0)
    parser.add_argument("--pull-fails", metavar="CODE")
    parser.add_argument("--library", type=int, default=3)
    parser.add_argument("--token", default=None)
    parser.add_argument("--tensorrt", action="store_true")
    parser.add_argument("--doubtful", action="store_true")
    parser.add_argument("--turned-away", metavar="WHY", help="why a request found no room")
    parser.add_argument("--ranking-fails", type=int, default=0, help="how many rankings are refused before one is told")


def _entry(name: str, *, source: LibrarySource, size: int, **more: Any) -> LibraryEntry:
    gguf = more.pop("file_format", FileFormat.GGUF) is FileFormat.GGUF
    return LibraryEntry(
        id=name, name=more.get("repo") or name, source=source,
        file_format=FileFormat.GGUF if gguf else FileFormat.SAFETENSORS,
        path=more.pop("path", f"{CACHE}/models--acme/snapshots/{COMMIT}/{name}.gguf"), size_bytes=size,
        removable=source in {LibrarySource.HUB, LibrarySource.IMPORTED}, runtimes=("llama.cpp",) if gguf else (),
        engines=more.pop("engines", ()), last_used_at_s=time.time() - 7300, **more,
    )  # fmt: skip


def library(number: int, model: str) -> list[LibraryEntry]:
    brook = "brook-8b-instruct-q4_k_m"
    rows = [
        _entry(model, source=LibrarySource.BUNDLED, size=98_000_000, path=f"/opt/engineroom/{model}.gguf",
               quantisation="Q4_1"),
        _entry(brook, source=LibrarySource.HUB, size=4_920_000_000, repo="acme/Brook-8B-Instruct-GGUF",
               revision=COMMIT, quantisation="Q4_K_M"),
        _entry("acme/River-32B-NVFP4", source=LibrarySource.HUB, size=19_800_000_000, repo="acme/River-32B-NVFP4",
               revision=COMMIT, file_format=FileFormat.SAFETENSORS,
               path=f"{CACHE}/models--acme--River-32B-NVFP4/{COMMIT}"),
        _entry("old-notes", source=LibrarySource.IMPORTED, size=2_100_000_000, path="/data/old-notes.gguf",
               quantisation="Q8_0"),
    ]  # fmt: skip
    return rows[:number]


def hit(at: int) -> HubHit:
    names = [GGUF_REPO, PLAIN_REPO, GATED_REPO, CODE_REPO]
    repo = names[at] if at < len(names) else f"maker-{at}/Stream-{at}B-Instruct"
    return HubHit(
        repo=repo, revision=COMMIT, task="text-generation", library="transformers", tags=(),
        downloads=4_300_000 // (at * at + 1), likes=2_900 // (at + 1), parameters=(8 if at != 1 else 32) * 10**9 + at,
        licence="llama3.1" if repo == GATED_REPO else "apache-2.0", gated=repo == GATED_REPO,
        modified_at="2026-11-02T10:00:00.000Z",
    )  # fmt: skip


def checkpoints(model: str, gpu: str) -> list[CheckpointRow]:
    rows = []
    for precision, kind, repo in (
        ("bf16", "safetensors", model), ("fp8", "safetensors", f"{model}-FP8"),
        ("nvfp4", "safetensors", f"{model}-FP4"),
        ("q4_k_m", "gguf", f"{model}-GGUF"), ("q8_0", "gguf", f"{model}-GGUF"),
    ):  # fmt: skip
        runtime = "llama.cpp" if kind == "gguf" else "tensorrt-llm"
        made = fake_plan.plan({"model": model, "gpu": gpu, "precision": precision, "runtime": runtime})
        rows.append(CheckpointRow(
            repo=repo, precision=precision, file_format=kind, variant=precision.upper() if kind == "gguf" else None,
            gated=False, verdict=made["verdict"], runtime=runtime, weights_bytes=made["bill"]["weights_bytes"],
            total_bytes=made["bill"]["total_bytes"], decode_tokens_per_s=made["speed"]["decode_tokens_per_s"],
            decode_low=made["speed"]["decode_low"], decode_high=made["speed"]["decode_high"],
        ))  # fmt: skip
    return rows


def runtimes() -> list[RuntimeView]:
    return [
        RuntimeView(id="tensorrt-llm-1.2.1-venv", product="tensorrt-llm", kind=RuntimeKind.VENV,
                    state=RuntimeState.READY, version="1.2.1", is_default=True),
    ]  # fmt: skip


class FakeModels:
    """``tell`` publishes an event, ``note`` writes a line into the log that tests read."""

    def __init__(self, said: argparse.Namespace, model: str, models: Callable[[], tuple[ModelView, ...]]) -> None:
        self.said = said
        self.models = models
        self.library = library(said.library, model)
        self.added: list[ModelView] = []
        self.jobs: dict[str, JobView] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.place = said.token
        self.routing = FakeRouting(said.ranking_fails, said.turned_away)
        self.under_way = 0
        self.tell: Callable[[str, Any], None] = lambda _name, _payload: None
        self.note: Callable[[str, str], None] = lambda _source, _text: None

    def shelf(self) -> tuple[ModelView, ...]:
        return (*self.models(), *self.added)

    async def answer(self, method: str, path: str, query: str, body: bytes) -> Any:
        """As the next, and of the scheduler."""
        told = self.routing.answer(path, self.note)
        self.tell("routing", self.routing.view())
        return told if told is not None else await self.of_models(method, path, query, body)

    async def of_models(self, method: str, path: str, query: str, body: bytes) -> Any:
        """The answer, or ``(status, code, facts)`` for a refusal; ``None`` for a path of somebody else."""
        asked = json.loads(body or b"{}")
        said = {name: values[0] for name, values in parse_qs(query).items()}
        if path == "/control/plan" and method == "POST":
            return await self.plan(asked)
        if path == "/control/plan/checkpoints":
            return checkpoints(said["model"], said["gpu"])
        if path == "/control/runtimes":
            return runtimes() if self.said.tensorrt else []
        if path in {"/control/builds", "/control/runtimes/install"}:
            return self.build(asked) if path.endswith("builds") else install(self, asked)
        if path.startswith("/control/jobs/"):
            return self.wish(*path.split("/")[3:5])
        if path.startswith("/control/library"):
            return self.here(method, path, said, asked)
        return await self.hub(method, path, said, asked) if path.startswith("/control/hub/") else None

    async def plan(self, asked: dict[str, Any]) -> Any:
        repo, _, variant = asked["model"].partition(":")
        paths = {row.path for row in self.library}
        if not (repo in HUB_ONLY or repo.startswith("maker-") or asked["model"] in paths):
            return None
        self.under_way += 1
        self.note("daemon", f"judged {asked['model']} as one of {self.under_way}")
        await asyncio.sleep(self.said.hub_s)
        self.under_way -= 1
        if repo == GGUF_REPO and not variant:
            choices = ", ".join(f"Brook-8B-{kind}.gguf" for kind in KINDS)
            return 503, "weights_ambiguous", {"repo": repo, "choices": choices}
        if repo == CODE_REPO:
            return 422, "model_config_broken", {"model": repo, "reason": "no architecture is named"}
        base = "acme/River-32B" if "32" in repo else "acme/Brook-8B"
        quantised = {"NVFP4": "nvfp4", "old-notes": "q8_0", "smollm": "q4_1"}
        told = next((kind for part, kind in quantised.items() if part in asked["model"]), variant.lower())
        precision = told or ("q4_k_m" if asked["model"].endswith(".gguf") else "bf16")
        runtime = "llama.cpp" if precision.startswith("q") else "tensorrt-llm"
        return fake_plan.plan({**asked, "model": base, "precision": precision, "runtime": runtime})

    def here(self, method: str, path: str, said: dict[str, str], asked: dict[str, Any]) -> Any:
        if path == "/control/library":
            return self.library
        if path == "/control/library/readme":
            return ModelReadme(text=None, page=None)
        if path == "/control/library/import":
            return self.bring(asked["path"])
        name = unquote(path.removeprefix("/control/library/"))
        entry = next(row for row in self.library if row.id == name)
        if entry.engines and said.get("force") != "true":
            return 409, "model_in_use", {"model": name, "engines": ", ".join(entry.engines)}
        self.note("daemon", f"removed {name} {said}")
        self.library.remove(entry)
        return Removed(id=name, freed_bytes=entry.size_bytes if entry.source is LibrarySource.HUB else 0)

    def bring(self, path: str) -> Any:
        if "broken" in path:
            return 422, "not_gguf", {"path": path, "found": "PK\\x03\\x04"}
        name = path.rpartition("/")[2].removesuffix(".gguf")
        if any(row.id == name for row in self.library):
            return []
        self.library.append(_entry(name, source=LibrarySource.IMPORTED, size=1_400_000_000, path=path))
        return self.library[-1:]

    async def hub(self, method: str, path: str, said: dict[str, str], asked: dict[str, Any]) -> Any:
        if path == "/control/hub/account":
            if method != "GET":
                self.place = "file" if method == "PUT" else None
            free = 812_000_000_000
            return HubAccount(endpoint="https://hub.example", offline=self.said.offline, token_place=self.place,
                              cache_path=CACHE, free_bytes=free)  # fmt: skip
        self.note("daemon", f"{path} {json.dumps(asked or said, sort_keys=True)}")
        await asyncio.sleep(self.said.hub_s)
        if self.said.hub_fails and path != "/control/hub/pull":
            facts = {"host": "hub.example", "reason": "no route to host", "retry_after_s": 30, "status": 502}
            return 503, self.said.hub_fails, facts
        if path == "/control/hub/search":
            return self.search(asked)
        if path == "/control/hub/look":
            return look(asked["repo"], asked.get("variant"))
        if path == "/control/hub/readme":
            return ModelReadme(text=README, page=f"https://hub.example/{said['repo']}/blob/main/")
        return self.pull(asked)

    def search(self, asked: dict[str, Any]) -> HubPage:
        words = (asked.get("text") or "").casefold()
        rows = [row for row in map(hit, range(self.said.hits)) if words in row.repo.casefold()]
        begin = int(asked.get("cursor") or 0)
        end = begin + 12
        return HubPage(hits=tuple(rows[begin:end]), next=str(end) if end < len(rows) else None)

    def pull(self, asked: dict[str, Any]) -> Any:
        repo = asked["repo"]
        page = f"https://hub.example/{repo}"
        if repo == GATED_REPO:
            return 403, "gated_no_token" if self.place is None else "gated_terms", {"repo": repo, "page": page}
        if repo == CODE_REPO and not asked.get("allow_code"):
            return 403, "remote_code_refused", {"repo": repo, "revision": COMMIT}
        variant = asked.get("variant")
        job = JobView(
            id=f"job{len(self.jobs)}", kind=JobKind.PULL, subject=f"{repo}:{variant}" if variant else repo,
            state=JobState.QUEUED, created_at_s=time.time(), arguments={"repo": repo, "variant": variant},
            total_bytes=8_000_000_000,
        )  # fmt: skip
        self.put(job)
        self.start(job.id)
        return self.jobs[job.id]

    def build(self, asked: dict[str, Any]) -> Any:
        if self.said.doubtful and not asked["accept"]:
            return 409, "build_needs_yes", {"model": asked["model"], "gpu": asked["gpu"], "reason": "it is tight"}
        name = f"{asked['model'].rpartition('/')[2].lower()}-fp8-123456"
        self.note("daemon", f"builds {json.dumps(asked, sort_keys=True)}")
        job = JobView(
            id=f"job{len(self.jobs)}", kind=JobKind.BUILD, subject=asked["model"], state=JobState.QUEUED,
            created_at_s=time.time(), arguments={"model": asked["model"], "engine": name, "repo": asked["model"]},
        )  # fmt: skip
        self.put(job)
        self.start(job.id)
        return job

    def put(self, job: JobView) -> None:
        self.jobs[job.id] = job
        self.tell("job", job)

    def start(self, job_id: str) -> None:
        self.tasks[job_id] = asyncio.create_task(self.fetch(job_id))

    async def fetch(self, job_id: str) -> None:
        await asyncio.sleep(0.02)
        job = replace(self.jobs[job_id], state=JobState.RUNNING, stage="fetch", problem=None)
        total, step_s = 8_000_000_000, 0.05
        done = job.done_bytes or 0
        while done < total:
            done = min(total, done + round(total * step_s / self.said.pull_s))
            half = total // 2
            files = (
                JobFile(name="model-00001-of-00002.safetensors", done_bytes=min(done, half), total_bytes=half),
                JobFile(name="model-00002-of-00002.safetensors", done_bytes=max(0, done - half), total_bytes=half),
            )
            rate = total / self.said.pull_s
            job = replace(job, done_bytes=done, files=files, bytes_per_s=rate, eta_s=(total - done) / rate)
            self.put(job)
            await asyncio.sleep(step_s)
            if self.said.pull_fails and done > total / 3:
                facts = {"path": CACHE, "host": "hub.example", "reason": "the connection was cut"}
                self.put(replace(job, state=JobState.FAILED, bytes_per_s=None, eta_s=None,
                                 problem=ProblemView(code=self.said.pull_fails, facts=facts)))  # fmt: skip
                return
        self.arrive(job)

    def arrive(self, job: JobView) -> None:
        """The model is on the shelf before its job is done, as with the real one."""
        built = str(job.arguments.get("engine") or "")
        name = built or job.subject.rpartition("/")[2].lower().replace(":", "-").removesuffix(".gguf")
        repo = str(job.arguments["repo"])
        self.library.append(_entry(name, source=LibrarySource.HUB, size=8_000_000_000, repo=repo, revision=COMMIT))
        first = self.models()[0]
        runtime = "tensorrt-llm" if built else "llama.cpp"
        news = {"id": name, "name": name, "runtime": runtime, "source": repo}
        self.added.append(replace(first, bundled=False, is_default=False, **news))
        self.tell("models", self.shelf())
        self.put(replace(job, state=JobState.DONE, bytes_per_s=None, eta_s=None, files=(), stage=None))

    def wish(self, job_id: str, verb: str) -> Any:
        job = self.jobs.get(job_id)
        if job is None:
            return 404, "job_not_found", {"job": job_id}
        self.tasks[job_id].cancel()
        state = {"pause": JobState.PAUSED, "resume": JobState.QUEUED, "cancel": JobState.CANCELLED}[verb]
        self.put(replace(job, state=state, bytes_per_s=None, eta_s=None, problem=None))
        if verb == "resume":
            self.said.pull_fails = None
            self.start(job_id)
        return self.jobs[job_id]


def install(side: FakeModels, asked: dict[str, Any]) -> JobView:
    """A job that never ends."""
    side.note("daemon", f"runtimes {json.dumps(asked, sort_keys=True)}")
    job = JobView(
        id=f"job{len(side.jobs)}", kind=JobKind.INSTALL, subject=f"TensorRT-LLM 1.2.1 ({asked['kind']})",
        state=JobState.RUNNING, created_at_s=time.time(), arguments={"version": "1.2.1", "kind": asked["kind"]},
    )  # fmt: skip
    side.put(job)
    return job


def look(repo: str, variant: str | None) -> PullPreview:
    several = repo == GGUF_REPO
    names = {f"Brook-8B-{kind}.gguf": size for kind, size in KINDS.items()}
    total = 16_400_000_000 if not several else names.get(variant or "")
    return PullPreview(
        repo=repo, revision=COMMIT, licence="apache-2.0", gated=repo == GATED_REPO,
        page=f"https://hub.example/{repo}", remote_code=repo == CODE_REPO,
        choices=tuple(names) if several else ("model.safetensors",),
        choice_bytes=tuple(names.values()) if several else (total,),
        files=() if several else ("config.json", "model.safetensors"), total_bytes=total, fetch_bytes=total,
        free_bytes=812_000_000_000,
    )  # fmt: skip
