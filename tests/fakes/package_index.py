"""Package indexes on a loopback port (PEP 503): one as a public index, one as torch's own, one as NVIDIA's.

``python -m fakes.package_index FOLDER`` serves all three until standard input ends, and prints their addresses.
"""

import base64
import hashlib
import html
import io
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

from checks.uv_tool import find_uv
from fakes.tensorrt_llm_double.kit import TORCH, environment

DOUBLE = Path(__file__).parent / "tensorrt_llm_double"


def wheel(
    name: str, version: str, files: Mapping[str, str], *, requires: tuple[str, ...] = (), padding_bytes: int = 0
) -> tuple[str, bytes]:
    """File name and content of a pure wheel; ``padding_bytes`` makes its download last."""
    base = f"{name}-{version}"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {each}\n" for each in requires)
    held = {path: text.encode() for path, text in files.items()}
    if padding_bytes:
        held[f"{name}/padding.bin"] = bytes(padding_bytes)
    held[f"{base}.dist-info/METADATA"] = metadata.encode()
    held[f"{base}.dist-info/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: double\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    rows = [f"{path},sha256={_digest(content)},{len(content)}" for path, content in held.items()]
    held[f"{base}.dist-info/RECORD"] = "\n".join([*rows, f"{base}.dist-info/RECORD,,", ""]).encode()
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w") as archive:
        for path, content in held.items():
            archive.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), content)
    return f"{base}-py3-none-any.whl", store.getvalue()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def torch_wheel(version: str, cuda: str, *, padding_bytes: int = 0) -> tuple[str, bytes]:
    """A ``torch`` that claims a build of CUDA, like 13.0 for ``2.9.1+cu130``."""
    return wheel("torch", version, {"torch/__init__.py": TORCH.format(version=version, cuda=cuda)},
                 padding_bytes=padding_bytes)  # fmt: skip


def build_double(version: str, folder: Path) -> Path:
    """The wheel of the double as that version, built with its own backend. Its build requirement has to be at hand."""
    words = [find_uv(), "build", "--wheel", "--out-dir", folder, DOUBLE]
    answer = subprocess.run(words, env=_environment(version), capture_output=True, text=True, check=False, timeout=300)
    assert answer.returncode == 0, answer.stderr
    (built,) = folder.glob(f"tensorrt_llm-{version}-*.whl")
    return built


def _environment(version: str) -> dict[str, str]:
    kept = {name: value for name, value in environment().items() if not name.startswith(("UV_", "VIRTUAL_ENV"))}
    return kept | {"TENSORRT_LLM_DOUBLE_VERSION": version}


@dataclass
class Faults:
    """What goes wrong: paths that break off (after so many bytes), that are refused, and the speed of files."""

    cut_after_bytes: dict[str, int] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    bytes_per_s: float | None = None


class PackageIndex:
    """Indexes by name; each is a list of files. ``asked`` holds the paths of all requests."""

    def __init__(self, **indexes: list[tuple[str, bytes]]) -> None:
        self.indexes = {name: dict(files) for name, files in indexes.items()}
        self.faults = Faults()
        self.asked: list[str] = []
        self._server: ThreadingHTTPServer | None = None

    @classmethod
    def of_runtimes(cls, *wheels: Path, torch_padding_bytes: int = 0) -> Self:
        """The three indexes an installation of TensorRT-LLM needs (reference 0.2, 6.1).

        The public one has a newer ``torch`` built for an older CUDA: what an installer must not take.
        """
        nvidia = [(path.name, path.read_bytes()) for path in wheels]
        good = [torch_wheel("2.9.1+cu130", "13.0", padding_bytes=torch_padding_bytes),
                torch_wheel("2.14.0+cu130", "13.0", padding_bytes=torch_padding_bytes)]  # fmt: skip
        bad = [torch_wheel("2.9.1", "12.8"), torch_wheel("2.9.2", "12.8"), torch_wheel("2.14.0", "12.8")]
        modelopt = wheel("nvidia_modelopt", "0.37.0", {"modelopt/__init__.py": '__version__ = "0.37.0"\n'})
        constraint = ("constraint.txt", b"torch==2.9.1+cu130\n")
        return cls(public=[*bad, modelopt], torch=[*good, constraint], nvidia=nvidia)

    def url(self, index: str) -> str:
        """The address to give to ``--index-url`` or ``--extra-index-url``."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}/{index}/simple/"

    def file_url(self, index: str, name: str) -> str:
        """The address of one file, like the ``constraint.txt`` that holds torch for the 1.2 line."""
        return self.url(index).replace("/simple/", f"/files/{name}")

    def __enter__(self) -> Self:
        index = self

        class Handler(_Handler):
            owner = index

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: PackageIndex
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.owner.asked.append(self.path)
        parts = self.path.split("#", 1)[0].strip("/").split("/")
        if status := self.owner.faults.status.get(parts[-1]):
            self._send(status, b"made to fail", "text/plain")
            return
        files = self.owner.indexes.get(parts[0])
        if files is None or len(parts) < 2:
            self._send(404, b"no such index", "text/plain")
        elif parts[1] == "files" and parts[-1] in files:
            self._file(parts[-1], files[parts[-1]])
        else:
            self._listing(parts, files)

    do_HEAD = do_GET  # noqa: N815

    def _listing(self, parts: list[str], files: Mapping[str, bytes]) -> None:
        files = {name: content for name, content in files.items() if name.endswith(".whl")}
        projects = sorted({project(name) for name in files})
        if len(parts) == 2:
            rows = [f'<a href="/{parts[0]}/simple/{name}/">{name}</a>' for name in projects]
        elif parts[2] in projects:
            rows = [_link(parts[0], name, content) for name, content in files.items() if project(name) == parts[2]]
        else:
            self._send(404, b"no such project", "text/plain")
            return
        page = "<!DOCTYPE html><html><body>\n" + "<br>\n".join(rows) + "\n</body></html>\n"
        self._send(200, page.encode(), "text/html; charset=utf-8")

    def _file(self, name: str, content: bytes) -> None:
        start, status = 0, 200
        if found := re.match(r"bytes=(\d+)-(\d*)$", self.headers.get("Range", "")):
            start, status = int(found[1]), 206
            whole, content = len(content), content[start : int(found[2]) + 1 if found[2] else None]
        self.send_response(status)
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{start + len(content) - 1}/{whole}")
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        if self.command == "HEAD":
            return
        self._body(content, self.owner.faults.cut_after_bytes.get(name))

    def _body(self, content: bytes, cut: int | None) -> None:
        rate = self.owner.faults.bytes_per_s
        for at in range(0, min(len(content), cut or len(content)), 65536):
            try:
                self.wfile.write(content[at : min(at + 65536, cut or len(content))])
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
                return
            if rate:
                time.sleep(65536 / rate)
        if cut is not None and cut < len(content):
            self.close_connection = True

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def project(file_name: str) -> str:
    """The normalised project of a wheel."""
    return re.sub(r"[-_.]+", "-", file_name.split("-", maxsplit=1)[0]).lower()


def _link(index: str, name: str, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    return f'<a href="/{index}/files/{html.escape(name)}#sha256={digest}">{html.escape(name)}</a>'


def main() -> int:
    """Build what is missing in the folder, serve, wait."""
    folder = Path(sys.argv[1])
    wheels = [build_double(version, folder) for version in ("1.1.0", "1.2.1", "1.4.0rc1")]
    with PackageIndex.of_runtimes(*wheels) as index:
        print(*(f"{name} {index.url(name)}" for name in index.indexes), sep="\n", flush=True)
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
