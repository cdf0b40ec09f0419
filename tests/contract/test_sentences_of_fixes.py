"""Every fix has a sentence."""

from engineroom.contract.sentences_of_fixes import SENTENCES_OF_FIXES
from engineroom.domain.trtllm.fixes import FixAction


def test_every_fix_has_a_sentence() -> None:
    assert set(SENTENCES_OF_FIXES) == set(FixAction)
    assert all(words.endswith(".") for words in SENTENCES_OF_FIXES.values())
    assert len(set(SENTENCES_OF_FIXES.values())) == len(FixAction)
