"""What docker and podman say of themselves."""

from pathlib import Path

import pytest

from engineroom.adapters.container import container_facts, find_container_program, has_image, remove_image
from fakes.fake_docker.kit import REPOSITORY, FakeDocker


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeDocker:
    made = FakeDocker(tmp_path / "engine")
    monkeypatch.setenv("PATH", str(made.bin))
    return made


def test_one_that_answers_and_has_the_toolkit(docker: FakeDocker) -> None:
    facts = container_facts()
    assert facts is not None
    assert (facts.program, facts.answers, facts.has_toolkit) == ("docker", True, True)
    assert facts.data_path == str(docker.state)
    assert (facts.data_free_bytes or 0) > 0
    docker.configure(toolkit=False)
    assert container_facts().has_toolkit is False  # type: ignore[union-attr]


@pytest.mark.parametrize(("daemon", "denied"), [("down", False), ("denied", True)])
def test_one_whose_server_does_not_answer_us(docker: FakeDocker, daemon: str, denied: bool) -> None:
    docker.configure(daemon=daemon)
    facts = container_facts()
    assert facts is not None
    assert (facts.answers, facts.no_permission) == (False, denied)
    assert "docker.sock" in facts.reason


def test_dockers_own_way_of_saying_that_its_server_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real client ends well here, and puts the trouble into its answer."""
    program = tmp_path / "docker"
    program.write_text('#!/bin/sh\necho \'{"ServerErrors": ["permission denied while trying"]}\'\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    facts = container_facts()
    assert facts is not None
    assert (facts.answers, facts.no_permission, facts.reason) == (False, True, "permission denied while trying")


def test_podman_is_taken_where_docker_does_not_answer(docker: FakeDocker, tmp_path: Path) -> None:
    docker.configure(daemon="down")
    podman = FakeDocker(tmp_path / "other", name="podman", toolkit=False)
    (docker.bin / "podman").symlink_to(podman.program)
    facts = container_facts()
    assert facts is not None
    assert (facts.program, facts.answers) == ("podman", True)
    assert find_container_program() == "docker"


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("nvidia.yaml", "cdiVersion: 0.5.0\nkind: nvidia.com/gpu\n", True),
        ("nvidia.json", '{"kind": "nvidia.com/gpu"}', True),
        ("other.yaml", "kind: vendor.com/net\n", False),
        ("nvidia.yaml.bak", "kind: nvidia.com/gpu\n", False),
    ],
)
def test_podman_has_cards_where_a_file_describes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, known: bool
) -> None:
    podman = FakeDocker(tmp_path / "engine", name="podman", toolkit=False)
    monkeypatch.setenv("PATH", str(podman.bin))
    monkeypatch.setenv("ENGINEROOM_CDI_FOLDERS", f"{tmp_path}/none:{tmp_path}/cdi")
    (tmp_path / "cdi").mkdir()
    (tmp_path / "cdi" / name).write_text(text, "utf-8")
    facts = container_facts()
    assert facts is not None
    assert facts.has_toolkit is known


def test_none_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert container_facts() is None
    assert find_container_program() is None
    assert not has_image("docker", "it")


def test_images_are_seen_and_removed(docker: FakeDocker) -> None:
    import subprocess

    image = f"{REPOSITORY}:1.2.1"
    assert not has_image("docker", image)
    subprocess.run([docker.program, "pull", image], check=True, capture_output=True)
    assert has_image("docker", image)
    assert remove_image("docker", image) is None
    assert not has_image("docker", image)
    assert remove_image("docker", image) is None, "gone already"
    docker.configure(daemon="down")
    assert "Cannot connect" in (remove_image("docker", image) or "")
