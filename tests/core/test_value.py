"""Three-valued values: what is certain, what is not, and what is certain all the same."""

from __future__ import annotations

from typing import Any

import pytest

from wa_iac.core.algebra import are_equal, choices, choose, count_distinct, joined, lift, references, substitute
from wa_iac.core.budget import MOST, Budget, SpentError, entered
from wa_iac.core.partial import MANY, Rest
from wa_iac.core.reasons import Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Alternative, Known, Origin, Reference, Step, Tree, Unknown, plain

HERE = Origin(Span("main.tf", 3, 1, 3, 20))


def unknown(name: str) -> Unknown:
    return Unknown(Said(f"var.{name} has no default"), ("var", name), HERE)


def is_prod(then: Tree, otherwise: Tree) -> Tree:
    return choose(Said("IsProd is not known"), "IsProd", [("IsProd is true", then), ("IsProd is false", otherwise)], HERE)


@pytest.mark.parametrize("value", [Known(True), Known(False), unknown("x"), Absent()], ids=repr)
def test_a_value_is_no_truth_value(value: Tree) -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(value)


def test_equality_is_of_content_and_type() -> None:
    assert Known(1) == Known(1, HERE)
    assert Known(1) != Known(True)
    assert Known(1) != Known("1")
    assert unknown("a") == Unknown(Said("another reason"), ("var", "a"))
    assert unknown("a") != unknown("b")


def test_values_of_one_unknown_collection_are_known_to_differ() -> None:
    zones = unknown("zones")
    first, again, second = zones.member(0, distinct=True), zones.member(0, distinct=True), zones.member(1, distinct=True)

    assert are_equal(first, again) is True
    assert are_equal(first, second) is False
    assert are_equal(first, unknown("other")) is None
    assert are_equal(Known("a"), Known("b")) is False
    assert are_equal(Known("a"), first) is None


def test_how_many_differ_is_given_as_bounds() -> None:
    zones = unknown("zones")
    first, second = zones.member(0, distinct=True), zones.member(1, distinct=True)

    assert count_distinct([first, second, first]) == (2, 2)
    assert count_distinct([Known("a"), first]) == (1, 2)
    assert count_distinct([Known("a"), Known("a")]) == (1, 1)
    assert count_distinct([Unknown(Said("nobody says"), "x"), first, second, Known("a")]) == (2, 4)
    assert count_distinct([Rest(Said("nobody says"), "more"), Known("a"), Known("b")]) == (2, 2 + MANY)
    assert count_distinct([]) == (0, 0)


def test_a_choice_between_equals_is_no_choice() -> None:
    assert is_prod(Known(True), Known(True)) == Known(True)


def test_lift_follows_the_alternatives_of_an_argument() -> None:
    def double(value: Tree) -> Tree:
        assert isinstance(value, Known)
        return Known(value.value * 2)

    doubled = lift("double", double, is_prod(Known(3), Known(1)), origin=HERE)

    assert isinstance(doubled, Unknown)
    assert doubled.choice == "IsProd"
    assert doubled.alternatives == (Alternative("IsProd is true", Known(6)), Alternative("IsProd is false", Known(2)))


def test_lift_decides_a_choice_once_for_all_arguments() -> None:
    def add(one: Tree, other: Tree) -> Tree:
        assert isinstance(one, Known)
        assert isinstance(other, Known)
        return Known(one.value + other.value)

    total = lift("add", add, is_prod(Known(3), Known(1)), is_prod(Known(30), Known(10)), origin=HERE)

    assert isinstance(total, Unknown)
    assert [each.value for each in total.alternatives] == [Known(33), Known(11)]


def test_lift_of_what_is_simply_unknown_keeps_its_reason_and_references() -> None:
    arn = Unknown(Said("known after apply"), "arn", Origin(references=(Reference("aws_s3_bucket.a", "arn"),)))

    length = lift("length", lambda _: Known(0), arn, origin=HERE)

    assert isinstance(length, Unknown)
    assert length.why == "known after apply"
    assert list(references(length)) == [Reference("aws_s3_bucket.a", "arn")]


def test_substitution_decides_a_choice_everywhere() -> None:
    body = Known({"MultiAZ": is_prod(Known(True), Absent()), "Tags": Known([is_prod(Known("p"), Known("d"))])})

    assert substitute(body, {"IsProd": 0}) == Known({"MultiAZ": Known(True), "Tags": Known([Known("p")])})
    assert substitute(body, {"IsProd": 1}) == Known({"MultiAZ": Absent(), "Tags": Known([Known("d")])})
    assert substitute(body, {"another": 0}) is body


def test_a_string_of_known_pieces_is_known() -> None:
    assert joined(["a-", Known(1), "-", Known(True)], HERE) == Known("a-1-true")


def test_a_string_keeps_its_unknown_pieces_until_they_are_decided() -> None:
    name = joined(["logs-", is_prod(Known("prod"), Known("dev")), "-", unknown("region")], HERE)

    assert isinstance(name, Unknown)
    assert [part if isinstance(part, str) else part.why for part in name.parts] == [
        "logs-",
        "IsProd is not known",
        "-",
        "var.region has no default",
    ]
    decided = substitute(name, {"IsProd": 0})
    assert isinstance(decided, Unknown)
    assert decided.parts == ("logs-prod-", unknown("region"))


def test_an_origin_tells_the_way() -> None:
    step = Step(Span("variables.tf", 9, 3, 9, 20), 'default of variable "size"')

    assert HERE.via(step).chain == (step,)
    assert HERE.chain == ()


def test_as_data_an_unknown_says_why_and_a_secret_says_nothing() -> None:
    body = Known(
        {
            "name": Known("x"),
            "size": unknown("size"),
            "bucket": Unknown(Said("known after apply"), 1, Origin(references=(Reference("aws_s3_bucket.a", "id"),))),
            "password": Known("hunter2", Origin(sensitive=True)),
            "gone": Absent(),
        }
    )

    assert plain(body) == {
        "name": "x",
        "size": {"$unknown": "var.size has no default"},
        "bucket": {"$ref": "aws_s3_bucket.a.id"},
        "password": "(sensitive)",
    }


def _small() -> Budget:
    budget = Budget()
    budget.comparisons = 100_000
    return budget


def _nested(depth: int) -> Known[Any]:
    value: Known[Any] = Known("x")
    for _ in range(depth):
        value = Known([value])
    return value


def test_values_compare_and_hash_however_deeply_they_are_nested() -> None:
    assert _nested(20_000) == _nested(20_000)
    assert _nested(20_000) != _nested(19_999)
    assert hash(_nested(20_000)) == hash(_nested(20_000))


def test_a_value_that_holds_itself_many_times_over_is_compared_within_a_budget() -> None:
    one: Known[Any] = Known("x")
    other: Known[Any] = Known("x")
    for _ in range(60):
        one, other = Known([one, one]), Known([other, other])
    assert hash(one) == hash(other), "each part is hashed once"
    with pytest.raises(SpentError), entered(_small()):
        assert one == other
    with pytest.raises(SpentError), entered(_small()):
        assert not list(references(one))
    with pytest.raises(SpentError), entered(_small()):
        assert not list(choices(one))


def test_a_reference_that_is_in_a_text_twice_is_one() -> None:
    origin = Origin(references=(Reference("aws_s3_bucket.b", "arn"),))
    text: Tree = Known("", origin)
    for _ in range(60):
        text = joined([text, text], Origin())
    assert text.origin.references == origin.references


def test_many_pieces_are_joined_at_once() -> None:
    with entered(Budget()) as budget:
        assert joined(["x"] * 100_000, Origin()) == Known("x" * 100_000)
        assert budget.bytes >= MOST["bytes"] - 200_000


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (0, 0)),
        ([Known(1), Known(1), Known(True), Known(2)], (3, 3)),
        ([Known(1), Unknown(Said("?"), "a"), Unknown(Said("?"), "a"), Unknown(Said("?"), "b")], (1, 3)),
        ([Unknown(Said("?"), "a"), Known(1), Known(2)], (2, 3)),
        ([Unknown(Said("?"), ("m", index), element=("zones", index % 2)) for index in range(4)], (2, 2)),
        ([Unknown(Said("?"), "x", element=("zones", 0)), Unknown(Said("?"), "y", element=("others", 1))], (1, 2)),
    ],
)
def test_how_many_values_differ(values: list[Tree], expected: tuple[int, int]) -> None:
    assert count_distinct(values) == expected


def test_thousands_of_unknowns_are_told_apart_by_what_they_are() -> None:
    assert count_distinct([Unknown(Said("?"), index % 1_000) for index in range(100_000)]) == (1, 1_000)


def test_a_member_of_a_block_that_may_be_there_is_read_in_each_outcome() -> None:
    block = is_prod(Known([Known({"size": Known(3)})]), Known([]))

    assert isinstance(block, Unknown)
    assert [each.value for each in block.member("size").alternatives] == [Known(3), Absent()]
