"""The path patterns of the settings: what they match, and that no pattern takes more than the square of a path's length."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wa_iac.engine.globs import matches

ROOT = Path("/root")


def is_match(pattern: str, path: str) -> bool:
    return matches([pattern], ROOT / path, ROOT)


@pytest.mark.parametrize(
    ("pattern", "path", "wanted"),
    [
        ("a/*.tf", "a/x.tf", True),
        ("a/*.tf", "a/b/x.tf", False),
        ("**/x", "x", True),
        ("**/x", "a/b/x/y", True),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/c/d/b", True),
        ("a/**", "a/b/c", True),
        ("*a*b", "xaxbxab", True),
        ("a/**/b*c/**/d", "a/x/bc/b/bxc/y/d", True),
        ("*-test/**/x?.json", "my-test/a/xy.json", True),
        ("a**/b", "axx/y/b", True),
    ],
)
def test_what_a_pattern_matches(pattern: str, path: str, wanted: bool) -> None:
    assert is_match(pattern, path) is wanted


def states(pattern: str, path: str) -> bool:
    """The same by the book: every way to read the pattern is followed at once, character by character."""
    signs: list[str] = []
    rest = pattern.strip("/")
    while rest:
        sign = next((each for each in ("**/", "**") if rest.startswith(each)), rest[0])
        signs.append(sign)
        rest = rest[len(sign) :]

    def closed(places: set[int]) -> set[int]:
        waiting = list(places)
        while waiting:
            at = waiting.pop()
            if at < len(signs) and signs[at] in ("**/", "**", "*") and at + 1 not in places:
                places.add(at + 1)
                waiting.append(at + 1)
        return places

    now = closed({0})
    begins = True
    for character in f"{path}/":
        if character == "/" and len(signs) in now:
            return True
        following: set[int] = set()
        for at in now:
            sign = signs[at] if at < len(signs) else ""
            if sign in ("**", "**/") or (sign == "*" and character != "/"):
                following.add(at)
            elif sign and (sign == character or (sign == "?" and character != "/")):
                following.add(at + 1)
        begins = character == "/"
        now = set()
        for at in following:
            # Within a name nothing follows a "**/": it ends with a directory.
            stays = at < len(signs) and signs[at] == "**/" and not begins
            now |= {at} if stays else closed({at})
    return False


@given(
    st.lists(st.sampled_from(["a", "b", "ab", "*", "a*", "*b", "?", "**", "*a*b*"]), min_size=1, max_size=6).filter(
        lambda names: names[-1] != "**"
    ),
    st.lists(st.text("ab", min_size=1, max_size=6), min_size=1, max_size=5),
)
def test_a_pattern_matches_what_it_says(pattern: list[str], path: list[str]) -> None:
    assert is_match("/".join(pattern), "/".join(path)) is states("/".join(pattern), "/".join(path))


def test_stars_after_stars_are_not_tried_in_every_combination() -> None:
    assert not is_match("**/" * 40 + "x", "a/" * 200 + "b")
    assert not is_match("*a" * 60 + "x", "a" * 250)
    assert not is_match("/**/".join(["a*a"] * 40) + "/x", "/".join(["aaaaaa"] * 200))
