"""``trtllm-serve serve MODEL``: from the command line to a server, and its end (reference 7)."""

import asyncio
import os
import signal
import socket
import sys
from typing import Any

from tensorrt_llm._double import arguments, log, model_folder
from tensorrt_llm._double.api import Api
from tensorrt_llm._double.failures import FAILURES, exception, say_lines
from tensorrt_llm._double.gpus import visible
from tensorrt_llm._double.http_server import HttpServer
from tensorrt_llm._double.pool import Pool
from tensorrt_llm._double.releases import Release, release
from tensorrt_llm._double.scenario import Scenario, scenario
from tensorrt_llm.version import __version__


def run(values: dict[str, Any]) -> int:
    """Serve until told to stop. Returns the exit status; an uncaught exception is status 1 with its traceback."""
    chosen, plan = release(__version__), scenario()
    log.set_level(values["log_level"])
    if not visible() and values.get("gpus_per_node") is None:
        raise ValueError("No GPU devices found on the node")
    assert values["port"] > 0, "Invalid port number"
    args = arguments.merged(values, chosen)
    _steal(plan, values)
    sock = bound(values["host"], values["port"]) if chosen.line >= (1, 2) else None
    args = arguments.checked(args, chosen)
    model = _model(args, plan)
    try:
        return asyncio.run(Server(chosen, plan, values, args, model).serve(sock))
    except KeyboardInterrupt:
        log.plain("Aborted!")
        return 1


def _steal(plan: Scenario, values: dict[str, Any]) -> None:
    """Somebody else is quicker at the port, once: as long as the file is there that a scenario names."""
    if plan.port_thief is not None and os.path.exists(plan.port_thief):  # noqa: PTH110
        os.unlink(plan.port_thief)  # noqa: PTH108
        _THIEVES.append(thief := bound(values["host"], values["port"]))
        thief.listen()


_THIEVES: list[socket.socket] = []


def bound(host: str, port: int) -> socket.socket:
    """A socket with the address, not listening yet. Raises RuntimeError when it is taken."""
    family, _, _, _, place = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM)[0]
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(place)
    except OSError as taken:
        sock.close()
        raise RuntimeError(f"Failed to bind socket to {host}:{port}: {taken}") from None
    return sock


def _model(args: dict[str, Any], plan: Scenario) -> model_folder.Model:
    """What is refused before any worker starts."""
    log.python("Using LLM with PyTorch backend" if args.get("backend") not in {"tensorrt", "trt"}
               else "Using LLM with TensorRT backend")  # fmt: skip
    _fail(plan, "args")
    model = model_folder.read(args["model"], plan)
    if model_folder.is_engine(model) and args.get("backend") not in {"tensorrt", "trt"}:
        raise ValueError(f"Unrecognized model in {args['model']}: config.json has no `model_type` key")
    if model_folder.is_engine(model):
        model_folder.check_engine(model, args, __version__)
        if not args.get("tokenizer"):
            raise OSError(f"Can't load tokenizer for '{args['model']}': an engine folder has none (3.2)")
    needed = 1
    for size in ("tensor_parallel_size", "pipeline_parallel_size", "context_parallel_size"):
        needed *= int(args.get(size) or 1)
    if needed > (count := len(visible())):
        raise RuntimeError(f"Only {count} GPUs are available, but {needed} are required.")
    if needed > 1:
        log.python(f"start MpiSession with {needed} workers")
    return model


def _fail(plan: Scenario, stage: str) -> None:
    """A failure of the server itself, or of what starts its workers."""
    failure = FAILURES.get(plan.fail or "")
    if failure is None or stage != (plan.fail_at or failure.where):
        return
    if failure.how == "launcher":
        say_lines(failure)
        sys.exit(1)
    if failure.how == "server killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if failure.how == "proxy":
        raise exception(failure)
    if failure.how == "killed" and stage == "spawn":
        say_lines(failure)
        raise RuntimeError("Executor worker died during initialization")


class Server:
    """One process that serves."""

    def __init__(
        self, chosen: Release, plan: Scenario, values: dict[str, Any], args: dict[str, Any], model: model_folder.Model
    ) -> None:
        self._chosen, self._plan, self._values, self._args = chosen, plan, values, args
        self._pool = Pool(plan, tied=chosen.worker_tied)
        self._api = Api(chosen, plan, args, model, self._pool, values)
        self._http: HttpServer | None = None
        self._told: asyncio.Queue[int] = asyncio.Queue()

    async def serve(self, sock: socket.socket | None) -> int:
        """Load, serve, stop."""
        if self._chosen.listens_while_starting:
            self._listen_to_signals()
            self._http = HttpServer(sock, self._api.handle)
            self._announce_start()
            await self._http.start()
        try:
            loading = asyncio.create_task(self._load())
            told = asyncio.create_task(self._told.get())
            await asyncio.wait({loading, told}, return_when=asyncio.FIRST_COMPLETED)
            if not loading.done():
                loading.cancel()
                self._pool.kill()
                raise SystemExit(1)
            told.cancel()
            loading.result()
        except (RuntimeError, OSError):
            await self._pool.abort()
            raise
        except asyncio.CancelledError:
            self._pool.kill()
            raise
        await self._open(sock)
        signum = await self._told.get()
        return await self._stop(signum)

    async def _load(self) -> None:
        await self._download()
        await asyncio.sleep(self._plan.slow.get("spawn", 0.0))
        _fail(self._plan, "spawn")
        log.coloured("rank 0 using MpiPoolSession to spawn MPI processes")
        facts = await self._pool.start(self._args)
        log.python("get signal from executor worker", module="proxy")
        if self._args.get("guided_decoding_backend"):
            name = str(self._args["guided_decoding_backend"]).upper()
            log.python(f"Guided decoder initialized with backend: GuidedDecodingBackend.{name}", module="py_executor")
        self._api.loaded(facts)

    async def _download(self) -> None:
        """Progress of the Hub's library, when MODEL is no folder."""
        _fail(self._plan, "download")
        if self._api.is_local:
            return
        for done in range(5):
            log.progress(f"Fetching 4 files: {done * 25:3d}%|{'#' * done:4}| {done}/4", last=done == 4)
            await asyncio.sleep(self._plan.pace_s + self._plan.slow.get("download", 0.0) / 5)

    def _announce_start(self) -> None:
        log.uvicorn(f"Started server process [{os.getpid()}]")
        log.uvicorn("Waiting for application startup.")

    async def _open(self, sock: socket.socket | None) -> None:
        host, port = self._values["host"], self._values["port"]
        if self._http is None:
            self._http = HttpServer(sock or bound(host, port), self._api.handle)
            self._announce_start()
            self._listen_to_signals()
            await self._http.start()
        log.uvicorn("Application startup complete.")
        log.uvicorn(f"Uvicorn running on http://{host}:{port} (Press CTRL+C to quit)")

    def _listen_to_signals(self) -> None:
        for signum in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signum, self._told.put_nowait, signum)

    async def _stop(self, signum: int) -> int:
        """Shut down in order; a second SIGINT does not wait for the workers."""
        log.uvicorn("Shutting down")
        await self._http.stop()
        log.uvicorn("Waiting for application shutdown.")
        stopping = asyncio.create_task(self._pool.stop())
        again = asyncio.create_task(self._second_interrupt())
        await asyncio.wait({stopping, again}, return_when=asyncio.FIRST_COMPLETED)
        again.cancel()
        stopping.cancel()
        log.uvicorn("Application shutdown complete.")
        log.uvicorn(f"Finished server process [{os.getpid()}]")
        if signum == signal.SIGTERM:
            asyncio.get_running_loop().remove_signal_handler(signum)
            signal.raise_signal(signal.SIGTERM)
        log.plain("Aborted!")
        return 1

    async def _second_interrupt(self) -> None:
        while await self._told.get() != signal.SIGINT:
            pass
