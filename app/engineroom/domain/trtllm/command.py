"""Where the server runs: its program and arguments, its environment, and the container around it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from engineroom.domain.cuda_devices import CUDA_ORDER, cuda_environment
from engineroom.domain.details import Detail, Impossible
from engineroom.domain.trtllm.launch import Container, TrtLlmLaunch, VirtualEnvironment, serve
from engineroom.domain.trtllm.probed import Contract

OPTIONS_INSIDE = "/engineroom/options.yaml"
CACHE_INSIDE = "/engineroom/cache"
MODELS_INSIDE = "/engineroom/models"
TOKENIZER_INSIDE = "/engineroom/tokenizer"
ENCODINGS_INSIDE = "/engineroom/encodings"
TUNING_FILE = "autotuner.json"

TELEMETRY_OFF: Mapping[str, str] = {
    "TRTLLM_NO_USAGE_STATS": "1",
    "DO_NOT_TRACK": "1",
    "TELEMETRY_DISABLED": "true",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
"""Always set: reports are on by default from 1.4.0rc1 on, and older versions do not mind."""

Mount = tuple[str, str, bool]
"""Source outside, target inside, whether it may only be read."""

FOREIGN_PREFIXES = ("OMPI_", "PMIX_", "PMI_", "SLURM_", "PRTE_", "MPI_")
"""Variables not to pass on: those of a cluster's job make the engine's own MPI hang or refuse to start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """How to start it. ``environment`` is added to what is inherited, less ``not_inherited`` prefixes.

    ``yaml`` is to be written to ``yaml_path`` before.  ``left_out`` are knobs that the version does not have.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str]
    not_inherited: tuple[str, ...]
    yaml: str
    yaml_path: str
    left_out: tuple[str, ...]


def command_for(launch: TrtLlmLaunch, contract: Contract) -> Command:
    """The whole command. Raises ValueError as :func:`~engineroom.domain.trtllm.launch.serve` does."""
    served = serve(launch, contract)
    place = launch.place
    environment = dict(_environment(launch, contract))
    if isinstance(place, VirtualEnvironment):
        words = ("serve", launch.model_path, *served.options, "--extra_llm_api_options", launch.options_path)
        argv = (place.trtllm_serve, *words)
    else:
        inside = _server_inside(launch, served.options)
        argv = (*container_argv(launch, place, environment), *inside)
        environment = {}
    return Command(
        argv=argv,
        environment=environment,
        not_inherited=FOREIGN_PREFIXES,
        yaml=served.yaml,
        yaml_path=launch.options_path,
        left_out=served.left_out,
    )


def rank_environment(launch: TrtLlmLaunch) -> dict[str, str]:
    """What every rank is to have wherever it runs: all but its cards and folders of ours."""
    # It wins over --log_level, and the stages of a start are told at this level.
    told = {"TLLM_LOG_LEVEL": "info", "HF_HUB_OFFLINE": "1"}
    return {**told, **TELEMETRY_OFF, **launch.extra_environment}


def _environment(launch: TrtLlmLaunch, contract: Contract) -> Iterator[tuple[str, str]]:
    inside = isinstance(launch.place, Container)
    # A container is given its cards by its own option: there is nothing left to choose from inside.
    yield from (CUDA_ORDER if inside else cuda_environment(launch.gpu_uuids)).items()
    if contract.version >= (1, 2):
        yield "TLLM_AUTOTUNER_CACHE_PATH", f"{CACHE_INSIDE if inside else launch.cache_path}/{TUNING_FILE}"
    if launch.model.encodings_path is not None:
        yield "TIKTOKEN_ENCODINGS_BASE", ENCODINGS_INSIDE if inside else launch.model.encodings_path
    yield from rank_environment(launch).items()


def _server_inside(launch: TrtLlmLaunch, options: tuple[str, ...]) -> tuple[str, ...]:
    tokenizer = launch.model.tokenizer_path
    words = [TOKENIZER_INSIDE if word == tokenizer and tokenizer is not None else word for word in options]
    model = f"{MODELS_INSIDE}/{launch.id_there}"
    return ("trtllm-serve", "serve", model, *words, "--extra_llm_api_options", OPTIONS_INSIDE)


def container_argv(launch: TrtLlmLaunch, place: Container, environment: Mapping[str, str]) -> tuple[str, ...]:
    """``docker run`` or ``podman run`` up to and with the image.

    Ports are published on this computer's loopback alone, for the server has no keys; models are mounted read-only;
    nothing is pulled.  No terminal: the log would be mangled by one.

    Raises:
        ValueError: a path that ``--mount`` cannot say, or a tool that is neither of both.
    """
    return tuple(_container_words(launch, place, environment))


def _container_words(launch: TrtLlmLaunch, place: Container, environment: Mapping[str, str]) -> Iterator[str]:
    passed = ("HF_TOKEN",) if launch.token_in_environment else ()
    published = ("--publish", f"127.0.0.1:{launch.port}:{launch.port}")
    yield from run_words(place, launch.gpu_uuids, _mounts(launch), environment, extra=published, passed=passed)


def run_words(
    place: Container,
    gpu_uuids: tuple[str, ...],
    mounts: Iterable[Mount],
    environment: Mapping[str, str],
    *,
    extra: tuple[str, ...] = (),
    passed: tuple[str, ...] = (),
) -> Iterator[str]:
    """``run`` with its options and the image, for whatever is to run in it.

    Args:
        place: the container.
        gpu_uuids: its cards.
        mounts: source, target and whether it may only be read.
        environment: variables inside.
        extra: further options.
        passed: names of variables that are passed on as they are outside.

    Raises:
        ValueError: a path that ``--mount`` cannot say, or a tool that is neither docker nor podman.
    """
    yield from (place.program, "run", "--rm", "--init", "--pull", "never", "--name", place.name)
    for key, value in place.labels.items():
        yield from ("--label", f"{key}={value}")
    yield from _cards(place.tool, gpu_uuids)
    # Ranks talk through shared memory, of which a container has 64 MiB by default.
    yield from ("--ipc", "host", "--ulimit", "memlock=-1", "--ulimit", "stack=67108864")
    yield from ("--stop-timeout", str(place.stop_s))
    yield from extra
    for source, target, readonly in mounts:
        yield from ("--mount", _mount(source, target, readonly=readonly))
    for name, value in environment.items():
        yield from ("--env", f"{name}={value}")
    for name in passed:
        yield from ("--env", name)
    yield place.image


def _cards(tool: str, uuids: tuple[str, ...]) -> Iterator[str]:
    if tool == "docker":
        listed = ",".join(uuids)
        # Docker reads the value as a line of CSV: a list needs quotes of its own.
        yield from ("--gpus", f"device={listed}" if len(uuids) == 1 else f'"device={listed}"')
    elif tool == "podman":
        for uuid in uuids:
            yield from ("--device", f"nvidia.com/gpu={uuid}")
        yield from ("--security-opt", "label=disable")
    else:
        raise ValueError(f"not a container tool: {tool!r}")


def _mounts(launch: TrtLlmLaunch) -> Iterator[Mount]:
    yield launch.model_path, f"{MODELS_INSIDE}/{launch.id_there}", True
    yield launch.options_path, OPTIONS_INSIDE, True
    yield launch.cache_path, CACHE_INSIDE, False
    if launch.model.encodings_path is not None:
        yield launch.model.encodings_path, ENCODINGS_INSIDE, True
    if launch.kind == "compiled" and launch.model.tokenizer_path is not None:
        yield launch.model.tokenizer_path, TOKENIZER_INSIDE, True


def _mount(source: str, target: str, *, readonly: bool) -> str:
    if any(letter in f"{source}{target}" for letter in ',"\n'):
        raise Impossible(Detail.PATH_NOT_MOUNTABLE, path=source)
    return f"type=bind,source={source},target={target}" + (",readonly" if readonly else "")


def stop_argv(place: Container) -> tuple[str, ...]:
    """Ends the container: asks, waits ``stop_s``, kills."""
    return (place.program, "stop", "--time", str(place.stop_s), place.name)


def remove_argv(place: Container) -> tuple[str, ...]:
    """Ends the container at once."""
    return (place.program, "rm", "--force", place.name)


def inspect_argv(remove: tuple[str, ...]) -> tuple[str, ...]:
    """Asks for the id and the first process of the container that ``remove`` ends; nothing for none.

    >>> inspect_argv(("/usr/bin/docker", "rm", "--force", "mine"))
    ('/usr/bin/docker', 'inspect', '--format', '{{.Id}} {{.State.Pid}}', 'mine')
    """
    return (remove[0], "inspect", "--format", "{{.Id}} {{.State.Pid}}", remove[-1]) if remove else ()


def top_argv(remove: tuple[str, ...]) -> tuple[str, ...]:
    """Asks for its processes by their numbers outside, and their command lines; nothing for none.

    >>> top_argv(("/usr/bin/docker", "rm", "--force", "mine"))
    ('/usr/bin/docker', 'top', 'mine', '-eo', 'pid,args')
    >>> top_argv(("podman", "rm", "--force", "mine"))
    ('podman', 'top', 'mine', 'hpid', 'args')
    """
    if not remove:
        return ()
    outside = ("hpid", "args") if PurePath(remove[0]).name == "podman" else ("-eo", "pid,args")
    return (remove[0], "top", remove[-1], *outside)
