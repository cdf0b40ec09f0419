"""One rank: loads (prints and waits), holds "memory", makes tokens. It does not end when the server is killed."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
import traceback
from typing import Any

from tensorrt_llm._double import log, model_folder, stages, tether
from tensorrt_llm._double.failures import FAILURES, OOM, Failure, exception, say_lines
from tensorrt_llm._double.generation import Generator
from tensorrt_llm._double.gpus import as_others_leave_it, escape, memory_held, visible
from tensorrt_llm._double.releases import release
from tensorrt_llm._double.scenario import GIB, Scenario, scenario
from tensorrt_llm.version import __version__


def main() -> None:
    """``python -m mpi4py.futures.server ORDER``."""
    order = json.loads(sys.argv[1])
    plan = scenario()
    if order["tied"]:
        tether.die_with_parent(os.getppid())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    log.set_level(order["args"].get("log_level") or "info")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as line:
        line.connect("\0" + order["address"])
        _send(line, {"type": "hello", "rank": order["rank"], "pid": os.getpid()})
        rank = Rank(order, plan, line)
        card = visible()[order["rank"]]
        used = min(rank.memory.settled_bytes, card.total_bytes)
        escape(plan.state, card, plan.escapee_bytes)
        with memory_held(plan.state, card, used):
            if rank.load():
                asyncio.run(Generator(line, plan, rank.facts()).serve())


class Rank:
    """The loading of one rank."""

    def __init__(self, order: dict[str, Any], plan: Scenario, line: socket.socket) -> None:
        self._plan, self._line, self._number = plan, line, order["rank"]
        self._args = order["args"]
        self._model = model_folder.read(self._args["model"], plan)
        self._card = as_others_leave_it(visible()[self._number], plan.state)
        self._seen: set[str] = set()
        self.memory = stages.Memory(self._card, self._model, self._args)

    def facts(self) -> dict[str, Any]:
        """What the server has to know of the loaded model."""
        return {
            "max_seq_len": self.memory.max_seq_len,
            "kv_blocks": self.memory.kv_tokens // stages.BLOCK_TOKENS,
            "gpu_bytes": self.memory.settled_bytes + self._card.used_bytes,
            "print_iter_log": bool(self._args.get("print_iter_log")),
            "request_stats": bool(self._args.get("enable_iter_req_stats")),
            "max_batch_size": int(self._args.get("max_batch_size") or 2048),
        }

    def load(self) -> bool:
        """Print all stages. Returns False after an error, which the server has been told."""
        try:
            for line in stages.lines(self.memory, release(__version__)):
                self._enter(line.stage)
                if self._number == 0:
                    self._say(line)
                    time.sleep(self._plan.pace_s)
            self._keep_tuning()
        except (ValueError, RuntimeError, AssertionError, KeyError, OSError, NotImplementedError, SpecificError) as why:
            self._report(why)
            return False
        _send(self._line, {"type": "ready", "facts": self.facts()})
        return True

    def _keep_tuning(self) -> None:
        """What the autotuner found, for the next start (6.5)."""
        path = os.environ.get("TLLM_AUTOTUNER_CACHE_PATH")
        if path and self._number == 0 and "autotune" in self._seen:
            with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123
                file.write(json.dumps({"model": self._args["model"], "tuned": 12}) + "\n")

    def _say(self, line: stages.Line) -> None:
        if line.form == "python":
            log.python(line.text, line.level, module="model_engine")
        elif line.form == "cpp":
            log.cpp(line.text)
        else:
            log.progress(line.text, last=line.form == "progress_end")

    def _enter(self, stage: str) -> None:
        """What happens once at the beginning of a stage: waits, failures that were asked for, real objections."""
        if stage in self._seen:
            return
        self._seen.add(stage)
        time.sleep(self._plan.slow.get(stage, 0.0))
        if self._plan.stall_at == stage:
            time.sleep(self._plan.silence_s)
        failure = FAILURES.get(self._plan.fail or "")
        if failure is not None and stage == (self._plan.fail_at or failure.where):
            self._fail(failure)
        self._object(stage)

    def _fail(self, failure: Failure) -> None:
        if self._number == 0:
            say_lines(failure)
        if failure.how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if failure.how == "hang":
            time.sleep(self._plan.silence_s)
        if failure.how == "worker":
            why = exception(failure)
            raise why if isinstance(why, Exception) and type(why).__module__ == "builtins" else SpecificError(why)

    def _object(self, stage: str) -> None:
        """The refusals that follow from the model, the card and the arguments."""
        cache = self._args.get("kv_cache_config") or {}
        if stage == "features":
            model_folder.check_architecture(self._model)
            model_folder.check_cache_type(self._model, cache.get("dtype") or "auto")
        elif stage == "allocate" and self.memory.weights_bytes > self._card.total_bytes - self._card.used_bytes:
            raise RuntimeError(self._oom("Model", "Model: reduce max_num_tokens and/or shard the model weights"))
        elif stage == "load":
            model_folder.check_weights(self._model)
        elif stage == "temporary_kv" and self.memory.peak_bytes > self._card.total_bytes:
            raise RuntimeError(self._oom(
                "Initial KV Cache (temporary for KV cache size estimation)",
                "Initial KV Cache: reduce max_num_tokens"))  # fmt: skip
        elif stage == "autotune":
            model_folder.check_kernels(self._model, self._card)
        elif stage == "kv":
            self._object_to_cache()

    def _object_to_cache(self) -> None:
        assert self.memory.fraction < 1.0, "Invalid freeMemFraction, freeMemFraction must be < 1.0"
        if self.memory.kv_tokens == 0:
            raise ValueError("Impossible to fit in any sequence in kvCache")
        if self.memory.shrunk_from is not None and self._args.get("fail_fast_on_attention_window_too_large"):
            raise RuntimeError(
                f"Attention window size {self.memory.shrunk_from} exceeds upper bound {self.memory.kv_tokens} for "
                "available blocks. fail_fast_on_attention_window_too_large is set."
            )

    def _oom(self, what: str, advice: str) -> str:
        free = max(0, self._card.total_bytes - self._card.used_bytes) / GIB
        return OOM.format(what=what, total=self._card.total_bytes / GIB, free=free, before="", advice=advice)

    def _report(self, why: BaseException) -> None:
        shown = why.cause if isinstance(why, SpecificError) else why
        trace = "".join(traceback.format_exception(shown))
        log.python(f"Failed to initialize executor on rank {self._number}: {shown}", "E", module="worker")
        log.python(trace.rstrip("\n"), "E", module="worker")
        _send(self._line, {"type": "error", "trace": trace})
        if self._plan.abort_hangs:
            time.sleep(self._plan.silence_s)


class SpecificError(Exception):
    """Carries an exception whose type is another library's."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


def _send(line: socket.socket, message: dict[str, Any]) -> None:
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(json.dumps(message).encode() + b"\n")
