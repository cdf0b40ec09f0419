"""What each address of the Hub answers. Routes and headers are those the installed ``huggingface_hub`` relies on."""

import json
import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

from fakes.fake_hub.faults import Status
from fakes.fake_hub.repo import FakeFile, FakeRepo
from fakes.fake_hub.sending import Asked, Sender

RESOLVE = re.compile(r"^/(?P<repo>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<path>.+)$")
CACHED = re.compile(r"^/api/resolve-cache/models/(?P<repo>[^/]+/[^/]+)/(?P<revision>[^/]+)/(?P<path>.+)$")
CDN = re.compile(r"^/cdn/(?P<sha>[0-9a-f]{64})/(?P<path>.+)$")
INFO = re.compile(r"^/api/models/(?P<repo>[^/]+/[^/]+)(?:/revision/(?P<revision>[^/]+))?$")
TREE = re.compile(r"^/api/models/(?P<repo>[^/]+/[^/]+)/tree/(?P<revision>[^/]+)(?:/(?P<path>.+))?$")
PATHS = re.compile(r"^/api/models/(?P<repo>[^/]+/[^/]+)/paths-info/(?P<revision>[^/]+)$")
CHECK = re.compile(r"^/api/models/(?P<repo>[^/]+/[^/]+)/auth-check$")


class Refused(Exception):
    """An answer that is an error, with the Hub's own headers for it."""

    def __init__(self, status: int, code: str | None, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class Handler(Sender):
    """One connection."""

    def do_GET(self) -> None:  # noqa: N802
        split = urlsplit(self.path)
        given = self.headers.get("Authorization", "")
        self.token = given.removeprefix("Bearer ") or None
        self.query = parse_qs(split.query)
        asked = Asked(self.command, split.path, split.query, self.headers.get("Range"), self.token,
                      self.headers.get("User-Agent"))  # fmt: skip
        with self.hub.lock:
            self.hub.asked.append(asked)
            if self.token is not None and split.path.startswith("/cdn/"):
                self.hub.leaked.append(asked)
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.hub.faults.take(split.path, Status)
        try:
            if isinstance(fault, Status):
                self.reply(fault.code, fault.body, {"Content-Type": "application/json", **fault.headers})
            else:
                self.route(split.path)
        except Refused as refused:
            headers = {"Content-Type": "application/json", "X-Error-Message": refused.message}
            if refused.code is not None:
                headers["X-Error-Code"] = refused.code
            self.reply(refused.status, json.dumps({"error": refused.message}).encode(), headers)
        except (BrokenPipeError, ConnectionError):
            self.close_connection = True

    do_HEAD = do_GET  # noqa: N815
    do_POST = do_GET  # noqa: N815

    def route(self, path: str) -> None:
        for pattern, answer in (
            (RESOLVE, self.resolve), (CACHED, self.cached), (CDN, self.cdn), (TREE, self.tree),
            (PATHS, self.paths_info), (CHECK, self.auth_check), (INFO, self.info),
        ):  # fmt: skip
            if found := pattern.match(path):
                return answer(**{name: unquote(value) if value else value for name, value in found.groupdict().items()})
        if path == "/api/models":
            return self.search()
        if path == "/api/whoami-v2":
            return self.whoami()
        raise Refused(404, None, f"no such address: {path}")

    def repo(self, name: str) -> FakeRepo:
        if self.token is not None and self.token not in self.hub.users:
            raise Refused(401, None, "Invalid credentials in Authorization header")
        repo = self.hub.repos.get(name)
        if repo is None or (repo.private and self.token not in repo.members):
            raise Refused(404 if self.token else 401, "RepoNotFound", "Repository not found")
        return repo

    def commit(self, repo: FakeRepo, revision: str | None) -> str:
        sha = repo.find(revision or "main")
        if sha is None:
            raise Refused(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        return sha

    def gate(self, repo: FakeRepo) -> None:
        if not repo.gated or self.token in repo.members:
            return
        if self.token is None:
            raise Refused(401, "GatedRepo", f"Access to model {repo.id} is restricted. You must be authenticated.")
        if self.token in repo.waiting:
            raise Refused(403, "GatedRepo", f"Your request to access model {repo.id} is awaiting a review from the "
                          "repo authors.")  # fmt: skip
        raise Refused(403, "GatedRepo", f"Access to model {repo.id} is restricted and you are not in the authorized "
                      "list.")  # fmt: skip

    def info(self, repo: str, revision: str | None) -> None:
        found = self.repo(repo)
        self.json(found.info(self.commit(found, revision), blobs="blobs" in self.query))

    def auth_check(self, repo: str) -> None:
        self.gate(self.repo(repo))
        self.json({})

    def whoami(self) -> None:
        if self.token not in self.hub.users:
            raise Refused(401, None, "Invalid credentials in Authorization header")
        self.json({"type": "user", "name": self.hub.users[self.token], "auth": {"type": "access_token"}})

    def search(self) -> None:
        query = {name: values[0] for name, values in self.query.items()}
        hits = [repo for repo in self.hub.repos.values() if not repo.private and self.matches(repo, query)]
        order = {"likes": lambda repo: -repo.likes, "lastModified": lambda repo: [-ord(c) for c in repo.modified]}
        hits.sort(key=order.get(query.get("sort", ""), lambda repo: -repo.downloads))
        start = int(query.get("cursor", 0))
        page = min(int(query.get("limit", self.hub.page)), self.hub.page)
        rows = [repo.info(self.commit(repo, None)) for repo in hits[start : start + page]]
        for row in rows:
            del row["siblings"]
        self.json(rows, self.next_link(start, page, len(hits)))

    def matches(self, repo: FakeRepo, query: dict[str, str]) -> bool:
        tags = {repo.library, *repo.tags}
        return (
            query.get("search", "").lower() in repo.id.lower()
            and query.get("author", "") in {"", repo.id.partition("/")[0]}
            and query.get("pipeline_tag", "") in {"", repo.task}
            and set(self.query.get("filter", [])) <= tags
            and ("gated" not in query or (query["gated"].lower() == "true") == bool(repo.gated))
        )

    def tree(self, repo: str, revision: str, path: str | None) -> None:
        found = self.repo(repo)
        files = found.commits[self.commit(found, revision)].values()
        rows = [file.tree_row() for file in files if path is None or file.path.startswith(f"{path}/")]
        start = int(self.query.get("cursor", ["0"])[0])
        page = int(self.query.get("limit", ["1000"])[0])
        self.json(rows[start : start + page], self.next_link(start, page, len(rows)))

    def paths_info(self, repo: str, revision: str) -> None:
        found = self.repo(repo)
        files = found.commits[self.commit(found, revision)]
        wanted = parse_qs(self.body.decode()).get("paths", [])
        self.json([files[path].tree_row() for path in wanted if path in files])

    def next_link(self, start: int, page: int, total: int) -> dict[str, str]:
        if start + page >= total:
            return {}
        split = urlsplit(self.path)
        kept = "&".join(f"{name}={quote(v)}" for name, vs in self.query.items() if name != "cursor" for v in vs)
        return {"Link": f'<{self.hub.url}{split.path}?{kept}&cursor={start + page}>; rel="next"'}

    def file(self, repo: str, revision: str, path: str) -> tuple[FakeFile, dict[str, str]]:
        found = self.repo(repo)
        self.gate(found)
        sha = self.commit(found, revision)
        file = found.commits[sha].get(path)
        if file is None:
            raise Refused(404, "EntryNotFound", f"Entry not found: {path}")
        return file, {"X-Repo-Commit": sha, "ETag": f'"{file.etag}"'}

    def resolve(self, repo: str, revision: str, path: str) -> None:
        file, headers = self.file(repo, revision, path)
        if file.large:
            linked = {"X-Linked-Size": str(file.size), "X-Linked-Etag": f'"{file.sha256}"'}
            place = f"{self.hub.cdn_url}/cdn/{file.sha256}/{quote(path)}?signature=made"
            self.reply(302, b"", {**headers, **linked, "Location": place})
        else:
            sha = headers["X-Repo-Commit"]
            self.reply(307, b"", {**headers, "Location": f"/api/resolve-cache/models/{repo}/{sha}/{quote(path)}"})

    def cached(self, repo: str, revision: str, path: str) -> None:
        file, headers = self.file(repo, revision, path)
        self.content(file, headers)

    def cdn(self, sha: str, path: str) -> None:
        file = self.hub.by_hash(sha)
        if file is None:
            raise Refused(404, None, "no such object")
        self.content(file, {"ETag": f'"{sha}"'}, name=path)
