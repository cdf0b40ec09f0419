"""``engineroom keys``, ``network`` and ``capture``: who may use the engine room, and what is written down."""

import sys
import time
from collections.abc import Sequence
from typing import Literal

from cyclopts import App

from engineroom.cli.output import Json, print_json, say
from engineroom.client.access import AccessClient
from engineroom.client.control import find_daemon
from engineroom.client.starter import find_or_start_daemon
from engineroom.contract.keys import CaptureView, KeyLimits, KeyRequest, KeyView, NetworkView, Reach, RouteGroup
from engineroom.contract.problems import Exit

app = App(name="keys", help="List, make and revoke the keys that let programs in.")

DAY_S = 86_400.0
_REACH = {
    Reach.THIS_COMPUTER: "this computer only",
    Reach.LOCAL_NETWORK: "the local network",
    Reach.INTERNET: "the internet, unless a firewall is between",
}


@app.default
def listed(*, json: Json = False) -> int:
    """List the keys: what they may do and what they used today. The keys themselves are kept nowhere."""
    with _client() as client:
        keys = client.keys()
    if json:
        print_json(keys)
        return Exit.OK
    for key in keys:
        say(_line(key))
    if not keys:
        say("There are no keys. Make one with: engineroom keys create NAME")
    return Exit.OK


app.command(listed, name="list")


@app.command
def create(
    name: str,
    *,
    models: Sequence[str] = (),
    routes: Sequence[RouteGroup] = (),
    days: float | None = None,
    requests_per_minute: int | None = None,
    tokens_per_day: int | None = None,
    joules_per_day: float | None = None,
    priority: int | None = None,
    json: Json = False,
) -> int:
    """Make a key and print it. It is shown this once.

    Args:
        name: to tell it by.
        models: ids of the models it may ask; all of them if none is named.
        routes: groups of routes it may use; all of them if none is named.
        days: for how long it is valid; for ever if not given.
        requests_per_minute: the most requests within any minute.
        tokens_per_day: the most tokens, of prompts and answers together, in a calendar day.
        joules_per_day: the most energy in a calendar day; counts where the hardware reports energy.
        priority: of its requests where they have to wait, 0 to 9; 5 is usual.
        json: print a JSON object with the key in it.
    """
    request = KeyRequest(
        name=name,
        models=tuple(models),
        routes=tuple(routes),
        expires_at_s=None if days is None else time.time() + days * DAY_S,
        limits=KeyLimits(
            requests_per_minute=requests_per_minute, tokens_per_day=tokens_per_day, joules_per_day=joules_per_day
        ),
        priority=priority,
    )
    with _client() as client:
        made = client.create_key(request)
    if json:
        print_json(made)
        return Exit.OK
    say(made.key)
    if sys.stdout.isatty():
        say("")
        say("This is the only time it is shown. Send it as 'Authorization: Bearer KEY' or 'x-api-key: KEY'.")
    return Exit.OK


@app.command
def revoke(key: str, *, json: Json = False) -> int:
    """Make a key worthless from now on.

    Args:
        key: its name or its id.
        json: print the key's record as JSON.
    """
    with _client() as client:
        view = client.revoke_key(key)
    if json:
        print_json(view)
    else:
        say(f"{view.name} ({view.prefix}…) opens nothing any more.")
    return Exit.OK


def network(*, json: Json = False) -> int:
    """Say where the engine room listens and who can reach it; every address of this computer is tried.

    Args:
        json: print a JSON object.
    """
    with AccessClient(find_daemon()) as client:
        view = client.network()
    if json:
        print_json(view)
    else:
        _print_network(view)
    return Exit.OK


def capture(wish: Literal["on", "off", "status"] = "status", *, minutes: float = 10.0, json: Json = False) -> int:
    """Write prompts and answers to a file for some minutes, to find a fault. Otherwise they are never kept.

    Args:
        wish: on, off, or status.
        minutes: for how long; at most 240.
        json: print a JSON object.
    """
    with AccessClient(find_daemon()) as client:
        view = client.capture() if wish == "status" else client.turn_capture(minutes if wish == "on" else 0.0)
    if json:
        print_json(view)
    else:
        _print_capture(view)
    return Exit.OK


def _client() -> AccessClient:
    connection, is_new = find_or_start_daemon()
    if is_new:
        sys.stderr.write(f"engineroom: started an engine room at {connection.address}\n")
    return AccessClient(connection)


def _line(key: KeyView) -> str:
    limits = key.limits
    rules = (
        ("revoked", key.revoked_at_s is not None),
        (f"until {_day(key.expires_at_s)}", key.expires_at_s is not None),
        (f"models {', '.join(key.models)}", key.models),
        (f"routes {', '.join(key.routes)}", key.routes),
        (f"{limits.requests_per_minute} requests/min", limits.requests_per_minute),
        (f"{limits.tokens_per_day} tokens/day", limits.tokens_per_day),
        (f"{limits.joules_per_day:g} J/day" if limits.joules_per_day else "", limits.joules_per_day),
        (f"priority {key.priority}", key.priority is not None),
    )
    told = "; ".join(text for text, holds in rules if holds) or "everything"
    return f"{key.id}  {key.prefix}…  {key.name}  {told}  (today: {key.tokens_today} tokens, {key.joules_today:.0f} J)"


def _day(unix_s: float | None) -> str:
    return "" if unix_s is None else time.strftime("%Y-%m-%d %H:%M", time.localtime(unix_s))


def _print_network(view: NetworkView) -> None:
    keyless = "no key needed" if view.keyless else "a key is needed"
    say(f"This computer:   {view.local}  ({keyless})")
    if view.network is None:
        say("Other computers: not let in")
    else:
        way = "TLS" if view.tls else "PLAIN HTTP: anybody on the way can read it"
        say(f"Other computers: {view.network}  (a key is needed; {way})")
    if view.fingerprint is not None:
        say(f"Certificate:     {view.certificate}")
        say(f"SHA-256:         {view.fingerprint}")
    for place in view.interfaces:
        answer = f"answers; reached by {_REACH[place.reach]}" if place.answers else "does not answer"
        say(f"  {place.name}  {place.address} port {place.port}: {answer}")


def _print_capture(view: CaptureView) -> None:
    if view.on:
        say(f"Prompts and answers are being written to {view.path} until {_day(view.until_s)}.")
        say("End it with: engineroom capture off")
    else:
        say("Prompts and answers are not being kept.")
        if view.path is not None:
            say(f"What the last capture wrote is in {view.path}; remove it when it is no longer needed.")
