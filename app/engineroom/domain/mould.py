"""What the pieces of text of one stream have in common: all but the text.

Engines send one token after another in events that differ in nothing else.  Once one has been read, the next is known
by its ends, for a fraction of the cost of looking for all that an event may have in it.
"""

import re

_PIECE = re.compile(rb'"(?:content|text)":\s?"([^"\\]+)"')
_MOST_LENGTHS = 256
_CHANGES_FOR_NOTHING = 16


class Mould:
    r"""Learns from events that have been read; what fits it afterwards is a piece of text and nothing else.

    All else in it was read before, byte for byte.  An event is known on the wire, as one chunk of HTTP/1.1 with its
    frame.  It fits if its length is one of ``known``, it begins with the head and ends with the ``tail``, and there is
    no quote between them; ``known[length]`` is the head, where the text begins and where it ends.

    >>> mould = Mould()
    >>> mould.learn(b'data: {"content":"a"}' + bytes([10, 10]), 1)
    >>> mould.known
    {29: (b'17\r\ndata: {"content":"', 22, 23)}
    >>> mould.tail
    b'"}\n\n\r\n'
    """

    def __init__(self) -> None:
        self.known: dict[int, tuple[bytes, int, int]] = {}
        self.tail = b""
        self._head = b""
        self._changes = 0

    def learn(self, event: bytes, number: int) -> None:
        """Take in what was read and goes on as it came, the ``number``-th; nothing but a piece of text says anything.

        What the events have in common may change, as the second in which they were made does; where each has its own,
        learning is given up.
        """
        found = _PIECE.search(event)
        if found is None or event.find(b"\n\n") != len(event) - 2:
            return
        begin, end = found.span(1)
        head, tail = event[:begin], event[end:] + b"\r\n"
        if head != self._head or tail != self.tail:
            self._changes += 1
            if self._changes > _CHANGES_FOR_NOTHING and self._changes * 2 > number:
                return
            if head != self._head or len(tail) != len(self.tail):
                self.known.clear()
            self._head, self.tail = head, tail
        if len(self.known) < _MOST_LENGTHS:
            frame = b"%x\r\n" % len(event)
            at = len(frame)
            self.known[at + len(event) + 2] = (frame + head, at + begin, at + end)
