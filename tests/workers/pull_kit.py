"""The pull worker as a program, against the fake Hub."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine_room import until
from engineroom.domain.pull.choose import make_plan
from engineroom.domain.pull.values import PullPlan, RepoFile, RepoListing
from engineroom.domain.pull.wire import to_json
from fakes.fake_hub import FakeHub, FakeRepo

PATIENCE_S = 60.0
JOURNAL_HEAD_BYTES = 36


def listing(hub: FakeHub, repo: FakeRepo, branch: str | None = "main") -> RepoListing:
    """What the reader would have found."""
    revision = repo.branches[branch or "main"]
    files = (
        RepoFile(path=f.path, size_bytes=f.size, blob_id=f.blob_id, sha256=f.sha256 if f.large else None)
        for f in repo.commits[revision].values()
    )
    return RepoListing(repo=repo.id, revision=revision, ref=branch, files=tuple(files), endpoint=hub.url)


def planned(hub: FakeHub, repo: FakeRepo) -> PullPlan:
    return make_plan(listing(hub, repo))


class Pull:
    """Starts workers for one plan, one after the other."""

    def __init__(self, folder: Path, plan: PullPlan, *options: str, token: str | None = None, **more: str) -> None:
        self.cache = folder / "hub"
        self.plan = plan
        self._file = folder / "plan.json"
        folder.mkdir(parents=True, exist_ok=True)
        self._file.write_text(to_json(plan))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
        self._environment = {**kept, "HF_HOME": str(folder), "ENGINEROOM_PARENT_PID": str(os.getpid()), **more}
        if token is not None:
            self._environment["HF_TOKEN"] = token
        self._arguments = [f"--patience-s={PATIENCE_S}", *options]
        self.errors = folder / "stderr"

    @property
    def folder(self) -> Path:
        return self.cache / f"models--{self.plan.repo.replace('/', '--')}"

    @property
    def snapshot(self) -> Path:
        return self.folder / "snapshots" / self.plan.revision

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[str]"]:
        with self.errors.open("ab") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "engineroom", "worker", "pull", f"--plan={self._file}", *self._arguments],
                env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip
        with process:
            try:
                yield process
            finally:
                process.kill()

    def run(self) -> list[dict[str, Any]]:
        """All events of one run to its end."""
        with self.running() as process:
            assert process.stdout is not None
            events = [json.loads(line) for line in process.stdout]
            code = process.wait(PATIENCE_S)
        last = events[-1]["event"] if events else f"nothing; {self.errors.read_text()}"
        assert (last, code) in {("done", 0), ("stopped", 0), ("problem", 1)}, (last, code, self.errors.read_text())
        return events

    def noted(self) -> bool:
        """Whether some bytes of a file are here and in its journal, and another file is here as a whole."""
        blobs = list((self.folder / "blobs").glob("*")) if self.folder.exists() else []
        journals = [path for path in blobs if path.name.endswith(".journal.incomplete")]
        whole = [path for path in blobs if not path.name.endswith(".incomplete")]
        return bool(whole) and any(any(path.read_bytes()[JOURNAL_HEAD_BYTES:]) for path in journals)

    def killed_when_noted(self) -> None:
        """Run until something is :meth:`noted`, then ``kill -9``; the Hub has to hold back the rest."""
        reached = threading.Event()
        watching = threading.Thread(target=lambda: until("a note", self.noted) and reached.set())
        watching.start()
        self.killed_when(reached)
        watching.join()

    def killed_when(self, reached: threading.Event) -> None:
        """Run until ``reached`` is set, then ``kill -9``. The caller sets it, on whatever it watches."""
        with self.running() as process:
            assert process.stdout is not None
            drain = threading.Thread(target=process.stdout.read)
            drain.start()
            assert reached.wait(PATIENCE_S)
            process.kill()
            drain.join()

    def has_all(self, files: dict[str, bytes]) -> bool:
        here = {path: self.snapshot / path for path in files}
        return all(place.is_file() and place.read_bytes() == files[path] for path, place in here.items())
