"""Use cases. They ask for the world through ports."""
