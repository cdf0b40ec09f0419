"""What is learned of a stream, and what is not."""

from engineroom.domain.mould import Mould

EVENT = b'data: {"choices":[{"delta":{"content":"%b"}}],"created":%d}\n\n'


def event(text: bytes = b"a", created: int = 1) -> bytes:
    return EVENT % (text, created)


def knows(mould: Mould, *events: bytes) -> list[bool]:
    return [len(b"%x\r\n%b\r\n" % (len(each), each)) in mould.known for each in events]


def test_each_length_is_learned_by_itself() -> None:
    mould = Mould()
    mould.learn(event(b"a"), 1)
    mould.learn(event(b"abc"), 2)
    assert knows(mould, event(b"b"), event(b"xy"), event(b"xyz")) == [True, False, True]


def test_another_second_keeps_the_lengths_and_another_width_forgets_them() -> None:
    mould = Mould()
    mould.learn(event(b"abc", 8), 1)
    mould.learn(event(b"a", 9), 2)
    assert knows(mould, event(b"abc", 9)) == [True]
    assert mould.tail == b'"}}],"created":9}\n\n\r\n'
    mould.learn(event(b"a", 10), 3)
    assert knows(mould, event(b"abc", 9), event(b"b", 10)) == [False, True]


def test_what_has_its_own_form_each_time_is_given_up() -> None:
    mould = Mould()
    for number in range(1000):
        mould.learn(event(b"a", number), number)
    assert b'"created":999' not in mould.tail


def test_what_changes_now_and_then_is_not() -> None:
    mould = Mould()
    for number in range(1000):
        mould.learn(event(b"a", number // 4), number)
    assert b'"created":249' in mould.tail


def test_only_one_whole_event_with_a_text_in_it_teaches_anything() -> None:
    mould = Mould()
    for other in (event() + event(), event()[:-1], event(b""), event(b'\\"'), b"data: [DONE]\n\n", b""):
        mould.learn(other, 1)
    assert not mould.known
    mould.learn(event(), 1)
    assert mould.known


def test_lengths_are_bounded() -> None:
    mould = Mould()
    for number in range(1, 2000):
        mould.learn(event(b"a" * number), number)
    assert len(mould.known) == 256
