"""The programs of the wheel."""
