"""What can be wrong between a window and a daemon. Said by windows to people; never sent by a daemon."""

from enum import StrEnum


class VersionCode(StrEnum):
    """Codes of problems whose facts are ``theirs`` and ``ours``: version and number of the control API."""

    OLDER = "daemon_older"
    NEWER = "daemon_newer"
    OTHER = "daemon_other_version"


class RemoteCode(StrEnum):
    """Codes of problems whose facts are ``host``, ``reason`` and ``path`` (the file of known hosts)."""

    NO_SSH = "remote_no_ssh"
    KEY_CHANGED = "remote_key_changed"
    LOGIN_REFUSED = "remote_login_refused"
    UNREACHABLE = "remote_unreachable"
    NOT_RUNNING = "remote_not_running"
    NOT_INSTALLED = "remote_not_installed"
    ANSWER_ODD = "remote_answer_odd"
