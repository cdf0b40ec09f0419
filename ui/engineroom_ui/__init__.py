"""The window of Engineroom: a client of the daemon like any other. It holds no truth."""
