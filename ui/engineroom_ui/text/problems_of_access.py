"""Sentences of problems with keys, addresses and what clients send; :mod:`engineroom_ui.text.problems` has the rest."""

from engineroom.contract.problems import Code
from engineroom_ui.text.marks import mark

TEXTS_OF_ACCESS: dict[str, tuple[str, str]] = {
    Code.SETTINGS_CHANGED: (
        mark("problems", "The settings file {path} was changed by somebody else meanwhile."),
        mark("problems", "It was read again; look at it, then repeat your change."),
    ),
    Code.SETTING_REFUSED: (
        mark("problems", "{setting} was not changed: {reason}."),
        mark("problems", "Correct the value and try again; the file is as it was."),
    ),
    Code.INVALID_KEY: (
        mark("problems", "A valid key is needed here."),
        mark("problems", "Send one of the keys of this engine room, or make a new one."),
    ),
    Code.KEY_SCOPE: (
        mark("problems", "This key may not use {what}."),
        mark("problems", "Use another key, or make one that may."),
    ),
    Code.KEY_LIMIT: (
        mark("problems", "This key has reached its limit of {allowed} {limit}."),
        mark("problems", "Wait {retry_after_s}, or use another key."),
    ),
    Code.KEY_NOT_FOUND: (
        mark("problems", "There is no valid key {key}."),
        mark("problems", "Choose one from the list."),
    ),
    Code.KEY_INVALID: (
        mark("problems", "The {field} of a key cannot be that."),
        mark("problems", "It must be {allowed}."),
    ),
    Code.KEY_NAME_TAKEN: (
        mark("problems", "A key named {name} exists."),
        mark("problems", "Revoke it first, or choose another name."),
    ),
    Code.ORIGIN_NOT_ALLOWED: (
        mark("problems", "A page or program from {origin} asked, and is not allowed to."),
        mark("problems", "Add it to the allowed origins in the settings if you trust it."),
    ),
    Code.REMOTE_MEDIA: (
        mark("problems", "The request names an image by its address, and addresses are not fetched from here."),
        mark("problems", "Send the image itself in the request, or allow it in Settings."),
    ),
    Code.REMOTE_IMAGE: (
        mark("problems", "An image that the request names by its address could not be fetched."),
        mark("problems", "Send the image itself: only public addresses are asked, for at most 10 MiB and 10 seconds."),
    ),
    Code.HEADERS_TOO_LARGE: (
        mark("problems", "The headers of a request had more than {limit_bytes}."),
        mark("problems", "Check the program that sent it."),
    ),
    Code.CONNECTIONS_MANY: (
        mark("problems", "A program has {most} connections to the engine room, which is as many as may."),
        mark("problems", "Check the program: it should close connections, or use them again."),
    ),
    Code.REQUEST_TOO_SLOW: (
        mark("problems", "A request did not arrive within {waited_s}."),
        mark("problems", "Check the program that sent it, and its network."),
    ),
    Code.PORT_ELSEWHERE: (
        mark("problems", "Port {wanted} could not be had, so the engine room listens at {port}."),
        mark("problems", "Free that port or choose another in the settings, then restart the engine room."),
    ),
    Code.BIND_NOT_LOOPBACK: (
        mark("problems", "{host} is not an address that can be listened on."),
        mark("problems", "Use 127.0.0.1 for this computer alone, or an IP address of it."),
    ),
    Code.BIND_NEEDS_KEY: (
        mark("problems", "{host} can be reached from other computers, and no key exists to tell who may."),
        mark("problems", "Make a key first, then start again."),
    ),
    Code.CERTIFICATE_BROKEN: (
        mark("problems", "The certificate or key {path} cannot be used: {reason}."),
        mark("problems", "Correct it, or leave both settings out to have one made."),
    ),
    Code.PLAIN_HTTP: (
        mark(
            "problems",
            "{address} answers other computers without encryption: prompts, answers and keys can be read on the way.",
        ),
        mark("problems", "Start without the option for plain HTTP to encrypt."),
    ),
    Code.CAPTURE_ON: (
        mark("problems", "Prompts and answers are being written to {path} until {ends}."),
        mark("problems", "Switch the capture off when it is no longer needed."),
    ),
}
