"""``engineroom models search``: the Hub, each hit with a badge that says whether it would fit."""

import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future

from engineroom.cli.daemon import models_client
from engineroom.cli.fit import Fit
from engineroom.cli.models_view import hit_words
from engineroom.cli.output import Json, print_json, say
from engineroom.client.models import ModelsClient
from engineroom.contract.models import Format, HubHit, HubQuery, Sort
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Code

AT_ONCE = 4
_OLD_S = 900.0
_NO_CARD = {Code.GPU_NONE, Code.GPU_UNKNOWN, Code.GPU_DESCRIPTION}


def search(
    text: str | None = None,
    *,
    author: str | None = None,
    task: str | None = None,
    format: Format | None = None,  # noqa: A002 (the option is named so)
    gated: bool | None = None,
    min_parameters: float | None = None,
    max_parameters: float | None = None,
    sort: Sort = Sort.TRENDING,
    limit: int = 10,
    cursor: str | None = None,
    fit: bool = True,
    gpu: str = "auto",
    json: Json = False,
) -> int:
    """Search the Hub. Each hit is judged for your card by its metadata alone; Ctrl-C ends the judging.

    Args:
        text: words of the name.
        author: user or organisation.
        task: such as text-generation.
        format: of the weights.
        gated: only gated ones; --no-gated for only open ones.
        min_parameters: in billions.
        max_parameters: in billions.
        sort: the order, best first.
        limit: how many.
        cursor: the page after, as the last search said.
        fit: judge whether each fits; --no-fit asks less of the Hub.
        gpu: the card: "auto", or any by name.
        json: print one JSON object with hits, badges and the next page's cursor.
    """
    query = HubQuery(
        text=text, author=author, task=task, format=format, gated=gated, sort=sort, limit=limit, cursor=cursor,
        parameters_least=_billions(min_parameters), parameters_most=_billions(max_parameters),
    )  # fmt: skip
    return _search(query, gpu if fit else None, json=json)


def _search(query: HubQuery, gpu: str | None, *, json: bool) -> int:
    with models_client() as client:
        page = client.search(query)
        if page.read_at_s is not None and time.time() - page.read_at_s > _OLD_S and not json:
            asked = time.strftime("%Y-%m-%d %H:%M", time.localtime(page.read_at_s))
            say(f"The Hub cannot be asked now; this is what it said on {asked}.")
        judge = None if gpu is None else Judge(client, page.hits, gpu)
        rows = _rows(page.hits, judge, as_json=json)
    if json:
        print_json({"hits": rows, "next": page.next, "read_at_s": page.read_at_s})
    elif not page.hits:
        say("Nothing was found.")
    elif page.next is not None:
        say(f"More: --cursor {page.next}")
    if judge is not None and judge.no_card is not None and not json:
        say(f"Not judged: {judge.no_card.why}")
    return Exit.OK


class Judge:
    """Plans for all hits, at most four at once, in threads that do not keep the program from ending."""

    def __init__(self, client: ModelsClient, hits: Sequence[HubHit], gpu: str) -> None:
        self._client, self._gpu = client, gpu
        self._work: queue.SimpleQueue[tuple[HubHit, Future[Fit | None]]] = queue.SimpleQueue()
        self.no_card: Fit | None = None
        self.fits: list[Future[Fit | None]] = []
        for hit in hits:
            self.fits.append(Future())
            self._work.put((hit, self.fits[-1]))
        for _ in range(min(AT_ONCE, len(hits))):
            threading.Thread(target=self._run, name="judge", daemon=True).start()

    def stop(self) -> None:
        """Begin no more; what is not known yet stays unknown."""
        for fit in self.fits:
            fit.cancel()

    def _run(self) -> None:
        while True:
            try:
                hit, answer = self._work.get_nowait()
            except queue.Empty:
                return
            if answer.set_running_or_notify_cancel():
                answer.set_result(self._fit(hit))

    def _fit(self, hit: HubHit) -> Fit | None:
        if self.no_card is not None:
            return None
        found = Fit.of(self._client, hit.repo, self._gpu)
        if found.code in _NO_CARD:
            self.no_card = found
            return None
        return found


def _rows(hits: Sequence[HubHit], judge: Judge | None, *, as_json: bool) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    stopped = judge is None
    for place, hit in enumerate(hits):
        fit = None
        try:
            if judge is not None and not stopped:
                fit = judge.fits[place].result()
        except KeyboardInterrupt:
            stopped = True
            if judge is not None:
                judge.stop()
        rows.append({"hit": hit, "fit": fit})
        if not as_json:
            say(hit_words(hit, fit))
    return rows


def _billions(value: float | None) -> int | None:
    return None if value is None else round(value * 1e9)
