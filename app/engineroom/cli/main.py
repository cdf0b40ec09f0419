"""``engineroom``: the command line.

Exit codes are those of :class:`engineroom.contract.problems.Exit`.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engineroom import __version__
from engineroom.contract.problems import Exit
from engineroom.domain.errors import EngineroomError

if TYPE_CHECKING:
    from cyclopts import App


_COMMANDS = {
    "serve:serve": "Serve in the foreground until Ctrl-C.",
    "look:status": "Say whether the engine room runs, what it serves and how fast.",
    "cards:gpus": "List the NVIDIA cards and what they draw; then the processor.",
    "plan:plan": "Say what fits a card, how fast it will be, and why.",
    "models:app": "List the models that can be served; search, fetch, verify, remove models.",
    "jobs:app": "List downloads and other long work; pause, resume, cancel.",
    "hub:app": "Which Hugging Face Hub is asked, and with which token.",
    "hub:outbound": "List what left this machine.",
    "runtimes:app": "List what can serve; install, prove, choose and remove runtimes.",
    "build:build": "Build an engine: fetch the model, settle every option, try it, seal it.",
    "engines:app": "List, show, verify, export and remove engines that were built here.",
    "doctor:doctor": "Say why engines failed, and what can be done about it.",
    "orphans:app": "List processes that engines left behind; end one.",
    "ask:chat": "Ask a question.",
    "keys:app": "List, make and revoke the keys that let programs in.",
    "keys:network": "Say where the engine room listens and who can reach it.",
    "keys:capture": "Write prompts and answers down for some minutes.",
    "connect_info:connect_info": "What to set in a program so that it asks this engine room.",
    "settings:app": "List, read and change the settings.",
    "energy:energy": "What requests used: tokens, joules, watt-hours and cost.",
    "ps:ps": "What is loaded where, how long it stays, who waits for what, and why.",
    "ps:pin": "Keep an engine loaded: neither idleness nor others unload it.",
    "ps:unpin": "Let go of an engine that was pinned.",
    "look:logs": "Print log lines of the daemon and its engines.",
    "power:start": "Start the engine of a model and wait until it is ready.",
    "power:stop": "Stop the engine of a model, or end the whole engine room.",
    "support:support": "Write a file for whoever is to help, with secrets taken out.",
    "window:connect": "Open the window on the engine room of another computer, by SSH.",
    "look:version": "Print the version of Engineroom and of what it runs on.",
}


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == ["worker"]:
        from engineroom.workers.main import run as run_worker  # noqa: PLC0415 (a worker needs none of the command line)

        return run_worker(arguments[1:])
    return _run_command(arguments)


def _run_command(arguments: list[str]) -> int:
    import cyclopts  # noqa: PLC0415

    from engineroom.cli.output import report  # noqa: PLC0415

    try:
        result = command_line()(arguments, exit_on_error=False, result_action="return_value")
    except cyclopts.CycloptsError:
        return Exit.USAGE
    except EngineroomError as error:
        return report(error, as_json="--json" in arguments)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; nothing is left to say, not even at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    return result if isinstance(result, int) else Exit.OK


def command_line() -> "App":
    """All commands; each is imported when it is used."""
    from cyclopts import App  # noqa: PLC0415

    app = App(
        name="engineroom",
        help=(
            "Serve language models on this computer behind one OpenAI-compatible address. "
            "Without a command, open the window."
        ),
        version=__version__,
        default_command=_open_window,
    )
    # By name, so that a command imports only what it uses.
    for place, summary in _COMMANDS.items():
        module, _, name = place.partition(":")
        app.command(f"engineroom.cli.{place}", name=(module if name == "app" else name).replace("_", "-"), help=summary)
    return app


def _open_window() -> int:
    """Open the window. Without a display it says so, and names the commands that work here."""
    from engineroom.cli.window import open_window  # noqa: PLC0415

    return open_window()
