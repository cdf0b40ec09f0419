"""What was installed, written down: every package, its hash, the size, the digest."""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from engineroom.domain.details import as_line
from engineroom.domain.errors import Broken, Code
from engineroom.domain.parse_faults import fault
from engineroom.domain.runtimes.enter import Inside
from engineroom.domain.runtimes.recipe import StepName
from engineroom.domain.runtimes.values import Manifest, Package, RuntimeKind
from engineroom.workers.install.children import Children
from engineroom.workers.install.order import Order

_LIST_PROBE = """\
import json, sys
from importlib.metadata import distributions
rows = sorted({(one.name, one.version) for one in distributions() if one.name})
print(json.dumps({"python": sys.version.split()[0], "packages": rows}))
"""


def recorded(order: Order, children: Children) -> Manifest:
    """The manifest. Raises Broken where what should be there is not."""
    if order.kind is RuntimeKind.CONTAINER:
        return _of_image(order, children)
    site = site_packages(order.folder)
    packages = tuple(sorted(map(_package, distributions(path=[str(site)])), key=lambda one: one.name.lower()))
    return Manifest(
        id=order.id,
        kind=order.kind,
        product=order.product,
        version=order.version,
        installed_unix_s=time.time(),
        python_version=_python_version(order.folder),
        packages=packages,
        size_bytes=size_of(order.folder / "venv"),
        sources=order.sources,
    )


def site_packages(folder: Path) -> Path:
    """Where the packages of an environment lie. Raises Broken."""
    found = sorted((folder / "venv" / "lib").glob("python3.*/site-packages"))
    if not found:
        raise Broken(Code.INSTALL_FAILED, step=StepName.ENVIRONMENT, **as_line(fault("no_packages")))
    return found[0]


def version_in(site: Path, name: str) -> str | None:
    """The version of a package there."""
    return next((one.version for one in distributions(path=[str(site)], name=name)), None)


def size_of(folder: Path) -> int:
    """Bytes on disk; a file that lies there twice counts once."""
    seen: dict[tuple[int, int], int] = {}
    for place, _, names in os.walk(folder):
        for name in names:
            found = os.lstat(os.path.join(place, name))  # noqa: PTH118 (a hundred thousand files)
            seen[found.st_dev, found.st_ino] = found.st_blocks * 512
    return sum(seen.values())


def _package(one: Distribution) -> Package:
    record = one.read_text("RECORD")
    digest = None if record is None else hashlib.sha256(record.encode()).hexdigest()
    return Package(name=one.name, version=one.version, record_sha256=digest)


def _python_version(folder: Path) -> str | None:
    lines = (folder / "venv" / "pyvenv.cfg").read_text("utf-8").splitlines()
    values = dict(line.partition(" = ")[::2] for line in lines)
    return values.get("version_info") or values.get("version")


def _of_image(order: Order, children: Children) -> Manifest:
    told = children.ask((order.program, "image", "inspect", order.image), {})
    try:
        (tree,) = json.loads(told.output or "")
        repository = order.image.rpartition(":")[0]
        digest = next(one.partition("@")[2] for one in tree["RepoDigests"] if one.partition("@")[0] == repository)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        why = {"line": told.line} if told.output is None else as_line(fault("no_digest"))
        raise Broken(Code.INSTALL_FAILED, step=StepName.PULL, **why) from error
    image = f"{repository}@{digest}"
    python, packages = _listed(Inside(kind=order.kind, folder="", program=order.program, image=image), children)
    return Manifest(
        id=order.id,
        kind=order.kind,
        product=order.product,
        version=order.version,
        installed_unix_s=time.time(),
        python_version=python,
        packages=packages,
        size_bytes=tree.get("Size"),
        program=order.program,
        image=image,
        image_digest=digest,
        sources=order.sources,
    )


def _listed(inside: Inside, children: Children) -> tuple[str | None, tuple[Package, ...]]:
    """Packages inside an image; none where it does not run. Its digest pins them all the same."""
    told = children.ask(inside.python(_LIST_PROBE), inside.environment)
    for line in reversed((told.output or "").splitlines()):
        if line.startswith("{"):
            tree = json.loads(line)
            return tree["python"], tuple(_rows(tree["packages"]))
    return None, ()


def _rows(rows: list[list[str]]) -> Iterator[Package]:
    for name, version in rows:
        yield Package(name=name, version=version)
