"""What the code of a problem leaves open, for those who write sentences: codes, their English, and how they come along.

A detail is of :data:`WORDS`, or the code of a finding before an installation (``FINDINGS``), of a check of a gate
(``GATE``), or of another problem.
"""

from engineroom.contract.runtime_sentences import FINDINGS, GATE
from engineroom.domain.details import FACT, WORDS, Detail, apart
from engineroom.domain.reason import Reason

__all__ = ["FACT", "FINDINGS", "GATE", "WORDS", "Detail", "Reason", "apart"]
