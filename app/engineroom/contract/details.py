"""What the code of a problem leaves open, for those who write sentences: codes, their English, and how they come along.

A detail is of :data:`WORDS`, or the code of a finding before an installation (``FINDINGS``), of a check of a gate
(``GATE``), of an error of the operating system (``OS_ERRORS``), or of another problem.
"""

from engineroom.contract.runtime_sentences import FINDINGS, GATE
from engineroom.domain.details import FACT, WORDS, Detail, apart
from engineroom.domain.os_errors import OS_ERRORS
from engineroom.domain.reason import Reason

__all__ = ["FACT", "FINDINGS", "GATE", "OS_ERRORS", "WORDS", "Detail", "Reason", "apart"]
