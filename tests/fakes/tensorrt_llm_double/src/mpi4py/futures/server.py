"""``python -m mpi4py.futures.server``: what a worker of the pool is called in a process list (reference 7.5)."""

from tensorrt_llm._double.worker import main

if __name__ == "__main__":
    main()
