"""See ``server``."""
