"""What a template declares, and what is wrong with bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cloudformation import places, resources, unit
from helpers.scans import scan
from wa_iac.core.algebra import references
from wa_iac.core.errors import UnavailableError, mistakes
from wa_iac.core.paths import SourcePath
from wa_iac.core.value import Absent, Known, Reference, plain
from wa_iac.parsers.cloudformation.read import read_template
from wa_iac.parsers.cloudformation.units import read_templates


def test_a_whole_template() -> None:
    found = resources("""\
        AWSTemplateFormatVersion: '2010-09-09'
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            DeletionPolicy: Retain
            UpdateReplacePolicy: Delete
            DependsOn: [Bucket]
            Metadata: {Owner: me}
            CreationPolicy: {ResourceSignal: {Count: 1}}
            UpdatePolicy: {EnableVersionUpgrade: true}
            Properties:
              FifoQueue: on
              DelaySeconds: 5
              Ratio: 0.5
              Empty:
          Bucket:
            Type: AWS::S3::Bucket
          Stack:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: nested.yaml}
        """)
    assert {name: (each.kind, each.type, each.address, plain(each.body)) for name, each in found.items()} == {
        "Queue": ("resource", "AWS::SQS::Queue", "Queue", {"FifoQueue": True, "DelaySeconds": 5, "Ratio": 0.5}),
        "Bucket": ("resource", "AWS::S3::Bucket", "Bucket", {}),
        "Stack": ("resource", "AWS::CloudFormation::Stack", "Stack", {"TemplateURL": "nested.yaml"}),
    }
    queue = found["Queue"]
    assert {key: plain(each) for key, each in queue.attributes.items()} == {
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Delete",
        "DependsOn": ["Bucket"],
        "Metadata": {"Owner": "me"},
        "CreationPolicy": {"ResourceSignal": {"Count": 1}},
        "UpdatePolicy": {"EnableVersionUpgrade": True},
    }
    assert queue.body.value["Empty"] == Absent()
    assert (queue.condition, queue.region, queue.calls) == (None, Absent(), ())


SCALARS = {
    "yes": True, "No": False, "ON": True, "off": False, "true": True, "y": "y", "'yes'": "yes",
    "1": 1, "-1": -1, "1.5": 1.5, "1e3": 1000.0, "0": 0, "0.10": 0.1, ".5": 0.5,
    "012345678901": "012345678901", "0123": 83, "-010": -8, "0800": "0800", "'0123'": "0123", "00": 0, "0o17": "0o17",
    "1_000": 1000, "1_0.5": 10.5, "_1": "_1", "0x1F": 31, "0xyz": "0xyz", "0b11": 3,
    "22:22": 1342, "1:30.5": 90.5, "01:30": "01:30", "1:60": "1:60", "0" * 50: "0" * 50,
    "123456789012": 123456789012, "9" * 30: "9" * 30, "1e999": "1e999", ".inf": ".inf",
    "2012-10-17": "2012-10-17", "2001-12-14t21:59:43.10-05:00": "2001-12-14t21:59:43.10-05:00", "1.2.3": "1.2.3",
    "!!str 1": "1", "!!int '1'": 1, "-": None, "+": "+", "=": "=",
}  # fmt: skip


@pytest.mark.parametrize("text", [text for text in SCALARS if text != "-"])
def test_scalars(text: str) -> None:
    found = resources(f"Resources: {{R: {{Type: AWS::X::Y, Properties: {{P: {text} }}}}}}")["R"].body.value["P"]
    assert found == Known(SCALARS[text])


def test_numbers_as_keys() -> None:
    text = "Resources:\n  R:\n    Type: AWS::X::Y\n    Properties:\n      012: a\n      yes: b\n"
    assert plain(resources(text)["R"].body) == {"012": "a", "yes": "b"}


def test_statement_conditions_are_no_functions() -> None:
    text = "Resources:\n  R:\n    Type: AWS::X::Y\n    Properties:\n      P: {Condition: {Bool: {'aws:SecureTransport': 'false'}}}\n"
    assert plain(resources(text)["R"].body) == {"P": {"Condition": {"Bool": {"aws:SecureTransport": "false"}}}}


def test_duplicate_keys() -> None:
    found = unit(
        "Resources:\n  R:\n    Type: AWS::X::Y\n    Properties:\n      A: 1\n      B: 2\n      A: 3\n  R:\n    Type: AWS::X::Z\n"
    )
    assert places(found) == [
        't.yaml:7:7: the key "A" appears twice in one object, first on line 5: only the last one counts',
        't.yaml:8:3: the key "R" appears twice in one object, first on line 2: only the last one counts',
    ]
    assert [each.type for each in found.declared] == ["AWS::X::Z"]
    assert mistakes(found.errors) == []  # CloudFormation takes it


def test_duplicate_keys_in_json() -> None:
    found = unit('{"Resources": {"R": {"Type": "AWS::X::Y", "Properties": {"A": 1,\n  "A": "\\ud83d\\ude00"}}}}')
    assert places(found) == ['t.yaml:2:3: the key "A" appears twice in one object, first on line 1: only the last one counts']
    assert plain(found.declared[0].body) == {"A": "😀"}


WRONG_RESOURCES = {
    "R: {}": 't.yaml:2:3: the resource "R" needs a Type, a string',
    "R: {Type: [a]}": 't.yaml:2:7: the resource "R" needs a Type, a string',
    "R: {Type: 1}": 't.yaml:2:7: the resource "R" needs a Type, a string',
    "R: text": 't.yaml:2:3: the resource "R" must be an object',
    "R: {Type: AWS::X::Y, Properties: [a]}": 't.yaml:2:24: the Properties of "R" must be an object',
    "R: {Type: AWS::X::Y, Properties: !If [a, b, c]}": 't.yaml:2:41: there is no condition "a"',
    "R: {Type: AWS::X::Y, Properties: !Sub text}": 't.yaml:2:24: the Properties of "R" must be an object',
    "R: {Type: AWS::X::Y, Propertys: {A: 1}}": (
        't.yaml:2:24: "Propertys" is not an attribute of a resource, so CloudFormation refuses "R"; its settings belong in Properties'
    ),
    "R: {Type: AWS::X::Y, Version: 1}": (
        't.yaml:2:24: "Version" is not an attribute of a resource, so CloudFormation refuses "R"; its settings belong in Properties'
    ),
    "R: {Type: AWS::X::Y, Condition: [a]}": "t.yaml:2:35: Condition needs the name of a condition",
    "Fn::ForEach::Loop: [a, [b], {}]": "t.yaml:2:3: Fn::ForEach needs the transform AWS::LanguageExtensions: without it what it adds to Resources is not checked",
    "Fn::Transform: {Name: x}": "t.yaml:2:3: the macro runs only in AWS, or its snippet is not available: what it adds to Resources is not checked",
    "R: {Type: AWS::X::Y, Properties: {Fn::Transform: {Name: x}}}": (
        't.yaml:2:37: the macro runs only in AWS, or its snippet is not available: the properties that it adds to "R" are not checked'
    ),
    "R: {Type: AWS::X::Y, Fn::Transform: {Name: x}}": 't.yaml:2:24: the macro runs only in AWS, or its snippet is not available: what it adds to "R" is not checked',
}


@pytest.mark.parametrize("resource", WRONG_RESOURCES)
def test_wrong_resources(resource: str) -> None:
    found = unit(f"Resources:\n  {resource}\n  Good: {{Type: AWS::X::Z}}\n")
    assert places(found) == [WRONG_RESOURCES[resource]]
    assert found.declared[-1].name == "Good"


def test_a_setting_beside_the_properties_decides_nothing() -> None:
    """What is missing may be what was meant by the key that CloudFormation refuses."""
    found = unit("Resources:\n  R: {Type: AWS::X::Y, A: 1}\n  S: {Type: AWS::X::Y, A: 1, Properties: {}}\n")
    first, second = found.declared
    assert (first.incomplete is not None, second.incomplete) == (True, None)


def test_keys_of_resources_that_are_accepted() -> None:
    custom = "Resources:\n  R: {Type: Custom::X, Version: 1, Properties: {ServiceToken: a}}\n"
    assert unit(custom).errors == []
    assert unit("Resources:\n  R: {Type: AWS::X::Y, Description: Orders of a day}\n").errors == []
    of_a_macro = unit("Transform: Count\nResources:\n  R: {Type: AWS::X::Y, Count: 3}\n")
    assert all("attribute" not in each.message for each in of_a_macro.errors)


NO_RESOURCES = (
    'the template has no resources, which CloudFormation does not accept; "exclude" in the settings leaves out a file '
    "that is not a template"
)
WRONG_TEMPLATES = {
    "AWSTemplateFormatVersion: 2010-09-09\nResource: {A: {Type: AWS::X::Y}}\n": [
        't.yaml:2:1: "Resource" is not a section of a template, so its resources are not checked: write Resources'
    ],
    "AWSTemplateFormatVersion: 2010-09-09\nParameters: {A: {Type: AWS::EC2::VPC::Id}}\n": [f"t.yaml:1:1: {NO_RESOURCES}"],
    "AWSTemplateFormatVersion: 2010-09-09\n": [f"t.yaml:1:1: {NO_RESOURCES}"],
    "AWSTemplateFormatVersion: 2010-09-09\nResources: [a]\n": ["t.yaml:2:1: Resources must be an object"],
    "AWSTemplateFormatVersion: 2010-09-09\nResources:\n": [f"t.yaml:2:1: {NO_RESOURCES}"],
    "AWSTemplateFormatVersion: 2010-09-09\nResources: {}\n": [f"t.yaml:2:1: {NO_RESOURCES}"],
    "Resources: {A: {Type: AWS::X::Y}}\nParameters: [a]\n": ["t.yaml:2:1: Parameters must be an object"],
    "Resources: {A: {Type: AWS::X::Y}}\nParameters:\n": [],
    "Resources: {A: {Type: AWS::X::Y}}\n? [a]\n: b\n": ["t.yaml:2:3: the key of an object must be a plain word"],
    "Resources: {A: {Type: AWS::X::Y}}\nX:\n  <<: [a]\n": ["t.yaml:3:3: << needs a mapping or a list of mappings"],
    "AWSTemplateFormatVersion: 2010-09-09\nResources:\n\tA: 1\n": [
        "t.yaml:3:1: not YAML: there is a tab where YAML allows only spaces"
    ],
    "AWSTemplateFormatVersion: 2010-09-09\nA: [1\nB: 2\n": [
        "t.yaml:3:2: not YAML: while parsing a flow sequence (from line 2): did not find expected ',' or ']'"
    ],
    "AWSTemplateFormatVersion: 2010-09-09\nA:\n  - !GetAZs !Ref B\n": [
        "t.yaml:3:13: not YAML: one value has two short forms, !GetAZs and !Ref: write the first in full (Fn::GetAZs:)"
    ],
    "AWSTemplateFormatVersion: 2010-09-09\nA: *b\n": ["t.yaml:2:4: not YAML: found undefined alias"],
    "AWSTemplateFormatVersion: 2010-09-09\nA: &a [*a]\n": ["t.yaml:2:4: an alias is inside the node that it refers to"],
    "AWSTemplateFormatVersion: 2010-09-09\nA: \x01\n": ["t.yaml:2:4: not YAML: control characters are not allowed"],
    '{"AWSTemplateFormatVersion": "2010-09-09",\n "Resources": {"A" 1}}': ["t.yaml:2:20: not JSON: Expecting ':' delimiter"],
    '{"AWSTemplateFormatVersion": "2010-09-09",\n "Resources": {': [
        "t.yaml:2:16: not JSON: Expecting property name enclosed in double quotes"
    ],
    '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}} x': ["t.yaml:1:61: not JSON: Extra data"],
    "Resources:\n  A:\n   Type: AWS::X::Y\n  B: [\n": [
        "t.yaml:4:7: not YAML: while parsing a flow node (from line 4): did not find expected node content"
    ],
}


@pytest.mark.parametrize("text", WRONG_TEMPLATES)
def test_wrong_templates(text: str) -> None:
    assert places(unit(text.encode())) == WRONG_TEMPLATES[text]


def test_not_utf_8() -> None:
    data = "AWSTemplateFormatVersion: x\nDescription: größe\n".encode("latin-1")
    assert places(unit(data)) == ["t.yaml:2:16: the file is not text in UTF-8"]


def test_the_source_is_kept() -> None:
    data = b"Resources:\n  A: {Type: AWS::X::Y}\n"
    found = read_template(SourcePath(Path("/somewhere/a.yaml"), "shown/a.yaml"), data)
    assert found is not None
    assert (found.path, found.dialect, found.sources) == ("shown/a.yaml", "cloudformation", {"shown/a.yaml": data})
    assert found.declared[0].span.path == "shown/a.yaml"


def test_an_output_is_declared_with_what_it_refers_to() -> None:
    found = unit(
        """\
Resources:
  Address:
    Type: AWS::EC2::EIP
Outputs:
  Public:
    Value: !GetAtt Address.AllocationId
"""
    )

    [output] = [each for each in found.declared if each.type == "output"]
    assert (output.kind, output.address, output.span.start_line) == ("context", "output.Public", 5)
    assert list(references(output.body)) == [Reference("Address", "AllocationId")]


def test_types_of_a_registry_are_told() -> None:
    found = unit("""
        Resources:
          A: {Type: My::Shop::Bucket::MODULE}
          B: {Type: Org::Own::Thing, Properties: {X: 1}}
          C: {Type: Custom::Made}
          D: {Type: AWS::S3::Bucket}
    """)
    assert [(type(each), each.line, each.message) for each in found.errors] == [
        (
            UnavailableError,
            3,
            "the type My::Shop::Bucket::MODULE is from an account's private registry: its resources are not checked",
        ),
        (UnavailableError, 4, "the type Org::Own::Thing is from an account's private registry: its resources are not checked"),
    ]
    assert [each.address for each in found.declared] == ["A", "B", "C", "D"]


@pytest.mark.parametrize("name", ["shop.stack-policy.json", "stack-policy.json"])
def test_a_stack_policy_beside_the_template(tmp_path: Path, name: str) -> None:
    (tmp_path / "shop.yaml").write_text("Resources:\n  D: {Type: AWS::S3::Bucket}\n", encoding="utf-8")
    (tmp_path / name).write_text('{"Statement": [{"Effect": "Deny", "Action": "Update:Replace"}]}', encoding="utf-8")
    template = tmp_path / "shop.yaml"
    [found] = read_templates({template: template.read_bytes()}, scan(tmp_path))

    [policy] = [each for each in found.declared if each.type == "stack-policy"]
    assert plain(policy.body) == {"Statement": [{"Effect": "Deny", "Action": "Update:Replace"}]}
    assert (policy.kind, policy.span.path, found.errors) == ("context", name, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"{", "this stack policy is not valid: the text is not JSON"),
        (b"[]", "this stack policy is not valid: it is not a JSON object"),
        (b"7", "this stack policy is not valid: it is not a JSON object"),
        (
            b"[" * 600 + b"]" * 600,
            "this stack policy is not valid: the text is JSON with more than 100 levels, the safety limit",
        ),
        (b"\xff{}", "this stack policy is not UTF-8"),
    ],
)
def test_a_stack_policy_that_is_broken(tmp_path: Path, text: bytes, message: str) -> None:
    template = tmp_path / "shop.yaml"
    template.write_text("Resources:\n  D: {Type: AWS::S3::Bucket}\n", encoding="utf-8")
    (tmp_path / "stack-policy.json").write_bytes(text)
    [found] = read_templates({template: template.read_bytes()}, scan(tmp_path))
    assert [str(each) for each in found.errors] == [f"stack-policy.json:1: {message}"]


def test_attributes_without_a_value_are_not_written() -> None:
    (found,) = resources("Resources: {R: {Type: AWS::X::Y, Condition: null, DeletionPolicy: null, Properties: null}}").values()
    assert (found.condition, found.body.value) == (None, {})


def test_what_a_module_makes_may_be_referred_to() -> None:
    found = unit("""
        Resources:
          Store: {Type: AWS::S3::Bucket::MODULE}
          R: {Type: AWS::X::Y, Properties: {A: !Ref StoreBucket, B: !GetAtt StoreBucket.Arn, C: !GetAtt Store.Bucket.Arn}}
        """)
    assert [str(each) for each in found.errors] == [
        "t.yaml:3:11: the type AWS::S3::Bucket::MODULE is from an account's private registry: its resources are not checked"
    ]
