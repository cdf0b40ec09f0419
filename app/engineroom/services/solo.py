"""Which requests had the computer to themselves."""


class Solo:
    """Watches requests come and go."""

    def __init__(self) -> None:
        self._crowded: dict[str, bool] = {}

    def begin(self, request_id: str) -> None:
        """A request reaches its engine. Whoever else is there has company from now on."""
        company = len(self._crowded) > (request_id in self._crowded)
        if company:
            self._crowded = dict.fromkeys(self._crowded, True)
        self._crowded[request_id] = company or self._crowded.get(request_id, False)

    def end(self, request_id: str) -> bool:
        """It is over: whether it was alone all the time. One that never reached an engine was not."""
        return not self._crowded.pop(request_id, True)
