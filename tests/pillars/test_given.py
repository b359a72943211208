"""Where a rule only needs something to be written, it does not matter what that comes to: the verdict is the same for all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Alternative, Known, Origin, Reference, Tree, Unknown

ARN = Unknown(Said("known after apply"), "arn", Origin(references=(Reference("aws_kms_key.this", "arn"),)))
VARIABLE = Unknown(Said("var.key has no default"), "var.key")


def one_of(*values: Tree) -> Unknown:
    labelled = tuple(Alternative(str(number), value) for number, value in enumerate(values))
    return Unknown(Said("it depends"), "one of", choice="which", alternatives=labelled)


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (Known("alias/trail"), True),
        (Known(""), False),
        (Known([]), False),
        (Absent(), False),
        (ARN, True),
        (Unknown(Said("known after apply"), "text", parts=("alias/", VARIABLE)), True),
        (one_of(ARN, Known("alias/trail")), True),
        (one_of(Absent(), Known("")), False),
    ],
)
def test_what_is_written_is_told_from_what_is_not(value: Tree, answer: bool) -> None:
    assert given(value) == Known(answer)


@pytest.mark.parametrize("value", [VARIABLE, one_of(ARN, Absent()), Unknown(Said(""), "text", parts=(VARIABLE,))])
def test_what_may_turn_out_to_be_nothing_is_not_known(value: Tree) -> None:
    assert isinstance(given(value), Unknown)


def test_a_trail_whose_key_is_named_by_an_alias_of_the_template_has_one(tmp_path: Path) -> None:
    source = """
Conditions: {Sealing: !Equals [!Ref Seal, "yes"]}
Parameters: {Seal: {Type: String, AllowedValues: ["yes", "no"]}, Other: {Type: String}}
Resources:
  Key: {Type: AWS::KMS::Key}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/trail, TargetKeyId: !Ref Key}}
  Sealed: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: logs, IsLogging: true, KMSKeyId: !Ref Alias}}
  Shared: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: logs, IsLogging: true, KMSKeyId: !ImportValue key-of-logs}}
  Stored: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: logs, IsLogging: true, KMSKeyId: "{{resolve:ssm:/logs/key}}"}}
  Given: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: logs, IsLogging: true, KMSKeyId: !Ref Other}}
  Plain: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: logs, IsLogging: true}}
  Maybe:
    Type: AWS::CloudTrail::Trail
    Properties: {S3BucketName: logs, IsLogging: true, KMSKeyId: !If [Sealing, !Ref Alias, !Ref "AWS::NoValue"]}
"""

    found = verdicts(tmp_path, source, "cloudformation", "cloudtrail-encryption")

    assert found == {"Plain": "fail", "Maybe": "unknown", "Given": "unknown"}


def test_in_terraform_it_has_one_as_well(tmp_path: Path) -> None:
    source = """
variable "sealed" { type = bool }
variable "key" {}
resource "aws_kms_alias" "trail" {
  target_key_id = "a1b2"
}
resource "aws_cloudtrail" "sealed" {
  s3_bucket_name = "logs"
  kms_key_id     = aws_kms_alias.trail.name
}
data "aws_kms_alias" "shared" {
  name = "alias/shared"
}
resource "aws_cloudtrail" "shared" {
  s3_bucket_name = "logs"
  kms_key_id     = data.aws_kms_alias.shared.arn
}
resource "aws_cloudtrail" "target" {
  s3_bucket_name = "logs"
  kms_key_id     = data.aws_kms_alias.shared.target_key_arn
}
resource "aws_cloudtrail" "maybe" {
  s3_bucket_name = "logs"
  kms_key_id     = var.sealed ? aws_kms_alias.trail.arn : null
}
resource "aws_cloudtrail" "given" {
  s3_bucket_name = "logs"
  kms_key_id     = var.key
}
"""

    found = verdicts(tmp_path, source, "terraform", "cloudtrail-encryption")

    assert found == {"aws_cloudtrail.maybe": "unknown", "aws_cloudtrail.given": "unknown"}


@pytest.mark.parametrize(
    ("rule", "resource"),
    [
        ("sns-encryption", 'resource "aws_sns_topic" "this" {\n  kms_master_key_id = KEY\n}'),
        ("sqs-encryption", 'resource "aws_sqs_queue" "this" {\n  sqs_managed_sse_enabled = false\n  kms_master_key_id = KEY\n}'),
        ("apigateway-access-logging", 'resource "aws_apigatewayv2_stage" "this" {\n  access_log_settings {\n    destination_arn = KEY\n  }\n}'),
    ],
)  # fmt: skip
def test_a_choice_between_something_and_nothing_is_not_taken_for_something(tmp_path: Path, rule: str, resource: str) -> None:
    around = 'variable "on" {}\nresource "aws_kms_alias" "this" {\n  target_key_id = "a1b2"\n}\n'

    def found(key: str, at: str) -> list[str]:
        return list(verdicts(tmp_path / at, around + resource.replace("KEY", key), "terraform", rule).values())

    assert found("aws_kms_alias.this.arn", "set") == []
    assert found("var.on ? aws_kms_alias.this.arn : null", "maybe") == ["unknown"]
    assert found('var.on ? aws_kms_alias.this.arn : "alias/other"', "either") == []


DISTRIBUTION = """
Parameters: {Certificate: {Type: String}, Own: {Type: String}}
Conditions: {HasOwn: !Equals [!Ref Own, "yes"]}
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        ViewerCertificate: {AcmCertificateArn: CERTIFICATE, SslSupportMethod: sni-only, MinimumProtocolVersion: VERSION}
"""


@pytest.mark.parametrize(
    ("certificate", "version", "found"),
    [
        ("!Ref Certificate", "TLSv1.2_2021", {}),
        ("!Ref Certificate", "TLSv1", {"Site": "fail"}),
        ('!If [HasOwn, !Ref Certificate, !Ref "AWS::NoValue"]', "TLSv1.2_2021", {"Site": "unknown"}),
        ('!If [HasOwn, !Ref Certificate, !Ref "AWS::NoValue"]', "TLSv1", {"Site": "fail"}),
        ("!Ref Certificate", "!Ref Own", {"Site": "unknown"}),
    ],
)
def test_the_oldest_version_holds_whichever_certificate_is_given(
    tmp_path: Path, certificate: str, version: str, found: dict[str, str]
) -> None:
    source = DISTRIBUTION.replace("CERTIFICATE", certificate).replace("VERSION", version)

    assert verdicts(tmp_path, source, "cloudformation", "cloudfront-tls-policy") == found
