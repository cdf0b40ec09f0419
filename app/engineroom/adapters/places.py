"""Where files lie. ``ENGINEROOM_HOME`` puts all of them below one directory."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from engineroom.contract.connection import FILE_NAME, runtime_dir

_APP = "engineroom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Directories of this user's engine room."""

    config: Path
    data: Path
    state: Path
    runtime: Path

    @property
    def settings_file(self) -> Path:
        """What a person may edit."""
        return self.config / "settings.toml"

    @property
    def connection_file(self) -> Path:
        """How clients find the daemon."""
        return self.runtime / FILE_NAME

    @property
    def lock_file(self) -> Path:
        """Held while a daemon runs."""
        return self.runtime / "daemon.lock"

    @property
    def children_file(self) -> Path:
        """Children that run, for the next daemon to reap."""
        return self.runtime / "children.json"

    @property
    def logs(self) -> Path:
        """One file per source."""
        return self.state / "log"

    @property
    def load_history_file(self) -> Path:
        """How long loads took."""
        return self.state / "load_history.json"

    @property
    def build_history_file(self) -> Path:
        """How long stages of builds took."""
        return self.state / "build_history.json"

    @property
    def pins_file(self) -> Path:
        """Which engines were pinned by hand."""
        return self.state / "pins.json"

    @property
    def repairs(self) -> Path:
        """What fixes changed of how engines are started."""
        return self.state / "repairs"

    @property
    def findings(self) -> Path:
        """What the doctor found of engines that failed."""
        return self.state / "findings"

    @property
    def imported_file(self) -> Path:
        """Paths of the models the user imported."""
        return self.data / "imported.json"

    @property
    def pulls(self) -> Path:
        """Lists of the files that pulls fetch."""
        return self.state / "pulls"

    @property
    def searches(self) -> Path:
        """Pages of searches of the Hub."""
        return self.state / "searches"

    @property
    def token_file(self) -> Path:
        """The Hub's token, where there is no keyring."""
        return self.config / "hugging-face-token"

    @property
    def jobs_file(self) -> Path:
        """Jobs, kept over a restart."""
        return self.state / "jobs.json"

    @property
    def ledger_file(self) -> Path:
        """The ledger's database."""
        return self.data / "engineroom.db"

    @property
    def runtimes(self) -> Path:
        """Installed runtimes, a folder each."""
        return self.data / "runtimes"

    @property
    def engines(self) -> Path:
        """Sealed engines, a folder each."""
        return self.data / "engines"

    @property
    def certificates(self) -> Path:
        """The certificate that we make for others to see, and its key."""
        return self.data / "tls"

    @property
    def captures(self) -> Path:
        """What captures wrote."""
        return self.state / "captures"

    @property
    def bundled_models(self) -> Path:
        """Where an installed product may put bundled models."""
        return self.data / "models" / "bundled"


def find_places() -> Places:
    """The places of this process's environment. Nothing is created."""
    home = os.environ.get("ENGINEROOM_HOME")
    if home:
        base = Path(home)
        return Places(config=base / "config", data=base / "data", state=base / "state", runtime=runtime_dir())
    return Places(
        config=platformdirs.user_config_path(_APP, appauthor=False),
        data=platformdirs.user_data_path(_APP, appauthor=False),
        state=platformdirs.user_state_path(_APP, appauthor=False),
        runtime=runtime_dir(),
    )
