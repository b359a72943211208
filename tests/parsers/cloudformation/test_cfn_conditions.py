"""Conditions in three values, and what hangs on an undecided one."""

from __future__ import annotations

import pytest

from helpers.cloudformation import marked, places, resources, template, unit, value
from wa_iac.core.algebra import substitute
from wa_iac.core.reasons import Imported
from wa_iac.core.same_text import IsText
from wa_iac.core.value import Absent, Known, Tree, Unknown, plain

MORE = """
Parameters:
  Env: {Type: String, Default: prod}
  Free: {Type: String}
  Free2: {Type: String}
  Stage: {Type: String, AllowedValues: [dev, test, prod]}
  Size: {Type: Number, AllowedValues: [1, 2]}
Conditions:
  Yes: !Equals [!Ref Env, prod]
  No: !Not [!Condition Yes]
  Both: !And [!Condition IsFree, !Condition IsStage]
  IsFree: !Equals [!Ref Free, x]
  IsFreeAgain: !Equals [x, !Ref Free]
  NotFree: !Not [!Condition IsFree]
  IsStage: !Equals [!Ref Stage, prod]
  Known1: !And [!Condition No, !Condition IsFree]
  Known2: {"Fn::Or": [{Condition: "Yes"}, {Condition: IsFree}]}
  Partly1: !And [!Condition Yes, !Condition IsFree]
  Partly2: !Or [!Condition No, !Condition IsFree]
  Never: !And [!Condition IsFree, !Condition NotFree]
  Always: !Or [!Condition IsFree, !Condition NotFree]
  Nested: !Or [!And [!Condition IsFree, !Equals [!Ref Free2, y]], !Condition No]
  Impossible: !Equals [!Ref Stage, other]
"""


def shape(found: Tree) -> object:
    """An unknown with alternatives as (choice, {label: shape}), everything else as plain data."""
    if isinstance(found, Unknown) and found.alternatives:
        return found.choice, {label: shape(each) for label, each in found.alternatives}
    return plain(found)


def condition(name: str) -> Tree:
    """What decides on a resource with this condition."""
    text = template("a", MORE).replace("Type: AWS::X::Y", f"Type: AWS::X::Y\n    Condition: {name}")
    declared = resources(text.encode()).get("R")
    if declared is None:
        return Known(value=False)
    return Known(value=True) if declared.condition is None else declared.condition


IS_FREE = IsText(("parameter", "Free"), "x", ("condition", "IsFree"))
IS_STAGE = ("parameter", "Stage")

SHAPES = {
    "Yes": True,
    "No": False,
    "Known1": False,
    "Known2": True,
    "Never": False,
    "Always": True,
    "Impossible": False,
    "IsFree": (IS_FREE, {"IsFree is true": True, "IsFree is false": False}),
    "IsFreeAgain": (IS_FREE, {"IsFree is true": True, "IsFree is false": False}),
    "NotFree": (IS_FREE, {"IsFree is true": False, "IsFree is false": True}),
    "Partly1": (IS_FREE, {"IsFree is true": True, "IsFree is false": False}),
    "Partly2": (IS_FREE, {"IsFree is true": True, "IsFree is false": False}),
    "IsStage": (IS_STAGE, {"Stage is dev": False, "Stage is test": False, "Stage is prod": True}),
    "Both": (
        IS_FREE,
        {
            "IsFree is true": (IS_STAGE, {"Stage is dev": False, "Stage is test": False, "Stage is prod": True}),
            "IsFree is false": False,
        },
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_conditions(name: str) -> None:
    assert shape(condition(name)) == SHAPES[name]


def test_a_comparison_without_a_name() -> None:
    found = condition("Nested")
    assert isinstance(found, Unknown)
    assert found.choice == IS_FREE
    inner = found.alternatives[0].value
    assert isinstance(inner, Unknown)
    assert [label for label, _ in inner.alternatives] == ["Free2 is y", "Free2 is not y"]


def test_same_comparison_is_the_same_unknown() -> None:
    assert condition("IsFree") == condition("IsFreeAgain")


def test_if_takes_the_branch_of_a_known_condition() -> None:
    text = template("!If [Yes, a, b]", MORE)
    found = unit(text.encode()).declared[-1].body.value["P"]
    assert found == Known("a")
    assert marked(text, found.origin.span) == "P: !If [Yes, a, b]"
    assert [(step.note, marked(text, step.span)) for step in found.origin.chain] == [
        ('condition "Yes" is true', "Yes"),
        ('default of parameter "Env"', "Default: prod"),
    ]
    assert value('{"Fn::If": ["No", "a", "b"]}', MORE) == Known("b")


def test_if_lists_both_branches() -> None:
    text = template("!If [IsFree, a, 3]", MORE)
    found = unit(text.encode()).declared[-1].body.value["P"]
    assert shape(found) == (IS_FREE, {"IsFree is true": "a", "IsFree is false": 3})
    assert isinstance(found, Unknown)
    assert (found.why, found.settle) == (
        'parameter "Free" has no default',
        'set it in --parameters, or give parameter "Free" a Default',
    )
    assert [marked(text, each.value.origin.span) for each in found.alternatives] == ["a", "3"]
    assert [step.note for step in found.origin.chain] == ['condition "IsFree"']


def test_if_with_equal_branches_is_known() -> None:
    assert value("!If [IsFree, a, a]", MORE) == Known("a")


def test_outcomes_hang_together() -> None:
    found = value("[!If [IsFree, a, b], !If [NotFree, a, b], !If [IsStage, !If [IsFree, c, d], e]]", MORE)
    assert plain(substitute(found, {IS_FREE: 0, IS_STAGE: 2})) == ["a", "b", "c"]
    assert plain(substitute(found, {IS_FREE: 1, IS_STAGE: 0})) == ["b", "a", "e"]


def test_no_value() -> None:
    assert value("!If [No, a, !Ref AWS::NoValue]", MORE) == Absent()
    assert value("[a, !If [No, b, !Ref AWS::NoValue]]", MORE) == Known([Known("a")])
    found = value("[a, !If [IsFree, b, !Ref AWS::NoValue]]", MORE)
    assert plain(substitute(found, {IS_FREE: 0})) == ["a", "b"]
    assert plain(substitute(found, {IS_FREE: 1})) == ["a"]


def test_functions_of_an_undecided_argument() -> None:
    more = MORE
    expected = {
        '!Join [",", [a, !If [IsFree, b, !Ref AWS::NoValue]]]': ("a,b", "a"),
        '!Join [",", !If [IsFree, [a, b], [c]]]': ("a,b", "c"),
        "!Sub ['${X}-y', {X: !If [IsFree, a, b]}]": ("a-y", "b-y"),
        "!Select [0, !If [IsFree, [a], [b]]]": ("a", "b"),
        "!Select [!If [IsFree, 0, 1], [a, b]]": ("a", "b"),
        '!Split ["-", !If [IsFree, a-b, c]]': (["a", "b"], ["c"]),
        "!Length {Fn::If: [IsFree, [a, b], [c]]}": (2, 1),
        "!Base64 {Fn::If: [IsFree, a, b]}": ("YQ==", "Yg=="),
        '!Cidr [!If [IsFree, "10.0.0.0/16", "10.1.0.0/16"], 1, 8]': (["10.0.0.0/24"], ["10.1.0.0/24"]),
    }
    found = {expression: value(expression, more) for expression in expected}
    assert {
        key: tuple(plain(substitute(each, {IS_FREE: outcome})) for outcome in (0, 1)) for key, each in found.items()
    } == expected


def test_condition_of_a_resource() -> None:
    text = template("a", MORE).replace("{Type: AWS::S3::Bucket}", "{Type: AWS::S3::Bucket, Condition: No}", 1)
    found = unit(text.encode())
    assert found.errors == []
    assert [each.name for each in found.declared if each.kind == "resource"] == ["Other", "R"]


def test_region() -> None:
    found = value("!If [Here, a, b]", "Conditions:\n  Here: !Equals [!Ref AWS::Region, us-east-1]")
    assert shape(found) == (
        IsText(("pseudo", "AWS::Region"), "us-east-1", ("condition", "Here")),
        {"Here is true": "a", "Here is false": "b"},
    )


def test_many_undecided_conditions_do_not_multiply() -> None:
    names = [f"C{index}" for index in range(10)]
    more = "Parameters:\n" + "".join(f"  {name}: {{Type: String}}\n" for name in names)
    more += "Conditions:\n" + "".join(f"  {name}: !Equals [!Ref {name}, x]\n" for name in names)
    more += "  All: !And [" + ", ".join(f"!Condition {name}" for name in names) + "]\n"
    assert shape(value("!If [All, a, b]", more)) == (("condition", "All"), {"All is true": "a", "All is false": "b"})


def test_nested_ifs_do_not_multiply() -> None:
    more = MORE
    expression = "x"
    for _ in range(25):
        expression = f"!If [Both, {expression}, {expression.count('!')}]"
    found = value(expression, more)
    assert isinstance(found, Unknown)


ERRORS = {
    "A: !Not [!Condition A]": ['t.yaml:2:12: the condition "A" depends on itself'],
    "A: !Not [!Condition B]\n  B: !Not [!Condition A]": ['t.yaml:3:12: the condition "A" depends on itself'],
    "A: !Not [!Condition X]": ['t.yaml:2:12: there is no condition "X"'],
    "A: !Not [a, b]": ["t.yaml:2:6: Fn::Not needs a list of 1 arguments"],
    "A: !And [!Condition A]": ["t.yaml:2:6: Fn::And needs a list of 2 to 10 arguments"],
    "A: word": ["t.yaml:2:6: a condition must be one of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition"],
    "A: !Join ['', [a]]": ["t.yaml:2:6: Fn::Join is not a function for conditions"],
    "A: !Equals [a]": ["t.yaml:2:6: Fn::Equals needs a list of 2 arguments"],
}


@pytest.mark.parametrize("condition", ERRORS)
def test_errors(condition: str) -> None:
    found = unit(f"Conditions:\n  {condition}\nResources:\n  R: {{Type: AWS::X::Y, Condition: A}}\n".encode())
    assert places(found) == ERRORS[condition]
    assert [each.name for each in found.declared] == ["R"]


def test_resource_with_a_condition_that_does_not_exist() -> None:
    found = unit(b"Resources:\n  R:\n    Type: AWS::X::Y\n    Condition: Nothing\n")
    assert places(found) == ['t.yaml:4:16: there is no condition "Nothing"']
    assert found.declared[0].condition is not None


TAG = """
Parameters:
  Tag: {Type: String, %s}
  Mode: {Type: String}
Conditions:
  HasTag: !Not [!Equals [!Ref Tag, ""]]
  Tagged: !Equals [!Ref Mode, tagged]
"""
SECOND = '!Select [1, !Split ["=", !Ref Tag]]'


@pytest.mark.parametrize(
    ("expression", "tag"),
    [
        (f"!If [HasTag, {SECOND}, none]", "Default: ''"),
        (f"!If [Tagged, {SECOND}, none]", "Default: ''"),
        (f"!If [HasTag, {SECOND}, none]", "AllowedValues: ['', 'a=b']"),
        (SECOND, "AllowedValues: ['', 'a=b']"),
        (f"{{A: [!If [HasTag, {{B: {SECOND}}}, !Ref AWS::NoValue]]}}", "Default: ''"),
    ],
)
def test_what_cannot_be_made_where_it_is_not_used_is_no_mistake(expression: str, tag: str) -> None:
    assert value(expression, TAG % tag) is not None


def test_the_branch_that_is_taken_must_make_sense() -> None:
    text = template('!If [HasTag, !Select [1, !Split ["=", a]], none]', TAG % "Default: a")
    assert [error.message for error in unit(text.encode()).errors] == [
        "Fn::Select asks for item 1 of a list of 1 (items 0 to 0)"
    ]


def test_a_resource_that_may_not_exist_makes_no_mistakes_of_values() -> None:
    text = template(SECOND, TAG % "Default: ''").replace("Type: AWS::X::Y", "Type: AWS::X::Y\n    Condition: Tagged")
    assert isinstance(resources(text.encode())["R"].body.value["P"], Unknown)


def test_properties_that_are_a_choice_are_choices_of_each() -> None:
    more = "Parameters:\n  Free: {Type: String}\nConditions:\n  C: !Equals [!Ref Free, x]\n  Yes: !Equals [a, a]\n"
    head = f"{more}Resources:\n  R:\n    Type: AWS::X::Y\n    Properties: "
    choice = IsText(("parameter", "Free"), "x", ("condition", "C"))
    body = resources(f"{head}!If [C, {{A: 1, B: 2}}, {{A: 1, D: 3}}]\n")["R"].body.value
    assert {key: shape(each) for key, each in body.items()} == {
        "A": 1,
        "B": (choice, {"C is true": 2, "C is false": None}),
        "D": (choice, {"C is true": None, "C is false": 3}),
    }
    assert plain(resources(f"{head}!If [Yes, {{A: 1}}, {{B: 1}}]\n")["R"].body) == {"A": 1}
    imported = resources(f"{head}!If [C, {{A: 1}}, !ImportValue all]\n")["R"]
    assert imported.incomplete == Imported('"all"', is_known=True)


OPTIONAL = "!If [IsFree, a, !Ref AWS::NoValue]"
ALSO = "!If [IsFree, c, !Ref AWS::NoValue]"


@pytest.mark.parametrize(
    ("expression", "outcomes"),
    [
        (f"!Select [0, [{OPTIONAL}, b]]", ["a", "b"]),
        (f"!Select [1, [{OPTIONAL}, {ALSO}, b, d]]", ["c", "d"]),
        (f"!Length [{OPTIONAL}, b, {ALSO}]", [3, 1]),
        (f'!Join ["-", [{OPTIONAL}, b, {ALSO}]]', ["a-b-c", "b"]),
    ],
)
def test_items_that_may_be_left_out_are_left_out_together(expression: str, outcomes: list[object]) -> None:
    found = value(expression, MORE)
    assert isinstance(found, Unknown)
    assert [plain(each.value) for each in found.alternatives] == outcomes


def test_a_number_keeps_its_zero() -> None:
    text = template(
        "a", "Parameters:\n  Version: {Type: String, Default: 7.0}\nConditions:\n  Seven: !Equals [7.0, !Ref Version]\n"
    )
    text = text.replace("Type: AWS::X::Y", "Type: AWS::X::Y\n    Condition: Seven")

    assert "R" in resources(text.encode())
