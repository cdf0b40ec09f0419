"""Knowing a model without loading it: what its configuration and headers say, as one frozen value."""
