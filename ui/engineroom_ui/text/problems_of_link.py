"""Sentences of problems between window and daemon; :mod:`engineroom_ui.text.problems` has the rest."""

from engineroom.contract.link import RemoteCode, VersionCode
from engineroom_ui.text.marks import mark

TEXTS_OF_LINK: dict[str, tuple[str, str]] = {
    VersionCode.OLDER: (
        mark("problems", "The engine room that runs is older ({theirs}) than this window ({ours})."),
        mark("problems", "Restart it, and both are of one version. Engines it runs are stopped."),
    ),
    VersionCode.NEWER: (
        mark("problems", "The engine room that runs is newer ({theirs}) than this window ({ours})."),
        mark("problems", "Restart this window; if that does not help, update Engineroom."),
    ),
    VersionCode.OTHER: (
        mark("problems", "The engine room is {theirs}, this window {ours}; they understand each other."),
        mark("problems", "Restart it when nothing is being served, and both are the same."),
    ),
    RemoteCode.NO_SSH: (
        mark("problems", "There is no ssh program here, and without it no other computer can be reached."),
        mark("problems", "Install the OpenSSH client."),
    ),
    RemoteCode.KEY_CHANGED: (
        mark(
            "problems",
            "{host} shows another key than before: somebody may be in between, or it was set up anew.",
        ),
        mark("problems", "Nothing was sent. Ask who runs it; if the new key is right, remove the old one from {path}."),
    ),
    RemoteCode.LOGIN_REFUSED: (
        mark("problems", "{host} does not let you in: {reason}."),
        mark("problems", "Logging in must work without a password: ssh-copy-id {host} sets that up."),
    ),
    RemoteCode.UNREACHABLE: (
        mark("problems", "{host} cannot be reached: {reason}."),
        mark("problems", "This window keeps trying; check the name, the network, and that it is on."),
    ),
    RemoteCode.NOT_RUNNING: (
        mark("problems", "The engine room of {host} is not running."),
        mark("problems", "Start it there to see and serve models."),
    ),
    RemoteCode.NOT_INSTALLED: (
        mark("problems", "There is no Engineroom on {host} where a login finds it."),
        mark("problems", "Install it there, or put its engineroom command on the PATH of that login."),
    ),
    RemoteCode.ANSWER_ODD: (
        mark("problems", "{host} gave an answer that this window cannot read."),
        mark("problems", "Install the same version of Engineroom on both computers."),
    ),
}
