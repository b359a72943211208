"""`Fn::FindInMap` with known keys, and over what an unknown key leaves open."""

from __future__ import annotations

import pytest

from helpers.cloudformation import failure, marked, template, unit, value
from wa_iac.core.errors import UnavailableError
from wa_iac.core.value import Known, Unknown, plain

MORE = """
Parameters:
  Env: {Type: String, Default: prod}
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Free: {Type: String}
Mappings:
  Regions:
    us-east-1: {Ami: ami-1, Same: x, Zones: [a, b]}
    eu-west-1: {Ami: ami-2, Same: x}
  Stages:
    prod: {Size: 3}
    dev: {Size: 1}
"""


def alternatives(found: object) -> object:
    return [(label, alternatives(each)) for label, each in found.alternatives] if isinstance(found, Unknown) and found.alternatives \
        else plain(found)  # type: ignore[arg-type]  # fmt: skip


def test_known_keys() -> None:
    text = template("!FindInMap [Stages, !Ref Env, Size]", MORE)
    found = unit(text.encode()).declared[-1].body.value["P"]
    assert found == Known(3)
    assert found.origin.how == "computed"
    assert [(step.note, marked(text, step.span)) for step in found.origin.chain] == [
        ('default of parameter "Env"', "Default: prod"),
        ('entry "prod.Size" of mapping "Stages"', "Size: 3"),
    ]
    assert plain(value('{"Fn::FindInMap": ["Regions", "us-east-1", "Zones"]}', MORE)) == ["a", "b"]


def test_region_is_open() -> None:
    found = value("!FindInMap [Regions, !Ref AWS::Region, Ami]", MORE)
    assert alternatives(found) == [("AWS::Region is eu-west-1", "ami-2"), ("AWS::Region is us-east-1", "ami-1")]
    assert isinstance(found, Unknown)
    assert found.why == "the region is known only at deployment"
    assert value("!FindInMap [Regions, !Ref AWS::Region, Same]", MORE) == Known("x")


def test_same_choice_for_the_same_key() -> None:
    found = value(
        "[!FindInMap [Stages, !Ref Free, Size], !FindInMap [Stages, !Ref Free, Size], !FindInMap [Stages, !Ref Stage, Size]]",
        MORE,
    )
    assert isinstance(found, Known)
    one, other, stage = found.value
    assert (one.choice, one) == (other.choice, other)
    assert stage.choice == ("parameter", "Stage")


def test_allowed_values_and_missing_entries() -> None:
    assert alternatives(value("!FindInMap [Stages, !Ref Stage, Size]", MORE)) == [("Stage is dev", 1), ("Stage is prod", 3)]
    assert alternatives(value("!FindInMap [Regions, us-east-1, !Ref Free]", MORE)) == [
        ("Free is Ami", "ami-1"), ("Free is Same", "x"), ("Free is Zones", ["a", "b"]),
    ]  # fmt: skip
    unmatched = value("!FindInMap [Regions, !Ref Stage, Ami]", MORE)
    assert alternatives(unmatched) == [
        ("Stage is dev", {"$unknown": 'there is no entry "dev.Ami" of mapping "Regions"'}),
        ("Stage is prod", {"$unknown": 'there is no entry "prod.Ami" of mapping "Regions"'}),
    ]


def test_default_value() -> None:
    assert plain(value("!FindInMap [Stages, test, Size, {DefaultValue: !Ref Env}]", MORE)) == "prod"
    assert plain(value("!FindInMap [Stages, prod, Size, {DefaultValue: 7}]", MORE)) == 3
    assert alternatives(value("!FindInMap [Stages, !Ref Free, Size, {DefaultValue: 7}]", MORE)) == [
        ("Free is dev", 1), ("Free is prod", 3), ("Free has another value", 7),
    ]  # fmt: skip


def test_members_of_an_open_entry() -> None:
    assert plain(value("!Select [0, !FindInMap [Regions, !Ref AWS::Region, Zones]]", MORE)) == "a"
    found = value("!Select [0, !Split ['-', !FindInMap [Regions, !Ref AWS::Region, Ami]]]", MORE)
    assert found == Known("ami")


def test_errors() -> None:
    assert failure("!FindInMap [Stages, test, Size]", MORE) == ['there is no entry "test.Size" of mapping "Stages"']
    assert failure("!FindInMap [Stages, prod, Other]", MORE) == ['there is no entry "prod.Other" of mapping "Stages"']
    assert failure("!FindInMap [Stages, {a: b}, Size]", MORE) == ["Fn::FindInMap needs the names of a mapping and of its keys"]
    assert failure("!FindInMap [Stages, prod, Size, x]", MORE) == [
        "the fourth argument of Fn::FindInMap must be an object with a DefaultValue"
    ]


ELSEWHERE = """
Parameters:
  Free: {Type: String}
Transform: AWS::LanguageExtensions
Mappings:
  Theirs:
    Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://snippets/days.yaml}}
    ours: {Days: 3}
  Mixed:
    ours: {Days: 14}
    theirs: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://snippets/more.yaml}}}
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("!FindInMap [Theirs, logs, Days]", None),
        ("!FindInMap [Theirs, logs, Days, {DefaultValue: 5}]", None),
        ("!FindInMap [Theirs, ours, Days, {DefaultValue: 5}]", 3),
        ("!FindInMap [Mixed, theirs, Days, {DefaultValue: 5}]", None),
        ("!FindInMap [Mixed, other, Days, {DefaultValue: 5}]", 5),
        ("!FindInMap [Mixed, ours, Days, {DefaultValue: 5}]", 14),
        ("!FindInMap [Nowhere, ours, Days, {DefaultValue: 5}]", 5),
    ],
)
def test_what_a_snippet_that_is_not_at_hand_adds_is_unknown_and_no_mistake(expression: str, expected: object) -> None:
    found = unit(template(expression, ELSEWHERE).encode())
    value = found.declared[-1].body.value["P"]
    assert (value.value if isinstance(value, Known) else None) == expected
    assert [(type(each), each.line) for each in found.errors] == [(UnavailableError, 6), (UnavailableError, 11)]


def test_a_default_does_not_stand_for_what_a_snippet_may_say() -> None:
    found = unit(template("!FindInMap [Theirs, !Ref Free, Days, {DefaultValue: 5}]", ELSEWHERE).encode())
    assert alternatives(found.declared[-1].body.value["P"]) == [
        ("Free is ours", 3),
        (
            "Free has another value",
            {"$unknown": "the mapping's entry for other values of Free is in a snippet or a macro that is not available"},
        ),
    ]
