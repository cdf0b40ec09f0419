"""What an operating system, or SQLite, refused: the code of a detail for an error that has a number."""

import errno
import os
from collections.abc import Iterator, Mapping

from engineroom.domain.details import FACT, together
from engineroom.domain.errors import FactValue
from engineroom.domain.reason import Reason

OS_ERRORS: Mapping[str, str] = {
    "os_eacces": "Permission denied",
    "os_eperm": "Operation not permitted",
    "os_enoent": "No such file or directory",
    "os_enospc": "No space left on device",
    "os_edquot": "Disk quota exceeded",
    "os_efbig": "File too large",
    "os_erofs": "Read-only file system",
    "os_eio": "Input/output error",
    "os_eexist": "File exists",
    "os_enotdir": "Not a directory",
    "os_eisdir": "Is a directory",
    "os_enotempty": "Directory not empty",
    "os_enametoolong": "File name too long",
    "os_eloop": "Too many levels of symbolic links",
    "os_ebusy": "Device or resource busy",
    "os_emfile": "Too many open files",
    "os_enomem": "Cannot allocate memory",
    "os_eaddrinuse": "Address already in use",
    "os_eaddrnotavail": "Cannot assign requested address",
    "os_econnrefused": "Connection refused",
    "os_econnreset": "Connection reset by peer",
    "os_etimedout": "Connection timed out",
    "os_ehostunreach": "No route to host",
    "os_enetunreach": "Network is unreachable",
    "os_no_name": "Name or service not known",
    "os_name_later": "Temporary failure in name resolution",
    "os_eagain": "Resource temporarily unavailable",
    "os_e2big": "Argument list too long",
    "os_enoexec": "Exec format error",
    "os_enfile": "Too many open files in system",
    "os_etxtbsy": "Text file busy",
    "os_enodev": "No such device",
    "os_enxio": "No such device or address",
    "os_epipe": "Broken pipe",
    "os_econnaborted": "Software caused connection abort",
    "os_program": "the program {program} does not start",
    "os_sqlite_full": "database or disk is full",
    "os_sqlite_readonly": "attempt to write a readonly database",
    "os_sqlite_cantopen": "unable to open database file",
    "os_sqlite_busy": "database is locked",
    "os_sqlite_corrupt": "database disk image is malformed",
    "os_sqlite_notadb": "file is not a database",
    "os_sqlite_ioerr": "disk I/O error",
}
"""By the name of the number: English as Linux and SQLite say it, and of what one of them is told."""

_OF_NAMES = {-2: "os_no_name", -3: "os_name_later"}
"""Numbers of ``getaddrinfo``; they are below zero, those of the system above."""


def caused(error: BaseException) -> dict[str, FactValue]:
    """Facts of a problem that leaves its ``reason`` open, by an error or what lies behind it."""
    for one in _behind(error):
        if (code := _code(one)) in OS_ERRORS:
            return together([Reason(code=code)], OS_ERRORS[code])
    return {"reason": getattr(error, "strerror", None) or str(error) or type(error).__name__}


def unstarted(error: OSError) -> dict[str, FactValue]:
    """The same where a program could not be started: which one it was, where the error tells."""
    told = caused(error)
    if not error.filename or FACT not in told:
        return told
    program = Reason(code="os_program", facts={"program": str(error.filename)})
    return together([program, Reason(code=str(told[FACT]))], f"{error.filename}: {told['reason']}")


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _code(error: BaseException) -> str:
    if name := getattr(error, "sqlite_errorname", None):
        return "os_" + "_".join(str(name).lower().split("_")[:2])
    if not isinstance(error, OSError):
        return ""
    if error.errno is None:
        return "os_etimedout" if isinstance(error, TimeoutError) else ""
    # TLS has numbers of its own in the same place.
    if error.errno > 0 and error.strerror != os.strerror(error.errno):
        return ""
    return _OF_NAMES.get(error.errno) or f"os_{errno.errorcode.get(error.errno, '').lower()}"
