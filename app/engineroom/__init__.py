"""Engineroom: launcher for local inference engines."""

__version__ = "0.1.0"
