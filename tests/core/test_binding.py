"""Paths of bindings: from a resource's body inwards."""

from __future__ import annotations

import pytest

from helpers.resources import declare, tree
from wa_iac.core.algebra import choose
from wa_iac.core.binding import Segment, elements, only, segments
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Origin, Unknown, plain

BODY = tree(
    {
        "Rules": [{"Port": 1, "Tags": [{"Key": "a"}]}, {"Port": 2}, Unknown(Said("no default"), 1)],
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
        ("A[0].B", (Segment("A", first=True), Segment("B"))),
        ("A[Key=x.y].Value", (Segment("A", key="Key", equals="x.y"), Segment("Value"))),
        ("@DeletionPolicy", (Segment("@DeletionPolicy"),)),
    ],
)
def test_a_path_is_parsed(path: str, parsed: tuple[Segment, ...]) -> None:
    assert segments(path) == parsed


@pytest.mark.parametrize("path", [".A", "A..B", "A[", "A[x]", "A[1]"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not a binding path"):
        segments(path)


def test_every_element_is_read_and_an_unknown_one_stays() -> None:
    first, second, third = elements(BODY, "Rules[].Port")

    assert (first, second) == (Known(1), Known(2))
    assert isinstance(third, Unknown)
    assert elements(BODY, "Nothing[].Port") == []
    assert elements(BODY, "Empty[].Port") == []


def test_a_name_after_a_list_reads_its_one_element() -> None:
    assert only(BODY, "Block.status") == Known("Enabled")
    assert only(BODY, "Empty.status") == Absent()


def test_a_name_after_a_list_of_several_reads_none_of_them() -> None:
    found = only(BODY, "Rules.Port")

    assert isinstance(found, Unknown)
    assert found == only(BODY, "Rules.Port")
    assert "does not say which" in found.why


def test_one_block_stands_for_all_where_their_number_is_not_known() -> None:
    assert only(tree({"Block": [{"status": "on"}, Unknown(Said("the number is not known"), 1)]}), "Block.status") == Known("on")


def test_the_first_element_is_read_where_the_path_says_so() -> None:
    assert only(BODY, "Rules[0].Port") == Known(1)
    assert only(BODY, "Block[0].status") == Known("Enabled")
    assert only(BODY, "Empty[0].status") == Absent()
    assert only(BODY, "Nothing[0].status") == Absent()
    assert only(tree({"One": {"status": "on"}}), "One[0].status") == Known("on")


def test_the_first_element_of_a_choice_is_the_first_of_each() -> None:
    choice = choose(Said("c"), "c", [("yes", tree([{"a": 1}])), ("no", tree([{"a": 2}, {"a": 3}]))], Origin())
    found = only(tree({"List": choice}), "List[0].a")

    assert isinstance(found, Unknown)
    assert [each.value for each in found.alternatives] == [Known(1), Known(2)]


def test_a_pair_is_found_by_its_key() -> None:
    assert only(BODY, "Attributes[Key=idle.timeout].Value") == Known("60")
    assert only(BODY, "Attributes[Key=other].Value") == Absent()


def test_the_whole_body_is_the_empty_path() -> None:
    written = declare("aws_shelf", "a", {"size": 3})

    assert plain(only(written.body, "")) == {"size": 3}
