"""Reading ``settings.toml``. A file that cannot be read is never replaced."""

import tomllib
from pathlib import Path

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.misread import misread
from engineroom.domain.settings import Settings, parse_settings


def load_settings(path: Path) -> Settings:
    """Settings of a file; the defaults if there is none.

    Raises:
        Rejected: ``settings_broken`` with the place in the file.
    """
    text = ""
    try:
        text = path.read_text("utf-8")
        tree = tomllib.loads(text)
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Rejected(Code.SETTINGS_BROKEN, path=str(path), **misread(error, text)) from error
    return parse_settings(tree, path=str(path))
