"""What the code of a problem leaves open, for those who write sentences: codes, their English, and how they come along.

A detail is of :data:`WORDS`, or the code of a finding before an installation (``FINDINGS``), of a check of a gate
(``GATE``), of an error of the operating system (``OS_ERRORS``), of a text that cannot be read (``PARSE_FAULTS``), or of
another problem. ``caused`` gives those of an error that was met here.
"""

from engineroom.contract.runtime_sentences import FINDINGS, GATE
from engineroom.domain.details import FACT, WORDS, Detail, apart, as_line
from engineroom.domain.os_errors import OS_ERRORS, caused
from engineroom.domain.parse_faults import PARSE_FAULTS
from engineroom.domain.reason import Reason

__all__ = [
    "FACT",
    "FINDINGS",
    "GATE",
    "OS_ERRORS",
    "PARSE_FAULTS",
    "WORDS",
    "Detail",
    "Reason",
    "apart",
    "as_line",
    "caused",
]
