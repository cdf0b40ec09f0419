"""One beat for all that looks at something again and again: a processor that is woken once instead of six times."""

import asyncio

_JUST_WOKEN = 0.1


def until_beat_s(now_s: float, every_s: float) -> float:
    """Seconds to the next whole multiple of ``every_s``; not to one that is so near that it is the one just heard.

    >>> until_beat_s(5.25, 1.0)
    0.75
    >>> until_beat_s(6.0, 1.0)
    1.0
    """
    left_s = every_s - now_s % every_s
    return left_s if left_s > every_s * _JUST_WOKEN else left_s + every_s


async def beat(every_s: float = 1.0) -> None:
    """Wait for the next beat: everybody who waits for one of the same length goes on in the same turn of the loop.

    The first comes sooner than ``every_s``, the others that far apart.
    """
    await asyncio.sleep(until_beat_s(asyncio.get_running_loop().time(), every_s))
