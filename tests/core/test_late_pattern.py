"""A pattern that is compiled late finds what one finds that was compiled at once."""

import re

import pytest

from wa_iac.core.late_pattern import LatePattern

TEXT = "web-1, db-22\nweb-3"


@pytest.mark.parametrize("pattern", [r"([a-z]+)-(\d)", r"\d+", r"^WEB", r"nothing"])
def test_all_methods_answer_alike(pattern: str) -> None:
    late, early = LatePattern(pattern, re.IGNORECASE | re.MULTILINE), re.compile(pattern, re.IGNORECASE | re.MULTILINE)

    assert late.pattern == early.pattern
    for one, other in (
        (late.search(TEXT), early.search(TEXT)),
        (late.match(TEXT), early.match(TEXT)),
        (late.fullmatch(TEXT), early.fullmatch(TEXT)),
    ):
        assert (one and one.span()) == (other and other.span())
    assert [each.span() for each in late.finditer(TEXT)] == [each.span() for each in early.finditer(TEXT)]
    assert late.findall(TEXT) == early.findall(TEXT)
    assert late.split(TEXT) == early.split(TEXT)
    assert late.sub("<>", TEXT) == early.sub("<>", TEXT)


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    broken = LatePattern("(")

    with pytest.raises(re.error):
        broken.search("")
