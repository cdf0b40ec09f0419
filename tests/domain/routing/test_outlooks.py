"""Who makes room where, what counts as free, and whose turn it is: the parts of the scheduler, each by itself."""

from fractions import Fraction

from domain.routing.desk import RULES, A, B
from domain.routing.kit import GIB, SECOND
from engineroom.domain.engine import EngineState
from engineroom.domain.routing.memory import Books
from engineroom.domain.routing.record import Record
from engineroom.domain.routing.swap import Comfort, Go, Hold, Never, Outlook, Outlooks, Swap
from engineroom.domain.routing.values import HOST, Ask, Claim, EngineFacts, Need, Placement, Reading, Seen
from engineroom.domain.routing.waiting import Waiting

NOW = 100 * SECOND


def claim(size: int, place: str = HOST, *, least: int | None = None, hidden: int = 0) -> Claim:
    low = size if least is None else least
    return Claim(place=place, expected_bytes=size * GIB, low_bytes=low * GIB, hidden_bytes=hidden * GIB)


def standing(
    name: str, held: Claim, *, busy: bool = False, load_s: int = 4, idle_s: int = 1, pinned: bool = False
) -> Record:
    """An engine that is ready, and used or not."""
    return Record(
        facts=EngineFacts(model=name, slots=2, load_ms=load_s * SECOND, pinned=pinned), rules=RULES,
        state=EngineState.READY, placement=Placement(claims=(held,)), ready_ms=0,
        idle_ms=None if busy else NOW - idle_s * SECOND, active={1: (0, False)} if busy else {},
    )  # fmt: skip


def books_of(*records: Record, limit: int | None = None, **free: int) -> Books:
    """All of them read; ``free`` in GiB by place."""
    books = Books(RULES, 0)
    books.records = {one.model: one for one in records}
    most = None if limit is None else limit * GIB
    places = {place.replace("_", "-"): size for place, size in free.items()}
    readings = {place: Reading(free_bytes=size * GIB, limit_bytes=most) for place, size in places.items()}
    books.read(Seen(readings=readings), NOW)
    return books


def outlook(books: Books, *claims: Claim, reserved: int = 0) -> Outlook:
    """Of one more engine, which can be where any one of the claims is."""
    need = Need(placements=tuple(Placement(claims=(one,)) for one in claims))
    newcomer = Record(facts=EngineFacts(model="new", slots=1, load_ms=0), rules=RULES, need=need)
    return Outlooks(books, NOW, {HOST: reserved * GIB}).of(newcomer)


def victims(found: Outlook) -> tuple[str, list[str]]:
    assert isinstance(found, Swap), found
    return found.placement.places[0], [one.model for one in found.victims]


def test_the_card_is_taken_where_nobody_is_disturbed() -> None:
    """Though the engine that is used there loads at once, and the one that rests takes a minute."""
    used = standing("used", claim(8, A), busy=True, load_s=0)
    rests = standing("rests", claim(8, B), load_s=60)
    assert used.loss(NOW) < rests.loss(NOW)
    assert victims(outlook(books_of(used, rests, GPU_a=0, GPU_b=0), claim(8, A), claim(8, B))) == (B, ["rests"])


def test_of_two_cards_the_one_is_taken_where_less_is_lost() -> None:
    dear, cheap = standing("dear", claim(8, A), load_s=60), standing("cheap", claim(8, B))
    assert victims(outlook(books_of(dear, cheap, GPU_a=0, GPU_b=0), claim(8, A), claim(8, B))) == (B, ["cheap"])


def test_who_need_not_go_stays_the_dearest_first() -> None:
    """In order of what is lost all three would go; without the second, which is dearer than the first, it is enough."""
    first, second, third = (standing(name, claim(size), load_s=load) for name, size, load in
                            (("first", 3, 1), ("second", 4, 2), ("third", 8, 3)))  # fmt: skip
    assert victims(outlook(books_of(first, second, third, host=0), claim(11))) == (HOST, ["first", "third"])


def test_of_equals_the_one_goes_that_was_loaded_first() -> None:
    late, early = standing("a", claim(8)), standing("b", claim(8))
    late.ready_ms = 5 * SECOND
    assert late.loss(NOW) == early.loss(NOW)
    assert victims(outlook(books_of(late, early, host=0), claim(8))) == (HOST, ["b"])
    early.ready_ms = late.ready_ms
    assert victims(outlook(books_of(early, late, host=0), claim(8))) == (HOST, ["a"]), "and then by name"


def test_one_that_rests_goes_before_one_that_is_used() -> None:
    used, rests = standing("used", claim(8), busy=True, load_s=0), standing("rests", claim(8), load_s=60)
    assert victims(outlook(books_of(used, rests, host=0), claim(8))) == (HOST, ["rests"])


def test_what_is_kept_for_others_is_not_given_away() -> None:
    """Neither of what is free nor of what a limit leaves."""
    for books in (books_of(host=10), books_of(host=100, limit=10)):
        assert outlook(books, claim(8)) == Go(Placement(claims=(claim(8),)), Comfort.EASY, 10 * GIB)
        assert isinstance(outlook(books, claim(8), reserved=2), Go)
        assert not isinstance(outlook(books, claim(8), reserved=4), Go)


def test_the_least_that_it_may_need_is_enough_where_nobody_can_go() -> None:
    found = outlook(books_of(host=6), claim(8, least=5))
    assert isinstance(found, Go)
    assert found.comfort is Comfort.LEAST
    assert isinstance(outlook(books_of(host=6), claim(8, least=7)), Never)


def test_pinned_engines_are_named_where_they_are_in_the_way() -> None:
    pinned, leaving = standing("pinned", claim(8), pinned=True), standing("leaving", claim(8), pinned=True)
    leaving.leaving = True
    in_the_way = outlook(books_of(pinned, leaving, host=0), claim(16))
    assert isinstance(in_the_way, Never)
    assert in_the_way.pinned == ("pinned",)
    too_large = outlook(books_of(pinned, host=0), claim(100))
    assert isinstance(too_large, Never)
    assert (too_large.pinned, too_large.room_bytes) == ((), 0)


def test_one_that_stops_is_waited_for() -> None:
    leaving = standing("leaving", claim(8))
    leaving.leaving = True
    found = outlook(books_of(leaving, host=0), claim(8))
    assert isinstance(found, Hold)
    assert found.reason.facts == {"other": "leaving"}


def test_what_an_engine_gives_back_is_what_was_seen_of_it() -> None:
    """Of 8 GiB, 3 are mapped and were free all the time; one that was not read yet gives what it was let in with."""
    books = books_of(standing("one", claim(8, hidden=3)), host=4)
    assert books.free(HOST, gone={"one"}) == (4 + 5) * GIB
    books.records["one"].shown.clear()
    assert books.free(HOST, gone={"one"}) == (4 + 8) * GIB


def test_a_limit_counts_nobody_who_is_gone() -> None:
    books = books_of(standing("one", claim(8)), standing("two", claim(3)), host=100, limit=20)
    assert books.allowed(HOST) == 9 * GIB
    assert books.allowed(HOST, gone={"one"}) == 17 * GIB


def test_memory_that_is_to_come_back_is_waited_for_so_long() -> None:
    """But for a few megabytes nobody waits."""
    large, small = standing("large", claim(8)), standing("small", claim(0))
    books = books_of(large, small, host=1)
    books.stopped(small, NOW)
    assert (books.next_ms(), books.returning(Placement(claims=(claim(1),)))) == (None, None)
    books.stopped(large, NOW)
    assert (books.next_ms(), books.returning(Placement(claims=(claim(1),)))) == (NOW + RULES.settle_ms, HOST)
    books.tick(NOW + RULES.settle_ms)
    assert books.next_ms() is None


def test_loss_is_the_load_over_the_rest() -> None:
    assert standing("one", claim(1), load_s=6, idle_s=2).loss(NOW) == Fraction(6001, 2001)


def in_order(waiting: Waiting) -> list[int]:
    return [one.ask.number for one in sorted(waiting, key=lambda one: waiting.rank(one, NOW))]


def joined(waiting: Waiting, *askers: str) -> None:
    for asker in askers:
        number = 1 + max((one.ask.number for one in waiting), default=0)
        waiting.add(Ask(number=number, model="m", asker=asker), now_ms=NOW, order=number)


def test_everybody_s_first_comes_before_any_second() -> None:
    waiting = Waiting(RULES.age_ms)
    joined(waiting, "a", "a", "b")
    assert in_order(waiting) == [1, 3, 2]


def test_who_comes_later_begins_with_the_turn_that_is_on() -> None:
    """Two of ``a`` were answered: its third is as near as the second of ``b``, who has just come, and was first."""
    waiting = Waiting(RULES.age_ms)
    joined(waiting, "a", "a", "a")
    for one in tuple(waiting)[:2]:
        waiting.take(one)
    joined(waiting, "b", "b")
    assert in_order(waiting) == [4, 3, 5]
