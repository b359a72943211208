"""Suppressions for other analyzers, as these read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.reports import judge

TRIVY = "trivy:ignore:AVD-AWS-0080"
CHECKOV = "checkov:skip=CKV_AWS_16:known"


def database(*, above: str = "", header: str = "", inside: str = "", at: str = "", below: str = "") -> str:
    return (
        f'{above}\nresource "aws_db_instance" "d" {{{header}\n{inside}\n  engine = "postgres"\n  tags = {{ env = "dev" }}\n'
        f"  storage_encrypted = false {at}\n}}{below}\n"
    )


def counts(directory: Path, source: str) -> bool:
    """Whether the finding of rds-encryption is suppressed."""
    report = judge(directory, source, "terraform", "rds-encryption")
    (found,) = report.findings
    return found.suppressed is not None


@pytest.mark.parametrize(
    "comment",
    [
        "#trivy:ignore:AWS-0080",
        "#trivy:ignore:avd-aws-0080",
        "#trivy:ignore:aws-rds-encrypt-instance-storage-data",
        "#trivy:ignore:encrypt-instance-storage-data",
        "#trivy:ignore:aws-rds-*",
        "#trivy:ignore:*",
        "#tfsec:ignore:AVD-AWS-0080",
        f"# accepted {TRIVY} for now",
        f"#trivy:ignore:AVD-AWS-0077 {TRIVY}",
        f"#checkov:skip=CKV_AWS_1:x {TRIVY}",
        f"/* {TRIVY} */",
        f"#{TRIVY}\n#trivy:ignore:AVD-AWS-0077",
        f"#{TRIVY}:exp:2999-01-01",
        f"#{TRIVY}:ws:*",
        f"#{TRIVY}[engine=postgres]",
        f"#{TRIVY}[tags.env=dev]",
    ],
)
def test_an_ignore_of_trivy_above_a_resource_counts(tmp_path: Path, comment: str) -> None:
    assert counts(tmp_path, database(above=comment))


@pytest.mark.parametrize(
    "comment",
    [
        "#TRIVY:ignore:AVD-AWS-0080",
        "#trivy:ignore:AVD-AWS-008",
        "#trivy:ignore:AVD-AWS-0080,AVD-AWS-0077",
        f"#{TRIVY}.",
        f"#note:{TRIVY}",
        f"#{TRIVY}\n",
        f"#{TRIVY}\n# the old database",
        f"#{TRIVY}:exp:2020-01-01",
        f"#{TRIVY}:exp:soon",
        f"#{TRIVY}:ws:prod",
        f"#{TRIVY}[engine=mysql]",
        f"#{TRIVY}[nothing=x]",
        f"#{TRIVY}[tags.env=prod]",
    ],
)
def test_another_id_a_limit_and_a_gap_let_the_finding_stay(tmp_path: Path, comment: str) -> None:
    assert not counts(tmp_path, database(above=comment))


def test_an_ignore_of_trivy_counts_on_the_lines_of_attribute_and_block_only(tmp_path: Path) -> None:
    assert counts(tmp_path, database(at=f"#{TRIVY}"))
    assert counts(tmp_path, database(header=f" #{TRIVY}"))
    assert not counts(tmp_path, database(inside=f"  #{TRIVY}\n"))
    assert not counts(tmp_path, database(below=f" #{TRIVY}"))
    assert not counts(tmp_path, database(at=f'\n  identifier = "x # {TRIVY}"'))


@pytest.mark.parametrize(
    "comment",
    [
        f"#{CHECKOV}",
        f"// why: {CHECKOV}",
        f"/*\n{CHECKOV}\n*/",
        "#checkov:skip= CKV_AWS_16:x",
        "#checkov:skip=CKV_AWS_1,CKV_AWS_16",
        "#bridgecrew:skip=CKV_AWS_16",
        "#cortex:skip=CKV_AWS_16",
    ],
)
def test_a_skip_of_checkov_within_a_resource_counts(tmp_path: Path, comment: str) -> None:
    assert counts(tmp_path, database(inside=comment))


@pytest.mark.parametrize(
    "comment",
    [
        "#checkov:skip=ckv_aws_16",
        "#prisma:skip=CKV_AWS_16",
        "#checkov:skip=CKV_AWS_160",
        f"#checkov:skip=CKV_AWS_1:x #{CHECKOV}",
        "#checkov:skip=CKV_AWS_96:for clusters",
    ],
)
def test_another_skip_of_checkov_does_not(tmp_path: Path, comment: str) -> None:
    assert not counts(tmp_path, database(inside=comment))


def test_a_skip_of_checkov_on_the_first_or_last_line_does_not_count(tmp_path: Path) -> None:
    assert not counts(tmp_path, database(above=f"#{CHECKOV}"))
    assert not counts(tmp_path, database(header=f" #{CHECKOV}"))
    assert not counts(tmp_path, database(below=f" #{CHECKOV}"))


def test_a_check_of_a_bucket_is_skipped_in_the_bucket_not_in_its_parts(tmp_path: Path) -> None:
    parts = """
resource "aws_s3_bucket" "b" {{
  {}
  bucket = "b"
}}
resource "aws_s3_bucket_versioning" "b" {{
  bucket = aws_s3_bucket.b.id
  {}
  versioning_configuration {{
    status = "Suspended"
  }}
}}
"""
    skip = "#checkov:skip=CKV_AWS_21:scratch"

    def holds(source: str) -> bool:
        (found,) = judge(tmp_path, source, "terraform", "s3-versioning").findings
        return found.suppressed is not None

    assert holds(parts.format(skip, ""))
    assert not holds(parts.format("", skip))


def module(directory: Path, call: str) -> list[bool]:
    (directory / "db").mkdir()
    (directory / "db" / "main.tf").write_text(database(), encoding="utf-8")
    report = judge(directory, call, "terraform", "rds-encryption")
    return [each.suppressed is not None for each in sorted(report.findings, key=lambda each: each.address)]


@pytest.mark.parametrize(
    "call",
    [
        f'#{TRIVY}\nmodule "a" {{\n  source = "./db"\n}}\n',
        f'#{TRIVY}[source=./db]\nmodule "a" {{\n  source = "./db"\n}}\n',
        f'module "a" {{\n  #{CHECKOV}\n  source = "./db"\n}}\n',
    ],
)
def test_a_suppression_at_a_module_call_counts_for_that_call(tmp_path: Path, call: str) -> None:
    assert module(tmp_path, call + 'module "b" {\n  source = "./db"\n}\n') == [True, False]


def policy(directory: Path, metadata: dict[str, object], action: str = "s3:*") -> bool:
    statement = {"Effect": "Allow", "Action": [action], "Resource": "*"}
    resource = {
        "Type": "AWS::IAM::ManagedPolicy",
        "Metadata": metadata,
        "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}},
    }
    report = judge(directory, json.dumps({"Resources": {"P": resource}}, indent=1), "cloudformation", "iam-wildcard-action")
    (found,) = report.findings
    return found.suppressed is not None


@pytest.mark.parametrize(
    ("entry", "holds"),
    [
        ({"id": "AwsSolutions-IAM5"}, True),
        ({"id": "AwsSolutions::AwsSolutions-IAM5"}, True),
        ({"id": "AwsSolutions-IAM5[Action::s3:*]"}, True),
        ({"id": "AwsSolutions-IAM5[Action::sqs:*]"}, False),
        ({"id": "awssolutions-iam5"}, False),
        ({"id": "AwsSolutions-IAM5", "applies_to": ["Action::s3:*"]}, True),
        ({"id": "AwsSolutions-IAM5", "applies_to": ["Resource::*"]}, False),
        ({"id": "AwsSolutions-IAM5", "applies_to": [{"regex": "/^Action::s3:.*$/g"}]}, True),
        ({"id": "AwsSolutions-IAM5", "applies_to": [{"regex": "/^Action::sqs:.*$/g"}]}, False),
        ("AwsSolutions-IAM5", False),
    ],
)
def test_an_entry_of_cdk_nag_covers_the_findings_that_it_names(tmp_path: Path, entry: object, holds: bool) -> None:
    assert policy(tmp_path, {"cdk_nag": {"rules_to_suppress": [entry]}}) is holds


def queue(directory: Path, metadata: object, *, of_template: bool = False) -> bool:
    resource = {"Type": "AWS::SQS::Queue", "Properties": {"SqsManagedSseEnabled": False}}
    template: dict[str, object] = {"Resources": {"Q": resource}}
    (template if of_template else resource)["Metadata"] = metadata  # type: ignore[assignment]
    report = judge(directory, json.dumps(template, indent=1), "cloudformation", "sqs-encryption")
    (found,) = report.findings
    return found.suppressed is not None


@pytest.mark.parametrize(
    ("metadata", "holds"),
    [
        ({"guard": {"SuppressedRules": ["SQS_QUEUE_KMS_MASTER_KEY_ID_RULE"]}}, True),
        ({"Guard": {"suppressed_rules": ["SQS_QUEUE_KMS_MASTER_KEY_ID_RULE"]}}, True),
        ({"guard": {"SuppressedRules": ["sqs_queue_kms_master_key_id_rule"]}}, False),
        ({"cfn_nag": {"rules_to_suppress": [{"id": "W48", "reason": "scratch"}]}}, True),
        ({"bridgecrew": {"skip": [{"id": "CKV_AWS_27"}]}}, True),
        ({"cortex": {"skip": [{"id": "CKV_AWS_27"}]}}, False),
        ({"checkov": {"skip": [{"id": "ckv_aws_27"}]}}, False),
    ],
)
def test_metadata_counts_as_its_analyzer_reads_it(tmp_path: Path, metadata: object, holds: bool) -> None:
    assert queue(tmp_path, metadata) is holds


def test_an_entry_of_cdk_nag_in_a_templates_metadata_counts_for_all_of_it(tmp_path: Path) -> None:
    entries = {"cdk_nag": {"rules_to_suppress": [{"id": "AwsSolutions-SQS2", "reason": "scratch"}]}}

    assert queue(tmp_path, entries, of_template=True)
