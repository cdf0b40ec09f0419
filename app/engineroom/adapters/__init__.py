"""The world, one port per file."""
