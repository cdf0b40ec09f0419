"""Lines of an engine's log that nobody misses: what it says while it loads so that we hear what its buffers take."""

import re

_CHATTER = re.compile(
    r"\d+\.\d+\.\d+\.\d+ I "
    r"(?:llama_model_loader: - |print_info: |load: |resolve_fused_ops: |cmn  common_init_: added "
    r"|llama_context: (?!n_ctx\b).*= [\w.]+$|srv  init_listene: api_keys|slot   load_model: id )"
)


def is_chatter(line: str) -> bool:
    """Whether a line of llama.cpp is plain information about what the file and our own settings say anyway.

    Warnings, errors, lines of other programs and those about buffers, devices and layers never are.
    """
    return _CHATTER.match(line) is not None
