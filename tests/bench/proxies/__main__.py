"""What lies between a client and an engine, side by side in one run: nothing, this gateway, and other proxies.

Run it by hand: ``python tests/bench/proxies [--streams 1 8 32 128] [--seconds 6] [--rounds 3] [--litellm PROGRAM]
[--nginx PROGRAM] [--llama-swap PROGRAM]``.  All stand over one engine that computes nothing and sends each stream 50
stamped chunks a second; the gateway checks a key with every kind of limit, meters and accounts.  Times are differences
to the engine itself, medians of the rounds; processor time is that of the proxy alone.  ``--slow`` adds streams that
read slowly.  First each is left alone for a while, to see what it costs at rest.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.gateway import engine_at, new_key
from bench.proxies import ways
from bench.proxies.streams import Seen, listen, request
from bench.proxies.ways import Way
from metronome import MODEL, metronome_room


async def burst(way: Way, streams: int, chunks: int, slow: int) -> Seen:
    """So many streams at once, begun over one second; those that read slowly are not counted."""
    asked = request(way.port, way.key, way.model, chunks)
    slower = [asyncio.ensure_future(listen(way.port, asked, chunks, pause_s=1.0)) for _ in range(slow)]

    async def one(number: int) -> Seen:
        await asyncio.sleep(number / streams)
        return await listen(way.port, asked, chunks)

    seen = Seen()
    for each in await asyncio.gather(*(one(number) for number in range(streams))):
        seen.add(each)
    for task in slower:
        task.cancel()
    await asyncio.gather(*slower, return_exceptions=True)
    return seen


async def measure(
    all_ways: list[Way], streams: int, options: argparse.Namespace
) -> dict[str, tuple[list[Seen], list[float]]]:
    """Rounds in turn; of each way what was seen, and processor milliseconds per 1,000 chunks."""
    chunks = options.seconds * options.rate
    found: dict[str, tuple[list[Seen], list[float]]] = {way.name: ([], []) for way in all_ways}
    for number in range(options.rounds + 1):
        for way in all_ways if number % 2 else reversed(all_ways):
            before = way.cpu_s()
            seen = await burst(way, streams, chunks if number else 20, options.slow)
            spent_ms = (way.cpu_s() - before) * 1000
            if number:  # the first is to warm up
                found[way.name][0].append(seen)
                found[way.name][1].append(spent_ms / (streams * chunks) * 1000)
            await asyncio.sleep(0.2)
    return found


def compile_ahead(folder: Path) -> None:
    """Bytecode, as an installed program has it: who compiles at its start keeps memory of that."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    first = folder / "first"
    first.mkdir()
    with metronome_room(first):
        pass


def report_rest(all_ways: list[Way], seconds: float) -> None:
    """What each costs while nobody asks it anything."""
    time.sleep(5.0)
    before = [way.cpu_s() for way in all_ways]
    time.sleep(seconds)
    print(f"at rest, over {seconds:.0f} s")
    for way, cpu_s in zip(all_ways, before, strict=True):
        share = (way.cpu_s() - cpu_s) / seconds
        print(f"{way.name:16} {share:8.2%} of a core, RSS {way.rss_mib():6.1f} MiB, PSS {way.pss_mib():6.1f} MiB")


def quantile(values: list[float], share: float) -> float:
    """The value below which ``share`` of them lie; 0 of none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def report(streams: int, found: dict[str, tuple[list[Seen], list[float]]], all_ways: list[Way]) -> None:
    """One table."""
    direct = found[all_ways[0].name][0]

    def added_ms(seen: list[Seen], of: str, share: float) -> float:
        here = statistics.median(quantile(getattr(one, of), share) for one in seen)
        return 1000 * (here - statistics.median(quantile(getattr(one, of), share) for one in direct))

    print(f"\n{streams} streams: added to the engine itself, in ms")
    print(
        f"{'':16} {'CPU/1,000':>10} {'TTFT p50':>9} {'per chunk p50':>14} {'p99':>7} {'gap p99':>8} {'RSS MiB':>8} lost"
    )
    for way in all_ways:
        seen, cpu = found[way.name]
        figures = (added_ms(seen, "ttft_s", 0.5), added_ms(seen, "on_the_way_s", 0.5))
        tails = (added_ms(seen, "on_the_way_s", 0.99), added_ms(seen, "gaps_s", 0.99))
        lost = sum(one.lost for one in seen)
        print(
            f"{way.name:16} {statistics.median(cpu):8.0f}ms {figures[0]:9.2f} {figures[1]:10.2f} {tails[0]:7.2f}"
            f" {tails[1]:8.2f} {way.rss_mib():8.0f} {lost}"
        )


def main() -> None:
    """Start, measure, end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, nargs="+", default=[1, 8, 32, 128])
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rate", type=int, default=50, help="chunks per second and stream")
    parser.add_argument("--slow", type=int, default=0, help="streams beside the others that read slowly")
    parser.add_argument("--rest", type=float, default=20.0, help="seconds without a request, before the first")
    parser.add_argument("--litellm", default=shutil.which("litellm"), help="program of the LiteLLM proxy")
    parser.add_argument("--nginx", default=shutil.which("nginx"))
    parser.add_argument("--llama-swap", default=shutil.which("llama-swap"))
    parser.add_argument("--only-ours", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        home = Path(scratch)
        compile_ahead(home)
        made = stack.enter_context(metronome_room(home, options.rate, slots=max(options.streams) + options.slow))
        with made.control() as client:
            engine = Way("the engine", *engine_at(client, MODEL))
        connection = made.connection()
        port = int(connection.address.rpartition(":")[2])
        all_ways = [engine, Way("Engineroom", port, new_key(connection, MODEL), made.process.pid)]
        if not options.only_ours:
            all_ways.append(stack.enter_context(ways.naive(engine, home)))
            if options.nginx:
                all_ways.append(stack.enter_context(ways.nginx(engine, home, options.nginx)))
            if options.llama_swap:
                all_ways.append(stack.enter_context(ways.llama_swap(engine, home, options.llama_swap)))
            if options.litellm:
                all_ways.append(stack.enter_context(ways.litellm(engine, home, options.litellm)))
        report_rest(all_ways[1:], options.rest)
        for streams in options.streams:
            report(streams, asyncio.run(measure(all_ways, streams, options)), all_ways)


if __name__ == "__main__":
    main()
