"""Where values are written: lines, columns and bytes, in every spelling of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cloudformation import marked, unit
from wa_iac.core.declared import Declared
from wa_iac.core.paths import SourcePath
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Tree
from wa_iac.parsers.cloudformation.read import read_template
from wa_iac.parsers.cloudformation.text.json_reader import read_json
from wa_iac.parsers.cloudformation.text.yaml_reader import read_yaml

YAML = """\
Resources:
  # the data
  Bucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain  # kept
    Properties:
      BucketName: "größe-😀"
      Encrypted: no
      Name: !Sub "${AWS::StackName}-x"
      Long:
        Fn::Sub: x
      Versioning:
        Status: Enabled
      Tags:
        - a
        - Key: k
          Value: v

      Policy: |
        first
          second

      # a comment at the end
  Next:
    Type: AWS::SQS::Queue
"""

MARKED = {
    "BucketName": 'BucketName: "größe-😀"',
    "Encrypted": "Encrypted: no",
    "Name": 'Name: !Sub "${AWS::StackName}-x"',
    "Long": "Long",
    "Versioning": "Versioning",
    "Versioning.Status": "Status: Enabled",
    "Tags": "Tags",
    "Tags.0": "a",
    "Tags.1": "Key: k\n          Value: v",
    "Tags.1.Key": "Key: k",
    "Tags.1.Value": "Value: v",
    "Policy": "Policy: |\n        first\n          second",
}


def spans(value: Tree, prefix: str = "") -> dict[str, Span]:
    """The span of everything in a body, by its path."""
    match value:
        case Known(dict() as entries):
            members = list(entries.items())
        case Known(list() as items):
            members = [(str(index), item) for index, item in enumerate(items)]
        case _:
            members = []
    found: dict[str, Span] = {}
    for key, member in members:
        path = f"{prefix}.{key}" if prefix else key
        found |= {path: member.origin.span, **spans(member, path)}
    return found


def bucket(text: str) -> Declared:
    found = unit(text.encode())
    assert found.errors == []
    return found.declared[0]


def all_marked(text: str, declared: Declared) -> dict[str, str]:
    return {path: marked(text, span) for path, span in spans(declared.body).items()}


def test_yaml() -> None:
    declared = bucket(YAML)
    assert all_marked(YAML, declared) == MARKED
    assert declared.body.origin.span == declared.span == Span("t.yaml", 3, 3, 3, 9, 26, 32)
    assert marked(YAML, declared.extent) == YAML[YAML.index("Bucket:") : YAML.index("second") + len("second")]
    assert marked(YAML, declared.attributes["DeletionPolicy"].origin.span) == "DeletionPolicy: Retain"


def test_byte_order_mark() -> None:
    text = "\ufeff" + YAML
    assert all_marked(text, bucket(text)) == MARKED


def test_crlf() -> None:
    text = YAML.replace("\n", "\r\n")
    assert all_marked(text, bucket(text)) == {path: covered.replace("\n", "\r\n") for path, covered in MARKED.items()}


@pytest.mark.parametrize("indent", ["  ", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_json(indent: str, end: str) -> None:
    text = end.join((
        "{",
        f'{indent}"Resources": {{',
        f'{indent * 2}"Bucket": {{',
        f'{indent * 3}"Type": "AWS::S3::Bucket",',
        f'{indent * 3}"Properties": {{',
        f'{indent * 4}"BucketName": "größe",{indent}"Encrypted": false,',
        f'{indent * 4}"Name": {{"Ref": "AWS::StackName"}},',
        f'{indent * 4}"Tags": [',
        f'{indent * 5}{{"Key": "k", "Value": 1.5}}',
        f"{indent * 4}]",
        f"{indent * 3}}}",
        f"{indent * 2}}}",
        f"{indent}}}",
        "}",
    ))  # fmt: skip
    declared = bucket(text)
    assert all_marked(text, declared) == {
        "BucketName": '"BucketName": "größe"',
        "Encrypted": '"Encrypted": false',
        "Name": '"Name": {"Ref": "AWS::StackName"}',
        "Tags": '"Tags"',
        "Tags.0": '{"Key": "k", "Value": 1.5}',
        "Tags.0.Key": '"Key": "k"',
        "Tags.0.Value": '"Value": 1.5',
    }
    assert marked(text, declared.span) == '"Bucket"'
    assert marked(text, declared.extent).startswith('"Bucket": {')


def test_json_that_is_not_yaml() -> None:
    text = '{"Resources": {"Größe": {"Type": "AWS::X::Y", "Properties": {\n "A": "\\ud83d\\ude00", "B": [1, true, null, {}]}}}}'
    declared = bucket(text)
    assert all_marked(text, declared) == {"A": '"A": "\\ud83d\\ude00"', "B": '"B"', "B.0": "1", "B.1": "true", "B.2": "{}"}
    assert declared.body.value["A"] == Known("😀")
    assert marked(text, declared.span) == '"Größe"'


def test_both_readers_agree() -> None:
    text = '{"a": {"b": [1, -2.5, "é", {"c": null}], "d": {}},\n\t"e": [], "f": "x\\"y", "g": true}'
    one, other = read_json(text, "t"), read_yaml(text, "t")
    assert other is not None
    assert dump(one.root) == dump(other.root)


def dump(node: object) -> object:
    match node:
        case tuple():
            return tuple(dump(each) for each in node)
        case list():
            return [dump(each) for each in node]
        case dict():
            return {key: dump(each) for key, each in node.items()}
        case str() | int() | float() | None:
            return node
        case _:
            return [(name, dump(getattr(node, name))) for name in type(node).__slots__]  # type: ignore[attr-defined]


def test_anchors() -> None:
    text = """\
Common: &common
  A: &a one
  B: two
Resources:
  R:
    Type: AWS::X::Y
    Properties:
      <<: *common
      B: three
      C: *a
      D: *common
"""
    declared = bucket(text)
    assert all_marked(text, declared) == {
        "A": "A: &a one",
        "B": "B: three",
        "C": "C",
        "D": "D",
        "D.A": "A: &a one",
        "D.B": "B: two",
    }
    assert marked(text, declared.extent).splitlines()[-1] == "      D"


def test_a_key_may_be_named_and_be_an_alias() -> None:
    text = "Resources:\n  &name Bucket:\n    Type: AWS::X::Y\n    Properties:\n      *name : one\n"
    assert list(bucket(text).body.value) == ["Bucket"]


def test_an_alias_is_the_last_node_with_its_anchor() -> None:
    text = "Resources:\n  R:\n    Type: AWS::X::Y\n    Properties:\n      A: &one 1\n      B: &one 2\n      C: *one\n"
    assert bucket(text).body.value["C"] == Known(2)


def test_an_object_ends_with_the_last_thing_written_in_it() -> None:
    text = "Resources:\n  R:\n    Properties:\n      A: one\n    Type: AWS::X::Y\n    Properties:\n      A: two\n"
    (declared,) = unit(text.encode()).declared
    assert marked(text, declared.extent).splitlines()[-1] == "      A: two"


def test_empty_body_points_at_the_logical_id() -> None:
    text = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n"
    declared = bucket(text)
    assert declared.body == Known({})
    assert marked(text, declared.body.origin.span) == "Queue"


def test_utf_16() -> None:
    found = read_template(SourcePath(Path("t"), "t"), YAML.encode("utf-16"))
    assert found is not None
    assert [each.name for each in found.declared] == ["Bucket", "Next"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [YAML, '{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}'])
def test_utf_16_without_a_mark_is_an_error(codec: str, text: str) -> None:
    found = read_template(SourcePath(Path("t"), "t"), text.encode(codec))
    assert found is not None
    assert [each.message for each in found.errors] == ["the file is in UTF-16 without a byte-order mark: save it in UTF-8"]


def test_block_scalars() -> None:
    text = "Resources:\n  R:\n    Type: AWS::X::Y\n    Properties:\n      A: >-\n        one\n        two\n\n\n      B: |"
    assert all_marked(text, bucket(text)) == {"A": "A: >-\n        one\n        two", "B": "B: |"}
