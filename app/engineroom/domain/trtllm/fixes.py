"""What can be done about a failure: as a value, tried out on paper before anything is touched.

A fix of the launch changes options and is applied by starting again; the rest is something a person or another part of
the program has to do, and says what.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from engineroom.domain.errors import FactValue
from engineroom.domain.trtllm.launch import BLOCK_TOKENS, TrtLlmLaunch


class FixAction(StrEnum):
    """Everything that can be done."""

    # to the launch
    LOWER_CONTEXT = "lower_context"
    LOWER_CONCURRENCY = "lower_concurrency"
    FEWER_TOKENS_PER_PASS = "fewer_tokens_per_pass"
    LOWER_CACHE_SHARE = "lower_cache_share"
    SMALLER_CACHE_FORMAT = "smaller_cache_format"
    CHECKPOINT_CACHE_FORMAT = "checkpoint_cache_format"
    OTHER_PORT = "other_port"
    DROP_OPTION = "drop_option"
    LOAD_IN_SEQUENCE = "load_in_sequence"
    PLAIN_ALLREDUCE = "plain_allreduce"
    NO_PEER_ACCESS = "no_peer_access"
    SET_PTXAS = "set_ptxas"
    OVERSUBSCRIBE = "oversubscribe"
    RESTART_ENGINE = "restart_engine"
    # to the plan
    PLAN_AGAIN = "plan_again"
    CHOOSE_OTHER_PRECISION = "choose_other_precision"
    CHOOSE_OTHER_MODEL = "choose_other_model"
    CHOOSE_OTHER_RUNTIME = "choose_other_runtime"
    MORE_CARDS = "more_cards"
    FEWER_CARDS = "fewer_cards"
    # to what is installed
    PROBE_AGAIN = "probe_again"
    REINSTALL_RUNTIME = "reinstall_runtime"
    UPDATE_RUNTIME = "update_runtime"
    PULL_IMAGE = "pull_image"
    FETCH_AGAIN = "fetch_again"
    # to the machine
    FREE_MEMORY = "free_memory"
    DROP_PAGE_CACHE = "drop_page_cache"
    FREE_DISK = "free_disk"
    OWN_FOLDER = "own_folder"
    UPDATE_DRIVER = "update_driver"
    REMOVE_CUDA_COMPAT = "remove_cuda_compat"
    CHECK_DRIVER = "check_driver"
    SHARE_CARD = "share_card"
    RESTART_COMPUTER = "restart_computer"
    INSTALL_LIBOPENMPI = "install_libopenmpi"
    LEAVE_MPI_JOB = "leave_mpi_job"
    SHARE_HOST_MEMORY = "share_host_memory"
    START_CONTAINER_SERVICE = "start_container_service"
    JOIN_DOCKER_GROUP = "join_docker_group"
    INSTALL_CONTAINER_TOOLKIT = "install_container_toolkit"
    REMOVE_OLD_CONTAINER = "remove_old_container"
    # to the Hub
    ACCEPT_LICENCE = "accept_licence"
    SET_TOKEN = "set_token"
    GO_ONLINE = "go_online"
    WAIT = "wait"


COMMANDS: Mapping[FixAction, str] = {
    FixAction.DROP_PAGE_CACHE: "sudo sh -c 'sync; echo 3 > /proc/sys/vm/drop_caches'",
    FixAction.INSTALL_LIBOPENMPI: "sudo apt-get install libopenmpi-dev",
    FixAction.START_CONTAINER_SERVICE: "sudo systemctl start docker",
    FixAction.JOIN_DOCKER_GROUP: 'sudo usermod -aG docker "$USER"',
    FixAction.CHECK_DRIVER: "nvidia-smi",
    FixAction.SHARE_CARD: "sudo nvidia-smi --compute-mode=DEFAULT",
    FixAction.REMOVE_CUDA_COMPAT: "sudo apt-get remove 'cuda-compat-*'",
    FixAction.INSTALL_CONTAINER_TOOLKIT: "sudo apt-get install nvidia-container-toolkit",
    FixAction.UPDATE_DRIVER: "sudo apt-get install nvidia-driver-580-open",
    FixAction.RESTART_COMPUTER: "sudo systemctl reboot",
    FixAction.FREE_DISK: "engineroom models list",
    FixAction.LEAVE_MPI_JOB: 'env -i HOME="$HOME" PATH="$PATH" engineroom serve',
    FixAction.SHARE_HOST_MEMORY: "docker run --ipc host ...",
    FixAction.GO_ONLINE: "curl --head https://huggingface.co",
    FixAction.WAIT: "curl --head https://huggingface.co",
}
"""Commands for a person to run: with more rights than ours, or to look first."""

LEAST_CONTEXT = 2048
LEAST_TOKENS_PER_PASS = 256
CACHE_STEP = 0.05
"""Less of the free memory for the cache, per try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One knob before and after; ``None`` is not set."""

    knob: str
    before: FactValue
    after: FactValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One way out. ``changes`` is what it would do to the launch; ``command`` what a person would run.

    A fix with neither is done elsewhere: by the plan, the library, the runtime manager.  ``facts`` are the problem's.
    """

    action: FixAction
    changes: tuple[Change, ...] = ()
    command: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)

    @property
    def by_starting_again(self) -> bool:
        """Whether starting with the changed launch is all it takes."""
        return bool(self.changes) or self.action is FixAction.RESTART_ENGINE


_Changer = Callable[[TrtLlmLaunch, Mapping[str, FactValue]], TrtLlmLaunch]


def fix(action: FixAction, launch: TrtLlmLaunch | None, facts: Mapping[str, FactValue] | None = None) -> Fix:
    """The fix as a value. ``facts`` are the problem's; ``free_port`` among them is the port to take."""
    known = dict(facts or {})
    after = None if launch is None else applied(action, launch, known)
    changes = () if launch is None or after is None else changed(launch, after)
    return Fix(action=action, changes=changes, command=COMMANDS.get(action), facts=known)


def applied(action: FixAction, launch: TrtLlmLaunch, facts: Mapping[str, FactValue]) -> TrtLlmLaunch | None:
    """The launch with the fix; ``None`` for one that is not of the launch, or that has nothing left to give."""
    changer = _CHANGERS.get(action)
    if changer is None:
        return None
    after = changer(launch, facts)
    return None if after == launch else after


def changed(before: TrtLlmLaunch, after: TrtLlmLaunch) -> tuple[Change, ...]:
    """Every knob that is another, by the runtime's names."""
    pairs: list[tuple[str, FactValue, FactValue]] = [("port", before.port, after.port)]
    for old, new in ((before.serve_config, after.serve_config), (before.extra_environment, after.extra_environment)):
        pairs += [(name, old.get(name), new.get(name)) for name in dict.fromkeys((*old, *new))]
    pairs += [(name, before.serve_config.get(name, "set"), None) for name in sorted(after.without - before.without)]
    return tuple(Change(knob=knob, before=was, after=is_) for knob, was, is_ in pairs if was != is_)


def dry_run(one: Fix) -> tuple[str, ...]:
    """What would change, a line each; nothing is done."""
    lines = [f"{change.knob}: {shown(change.before)} -> {shown(change.after)}" for change in one.changes]
    if one.command is not None:
        lines.append(f"$ {one.command}")
    return tuple(lines) or (str(one.action),)


def shown(value: FactValue) -> str:
    """A knob's value for people."""
    return "not set" if value is None else str(value)


def _configured(launch: TrtLlmLaunch, **knobs: FactValue) -> TrtLlmLaunch:
    named = {name.replace("__", "."): value for name, value in knobs.items()}
    return replace(launch, serve_config={**launch.serve_config, **named})


def _variable(name: str, value: str) -> _Changer:
    return lambda launch, _: replace(launch, extra_environment={**launch.extra_environment, name: value})


def _lower_context(launch: TrtLlmLaunch, _: Mapping[str, FactValue]) -> TrtLlmLaunch:
    """Half of it; the cache is made for as much, so its bytes go with it."""
    before = launch.context_tokens
    after = max(before // 2 // BLOCK_TOKENS * BLOCK_TOKENS, min(before, LEAST_CONTEXT))
    lowered = _configured(launch, max_seq_len=after)
    held = launch.serve_config.get("kv_cache_config.max_gpu_total_bytes")
    if isinstance(held, int) and before:
        lowered = _configured(lowered, kv_cache_config__max_gpu_total_bytes=held * after // before)
    return lowered


def _lower_concurrency(launch: TrtLlmLaunch, _: Mapping[str, FactValue]) -> TrtLlmLaunch:
    after = max(launch.concurrency // 2, 1)
    lowered = _configured(launch, max_batch_size=after)
    graphs = launch.serve_config.get("cuda_graph_config.max_batch_size")
    if isinstance(graphs, int) and graphs > after:
        lowered = _configured(lowered, cuda_graph_config__max_batch_size=after)
    return lowered


def _fewer_tokens(launch: TrtLlmLaunch, _: Mapping[str, FactValue]) -> TrtLlmLaunch:
    before = launch.serve_config.get("max_num_tokens")
    if not isinstance(before, int) or before <= LEAST_TOKENS_PER_PASS:
        return launch
    after = max(before // 2, LEAST_TOKENS_PER_PASS)
    return _configured(launch, max_num_tokens=after, enable_chunked_prefill=launch.context_tokens > after)


def _lower_share(launch: TrtLlmLaunch, _: Mapping[str, FactValue]) -> TrtLlmLaunch:
    before = launch.serve_config.get("kv_cache_config.free_gpu_memory_fraction")
    if not isinstance(before, float) or before <= 2 * CACHE_STEP:
        return launch
    return _configured(launch, kv_cache_config__free_gpu_memory_fraction=round(before - CACHE_STEP, 3))


def _other_port(launch: TrtLlmLaunch, facts: Mapping[str, FactValue]) -> TrtLlmLaunch:
    port = facts.get("free_port")
    return replace(launch, port=port) if isinstance(port, int) else launch


def _drop(launch: TrtLlmLaunch, facts: Mapping[str, FactValue]) -> TrtLlmLaunch:
    """Without the option or key that the log names; keys below it go too."""
    name = str(facts.get("option") or "").lstrip("-")
    return replace(launch, without=launch.without | {name}) if name else launch


_CHANGERS: Mapping[FixAction, _Changer] = {
    FixAction.LOWER_CONTEXT: _lower_context,
    FixAction.LOWER_CONCURRENCY: _lower_concurrency,
    FixAction.FEWER_TOKENS_PER_PASS: _fewer_tokens,
    FixAction.LOWER_CACHE_SHARE: _lower_share,
    FixAction.SMALLER_CACHE_FORMAT: lambda launch, _: _configured(launch, kv_cache_config__dtype="fp8"),
    FixAction.CHECKPOINT_CACHE_FORMAT: lambda launch, _: _configured(launch, kv_cache_config__dtype="auto"),
    FixAction.OTHER_PORT: _other_port,
    FixAction.DROP_OPTION: _drop,
    FixAction.LOAD_IN_SEQUENCE: _variable("TRT_LLM_DISABLE_LOAD_WEIGHTS_IN_PARALLEL", "1"),
    FixAction.PLAIN_ALLREDUCE: lambda launch, _: _configured(launch, allreduce_strategy="NCCL"),
    FixAction.NO_PEER_ACCESS: _variable("NCCL_P2P_DISABLE", "1"),
    FixAction.SET_PTXAS: _variable("TRITON_PTXAS_PATH", "/usr/local/cuda/bin/ptxas"),
    FixAction.OVERSUBSCRIBE: _variable("OMPI_MCA_rmaps_base_oversubscribe", "1"),
}

LAUNCH_FIXES = frozenset(_CHANGERS)
"""Those that change options; one of them that changes nothing any more is no way out."""
