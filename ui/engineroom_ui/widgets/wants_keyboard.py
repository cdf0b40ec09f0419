"""Which widget of a page has the keyboard when the page is opened; only a page that says so itself is asked."""

from PySide6.QtWidgets import QWidget


class WantsKeyboard:
    """A page becomes one by naming this as a base: an attribute that happens to have the right name makes none.

    It sets ``_begins_in``, or overrides :attr:`keyboard_first` where that changes.
    """

    _begins_in: QWidget

    @property
    def keyboard_first(self) -> QWidget:
        """What shall have the keyboard when the page is opened."""
        return self._begins_in
