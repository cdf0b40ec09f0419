"""``engineroom hub`` and ``engineroom outbound``: the account at the Hub, and what left this machine."""

import sys
import time
from getpass import getpass

from cyclopts import App

from engineroom.cli.daemon import models_client
from engineroom.cli.output import Json, print_json, say, size
from engineroom.client.control import find_daemon
from engineroom.client.models import ModelsClient
from engineroom.contract.models import HubAccount
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Code, Rejected

app = App(name="hub", help="Which Hugging Face Hub is asked, and with which token.")

_PLACES = {
    "keyring": "in the keyring of this computer",
    "file": "in a file that only you can read, because there is no keyring here",
    "environment": "in HF_TOKEN",
    "library": "where other Hugging Face tools keep it",
}


@app.default
def account(*, json: Json = False) -> int:
    """Say which Hub is asked, and where the access token lies."""
    with models_client() as client:
        _show(client.account(), as_json=json)
    return Exit.OK


app.command(account, name="account")


@app.command
def login(*, json: Json = False) -> int:
    """Store an access token. It is asked for, or read from standard input; never taken from the command line."""
    token = getpass("Access token (it is not shown): ") if sys.stdin.isatty() else sys.stdin.readline()
    if not token.strip().isascii() or not token.strip():
        raise Rejected(Code.USAGE, reason="No access token was given. Make one on the Hub's page of settings.")
    with models_client() as client:
        _show(client.log_in(token.strip()), as_json=json)
    return Exit.OK


@app.command
def logout(*, json: Json = False) -> int:
    """Forget the token that was stored here."""
    with models_client() as client:
        _show(client.log_out(), as_json=json)
    return Exit.OK


def outbound(*, tail: int = 50, json: Json = False) -> int:
    """List what left this machine since the engine room started: time, host, purpose, status, bytes.

    Args:
        tail: how many of the newest.
        json: print a JSON array.
    """
    with ModelsClient(find_daemon()) as client:
        rows = client.outbound(tail=tail)
    if json:
        print_json(rows)
        return Exit.OK
    for row in rows:
        stamp = time.strftime("%H:%M:%S", time.localtime(row.sent_unix_s))
        status = "no answer" if row.status is None else str(row.status)
        say(f"{stamp}  {row.host}  {row.purpose}  {status}  {size(row.received_bytes)}")
    if not rows:
        say("Nothing has left this machine since the engine room started.")
    return Exit.OK


def _show(account: HubAccount, *, as_json: bool) -> None:
    if as_json:
        print_json(account)
        return
    say(f"Hub: {account.endpoint}{', switched off (offline)' if account.offline else ''}")
    place = account.token_place
    say("Token: none" if place is None else f"Token: {_PLACES.get(place, place)}")
