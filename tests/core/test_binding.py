"""Paths of bindings: from a resource's body inwards."""

from __future__ import annotations

import pytest

from shelves import declare, tree
from wa_iac.core.algebra import plain
from wa_iac.core.binding import Segment, elements, only, segments
from wa_iac.core.value import Absent, Known, Unknown

BODY = tree(
    {
        "Rules": [{"Port": 1, "Tags": [{"Key": "a"}]}, {"Port": 2}, Unknown("no default", 1)],
        "Block": [{"status": "Enabled"}],
        "Attributes": [{"Key": "idle.timeout", "Value": "60"}],
        "Empty": [],
    }
)


@pytest.mark.parametrize(
    ("path", "parsed"),
    [
        ("", ()),
        ("A.B", (Segment("A"), Segment("B"))),
        ("A[].B[]", (Segment("A", every=True), Segment("B", every=True))),
        ("A[Key=x.y].Value", (Segment("A", key="Key", equals="x.y"), Segment("Value"))),
        ("@DeletionPolicy", (Segment("@DeletionPolicy"),)),
    ],
)
def test_a_path_is_parsed(path: str, parsed: tuple[Segment, ...]) -> None:
    assert segments(path) == parsed


@pytest.mark.parametrize("path", [".A", "A..B", "A[", "A[x]"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not a binding path"):
        segments(path)


def test_every_element_is_read_and_an_unknown_one_stays() -> None:
    first, second, third = elements(BODY, "Rules[].Port")

    assert (first, second) == (Known(1), Known(2))
    assert isinstance(third, Unknown)
    assert elements(BODY, "Nothing[].Port") == []
    assert elements(BODY, "Empty[].Port") == []


def test_a_name_after_a_list_reads_its_first_element() -> None:
    assert only(BODY, "Block.status") == Known("Enabled")
    assert only(BODY, "Empty.status") == Absent()


def test_a_pair_is_found_by_its_key() -> None:
    assert only(BODY, "Attributes[Key=idle.timeout].Value") == Known("60")
    assert only(BODY, "Attributes[Key=other].Value") == Absent()


def test_the_whole_body_is_the_empty_path() -> None:
    written = declare("aws_shelf", "a", {"size": 3})

    assert plain(only(written.body, "")) == {"size": 3}
