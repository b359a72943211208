"""What is taken for a template, and what is passed over."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from helpers.counting import lines
from wa_iac.core.declared import Unit
from wa_iac.core.errors import UnavailableError
from wa_iac.core.paths import SourcePath
from wa_iac.parsers.cloudformation.read import read_template
from wa_iac.parsers.cloudformation.text.recognise import recognise


def read(data: bytes, name: str = "file") -> Unit | None:
    return read_template(SourcePath(Path(name), name), data)


TEMPLATES = {
    "yaml": b"Resources:\n  A:\n    Type: AWS::S3::Bucket\n",
    "version only": b"AWSTemplateFormatVersion: 2010-09-09\nResources:\n  A:\n    Type: Org::Team::Thing\n",
    "json": b'{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}',
    "json, the colon a line below": b'{"Resources"\n: {"A": {"Type": "AWS::S3::Bucket"}}}',
    "flow": b"{Resources: {A: {Type: AWS::S3::Bucket}}}",
    "comment and document start": b"# comment\n---\nResources:\n  A:\n    Type: Custom::Thing\n",
    "quoted": b"'Resources':\n  A:\n    'Type': 'AWS::S3::Bucket'\n",
    "sam": b"Transform: AWS::Serverless-2016-10-31\nResources:\n  A:\n    Type: AWS::Serverless::SimpleTable\n",
    "indented": b"  Resources:\n    A:\n      Type: AWS::S3::Bucket\n",
    "alexa": b"Resources:\n  A:\n    Type: Alexa::ASK::Skill\n",
    "byte-order mark": b"\xef\xbb\xbfResources:\n  A:\n    Type: AWS::S3::Bucket\n",
    "line end before the colon": b'{"Resources"\n: {"A": {"Type": "AWS::S3::Bucket"}}}',
    "key that is marked as one": b"? Resources\n: A:\n    Type: AWS::S3::Bucket\n",
    "letters and colons as numbers": b'{"Res\\u006furces": {"A": {"Type": "AWS\\u003a\\u003AS3::Bucket"}}}',
    "letter as a number in yaml": b'"Res\\x6furces":\n  A:\n    Type: AWS::S3::Bucket\n',
    "json array style trailing comma": b'{"Resources": {"A": {"Type": "AWS::S3::Bucket",},},}',
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates(name: str) -> None:
    found = read(TEMPLATES[name])
    assert found is not None
    assert [each for each in found.errors if not isinstance(each, UnavailableError)] == []
    assert "A" in [each.name for each in found.declared]


OTHERS = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "comments": b"# Resources: AWS::S3::Bucket\n",
    "kubernetes": b"apiVersion: v1\nkind: ConfigMap\ndata:\n  template: |\n    Resources:\n      A:\n        Type: AWS::S3::Bucket\n",
    "workflow": b"on: push\njobs:\n  a:\n    steps:\n      - run: aws cloudformation deploy\n",
    "compose": b"services:\n  web:\n    image: nginx\n",
    "package.json": b'{"name": "x", "dependencies": {"@aws-cdk/core": "1"}}',
    "plan": json.dumps(
        {"format_version": "1.2", "resource_changes": [], "template_body": '{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}'}
    ).encode(),
    "openapi": b"openapi: 3.0.0\nx-amazon-apigateway-integration:\n  uri: arn:aws:apigateway\nResources: none AWS::X\n",
    "sarif": b'{"version": "2.1.0", "runs": [{"results": [{"message": {"text": "AWS::S3::Bucket"}}]}]}',
    "schema": b'{"typeName": "AWS::S3::Bucket", "properties": {"Resources": {"type": "array"}}}',
    "stored answer": b'{"TemplateBody": {"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}}',
    "serverless framework": b"service: x\nresources:\n  Resources:\n    A:\n      Type: AWS::S3::Bucket\n",
    "resources without types": b'Resources:\n  A: "AWS::S3::Bucket"\n  B: {Name: x}\n',
    "list of resources": b"Resources:\n  - Type: AWS::S3::Bucket\n",
    "broken yaml": b"a: [1\nb: {{ x }}\n",
    "broken yaml with a template inside": b"a: {{ x }}\nb: |\n  Resources:\n    A:\n      Type: AWS::S3::Bucket\nc: [\n",
    "binary": bytes(range(256)),
    "second document": b"a: 1\n---\nResources:\n  A:\n    Type: AWS::S3::Bucket\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_others(name: str) -> None:
    assert read(OTHERS[name]) is None


def test_named_by_the_user() -> None:
    found = read_template(SourcePath(Path("x.yaml"), "x.yaml"), b"a: 1\n", only_if_recognised=False)
    assert found is not None
    assert [str(error) for error in found.errors] == ["x.yaml: this is not a CloudFormation template: it has no Resources"]


@pytest.mark.parametrize("line", [b'{"resources": "a", "Type": "AWS::S3::Bucket"},\n', b'{"a": "Resources AWS::S3"}, '])
def test_a_large_data_file_is_not_parsed(line: bytes) -> None:
    """A parser would go over it node by node; this looks at the bytes once, however many there are."""
    for size in (100_000, 1_000_000):
        data = b"[" + line * (size // len(line)) + b"{}]"
        assert not recognise(data)
        assert lines(partial(read, data)) < 100


def test_first_document_is_read_and_the_rest_is_said() -> None:
    found = read(b"Resources:\n  A:\n    Type: AWS::S3::Bucket\n---\nResources: {}\n")
    assert found is not None
    assert [str(error) for error in found.errors] == ["file:4:1: only the first YAML document of this file is read"]
    assert "A" in [each.name for each in found.declared]


def test_an_include_may_make_all_the_resources() -> None:
    found = read(b"Resources:\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b.yaml}}\n")
    assert found is not None
    assert [(type(each), each.line) for each in found.errors] == [(UnavailableError, 2)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"Resources:\n  A:\n    Type: AWS:S3::Bucket\n", '"AWS:S3::Bucket" is not the name of a type'),
        (b"Resources:\n  A:\n    Type: AWS::S3:Bucket\n", '"AWS::S3:Bucket" is not the name of a type'),
        (b"Resources:\n  A:\n    type: AWS::S3::Bucket\n", 'the resource "A" needs a Type'),
        (b'/* one\n   two */ {"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}', ""),
        (b'// one\n{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}', "this is a text, not an object: JSON has no comments"),
    ],
)
def test_a_template_with_a_mistake_in_every_mark_is_a_broken_template(data: bytes, message: str) -> None:
    found = read(data)
    assert found is not None
    assert len(found.errors) == 1
    assert message in str(found.errors[0])
