"""Parts that become one text, with the marks that the language puts between them."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
_STOPS = (".", "!", "?", "\u3002", "\uff01", "\uff1f")


def listed(parts: Iterable[str]) -> str:
    """An enumeration without a last *and*."""
    return translate("sentences", ", ").join(parts)


def titled(name: str, value: str) -> str:
    """A name with what it is: of a figure, of a button among its like."""
    return translate("sentences", "{name}: {value}").format(name=name, value=value)


def run_on(parts: Iterable[str]) -> str:
    """Parts of a sentence, or whole ones, one after the other."""
    text = ""
    for part in parts:
        text = part if not text else both(text, part) if text.endswith(_STOPS) else _after(text, part)
    return text


def _after(text: str, part: str) -> str:
    return translate("sentences", "{what}; {more}").format(what=text, more=part)


def both(what: str, remedy: str) -> str:
    """Two sentences as one paragraph; ``what`` gets its full stop where it has none."""
    if what.endswith("."):
        # What is quoted in another language ends with that language's stop, and is followed by its space.
        return f"{what} {remedy}"
    text = translate("sentences", "{what} {remedy}")
    if not what.endswith(_STOPS):
        text = translate("sentences", "{what}. {remedy}")
    return text.format(what=what, remedy=remedy)


def ended(text: str) -> str:
    """One sentence with its full stop."""
    return translate("sentences", "{what}.").format(what=text.rstrip("."))
