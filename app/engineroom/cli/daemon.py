"""The daemon of a command that starts one where none runs."""

import sys

from engineroom.client.engines import EnginesClient
from engineroom.client.models import ModelsClient
from engineroom.client.runtimes import RuntimesClient
from engineroom.client.starter import find_or_start_daemon
from engineroom.contract.connection import Connection


def models_client() -> ModelsClient:
    """A client of the running daemon, or of a new one that ends by itself when idle. Raises Broken."""
    return ModelsClient(_connection())


def runtimes_client() -> RuntimesClient:
    """Likewise, for the runtimes."""
    return RuntimesClient(_connection())


def engines_client() -> EnginesClient:
    """Likewise, for engines that are built here."""
    return EnginesClient(_connection())


def _connection() -> Connection:
    connection, is_new = find_or_start_daemon()
    if is_new:
        sys.stderr.write(f"engineroom: started an engine room at {connection.address}\n")
    return connection
