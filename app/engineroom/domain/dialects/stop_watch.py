"""Where an answer has to stop, and at which of the caller's strings: engines stop there and do not say at which."""


class StopWatch:
    """Lets text through until one of the strings is in it; holds back what may be the beginning of one.

    Args:
        stops: strings that are not empty.
    """

    def __init__(self, stops: tuple[str, ...]) -> None:
        self._stops = stops
        self._held = ""
        self.hit: str | None = None

    def feed(self, text: str) -> str:
        """What may be shown now."""
        if not self._stops or self.hit is not None:
            return "" if self.hit is not None else text
        text = self._held + text
        found = [(place, stop) for stop in self._stops if (place := text.find(stop)) >= 0]
        if found:
            place, self.hit = min(found, key=lambda hit: (hit[0], -len(hit[1])))
            self._held = ""
            return text[:place]
        safe = len(text) - max(self._beginning(text, stop) for stop in self._stops)
        self._held = text[safe:]
        return text[:safe]

    def rest(self) -> str:
        """What was held back and turned out to be no stop."""
        rest, self._held = self._held, ""
        return rest

    def _beginning(self, text: str, stop: str) -> int:
        """Length of the longest end of ``text`` that begins ``stop``."""
        longest = min(len(text), len(stop) - 1)
        return next((length for length in range(longest, 0, -1) if stop.startswith(text[-length:])), 0)
