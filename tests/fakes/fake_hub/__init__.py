"""A Hugging Face Hub on a loopback port: real sockets, real answers, and every way it can go wrong."""

from fakes.fake_hub.faults import Cut, Drip, Fault, Hold, Lie, Status
from fakes.fake_hub.repo import FakeRepo, Sparse
from fakes.fake_hub.server import FakeHub

__all__ = ["Cut", "Drip", "FakeHub", "FakeRepo", "Fault", "Hold", "Lie", "Sparse", "Status"]
