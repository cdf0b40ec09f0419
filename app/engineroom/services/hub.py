"""Publish and subscribe, with a policy per topic for readers that are slow.

* latest wins: the newest value replaces one not yet read;
* drop oldest: the backlog is bounded, and the reader is told how much it missed;
* never drop: a reader that falls this far behind is cut off; it comes back and takes a snapshot.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from enum import Enum, auto
from typing import NamedTuple


class Policy(Enum):
    """What happens when a reader is slow."""

    LATEST = auto()
    DROP_OLDEST = auto()
    NEVER_DROP = auto()


class Topic(NamedTuple):
    """A name, its policy, and how many unread messages a reader may have."""

    name: str
    policy: Policy
    most: int = 1


class Message(NamedTuple):
    """One message. ``dropped`` counts those of this topic that this reader missed before it."""

    topic: Topic
    payload: object
    dropped: int = 0


class Subscription:
    """One reader's backlog. Iterate over it; the iteration ends when the hub closes or the reader is cut off."""

    def __init__(self) -> None:
        self._waiting: deque[Message] = deque()
        self._count: dict[str, int] = {}
        self._missed: dict[str, int] = {}
        self._wake = asyncio.Event()
        self._closed = False

    async def batches(self, *, idle_s: float) -> AsyncIterator[list[Message]]:
        """All that waits, in order, as soon as something does; an empty batch after ``idle_s`` seconds of nothing."""
        while True:
            if self._waiting:
                yield self._take()
            if self._waiting:
                continue
            if self._closed:
                return
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), idle_s)
            except TimeoutError:
                yield []

    def offer(self, topic: Topic, payload: object) -> None:
        """Add a message under its topic's policy."""
        if self._closed:
            return
        count = self._count.get(topic.name, 0)
        if count >= topic.most:
            if topic.policy is Policy.NEVER_DROP:
                self.close()
                return
            self._drop_oldest(topic)
            count -= 1
        self._waiting.append(Message(topic, payload))
        self._count[topic.name] = count + 1
        self._wake.set()

    def _take(self) -> list[Message]:
        batch = [message._replace(dropped=self._missed.pop(message.topic.name, 0)) for message in self._waiting]
        self._waiting.clear()
        self._count.clear()
        return batch

    def close(self) -> None:
        """End the iteration once the backlog is read."""
        self._closed = True
        self._wake.set()

    def _drop_oldest(self, topic: Topic) -> None:
        for place, message in enumerate(self._waiting):
            if message.topic.name == topic.name:
                del self._waiting[place]
                if topic.policy is Policy.DROP_OLDEST:
                    self._missed[topic.name] = self._missed.get(topic.name, 0) + 1
                return


class Hub:
    """All readers."""

    def __init__(self) -> None:
        self._readers: set[Subscription] = set()
        self._closed = False

    @property
    def readers(self) -> int:
        """How many listen now."""
        return len(self._readers)

    def subscribe(self) -> Subscription:
        """A new reader; it hears what is published from now on."""
        reader = Subscription()
        if self._closed:
            reader.close()
        self._readers.add(reader)
        return reader

    def unsubscribe(self, reader: Subscription) -> None:
        """Forget a reader."""
        self._readers.discard(reader)

    def publish(self, topic: Topic, payload: object) -> None:
        """Offer a message to every reader; never waits."""
        for reader in self._readers:
            reader.offer(topic, payload)

    def close(self) -> None:
        """End every reader's iteration."""
        self._closed = True
        for reader in self._readers:
            reader.close()


TELEMETRY = Topic("telemetry", Policy.LATEST)
TRAFFIC = Topic("traffic", Policy.LATEST)
ROUTING = Topic("routing", Policy.LATEST)
LOG = Topic("log", Policy.DROP_OLDEST, 2000)
ENGINE = Topic("engine", Policy.NEVER_DROP, 1000)
MACHINE = Topic("machine", Policy.NEVER_DROP, 1000)
MODELS = Topic("models", Policy.NEVER_DROP, 1000)
JOB = Topic("job", Policy.NEVER_DROP, 4000)
NOTICES = Topic("notices", Policy.NEVER_DROP, 1000)
