"""Files made to exhaust us end in an error that names the bound, soon."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cloudformation import unit
from helpers.reports import judge_files
from wa_iac.core import budget
from wa_iac.core.budget import Budget, SpentError, entered
from wa_iac.core.errors import BoundError
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Origin
from wa_iac.parsers.cloudformation.text import json_reader, yaml_reader
from wa_iac.parsers.cloudformation.text.documents import parsed
from wa_iac.parsers.cloudformation.text.inline import inline

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"


def nested_ifs(depth: int) -> str:
    """A template with one property of that many calls of Fn::If within each other, two levels each."""
    call = '{"Fn::If": ["C", ' * depth + '"x"' + ', "y"]}' * depth
    condition = '{"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "a"]}}'
    return f'{{"Conditions": {condition}, "Resources": {{"R": {{"Type": "AWS::X::Y", "Properties": {{"P": {call}}}}}}}}}'


def chained_conditions(length: int) -> str:
    chain = "".join(f"  C{index}: !Not [!Condition C{index + 1}]\n" for index in range(length))
    return f"{HEAD}Conditions:\n{chain}  C{length}: !Equals [a, a]\nResources:\n  R: {{Type: AWS::X::Y, Condition: C0}}\n"


def bomb(levels: int) -> str:
    rows = "".join(f"  - &a{index} [{', '.join([f'*a{index - 1}'] * 9)}]\n" for index in range(1, levels))
    use = f"Resources:\n  R:\n    Type: AWS::X::Y\n    Properties:\n      P: *a{levels - 1}\n"
    return f"{HEAD}X:\n  - &a0 [x, x]\n{rows}{use}"


def nested_aliases(levels: int) -> str:
    rows = "".join(f"  - &a{index} [*a{index - 1}]\n" for index in range(1, levels))
    use = f"Resources:\n  R:\n    Type: AWS::X::Y\n    Properties:\n      P: *a{levels - 1}\n"
    return f"{HEAD}X:\n  - &a0 [x]\n{rows}{use}"


TOO_MUCH = {
    "levels in flow style": (f"{HEAD}A: {'[' * 200}{']' * 200}\n", "more than 120 levels of nesting in one file"),
    "levels in block style": (
        HEAD + "".join(f"{' ' * index}a:\n" for index in range(200)),
        "more than 120 levels of nesting in one file",
    ),
    "levels in JSON": (
        json.dumps({"AWSTemplateFormatVersion": "\ud83d"}).replace("}", f', "A": {"[" * 200}{"]" * 200}}}'),
        "more than 120 levels of nesting in one file",
    ),
    "unclosed": (f"{HEAD}A: {'[' * 100_000}", "more than 120 levels of nesting in one file"),
    "unclosed JSON": ('{"AWSTemplateFormatVersion": ' + '{"a":' * 100_000, "more than 120 levels of nesting in one file"),
    "nested functions": (
        nested_ifs(500),
        "more than 120 levels of nesting in one file",
    ),
    "alias bomb": (bomb(12), "reading and checking this needs more than 200,000 steps"),
    "aliases in aliases": (nested_aliases(3000), "more than 150 levels of functions, objects and lists in one value"),
    "chain of conditions": (
        chained_conditions(3000),
        "functions, conditions or aliases are nested more deeply than wa-iac's safety limit",
    ),
    "size": (HEAD + "#" * 20_000_000, "larger than 20 MB"),
}


@pytest.mark.usefixtures("small_budget")
@pytest.mark.parametrize("name", TOO_MUCH)
def test_bounds(name: str) -> None:
    text, message = TOO_MUCH[name]
    (error,) = unit(text.encode()).errors
    assert isinstance(error, BoundError)
    assert error.message.startswith(message)
    assert error.path == "t.yaml"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}A: [{'1,' * 1_000}]\nResources: {{Q: {{Type: AWS::SQS::Queue}}}}\n",
        json.dumps({"A": [1] * 1_000, "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}),
    ],
    ids=["YAML", "JSON"],
)
def test_the_nodes_of_a_file_are_bounded(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    assert unit(text.encode()).errors == []
    for reader in (yaml_reader, json_reader):
        monkeypatch.setattr(reader, "MAX_NODES", 1_000)
    (error,) = unit(text.encode()).errors

    assert isinstance(error, BoundError)
    assert error.message.startswith("more than 1000 nodes in one file")


def test_within_the_bounds() -> None:
    """As deep as a file may be: the evaluation has to get there on Python's own stack."""
    assert unit(nested_ifs(55)).errors == []
    assert unit(chained_conditions(100)).errors == []
    assert unit(bomb(5)).errors == []


def siblings(made: object, first: object, number: int = 60) -> dict[str, str]:
    """Stacks beside each other, each given what the one before makes of what it is given."""
    resources: dict[str, object] = {}
    for index in range(number):
        properties = {"TemplateURL": "./each.json", "Parameters": {"P": first}}
        resources[f"S{index}"] = {"Type": "AWS::CloudFormation::Stack", "Properties": properties}
        first = {"Fn::GetAtt": [f"S{index}", "Outputs.O"]}
    each = {"Parameters": {"P": {"Type": "String"}}, "Resources": {"V": VOLUME}, "Outputs": {"O": {"Value": made}}}
    return {"main.json": json.dumps({"Resources": resources}), "each.json": json.dumps(each)}


VOLUME = {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": False}}
P = {"Ref": "P"}
NAME = {"Ref": "AWS::StackName"}
BYTES, COMPARISONS = "makes more than 20,000,000 bytes of text", "needs more than 2,000,000 comparisons"

DOUBLED = {
    "a text": ({"Fn::Sub": "${P}${P}"}, "ab", BYTES),
    "texts joined": ({"Fn::Join": ["", [P, P]]}, "ab", BYTES),
    "unknown texts": ({"Fn::Sub": "${P}${P}"}, NAME, COMPARISONS),
    "what is encoded": ({"Fn::Base64": {"Fn::Sub": "${P}${P}"}}, "ab", BYTES),
    "a list": ({"Fn::Split": [",", {"Fn::Sub": "${P},${P}"}]}, "ab", COMPARISONS),
    "what is not known": ({"Fn::Select": [0, {"Fn::Cidr": [P, P, P]}]}, NAME, ""),
    "a name that is not known": ({"Fn::FindInMap": [P, P, P]}, NAME, ""),
}


@pytest.mark.usefixtures("small_budget")
@pytest.mark.parametrize("name", DOUBLED)
def test_what_doubles_from_stack_to_stack_has_an_end(tmp_path: Path, name: str) -> None:
    made, first, bound = DOUBLED[name]
    report = judge_files(tmp_path, siblings(made, first), "ebs-encryption")

    assert [bound in each.message for each in report.errors] == [True] * bool(bound)
    assert all(isinstance(each, BoundError) and each.line for each in report.errors)
    assert len(report.failing()[0].message) < 1_000


def test_conditions_that_hang_on_each_other_are_decided_once_each() -> None:
    """Each on both of the two before it: as many ways lead to the first as there are halves of a doubling."""
    rows = "".join(
        f"  A{index}: !And [!Condition A{index - 1}, !Condition B{index - 1}]\n"
        f"  B{index}: !Or [!Condition A{index - 1}, !Condition B{index - 1}]\n"
        for index in range(1, 100)
    )
    first = "  A0: !Equals [!Ref AWS::Region, a]\n  B0: !Equals [!Ref AWS::StackName, a]\n"
    found = unit(f"{HEAD}Conditions:\n{first}{rows}Resources:\n  R: {{Type: AWS::X::Y, Condition: A99}}\n".encode())

    assert found.errors == []
    [resource] = found.declared
    assert resource.condition is not None
    assert len(resource.condition.origin.chain) <= 100


def test_a_template_in_a_text_counts_its_aliases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(budget.MOST, "steps", 20_000)
    rows = "".join(f"  - &a{index} [{', '.join([f'*a{index - 1}'] * 9)}]\n" for index in range(1, 12))
    body = f"X:\n  - &a0 [x]\n{rows}Resources:\n  Q: {{Type: AWS::SQS::Queue}}\n"
    with entered(Budget()), pytest.raises(SpentError, match="20,000 steps"):
        inline(b"", Known(body, Origin(Span("t.yaml", 1, 1, 1, 1))), parsed)


def test_snippets_that_include_each_other_have_an_end(tmp_path: Path) -> None:
    def snippet(name: str) -> dict[str, object]:
        return {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": name}}}

    files = {
        "t.template": {"Resources": {"V": VOLUME, "B": {"Type": "AWS::S3::Bucket", "Properties": snippet("a.json")}}},
        "a.json": {f"a{index}": snippet("b.json") for index in range(10)},
        "b.json": {f"b{index}": snippet("a.json") for index in range(10)},
    }
    report = judge_files(tmp_path, {name: json.dumps(each) for name, each in files.items()}, "ebs-encryption")

    assert [each.message.split(" (")[0] for each in report.mistakes()] == [
        "snippets include each other more than 10 levels deep"
    ]
    assert [each.address for each in report.failing()] == ["V"]
