"""An internet of one server: ``pictures.example`` leads to 127.0.0.2, which counts as a public address.

For a daemon that is started with this folder in its ``PYTHONPATH``; every other name and address is what it is.
"""

from collections.abc import Sequence

from engineroom.adapters import remote_images
from engineroom.domain.remote_images import all_public

NAME, STANDS_FOR = "pictures.example", "127.0.0.2"


async def _looked_up(host: str, port: int) -> Sequence[str]:
    return [STANDS_FOR] if host == NAME else await remote_images.looked_up(host, port)


def _allowed(addresses: Sequence[str]) -> bool:
    return all_public([address for address in addresses if address != STANDS_FOR] or ["8.8.8.8"])


defaults = remote_images.RemoteImages.__init__.__kwdefaults__
assert defaults is not None
defaults.update(lookup=_looked_up, allowed=_allowed)
