"""Plain Python: no I/O, no third-party import."""
