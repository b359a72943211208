"""What a parameter is worth before deployment."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cloudformation import failure, marked, template, unit, value
from helpers.reports import judge_files
from wa_iac.core.presence import given
from wa_iac.core.reasons import UnsetParameter
from wa_iac.core.value import Known, Unknown, plain

CONVERTED = [
    ("{Type: String, Default: a}", "a"),
    ("{Type: String, Default: 10}", "10"),
    ("{Type: String, Default: true}", "true"),
    ("{Type: String, Default: ''}", ""),
    ("{Type: Number, Default: 10}", 10),
    ("{Type: Number, Default: '10'}", 10),
    ("{Type: Number, Default: '1.5'}", 1.5),
    ("{Type: Number, Default: 010}", 8),
    ("{Type: Number, Default: '010'}", 10),
    ("{Type: Number, Default: 0x1F}", 31),
    ("{Type: Number, Default: 1_000}", 1000),
    ("{Type: String, Default: 010}", "8"),
    ("{Type: String, Default: '010'}", "010"),
    ("{Type: String, Default: 1.20}", "1.2"),
    ("{Type: String, Default: 2012-10-17}", "2012-10-17"),
    ("{Type: CommaDelimitedList, Default: 'a,b , c'}", ["a", "b", "c"]),
    ("{Type: 'List<Number>', Default: '1,2'}", [1, 2]),
    ("{Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1,subnet-2'}", ["subnet-1", "subnet-2"]),
    ("{Type: AWS::EC2::VPC::Id, Default: vpc-1}", "vpc-1"),
]


@pytest.mark.parametrize(("parameter", "expected"), CONVERTED)
def test_default(parameter: str, expected: object) -> None:
    found = value("!Ref X", f"Parameters:\n  X: {parameter}")
    assert plain(found) == expected
    assert found.origin.how == "default"


def test_default_shows_its_way() -> None:
    text = template("!Ref X", "Parameters:\n  X:\n    Type: String\n    Default: a")
    found = unit(text.encode()).declared[-1].body.value["P"]
    assert marked(text, found.origin.span) == "P: !Ref X"
    (step,) = found.origin.chain
    assert (step.note, marked(text, step.span)) == ('default of parameter "X"', "Default: a")


def test_without_default() -> None:
    found = value("!Ref X", "Parameters:\n  X: {Type: String}")
    assert isinstance(found, Unknown)
    assert (found.why, found.settle) == (
        'parameter "X" has no default',
        'set it in --parameters, or give parameter "X" a Default',
    )
    assert (found.source, found.alternatives) == (UnsetParameter("X"), ())


@pytest.mark.parametrize(
    ("parameter", "filled"),
    [
        ("{Type: String}", False),
        ("{Type: String, MinLength: 1}", True),
        ("{Type: String, MinLength: '0'}", False),
        ("{Type: String, AllowedPattern: 'alias/.+'}", True),
        ("{Type: String, AllowedPattern: '[a-z]*'}", False),
        ("{Type: String, AllowedPattern: '('}", False),
        ("{Type: Number}", True),
        ("{Type: 'AWS::EC2::VPC::Id'}", True),
        ("{Type: CommaDelimitedList}", False),
    ],
)
def test_a_parameter_that_is_never_empty(parameter: str, filled: bool) -> None:
    found = value("!Ref X", f"Parameters:\n  X: {parameter}")
    assert (given(found) == Known(True)) is filled, found


def alternatives(found: object) -> list[tuple[str, object]]:
    assert isinstance(found, Unknown)
    return [(label, plain(each)) for label, each in found.alternatives]


def test_allowed_values() -> None:
    found = value("!Ref X", "Parameters:\n  X: {Type: String, AllowedValues: [dev, prod, true]}")
    assert isinstance(found, Unknown)
    assert found.choice == ("parameter", "X")
    assert alternatives(found) == [("X is dev", "dev"), ("X is prod", "prod"), ("X is true", "true")]


def test_allowed_numbers() -> None:
    assert alternatives(value("!Ref X", "Parameters:\n  X: {Type: Number, AllowedValues: [1, '2']}")) == [
        ("X is 1", 1),
        ("X is 2", 2),
    ]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ("Type: Number, MinValue: 7, MaxValue: 9", ["7", "8", "9"]),
        ("Type: Number, MinValue: 0, MaxValue: 1", []),  # a share
        ("Type: Number, MinValue: 7", []),
        ("Type: Number, MinValue: 1, MaxValue: 65535", []),
        ("Type: String, AllowedPattern: ^(dev|prod)$", ["dev", "prod"]),
        ("Type: String, AllowedPattern: dev|prod", []),
        ("Type: String, AllowedPattern: '[a-z]+'", []),
    ],
)
def test_limits_that_leave_a_few_values_list_them(limits: str, expected: list[str]) -> None:
    found = value("!Ref X", f"Parameters:\n  X: {{{limits}}}")

    assert isinstance(found, Unknown)
    assert [each.label for each in found.alternatives] == [f"X is {each}" for each in expected]


def test_only_one_allowed_value() -> None:
    assert value("!Ref X", "Parameters:\n  X: {Type: String, AllowedValues: [a]}") == Known("a")


def test_lists_and_many_values_have_no_alternatives() -> None:
    many = ", ".join(f"v{number}" for number in range(65))
    for parameter in (f"{{Type: String, AllowedValues: [{many}]}}", "{Type: CommaDelimitedList, AllowedValues: [a, b]}"):
        assert alternatives(value("!Ref X", f"Parameters:\n  X: {parameter}")) == []


def test_parameter_store() -> None:
    found = value("!Ref X", "Parameters:\n  X: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}")
    assert isinstance(found, Unknown)
    assert found.why == 'parameter "X" is read from Parameter Store at deployment'


@pytest.mark.parametrize("parameter", ["{Type: String, NoEcho: true, Default: secret}", "{Type: String, NoEcho: 'true'}"])
def test_no_echo(parameter: str) -> None:
    more = f"Parameters:\n  X: {parameter}"
    for expression in ("!Ref X", "!Sub 'a${X}'", "!Join ['', [a, !Ref X]]", "!Base64 {Ref: X}", "!ToJsonString {a: !Ref X}"):
        assert plain(value(expression, more)) == "(sensitive)"


def test_secret_values_are_not_in_labels() -> None:
    found = value("!Ref X", "Parameters:\n  X: {Type: String, NoEcho: true, AllowedValues: [one, two]}")
    assert isinstance(found, Unknown)
    assert [label for label, _ in found.alternatives] == ["X is ...", "X is ..."]


def test_dynamic_default() -> None:
    assert isinstance(value("!Ref X", "Parameters:\n  X: {Type: String, Default: '{{resolve:ssm:/a}}'}"), Unknown)


def test_declared_as_settings() -> None:
    text = "Parameters:\n  X:\n    Type: String\n    Default: secret\n    NoEcho: true\n    AllowedValues: [secret]\nResources:\n  A: {Type: AWS::X::Y}\n"
    setting, resource = unit(text.encode()).declared
    assert (setting.kind, setting.type, setting.address, setting.name) == ("context", "parameter", "parameter.X", "X")
    assert plain(setting.body) == {"Type": "String", "Default": "(sensitive)", "NoEcho": True, "AllowedValues": ["secret"]}
    assert (marked(text, setting.span), marked(text, setting.body.value["Default"].origin.span)) == ("X", "Default: secret")
    assert resource.kind == "resource"


ERRORS = {
    "X: {Type: Number, Default: a}": 'the default of parameter "X" does not fit its type',
    "X: {Type: String, Default: [a]}": 'the default of parameter "X" does not fit its type',
    "X: {Default: a}": 'the parameter "X" has no Type',
    "X: a": 'the parameter "X" must be an object',
}


@pytest.mark.parametrize("parameter", ERRORS)
def test_errors(parameter: str) -> None:
    assert failure("!Ref X", f"Parameters:\n  {parameter}") == [ERRORS[parameter]]


@pytest.mark.parametrize(
    "expression",
    [
        '!Select [1, !Split [",", !Ref X]]',
        "!Select [1, !Ref L]",
        "!FindInMap [M, !Ref X, size]",
        "!Cidr [!Ref X, 2, 8]",
    ],
)
def test_a_default_that_is_there_to_be_replaced_is_no_mistake(expression: str) -> None:
    more = "Parameters:\n  X: {Type: String, Default: change-me}\n  L: {Type: CommaDelimitedList, Default: ''}\nMappings:\n  M: {prod: {size: 1}}"
    found = value(expression, more)
    assert isinstance(found, Unknown)
    assert found.settle in ('set parameter "X" in --parameters', 'set parameter "L" in --parameters')


IN_BOTH = {
    "t.yaml": """\
Parameters: {On: {Type: String, Default: change-me}}
Resources:
  V: {Type: AWS::EC2::Volume, Properties: {Encrypted: !Ref On}}
""",
    "main.tf": """\
variable "On" { default = "change-me" }
resource "aws_ebs_volume" "v" { encrypted = var.On }
""",
}


@pytest.mark.parametrize(("file", "called"), [("t.yaml", 'parameter "On"'), ("main.tf", 'variable "On"')])
def test_a_default_of_another_type_than_a_property_takes_is_no_mistake(tmp_path: Path, file: str, called: str) -> None:
    report = judge_files(tmp_path, {file: IN_BOTH[file]}, "ebs-encryption")
    assert (report.errors, [each.message for each in report.findings]) == (
        [],
        [f"Cannot be decided: true or false is expected, and the default of {called} is not one; give {called} another value."],
    )
