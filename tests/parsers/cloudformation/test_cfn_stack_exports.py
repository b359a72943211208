"""Nested stacks export values for one another, under names that hold that of a stack."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.finding import Report

SHARED_EXPORTS = {
    "template.yaml": """\
Resources:
  Storage:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: storage.yaml}
  Disk:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: disk.yaml
      Parameters: {From: !GetAtt Storage.Outputs.Name}
""",
    "storage.yaml": """\
Resources:
  Logs: {Type: AWS::S3::Bucket}
Outputs:
  Name: {Value: !Ref AWS::StackName}
  Encrypted:
    Value: "false"
    Export: {Name: !Sub "${AWS::StackName}-encrypted"}
""",
    "disk.yaml": """\
Parameters:
  From: {Type: String}
Resources:
  Volume:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 10
      Encrypted:
        Fn::ImportValue: !Sub "${From}-NAME"
""",
}


def _shared(tmp_path: Path, name: str) -> Report:
    files = SHARED_EXPORTS | {"disk.yaml": SHARED_EXPORTS["disk.yaml"].replace("NAME", name)}
    return judge_files(tmp_path, files, "ebs-encryption")


def test_nested_stacks_import_from_one_another_by_a_name_that_only_the_deployment_knows(tmp_path: Path) -> None:
    assert [each.address for each in _shared(tmp_path, "encrypted").failing()] == ["Disk/Volume"]


def test_an_export_of_another_name_is_still_not_known(tmp_path: Path) -> None:
    (undecided,) = _shared(tmp_path, "other").undecided()

    assert 'another stack exports it under the name "${...}-other"' in undecided.message


EXPORTING = """\
Resources:
  Q: {Type: AWS::SQS::Queue}
Outputs:
  Encrypt: {Value: 'false', Export: {Name: shared-encrypt}}
  Queue: {Value: !Ref Q, Export: {Name: shared-queue}}
"""


IMPORTING = """\
Resources:
  Data:
    Type: AWS::EC2::Volume
    Properties:
      Encrypted: !ImportValue shared-encrypt
"""


def test_a_value_that_another_template_exports(tmp_path: Path) -> None:
    report = judge_files(tmp_path, {"a-import.yaml": IMPORTING, "b-export.yaml": EXPORTING}, "ebs-encryption")

    [finding] = report.findings
    place = (Path(finding.span.path).name, finding.span.start_line, finding.address)
    assert (finding.verdict, *place) == ("fail", "a-import.yaml", 5, "Data")
    assert ("b-export.yaml", 4, 'exported as "shared-encrypt"') in [
        (Path(step.span.path).name, step.span.start_line, step.note) for step in finding.related
    ]


def test_of_several_copies_the_one_in_the_same_folder_exports(tmp_path: Path) -> None:
    other = EXPORTING.replace("'false'", "'true'")
    report = judge_files(
        tmp_path, {"one/import.yaml": IMPORTING, "one/net.yaml": EXPORTING, "two/net.yaml": other}, "ebs-encryption"
    )
    assert [finding.verdict for finding in report.findings] == ["fail"]


@pytest.mark.parametrize("name", ["shared-queue", "elsewhere"])
def test_what_is_exported_but_not_known_stays_unknown(tmp_path: Path, name: str) -> None:
    source = IMPORTING.replace("shared-encrypt", name)
    report = judge_files(tmp_path, {"a-import.yaml": source, "b-export.yaml": EXPORTING}, "ebs-encryption")
    assert [each.message for each in report.findings] == [
        f'Cannot be decided: "{name}" is exported by another stack; check it together with the template that exports it, '
        "with values for that template's parameters."
    ]
