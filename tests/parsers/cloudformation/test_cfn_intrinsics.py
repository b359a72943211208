"""Every intrinsic function, in its short and its long form."""

from __future__ import annotations

import pytest

from helpers.cloudformation import failure, resources, template, unit, value
from wa_iac.core.algebra import are_equal, references
from wa_iac.core.reasons import Pseudo
from wa_iac.core.value import Absent, Known, Reference, Tree, Unknown, plain

PARAMETERS = """
Parameters:
  Env: {Type: String, Default: prod}
  Zones: {Type: CommaDelimitedList, Default: "a, b"}
  Port: {Type: Number, Default: 80}
  Free: {Type: String}
"""

SAME_BOTH_WAYS = [
    ("!Ref Env", '{"Ref": "Env"}', "prod"),
    ("!Ref Zones", '{"Ref": "Zones"}', ["a", "b"]),
    ("!Ref Bucket", '{"Ref": "Bucket"}', {"$ref": "Bucket.Ref"}),
    ("!Ref AWS::NoValue", '{"Ref": "AWS::NoValue"}', None),
    ("!GetAtt Bucket.Arn", '{"Fn::GetAtt": ["Bucket", "Arn"]}', {"$ref": "Bucket.Arn"}),
    ("!GetAtt Bucket.A.B", '{"Fn::GetAtt": ["Bucket", "A.B"]}', {"$ref": "Bucket.A.B"}),
    ("!GetAtt [Bucket, !Ref Env]", '{"Fn::GetAtt": ["Bucket", {"Ref": "Env"}]}', {"$ref": "Bucket.prod"}),
    ('!Sub "${Env}-${Port}-${!Env}"', '{"Fn::Sub": "${Env}-${Port}-${!Env}"}', "prod-80-${Env}"),
    ('!Sub ["${a}/${Env}", {a: !Ref Port}]', '{"Fn::Sub": ["${a}/${Env}", {"a": {"Ref": "Port"}}]}', "80/prod"),
    ('!Sub "${ Env }-${ ! Env}"', '{"Fn::Sub": "${ Env }-${ ! Env}"}', "prod-${ Env}"),
    ('!Sub "${Zones}"', '{"Fn::Sub": "${Zones}"}', "a,b"),
    ("!Sub plain", '{"Fn::Sub": "plain"}', "plain"),
    ('!Sub "${Bucket}"', '{"Fn::Sub": "${Bucket}"}', {"$ref": "Bucket.Ref"}),
    ('!Sub "${Bucket.Arn}"', '{"Fn::Sub": "${Bucket.Arn}"}', {"$ref": "Bucket.Arn"}),
    ('!Join ["-", [a, !Ref Env, 1, true]]', '{"Fn::Join": ["-", ["a", {"Ref": "Env"}, 1, true]]}', "a-prod-1-true"),
    ('!Join [",", !Ref Zones]', '{"Fn::Join": [",", {"Ref": "Zones"}]}', "a,b"),
    ('!Join ["-", [a, !Ref AWS::NoValue, b]]', '{"Fn::Join": ["-", ["a", {"Ref": "AWS::NoValue"}, "b"]]}', "a-b"),
    ("!Select [1, [x, y]]", '{"Fn::Select": ["1", ["x", "y"]]}', "y"),
    ("!Select [0, !Ref Zones]", '{"Fn::Select": [0, {"Ref": "Zones"}]}', "a"),
    ('!Split ["|", "a|b|"]', '{"Fn::Split": ["|", "a|b|"]}', ["a", "b", ""]),
    ('!Select [1, !Split [":", "a:b"]]', '{"Fn::Select": [1, {"Fn::Split": [":", "a:b"]}]}', "b"),
    ("!Base64 text", '{"Fn::Base64": "text"}', "dGV4dA=="),
    ('!Cidr ["10.0.0.0/16", 2, 8]', '{"Fn::Cidr": ["10.0.0.0/16", "2", "8"]}', ["10.0.0.0/24", "10.0.1.0/24"]),
    ('!Cidr ["2001:db8::/56", 2, 64]', '{"Fn::Cidr": ["2001:db8::/56", 2, 64]}', ["2001:db8::/64", "2001:db8:0:1::/64"]),
    ("!Length [a, b]", '{"Fn::Length": ["a", "b"]}', 2),
    ("!Length {Ref: Zones}", '{"Fn::Length": {"Ref": "Zones"}}', 2),
    ("!ToJsonString {a: [1, x, true]}", '{"Fn::ToJsonString": {"a": [1, "x", true]}}', '{"a":[1,"x",true]}'),
    ("!Equals [1, '1']", '{"Fn::Equals": [1, "1"]}', True),
    ("!ImportValue x", '{"Fn::ImportValue": "x"}', {"$unknown": '"x" is exported by another stack'}),
    (
        "!GetStackOutput {StackName: net, OutputName: Vpc}",
        '{"Fn::GetStackOutput": {"StackName": "net", "OutputName": "Vpc"}}',
        {"$unknown": 'the output "Vpc" of the stack "net" is read at deployment'},
    ),
    ("!GetAZs ''", '{"Fn::GetAZs": ""}', {"$unknown": "the availability zones are known only at deployment"}),
    (
        "!Transform {Name: AWS::Include, Parameters: {Location: s3://x}}",
        '{"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://x"}}}',
        {"$unknown": 'the macro "AWS::Include" creates it at deployment'},
    ),
]


@pytest.mark.parametrize(("short", "long", "expected"), SAME_BOTH_WAYS)
def test_both_forms(short: str, long: str, expected: object) -> None:
    assert plain(value(short, PARAMETERS)) == expected
    assert plain(value(long, PARAMETERS)) == expected


def test_long_form_of_get_att_as_text() -> None:
    assert plain(value("{Fn::GetAtt: Bucket.Arn}")) == {"$ref": "Bucket.Arn"}


def test_long_form_over_lines() -> None:
    text = template("\n        Fn::Join:\n        - ''\n        - - a\n          - Ref: Env\n", PARAMETERS)
    assert plain(resources(text.encode())["R"].body) == {"P": "aprod"}


@pytest.mark.parametrize("name", ["AccountId", "NotificationARNs", "Partition", "Region", "StackId", "StackName", "URLSuffix"])
def test_pseudo_parameters(name: str) -> None:
    found = value(f"!Ref AWS::{name}")
    assert isinstance(found, Unknown)
    assert found.source == Pseudo(f"AWS::{name}")
    assert found == value(f'!Sub "${{AWS::{name}}}"')


def parts(found: Tree) -> list[object]:
    assert isinstance(found, Unknown)
    return [part if isinstance(part, str) else (part.why, [*references(part)]) for part in found.parts]


def test_text_with_unknown_parts() -> None:
    arn = '!Sub "arn:${AWS::Partition}:s3:::${Bucket}/*"'
    found = value(arn)
    assert parts(found) == [
        "arn:",
        ("the partition is known only at deployment", []),
        ":s3:::",
        ('"Bucket" is known only after its deployment', [Reference("Bucket", "Ref")]),
        "/*",
    ]
    assert found.origin.references == (Reference("Bucket", "Ref"),)
    joined = value('!Join ["", ["arn:", !Ref AWS::Partition, ":s3:::", !Ref Bucket, "/*"]]')
    assert found == joined
    assert found != value(arn.replace("Bucket", "Other"))


def test_absent_is_not_in_a_list_and_not_in_an_object() -> None:
    assert plain(value("[a, !Ref AWS::NoValue, {b: !Ref AWS::NoValue, c: 1}]")) == ["a", {"c": 1}]
    found = value("{b: !Ref AWS::NoValue}")
    assert isinstance(found, Known)
    assert isinstance(found.value["b"], Absent)


def test_members_of_unknown_lists() -> None:
    more = "Parameters:\n  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}\n  Names: {Type: CommaDelimitedList}"
    zones = [
        "!Select [0, !GetAZs '']",
        "!Select [1, !GetAZs '']",
        "!Select [0, !GetAZs {Ref: AWS::Region}]",
        "!Select [1, !GetAZs [ '' ]]",
    ]
    others = ["!Select [0, !Ref Subnets]", "!Select [1, !Ref Subnets]", "!Select [0, !Ref Names]", "!Select [1, !Ref Names]"]
    blocks = ["!Select [0, !Cidr [!GetAtt Other.Block, 4, 8]]", "!Select [1, !Cidr [!GetAtt Other.Block, 4, 8]]"]
    first = value(f"[{', '.join([*zones, *others, *blocks])}]", more)
    assert isinstance(first, Known)
    z0, z1, again0, again1, s0, s1, n0, n1, b0, b1 = first.value
    assert (are_equal(z0, z1), are_equal(z0, again0), are_equal(z1, again1), are_equal(z0, again1)) == (
        False,
        True,
        True,
        False,
    )
    assert (are_equal(s0, s1), are_equal(n0, n1), are_equal(b0, b1), are_equal(z0, s0)) == (False, None, False, None)


def test_zones_of_a_known_region() -> None:
    found = value("[!GetAZs eu-west-1, !GetAZs eu-west-1, !GetAZs us-east-1]")
    assert isinstance(found, Known)
    one, other, elsewhere = found.value
    assert one == other
    assert one != elsewhere


def test_nested_functions() -> None:
    expression = '!Join ["/", [!Select [0, !Split [".", !Select [0, !Cidr ["10.1.0.0/16", 1, 8]]]], !Sub "${Env}"]]'
    assert plain(value(expression, PARAMETERS)) == "10/prod"


def test_encoded_text_stays_readable() -> None:
    found = value('!Base64 {Fn::Sub: "curl ${Bucket}"}')
    assert isinstance(found, Unknown)
    assert parts(found.origin.document)[0] == "curl "
    assert plain(value("!Base64 text").origin.document) == "text"


def test_to_json_string_keeps_its_tree() -> None:
    found = value('!ToJsonString {Action: "*", Resource: !GetAtt Bucket.Arn, Ä: "ü"}')
    assert parts(found) == [
        '{"Action":"*","Resource":"',
        ('"Bucket.Arn" is known only after its deployment', [Reference("Bucket", "Arn")]),
        '","Ä":"ü"}',
    ]
    assert plain(found.origin.document) == {"Action": "*", "Resource": {"$ref": "Bucket.Arn"}, "Ä": "ü"}


def resolved(text: str) -> str:
    return f"the dynamic reference {text} is resolved at deployment"


@pytest.mark.parametrize("kind", ["secretsmanager:db:SecretString:password", "ssm-secure:/db/password:1", "ssm:/db/name"])
def test_dynamic_references(kind: str) -> None:
    text = "{{resolve:" + kind + "}}"
    found = value(f"'{text}'")
    assert isinstance(found, Unknown)
    assert (found.why, found.parts) == (resolved(text), ())
    assert found == value(f"!Sub '{text}'")
    assert parts(value(f"'user:{text}@{text}'")) == ["user:", (resolved(text), []), "@", (resolved(text), [])]


def test_dynamic_references_over_pieces() -> None:
    sub = value("!Sub 'x{{resolve:secretsmanager:${Bucket}:SecretString:password}}y'")
    join = value('!Join ["", ["x{{resolve:secretsmanager:", !Ref Bucket, ":SecretString:password}}", "y"]]')
    why = resolved("{{resolve:secretsmanager:${...}:SecretString:password}}")
    for found in (sub, join):
        assert parts(found) == ["x", (why, [Reference("Bucket", "Ref")]), "y"]
    assert sub == join
    assert plain(value("'{{resolve:unclosed'")) == "{{resolve:unclosed"


def test_origins() -> None:
    found = value("{A: x, B: !Ref Env, C: !Sub '${Env}', D: !Select [0, !Ref Zones]}", PARAMETERS)
    assert isinstance(found, Known)
    seen = {key: (each.origin.how, [step.note for step in each.origin.chain]) for key, each in found.value.items()}
    assert seen == {
        "A": ("explicit", []),
        "B": ("default", ['default of parameter "Env"']),
        "C": ("default", ['default of parameter "Env"']),
        "D": ("computed", ['default of parameter "Zones"']),
    }


ERRORS = {
    "!Ref Nothing": 'there is no parameter or resource "Nothing"',
    "!Ref [a]": "Ref needs a name",
    "!GetAtt Nothing.Arn": 'there is no resource "Nothing"',
    "!GetAtt Bucket": "Fn::GetAtt needs a logical id and an attribute",
    "!Sub '${Nothing}'": 'there is no parameter or resource "Nothing"',
    "!Sub '${a b}'": 'Fn::Sub does not accept the variable "${a b}": a literal one is written "${!a b}"',
    "!Sub [a, b, c]": "Fn::Sub needs a string, or a list of a string and an object of variables",
    "!Join [a]": "Fn::Join needs a list of 2 arguments",
    "!Join ['', x]": "Fn::Join needs a delimiter and a list of strings",
    "!Join ['', [{a: b}]]": "Fn::Join needs a delimiter and a list of strings",
    "!Select [2, [a, b]]": "Fn::Select asks for item 2 of a list of 2 (items 0 to 1)",
    "!Select [x, [a]]": "the index of Fn::Select must be a whole number, starting at 0",
    "!Select [0, a]": "Fn::Select needs an index and a list",
    "!Split ['', a]": "Fn::Split needs a delimiter and a string",
    "!Base64 {a: b}": "Fn::Base64 needs a string",
    "!Cidr [x, 1, 8]": "Fn::Cidr cannot divide the block: 'x' does not appear to be an IPv4 or IPv6 network",
    "!Cidr ['10.0.0.0/24', 4, 8]": "Fn::Cidr cannot make 4 blocks of 8 bits from 10.0.0.0/24",
    "!Cidr ['10.0.0.0/8', 300, 8]": "Fn::Cidr needs a block, a count of 1 to 256 and a number of bits",
    "!Length x": "Fn::Length needs a list",
    "!GetAZs [a, b]": "Fn::GetAZs needs the name of a region, or an empty string for the stack's own",
    "!ImportValue [a, b]": "Fn::ImportValue needs the name of an export",
    "!If [a]": "Fn::If needs a list of 3 arguments",
    "!If [Nothing, a, b]": 'there is no condition "Nothing"',
    "!FindInMap [a, b]": "Fn::FindInMap needs a list of 3 to 4 arguments",
    "!FindInMap [Nothing, a, b]": 'there is no mapping "Nothing"',
    "!Nothing x": "Fn::Nothing is not a function of CloudFormation",
    "{Fn::Sub: a, Other: b}": "Fn::Sub must be the only key of its object",
    "{Fn::ForEach::X: [a, [b], {}]}": "Fn::ForEach is not expanded: the loop's resources are not checked",
}


@pytest.mark.parametrize("expression", ERRORS)
def test_errors(expression: str) -> None:
    assert failure(expression) == [ERRORS[expression]]


@pytest.mark.parametrize("items", ["!Ref Zones", "!Split [',', !Join [',', !Ref Zones]]"])
def test_an_item_that_the_default_of_a_parameter_lacks_is_unknown(items: str) -> None:
    found = value(f"!Select [2, {items}]", PARAMETERS)

    assert isinstance(found, Unknown)
    assert found.settle == 'set parameter "Zones" in --parameters'


def test_an_error_leaves_an_unknown_and_says_where() -> None:
    found = unit(template("!Ref Nothing").encode())
    assert [str(error) for error in found.errors] == ['t.yaml:8:10: there is no parameter or resource "Nothing"']
    assert plain(found.declared[-1].body) == {"P": {"$unknown": "its template has an error here"}}


def test_names_that_a_macro_may_add() -> None:
    found = value(
        '[!Ref FunctionRole, !GetAtt Api.Arn, !Sub "${X.Y}", !If [Later, a, b]]', "Transform: AWS::CodeDeployBlueGreen"
    )
    assert isinstance(found, Known)
    assert all(isinstance(each, Unknown) for each in found.value)


def test_outputs_of_other_stacks_are_the_same_where_stack_output_and_region_are() -> None:
    vpc = "!GetStackOutput {StackName: net, OutputName: Vpc}"
    found = value(
        f"[{vpc}, {vpc}, !GetStackOutput {{StackName: net, OutputName: Vpc, Region: eu-west-1}}, "
        "!GetStackOutput {StackName: !Ref Free, OutputName: Vpc}]",
        PARAMETERS,
    )
    assert isinstance(found, Known)
    one, other, elsewhere, of_any = found.value
    assert (are_equal(one, other), are_equal(one, elsewhere), are_equal(one, of_any)) == (True, None, None)
    assert of_any.why == 'the output "Vpc" of another stack is read at deployment'
    assert one.settle.startswith("look it up in that stack")
    assert failure("!GetStackOutput net") == ["Fn::GetStackOutput needs an object with StackName and OutputName"]


def test_a_text_that_a_macro_makes_is_unknown() -> None:
    found = value('{"Fn::Sub": {"Fn::Transform": {"Name": "Mine"}}}')
    assert plain(found) == {"$unknown": 'the macro "Mine" creates it at deployment'}


@pytest.mark.parametrize("expression", ["!Ref {Ref: Free}", "!GetAtt [!Ref Free, Arn]", "!GetAtt [Bucket, !Ref Free]"])
def test_what_an_unknown_name_refers_to_is_unknown(expression: str) -> None:
    assert isinstance(value(expression, PARAMETERS), Unknown)
