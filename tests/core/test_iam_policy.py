"""Policy documents: what a statement grants, and to whom."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.resources import tree
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Unknown, Value

SOMEBODY = Unknown(Said("var.principal has no default"), "principal")


def statement(**entries: Any) -> Statement:
    [found] = statements(tree({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **entries}]}))
    return found


def truth(answer: Value[bool]) -> bool | None:
    match answer:
        case Known(found):
            return found
        case Unknown():
            return None
        case Absent():
            raise AssertionError("an answer is never absent")


def test_a_single_statement_needs_no_list() -> None:
    [found] = statements(tree({"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Principal": "*"}}))

    assert (found.denies, found.actions, found.resources) == (True, (Known("s3:*"),), (Known("*"),))
    assert [(each.kind, each.value) for each in found.principals] == [("AWS", Known("*"))]


def test_no_document_has_no_statements_and_an_unknown_one_an_unknown_one() -> None:
    assert statements(Absent()) == []
    [found] = statements(SOMEBODY)
    assert found.unknown == SOMEBODY
    assert truth(found.names_anyone()) is None


@pytest.mark.parametrize(
    ("entries", "anyone", "everyone"),
    [
        ({"Principal": "*"}, True, True),
        ({"Principal": {"AWS": "*"}}, True, True),
        ({"Principal": {"AWS": ["arn:aws:iam::111122223333:root", "*"]}}, True, True),
        ({"NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"}}, True, False),
        ({"NotPrincipal": {"AWS": "*"}}, False, False),
        ({"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}, False, False),
        ({"Principal": {"Service": "sns.amazonaws.com"}}, False, False),
        ({"Principal": {"AWS": SOMEBODY}}, None, None),
        ({}, False, False),
    ],
    ids=str,
)
def test_the_principals_of_a_statement(entries: dict[str, Any], anyone: bool | None, everyone: bool | None) -> None:
    found = statement(**entries)

    assert truth(found.names_anyone()) is anyone
    assert truth(found.names_everyone()) is everyone


def test_conditions_are_read_one_by_one() -> None:
    found = statement(
        Condition={"Bool": {"aws:SecureTransport": "true"}, "StringLike": {"aws:PrincipalArn": SOMEBODY, "b:c": "*"}}
    )

    assert [(each.operator, each.key) for each in found.conditions] == [
        ("Bool", "aws:SecureTransport"), ("StringLike", "aws:PrincipalArn"), ("StringLike", "b:c"),
    ]  # fmt: skip
    assert found.conditional
    assert statement(Condition=SOMEBODY).conditions_unknown == SOMEBODY


@pytest.mark.parametrize(
    ("entries", "wanted", "covered"),
    [
        ({"Action": "*"}, "*", True),
        ({"Action": "s3:*"}, "s3:GetObject", True),
        ({"Action": "S3:getobject"}, "s3:GetObject", True),
        ({"Action": ["s3:Put*", "s3:List*"]}, "s3:GetObject", False),
        ({"Action": "s3:*"}, "*", False),
        ({"NotAction": "iam:*"}, "s3:GetObject", True),
        ({"NotAction": "s3:*"}, "s3:GetObject", False),
        ({"Action": SOMEBODY}, "s3:GetObject", None),
    ],
    ids=str,
)
def test_covers_action(entries: dict[str, Any], wanted: str, covered: bool | None) -> None:
    assert truth(statement(**entries).covers_action(wanted)) is covered


@pytest.mark.parametrize(
    ("entries", "every"),
    [
        ({"Resource": "*"}, True),
        ({"Resource": ["arn:aws:s3:::a", "*"]}, True),
        ({"Resource": "arn:aws:s3:::a/*"}, False),
        ({"NotResource": "arn:aws:s3:::a"}, True),
        ({"Resource": SOMEBODY}, None),
        ({"Resource": Unknown(Said("x"), 1, parts=(SOMEBODY, "/*"))}, False),
    ],
    ids=str,
)
def test_covers_every_resource(entries: dict[str, Any], every: bool | None) -> None:
    assert truth(statement(**entries).covers_every_resource()) is every


def test_an_account_may_be_written_as_a_number() -> None:
    found = statement(Principal={"AWS": 111122223333}, Sid=1)

    assert [each.value for each in found.principals] == [Known("111122223333")]
    assert found.sid == Known("1")


@pytest.mark.parametrize("odd", [{"a": 1}, {}, {"Fn::Nothing": []}])
def test_an_object_where_a_text_belongs_leaves_open_what_is_meant(odd: Any) -> None:
    found = statement(Action=[odd, "s3:GetObject"], Resource=odd, Principal={"AWS": odd}, Effect=odd)

    assert truth(found.covers_action("s3:GetObject")) is True
    assert truth(found.covers_action("s3:PutObject")) is None
    assert truth(found.covers_every_resource()) is None
    assert truth(found.names_anyone()) is None
    assert truth(found.allows()) is None


def test_true_is_no_action_and_breaks_nothing() -> None:
    found = statement(Action=[True, [["dynamodb:*"]]])

    assert truth(found.covers_action("dynamodb:GetItem")) is True
    assert truth(found.covers_action("s3:GetObject")) is False
