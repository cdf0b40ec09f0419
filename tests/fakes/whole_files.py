"""Files that other processes read while a test changes them: there is always a whole one."""

import uuid
from pathlib import Path


def write_whole(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Replace a file in one go."""
    half = path.with_name(f".{uuid.uuid4().hex}")
    half.write_text(text, encoding="utf-8")
    half.chmod(mode)
    half.replace(path)
