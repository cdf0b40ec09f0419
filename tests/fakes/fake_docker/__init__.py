"""A ``docker`` and a ``podman`` that keep their containers in a folder: real processes, real exit statuses."""

from fakes.fake_docker.kit import FakeDocker

__all__ = ["FakeDocker"]
