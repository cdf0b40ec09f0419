"""``engineroom connect-info``: what to set in a program so that it asks this engine room, and whether they get on."""

import difflib
from dataclasses import dataclass

from engineroom.adapters.client_guides import load_guides
from engineroom.cli.output import Json, print_json, say
from engineroom.client.access import AccessClient
from engineroom.client.control import find_daemon
from engineroom.client.probe import probe
from engineroom.contract.connect import (
    UNKNOWN_CONTEXT,
    ClientGuide,
    ClientKind,
    ConnectFacts,
    ProbeResult,
    ProbeStatus,
    fill,
    too_small,
    trust,
)
from engineroom.contract.connect_sentences import STEPS, probe_words
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Code, EngineroomError, Rejected

NO_ROOM = ConnectFacts(address="http://127.0.0.1:8411", model="MODEL")
_KINDS = {
    ClientKind.AGENT: "Agents",
    ClientKind.EDITOR: "Editors",
    ClientKind.APP: "Applications",
    ClientKind.LIBRARY: "Libraries",
}
_MARKS = {
    ProbeStatus.PASSED: "ok",
    ProbeStatus.LACKING: "lacks",
    ProbeStatus.FAILED: "FAILED",
    ProbeStatus.NOT_RUN: "-",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """A guide with its texts for this address, as ``--json`` prints it."""

    client: ClientGuide
    address: str
    model: str
    context_tokens: int | None
    snippets: tuple[tuple[str, str], ...]
    test: tuple[ProbeResult, ...] = ()


def connect_info(
    client: str | None = None,
    *,
    model: str | None = None,
    key: str = "none",
    network: bool = False,
    test: bool = False,
    json: Json = False,
) -> int:
    """Say what to set in a program; without a name, list the programs.

    Args:
        client: its id or its name, such as codex or claude-code.
        model: id of the model it shall ask; the default one if none is named.
        key: the key it shall send; none is needed on this computer unless the settings say so.
        network: for a program on another computer.
        test: send a request with a tool call as this program would.
        json: print JSON objects.
    """
    guides = load_guides()
    if client is None:
        _list(guides, as_json=json)
        return Exit.OK
    guide = _named(guides, client)
    facts = _facts(model, key, network=network, needed=test)
    steps = tuple(probe(guide.api, facts)) if test else ()
    if json:
        told = _Filled(
            client=guide,
            address=facts.address,
            model=facts.model,
            context_tokens=facts.context_tokens,
            snippets=tuple((one.where, fill(one.text, facts)) for one in guide.snippet),
            test=steps,
        )
        print_json(told)
    else:
        _show(guide, facts)
        _show_test(steps)
    return Exit.REJECTED if any(step.status is ProbeStatus.FAILED for step in steps) else Exit.OK


def _facts(model: str | None, key: str, *, network: bool, needed: bool) -> ConnectFacts:
    """What the daemon says; without one, the address it has by default."""
    try:
        with AccessClient(find_daemon()) as control:
            snapshot, doors = control.snapshot(), control.network()
    except EngineroomError:
        if needed or network:
            raise
        return ConnectFacts(address=NO_ROOM.address, model=model or NO_ROOM.model, key=key)
    default = next((one.id for one in snapshot.models if one.is_default), NO_ROOM.model)
    chosen = model or default
    if network and doors.network is None:
        raise Rejected(Code.INVALID_REQUEST, reason="other computers are not let in; see engineroom network")
    return ConnectFacts(
        address=doors.network if network and doors.network else snapshot.hello.address,
        model=chosen,
        key=key,
        context_tokens=next((one.context_tokens for one in snapshot.engines if one.model_id == chosen), None),
        certificate=doors.certificate if network else None,
    )


def _named(guides: tuple[ClientGuide, ...], name: str) -> ClientGuide:
    names = {one.id: one for one in guides} | {one.name.lower(): one for one in guides}
    if (found := names.get(name.lower())) is not None:
        return found
    near = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.4)
    known = ", ".join(dict.fromkeys(names[one].id for one in near)) or "engineroom connect-info lists them"
    raise Rejected(Code.USAGE, reason=f"no program is called {name}; nearest: {known}")


def _list(guides: tuple[ClientGuide, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(guides)
        return
    for kind, title in _KINDS.items():
        say(title)
        for one in guides:
            if one.kind is kind:
                say(f"  {one.id:<20} {one.name:<30} {one.api if one.works else 'cannot be used'}")
    say("What to set in one of them: engineroom connect-info NAME")


def _show(guide: ClientGuide, facts: ConnectFacts) -> None:
    say(f"{guide.name}: {guide.api}" + (f", as of version {guide.version}" if guide.version else ""))
    for note in guide.notes:
        say(f"  {note}")
    if not guide.works:
        return
    if facts.context_tokens is None:
        say(f"  The context is not known before the model runs; {UNKNOWN_CONTEXT} stands in its place.")
    elif too_small(guide, facts.context_tokens):
        say(f"  {facts.context_tokens} tokens of context are too few for it: it needs {guide.least_tokens}.")
    if (trusted := trust(facts)) is not None:
        say("\nTrust the certificate of this engine room:")
        say(trusted)
    for one in guide.snippet:
        say(f"\n{one.where}:")
        say(fill(one.text, facts))


def _show_test(steps: tuple[ProbeResult, ...]) -> None:
    if steps:
        say("\nTest:")
    for step in steps:
        took = "" if step.ms is None else f"  ({step.ms:.0f} ms)"
        say(f"  {STEPS[step.step]:<13} {_MARKS[step.status]:<7} {probe_words(step)}{took}")
