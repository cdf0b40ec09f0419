"""The table of error signatures."""

import re
import tomllib
from importlib import resources

from engineroom.domain.errors import Code
from engineroom.domain.trtllm.fixes import FixAction
from engineroom.services.doctor import Signature


def load_signatures() -> list[Signature]:
    """Signatures in order of precedence. Raises ValueError for a code or a fix that does not exist."""
    table = tomllib.loads(resources.files("engineroom_resources").joinpath("signatures.toml").read_text("utf-8"))
    return [
        Signature(
            pattern=re.compile(row["pattern"]),
            code=Code(row["code"]),
            fixes=tuple(FixAction(name) for name in row.get("fixes", ())),
            also=tuple(re.compile(pattern) for pattern in row.get("also", ())),
            runtime=row["runtime"],
        )
        for row in table["signature"]
    ]
