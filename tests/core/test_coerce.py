"""Reading values as the types that fields ask for."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.resources import tree
from wa_iac.core.algebra import joined
from wa_iac.core.coerce import EmbeddedDocument, Tags, coercion
from wa_iac.core.errors import SourceError
from wa_iac.core.reasons import Said
from wa_iac.core.span import NOWHERE
from wa_iac.core.value import Absent, Alternative, Known, Origin, Step, Tree, Unknown, Value, plain

PARTITION = Unknown(Said("the partition is known only at deployment"), "partition")


def read(wanted: Any, value: Any) -> tuple[Tree, list[str]]:
    errors: list[SourceError] = []
    return coercion(wanted)(tree(value), errors.append), [error.message for error in errors]


@pytest.mark.parametrize(
    ("wanted", "written", "content"),
    [
        (bool, True, True),
        (bool, "true", True),
        (bool, "FALSE", False),
        (bool, 1, True),
        (int, 20, 20),
        (int, "20", 20),
        (int, 20.0, 20),
        (float, "0.5", 0.5),
        (str, "x", "x"),
        (str, 20, "20"),
        (str, True, "true"),
        (list[Value[str]], ["a", 1], [Known("a"), Known("1")]),
        (list[Value[str]], "a", [Known("a")]),
        (Tags, {"a": "b"}, {"a": Known("b")}),
        (Tags, [{"Key": "a", "Value": "b"}], {"a": Known("b")}),
    ],
    ids=repr,
)
def test_what_aws_takes_is_read(wanted: Any, written: Any, content: Any) -> None:
    assert read(wanted, written) == (Known(content), [])


@pytest.mark.parametrize(
    ("wanted", "written", "message"),
    [
        (bool, "yes", 'expected true or false, found "yes"'),
        (bool, 2, "expected true or false, found 2"),
        (int, "many", 'expected a whole number, found "many"'),
        (int, True, "expected a whole number, found true"),
        (int, [1], "expected a whole number, found a list"),
        (float, {}, "expected a number, found an object"),
        (str, ["a"], "expected a string, found a list"),
        (list[Value[str]], {"a": 1}, "expected a list, found an object"),
        (int, float("inf"), "expected a whole number, found a number larger than any that AWS accepts"),
        (int, 10**400, "expected a whole number, found a number larger than any that AWS accepts"),
        (str, 10**4000, "expected a string, found a number larger than any that AWS accepts"),
        (float, 1e308 * 10, "expected a number, found a number larger than any that AWS accepts"),
        (float, "1e400", 'expected a number, found "1e400"'),
        (float, "nan", 'expected a number, found "nan"'),
        (int, "9" * 5000, f'expected a whole number, found "{"9" * 99}...'),
    ],
    ids=repr,
)
def test_what_aws_refuses_is_an_error_and_unknown(wanted: Any, written: Any, message: str) -> None:
    value, errors = read(wanted, written)

    assert isinstance(value, Unknown)
    assert errors == [message]


def test_what_is_no_tags_is_unknown_since_a_macro_may_make_some_of_it() -> None:
    value, errors = read(Tags, "Name")

    assert isinstance(value, Unknown)
    assert (value.why, errors) == ("these are not tags", [])


@pytest.mark.parametrize("wanted", [bool, int, float, str, list[Value[str]], Tags, EmbeddedDocument])
def test_unknown_and_absent_stay(wanted: Any) -> None:
    assert read(wanted, PARTITION) == (PARTITION, [])
    assert read(wanted, Absent()) == (Absent(), [])


def test_a_document_is_read_from_its_text() -> None:
    value, errors = read(EmbeddedDocument, '{"Statement": [{"Action": "s3:*"}]}')

    assert (plain(value), errors) == ({"Statement": [{"Action": "s3:*"}]}, [])


def test_a_document_is_read_around_its_unknown_pieces() -> None:
    text = joined(['{"Resource": "arn:', PARTITION, ':s3:::a", "Action": "s3:*"}'], Origin())
    value, errors = read(EmbeddedDocument, text)

    assert errors == []
    assert isinstance(value, Known)
    assert value.value["Action"] == Known("s3:*")
    assert value.value["Resource"].parts == ("arn:", PARTITION, ":s3:::a")


def test_the_tree_behind_a_text_is_preferred() -> None:
    behind = tree({"Statement": PARTITION})
    value, _ = read(EmbeddedDocument, Known("{}", Origin(document=behind)))

    assert value == behind


def test_text_that_is_no_json_is_unknown() -> None:
    value, errors = read(EmbeddedDocument, "not json")

    assert isinstance(value, Unknown)
    assert (value.why, errors) == ("the text is not JSON", [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"Statement": [\n  {"Effect": "Allow" "Action": "s3:*"}\n]}',
            ["this text is not JSON: there is a mistake in its line 2"],
        ),
        ("Version: '2012-10-17'", []),
        ("{{resolve:ssm:policy}}", []),
        ('{"a": "two\nlines"}', []),
    ],
    ids=["a comma is missing", "YAML", "a dynamic reference", "a line break in a string"],
)
def test_a_text_that_begins_as_json_and_is_not_json_is_an_error(text: str, said: list[str]) -> None:
    assert read(EmbeddedDocument, text)[1] == said


def test_the_default_of_a_variable_may_be_no_json() -> None:
    errors: list[SourceError] = []
    default = Step(NOWHERE, "default of variable 'policy'", default_of='variable "policy"')
    coercion(EmbeddedDocument)(Known("{todo", Origin(chain=(default,))), errors.append)

    assert errors == []


def test_what_a_choice_is_between_is_read_as_the_type_that_is_wanted() -> None:
    written = Unknown(
        Said("IsBig is not decided"),
        "size",
        choice="IsBig",
        alternatives=(Alternative("IsBig is true", Known("20")), Alternative("IsBig is false", tree({"a": 1}))),
    )

    value, errors = read(int, written)

    assert isinstance(value, Unknown)
    assert (value, value.choice, errors) == (written, "IsBig", [])
    assert value.alternatives[0] == ("IsBig is true", Known(20))
    assert isinstance(value.alternatives[1].value, Unknown)


def test_a_document_in_a_text_has_a_bound_on_its_levels() -> None:
    value, _ = read(EmbeddedDocument, "[" * 101 + "]" * 101)

    assert isinstance(value, Unknown)
    assert value.why == "the text is JSON with more than 100 levels, the safety limit"


def test_a_text_may_hold_the_characters_that_mark_unknown_pieces() -> None:
    written = joined(['{"a": "\\ue0007\\ue001", "b": "', PARTITION, '"}'], Origin())

    value, _ = read(EmbeddedDocument, written)

    assert isinstance(value, Known)
    assert value.value == {"a": Known("7"), "b": PARTITION}
