"""The list of a fleet."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.errors import UsageError
from wa_iac.fleet.entries import Entry, read_list


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path.resolve()
    monkeypatch.chdir(place)
    return place


def test_a_line_is_a_path_or_an_object(here: Path) -> None:
    text = '# ours\nshop/\n\n  a folder  \n{"path": "x", "name": "The X", "team": "@org/x"}\n'

    assert read_list(text, "list") == [
        Entry("shop", here / "shop"),
        Entry("a folder", here / "a folder"),
        Entry("The X", here / "x", "@org/x"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("\n# nothing\n", None, "the list names no folder"),
        ('a\n{"path": "b", "nmae": "c"}', 2, "there is no key 'nmae'"),
        ('{"name": "c"}', 1, "the entry has no path"),
        ('{"path": ""}', 1, "'path' must be a text"),
        ("{path", 1, "begins like an object of JSON"),
        ('a\n{"path": "b", "name": "a"}', 2, "also in line 1"),
        ('a\n{"path": "./a", "name": "b"}', 2, "the same folder as 'a' in line 1"),
        ("shop/infra\nshop", 1, "inside of 'shop' in line 2"),
    ],
)
def test_what_would_count_twice_or_means_nothing_is_refused_with_its_line(text: str, line: int | None, why: str) -> None:
    with pytest.raises(UsageError, match=why) as raised:
        read_list(text, "list")

    assert (raised.value.path, raised.value.line) == ("list", line)
