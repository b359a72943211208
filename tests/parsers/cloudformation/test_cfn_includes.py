"""Snippets that a template includes: judged as if they stood in it, at the lines of their own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.finding import Report

VOLUME = "Type: AWS::EC2::Volume\nProperties:\n  Encrypted: !Ref On\n"
HEAD = "AWSTemplateFormatVersion: '2010-09-09'\nParameters:\n  On: {Type: String, Default: 'false'}\n"
INCLUDE = "Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: {}}}}}"


def found(report: Report) -> list[tuple[str, int, str]]:
    return [(Path(each.span.path).name, each.span.start_line, each.address) for each in report.findings]


@pytest.mark.parametrize("location", ["parts/volume.yaml", "./parts/volume.yaml", "s3://bucket/release/parts/volume.yaml",
                                      "!Sub 's3://${Bucket}/parts/volume.yaml'"])  # fmt: skip
def test_a_resource_of_another_file(tmp_path: Path, location: str) -> None:
    main = f"{HEAD}Resources:\n  Data:\n    {INCLUDE.format(location)}\n"
    report = judge_files(tmp_path, {"main.yaml": main, "parts/volume.yaml": VOLUME}, "ebs-encryption")
    assert report.errors == []
    assert found(report) == [("volume.yaml", 3, "Data")]


def test_properties_and_resources_and_the_whole_template(tmp_path: Path) -> None:
    files = {
        "main.yaml": f"{HEAD}Transform: {{Name: AWS::Include, Parameters: {{Location: all.yaml}}}}\n"
        "Resources:\n  Data:\n    Type: AWS::EC2::Volume\n    Properties:\n      Size: 1\n"
        f"      {INCLUDE.format('off.json')}\n  {INCLUDE.format('more.yaml')}\n",
        "off.json": '{"Encrypted": false}\n',
        "more.yaml": "More:\n  Type: AWS::EC2::Volume\n",
        "all.yaml": "Metadata:\n  a: b\n",
    }
    report = judge_files(tmp_path, files, "ebs-encryption")
    assert report.errors == []
    assert found(report) == [("more.yaml", 1, "More"), ("off.json", 1, "Data")]


@pytest.mark.parametrize("depth", [1, 2])
def test_an_element_of_a_list_has_its_place_in_its_snippet(tmp_path: Path, depth: int) -> None:
    ignored = "# wa-iac: ignore[sqs-policy-public] partners send here\n"
    statement = 'Effect: Allow\nPrincipal: "*"\nAction: sqs:SendMessage\nResource: "*"\n'
    main = (
        "Resources:\n  P:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      Queues: [https://sqs.eu-west-1.amazonaws.com/1/q]\n"
        f"      PolicyDocument:\n        Statement:\n        - {INCLUDE.format('a1.yaml')}\n        - {INCLUDE.format('b.yaml')}\n"
    )
    files = {"main.yaml": main, f"a{depth}.yaml": f"# a snippet\n{statement}", "b.yaml": f"# a snippet\n{ignored}{statement}"}
    if depth == 2:
        files["a1.yaml"] = f"{INCLUDE.format('a2.yaml')}\n"
    report = judge_files(tmp_path, files, "sqs-policy-public")
    assert found(report) == [(f"a{depth}.yaml", 2, "P"), ("b.yaml", 3, "P")]
    assert [each.suppressed is not None for each in report.findings] == [False, True]


def test_a_section_that_the_template_and_its_snippet_both_have_is_told(tmp_path: Path) -> None:
    main = f"{INCLUDE.format('all.yaml')}\nResources:\n  Data: {{Type: AWS::EC2::Volume}}\n"
    report = judge_files(
        tmp_path, {"main.yaml": main, "all.yaml": "Resources:\n  More: {Type: AWS::EC2::Volume}\n"}, "ebs-encryption"
    )
    assert [(Path(each.path or "").name, each.line, each.message) for each in report.errors] == [
        (
            "all.yaml",
            1,
            'the place that includes this snippet has "Resources" too: what the snippet says of that is not checked',
        )
    ]
    assert found(report) == [("main.yaml", 3, "Data")]
    assert report.mistakes() == []


def test_what_is_not_at_hand_is_told(tmp_path: Path) -> None:
    main = (
        f"{HEAD}Resources:\n  Data:\n    Type: AWS::EC2::Volume\n    Properties:\n      {INCLUDE.format('s3://b/none.yaml')}\n"
    )
    report = judge_files(tmp_path, {"main.yaml": main}, "ebs-encryption")
    assert [each.message for each in report.errors] == [
        'the macro runs only in AWS, or its snippet is not available: the properties that it adds to "Data" are not checked'
    ]
    assert [each.verdict for each in report.findings] == ["unknown"]  # the snippet may encrypt it


def test_a_snippet_that_is_broken(tmp_path: Path) -> None:
    main = f"{HEAD}Resources:\n  Data:\n    {INCLUDE.format('bad.yaml')}\n  Other: {{Type: AWS::EC2::Volume}}\n"
    report = judge_files(tmp_path, {"main.yaml": main, "bad.yaml": "a: [\n"}, "ebs-encryption")
    assert Path(report.errors[0].path or "").name == "bad.yaml"
    assert found(report) == [("main.yaml", 7, "Other")]


def test_a_snippet_that_includes_itself_is_bounded(tmp_path: Path) -> None:
    main = f"{HEAD}Resources:\n  {INCLUDE.format('loop.yaml')}\n  V: {{Type: AWS::EC2::Volume}}\n"
    report = judge_files(tmp_path, {"main.yaml": main, "loop.yaml": f"{INCLUDE.format('loop.yaml')}\n"}, "ebs-encryption")
    assert found(report) == [("main.yaml", 6, "V")]
    assert [each.message for each in report.mistakes()] == [
        "snippets include each other more than 10 levels deep (wa-iac's safety limit)"
    ]
    assert report.exit_code() == 2


EVERYWHERE = """\
Transform: {Name: AWS::Include, Parameters: {Location: s3://b/all.yaml}}
Parameters:
  Whole: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/p.yaml}}}
  Partly: {Type: String, Default: "false", Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/p.yaml}}}
Conditions:
  Mine: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/c.yaml}}}
Resources:
  R: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/r.yaml}}}
  V:
    Type: AWS::EC2::Volume
    Condition: Theirs
    Properties: {Encrypted: !Ref Partly, AvailabilityZone: !Ref Elsewhere, Size: !Ref Whole, VolumeType: !FindInMap [Names, a, b]}
  W: {Type: AWS::EC2::Volume, Condition: Mine}
Outputs:
  O: {Value: !GetAtt R.Arn, Condition: Mine}
"""


def test_what_snippets_that_are_not_at_hand_say_is_no_mistake_wherever_they_stand(tmp_path: Path) -> None:
    report = judge_files(tmp_path, {"main.yaml": EVERYWHERE}, "ebs-encryption")
    assert report.mistakes() == []
    assert [(each.address, each.verdict) for each in report.findings] == [("V", "unknown"), ("W", "fail")]
    assert [each.line for each in report.errors] == [1, 3, 4, 8]


def test_what_is_wrong_with_a_snippet_is_told_at_its_own_lines(tmp_path: Path) -> None:
    main = f"{HEAD}Resources:\n  Data:\n    {INCLUDE.format('volume.yaml')}\n"
    report = judge_files(tmp_path, {"main.yaml": main, "volume.yaml": VOLUME.replace("On", "Off")}, "ebs-encryption")
    assert [(Path(each.path or "").name, each.line) for each in report.errors] == [("volume.yaml", 3)]


def test_a_snippet_of_a_whole_template_that_is_not_at_hand_leaves_names_open(tmp_path: Path) -> None:
    main = "Transform: {Name: AWS::Include, Parameters: {Location: s3://b/all.yaml}}\nResources:\n  V: {Type: AWS::EC2::Volume, Condition: C}\n"
    report = judge_files(tmp_path, {"main.yaml": main}, "ebs-encryption")
    assert [each.message for each in report.errors] == [
        "the snippet is not available: what it adds to the template is not checked"
    ]


def test_an_include_among_the_properties_leaves_open_what_they_do_not_say(tmp_path: Path) -> None:
    include = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/none.yaml}}"
    source = (
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"
        f"      Runtime: python3.6\n      Handler: a.b\n      CodeUri: src\n      {include}\n"
    )
    report = judge_files(tmp_path, {"t.yaml": source}, "lambda-xray-tracing", "lambda-supported-runtime")
    assert [(each.line, each.message) for each in report.errors] == [
        (9, 'the macro runs only in AWS, or its snippet is not available: the properties that it adds to "F" are not checked')
    ]
    assert [(each.rule.slug, each.verdict) for each in report.findings] == [
        ("lambda-xray-tracing", "unknown"),
        ("lambda-supported-runtime", "fail"),
    ]


def test_an_include_that_is_at_hand_is_a_part_of_the_properties(tmp_path: Path) -> None:
    main = (
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"
        "      Fn::Transform: {Name: AWS::Include, Parameters: {Location: more.yaml}}\n"
    )
    more = "Runtime: python3.13\nHandler: a.b\nCodeUri: src\nTracing: PassThrough\n"
    report = judge_files(tmp_path, {"t.yaml": main, "more.yaml": more}, "lambda-xray-tracing")
    assert report.errors == []
    assert [(Path(each.span.path).name, each.span.start_line) for each in report.failing()] == [("more.yaml", 4)]
