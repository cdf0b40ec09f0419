"""``trtllm-serve``."""

import sys

from tensorrt_llm._double import log
from tensorrt_llm._double.launching import run
from tensorrt_llm._double.releases import release
from tensorrt_llm._double.serve_options import DISAGGREGATED, MM_EMBEDDING, serve_command, sub_commands
from tensorrt_llm.version import __version__

GROUP_HELP = """Usage: trtllm-serve [OPTIONS] COMMAND [ARGS]...

Options:
  --help  Show this message and exit.

Commands:
"""


def main() -> None:
    """A first word that is no sub-command means ``serve`` (reference 1.1)."""
    chosen = release(__version__)
    words = sys.argv[1:]
    known = sub_commands(chosen)
    if words == ["--help"] or not words:
        sys.stdout.write(GROUP_HELP + "".join(f"  {name}\n" for name in known))
        sys.exit(0 if words else 2)
    if words[0] not in known:
        if words[0].startswith("-"):
            sys.stderr.write(f"Usage: trtllm-serve [OPTIONS] COMMAND [ARGS]...\n\nError: No such option: {words[0]}\n")
            sys.exit(2)
        words = ["serve", *words]
    name, *rest = words
    if name in {"serve", "embeddings"}:
        sys.exit(run(serve_command(chosen).parse(rest)))
    {"disaggregated": DISAGGREGATED, "mm_embedding_serve": MM_EMBEDDING}.get(name, DISAGGREGATED).parse(rest)
    log.plain(f"the double has no {name}")
    sys.exit(1)


if __name__ == "__main__":
    main()
