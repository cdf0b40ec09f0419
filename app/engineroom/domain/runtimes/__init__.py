"""Runtimes: pinned, verified installations of inference software, and what must be true before one is used."""
