"""launch.sh as a newcomer meets it. The programs around it (Python, uv, ldd, apt-get) are small fakes on the PATH."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from checks.uv_tool import ROOT

TOOLS = (
    "bash",
    "env",
    "readlink",
    "dirname",
    "uname",
    "cat",
    "sha256sum",
    "cut",
    "sed",
    "sort",
    "head",
    "awk",
    "mkdir",
    "mktemp",
    "rm",
    "sleep",
    "tail",
)


VENV_TOOLS = ("python", "ruff", "mypy", "lint-imports")


@dataclass(frozen=True)
class Checkout:
    """A copy of what the scripts need, in a folder with a space in its name, and a PATH of its own."""

    root: Path
    path: Path

    def program(self, name: str, body: str) -> Path:
        place = self.root / ".venv" / "bin" / name if "engineroom" in name or name in VENV_TOOLS else self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        place.chmod(0o755)
        return place

    def set_up(self, *parts: str) -> None:
        """Leaves what a successful set-up leaves, with programs that print how they were called."""
        (self.root / ".venv" / "bin").mkdir(parents=True)
        (self.root / ".venv" / "bin" / "python").symlink_to("/bin/true")
        digest = self.bash(f". '{self.root}/packaging/lib.sh'; lock_digest").stdout.strip()
        (self.root / ".venv" / "engineroom.stamp").write_text(f"{digest} {' '.join(parts)}\n", encoding="utf-8")
        self.program("ldd", "exit 0")
        for name in ("engineroom", "engineroom-desktop"):
            self.program(name, f'printf "%s\\n" {name} "$@"')

    def bash(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/bash", "-c", script],
            env={"PATH": str(self.path), "HOME": str(self.root), **environment},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def launch(self, arguments: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return self.bash(f"'{self.root}/packaging/launch.sh' {arguments}", **environment)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root = tmp_path / "a checkout"
    shutil.copytree(ROOT / "packaging", root / "packaging")
    for name in ("uv.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    path = tmp_path / "bin"
    path.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"{tool} is needed for this test"
        (path / tool).symlink_to(found)
    return Checkout(root, path)


def test_help_needs_nothing() -> None:
    answer = subprocess.run(
        [ROOT / "packaging" / "launch.sh", "--help"],
        env={"PATH": "/usr/bin:/bin"},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0
    assert answer.stdout.startswith("Usage: launch.sh")
    assert answer.stderr == ""


@pytest.mark.parametrize("arguments", ["--nonsense", "--port", "--model=", "extra", "--port 8500"])
def test_wrong_usage_is_told_before_anything_is_made(checkout: Checkout, arguments: str) -> None:
    answer = checkout.launch(arguments, DISPLAY=":99")
    assert answer.returncode == 2
    assert "--help" in answer.stderr
    assert not (checkout.root / ".venv").exists()


def test_without_a_display_it_serves_the_starter_model(checkout: Checkout) -> None:
    checkout.set_up()
    answer = checkout.launch()
    assert "No display here" in answer.stderr
    assert answer.stdout.split() == ["engineroom", "serve", "--model", "smollm2-135m-instruct", "--headless"]


def test_options_reach_the_engine_room(checkout: Checkout) -> None:
    checkout.set_up()
    answer = checkout.launch("--headless --port=auto --model '/a b.gguf' -- --idle-exit 5", DISPLAY=":99")
    wanted = ["engineroom", "serve", "--model", "/a b.gguf", "--headless", "--port", "auto", "--idle-exit", "5"]
    assert answer.stdout.splitlines() == wanted


@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_with_a_display_it_opens_the_window(checkout: Checkout, display: str) -> None:
    checkout.set_up("desktop")
    answer = checkout.launch("-- --version", **{display: "there"})
    assert answer.stdout.split() == ["engineroom-desktop", "--version"]


def test_status_of_the_program_is_the_status_of_the_script(checkout: Checkout) -> None:
    checkout.set_up()
    checkout.program("engineroom", "exit 5")
    assert checkout.launch("--headless").returncode == 5


def test_works_through_a_symbolic_link(checkout: Checkout, tmp_path: Path) -> None:
    checkout.set_up()
    (tmp_path / "start").symlink_to(checkout.root / "packaging" / "launch.sh")
    assert checkout.bash(f"{tmp_path}/start --headless").stdout.startswith("engineroom\n")


@pytest.mark.parametrize("change", ["uv.lock", "pyproject.toml"])
def test_a_change_of_the_lock_asks_for_a_new_environment(checkout: Checkout, change: str) -> None:
    checkout.set_up()
    with (checkout.root / change).open("a", encoding="utf-8") as file:
        file.write("\n")
    answer = checkout.launch("--headless")
    assert answer.returncode == 1
    assert "No suitable Python here" in answer.stderr


def test_an_environment_without_qt_is_not_enough_for_the_window(checkout: Checkout) -> None:
    checkout.set_up()
    assert "No suitable Python here" in checkout.launch(DISPLAY=":99").stderr


def test_no_suitable_python_says_which_one_to_install(checkout: Checkout) -> None:
    checkout.program("python3", "exit 1")
    checkout.program("apt-get", "exit 100")
    checkout.program("apt-cache", '[ "$2" = python3.12 ]')
    answer = checkout.launch("--headless")
    assert answer.returncode == 1
    assert "apt-get install -y python3.12 python3.12-venv" in answer.stderr
    assert not (checkout.root / ".venv").exists()


def test_words_of_uv_are_shown_when_it_fails(checkout: Checkout) -> None:
    checkout.program("python3", "echo /usr/bin/python3")
    checkout.program("uv", 'case $1 in --version) echo "uv 0.13.9";; *) echo "error: no route" >&2; exit 2;; esac')
    answer = checkout.launch("--headless")
    assert answer.returncode == 1
    assert "error: no route" in answer.stderr
    assert "Without a network nothing can be fetched" in answer.stderr
    assert not (checkout.root / ".venv" / "engineroom.stamp").exists()


def test_old_uv_is_left_alone(checkout: Checkout) -> None:
    checkout.program("uv", "echo uv 0.4.30")
    answer = checkout.bash(f". '{checkout.root}/packaging/lib.sh'; uv_fits uv")
    assert answer.returncode != 0
    checkout.program("uv", "echo 'uv 0.14.0 (of a later day)'")
    assert checkout.bash(f". '{checkout.root}/packaging/lib.sh'; uv_fits uv").returncode == 0


@pytest.fixture
def bare_system(checkout: Checkout) -> Checkout:
    """Ldd misses two libraries until apt-get has run; sudo asks for a password, as it does for most people."""
    checkout.set_up("desktop")
    done = checkout.root / "installed"
    lines = r"\tlibxcb-cursor.so.0 => not found\n\tlibgomp.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6\n"
    checkout.program("ldd", f"[ -e '{done}' ] || printf '{lines}'")
    checkout.program("apt-get", f"echo apt-get \"$@\" >&2; : > '{done}'")
    checkout.program("sudo", "exit 1")
    return checkout


def test_missing_libraries_are_installed_when_it_may(bare_system: Checkout) -> None:
    bare_system.program("sudo", 'shift; exec "$@"')
    answer = bare_system.launch(DISPLAY=":99")
    assert "install -y -q --no-install-recommends libgomp1 libxcb-cursor0" in answer.stderr
    assert answer.stdout.split() == ["engineroom-desktop"]


def test_missing_libraries_are_named_when_it_may_not(bare_system: Checkout) -> None:
    script = f". '{bare_system.root}/packaging/lib.sh'; may_install() {{ false; }}; ensure_libraries engine xcb"
    answer = bare_system.bash(script)
    assert answer.returncode == 1
    assert "apt-get install -y libgomp1 libxcb-cursor0" in answer.stderr
    assert not (bare_system.root / "installed").exists()


def test_fedora_gets_its_own_package_names(checkout: Checkout) -> None:
    checkout.program("dnf", "exit 0")
    script = f". '{checkout.root}/packaging/lib.sh'; packages_for libEGL.so.1 libxcb-cursor.so.0 libunknown.so.1"
    assert checkout.bash(script).stdout.split() == ["libglvnd-egl", "libunknown.so.1", "xcb-util-cursor"]
