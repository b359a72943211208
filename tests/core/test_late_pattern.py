"""A pattern that is compiled late finds what one finds that was compiled at once."""

import re

import pytest

from wa_iac.core.late_pattern import late

TEXT = "web-1, db-22\nweb-3"


@pytest.mark.parametrize("pattern", [r"([a-z]+)-(\d)", r"\d+", r"^WEB", r"nothing"])
def test_all_methods_answer_alike(pattern: str) -> None:
    one, other = (made(pattern, re.IGNORECASE | re.MULTILINE) for made in (late, re.compile))

    assert (one.pattern, one.flags) == (other.pattern, other.flags)
    for ask in ("search", "match", "fullmatch"):
        found, expected = getattr(one, ask)(TEXT), getattr(other, ask)(TEXT)
        assert (found and found.span()) == (expected and expected.span())
    assert [each.span() for each in one.finditer(TEXT)] == [each.span() for each in other.finditer(TEXT)]
    assert one.findall(TEXT) == other.findall(TEXT)
    assert one.split(TEXT) == other.split(TEXT)
    assert one.sub("<>", TEXT, count=1) == other.sub("<>", TEXT, count=1)


def test_patterns_of_bytes_are_late_too() -> None:
    assert late(rb"\d+").findall(b"1, 22") == [b"1", b"22"]


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    broken = late("(")

    with pytest.raises(re.error):
        broken.search("")
