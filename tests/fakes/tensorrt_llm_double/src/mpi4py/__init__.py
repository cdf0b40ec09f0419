"""Stands where mpi4py would, so that workers show under the name they have in a process list."""
