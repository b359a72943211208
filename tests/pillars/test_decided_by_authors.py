"""Findings are milder, or none, where the author has decided, or where only few can use the fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Confidence, Severity
from wa_iac.report.remedy import remedy

GROUP = """
resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 4
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"]
%s
  launch_template { id = "lt-0a1" }
}
"""


REFRESHED = '  instance_refresh { strategy = "Rolling" }\n'


@pytest.mark.parametrize(
    ("written", "confidence"),
    [(REFRESHED, Confidence.HIGH), (REFRESHED + '  health_check_type = "EC2"', Confidence.LOW), ("", Confidence.LOW)],
)
def test_a_health_check_that_is_chosen_is_advice(tmp_path: Path, written: str, confidence: Confidence) -> None:
    found = only_fault(tmp_path, GROUP % written, "terraform", "autoscaling-elb-health-check")

    assert found.confidence == confidence


def test_an_id_of_a_key_alone_is_advice_that_does_not_call_it_a_leak(tmp_path: Path) -> None:
    source = """
resource "google_storage_transfer_job" "backup" {
  aws_access_key {
    access_key_id     = "AKIAQ3EGTIFMWPRNA2BX"
    secret_access_key = data.google_secret_manager_secret_version.key.secret_data
  }
}
"""
    found = only_fault(tmp_path, source, "terraform", "workload-static-credentials")

    assert (found.severity, found.confidence) == (Severity.MEDIUM, Confidence.LOW)
    assert "readable" not in remedy(found).text


DATABASE = """
resource "aws_security_group" "orders" {
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["%s"]
  }
}
resource "aws_db_instance" "orders" {
  engine                 = "postgres"
  publicly_accessible    = %s
  vpc_security_group_ids = [aws_security_group.orders.id]
}
"""


@pytest.mark.parametrize(
    ("addresses", "public", "severity", "said"),
    [
        ("195.201.0.0/16", "true", Severity.HIGH, "lets in the public IP addresses"),
        ("195.201.0.0/16", "false", Severity.MEDIUM, "nothing that uses it has a public IP address"),
        ("0.0.0.0/0", "true", Severity.MEDIUM, "The open port is also reported by itself"),
        ("195.201.172.195/32", "true", Severity.MEDIUM, "lets in the public IP addresses"),
    ],
)
def test_a_database_that_few_reach_is_a_milder_matter(
    tmp_path: Path, addresses: str, public: str, severity: Severity, said: str
) -> None:
    found = only_fault(tmp_path, DATABASE % (addresses, public), "terraform", "rds-security-group-source")

    assert found.severity == severity
    assert said in found.message


INSTANCE = """
data "http" "mine" { url = "https://checkip.example.com" }
resource "aws_security_group" "runner" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["%s"]
  }
}
resource "aws_instance" "runner" {
  ami                         = "ami-0a1"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.runner.id]
}
"""


@pytest.mark.parametrize(
    ("addresses", "severity"),
    [
        ("195.201.172.195/32", Severity.MEDIUM),
        ("${chomp(data.http.mine.response_body)}/32", Severity.MEDIUM),
        ("0.0.0.0/0", Severity.HIGH),
    ],
)
def test_an_instance_that_lets_in_a_few_addresses_is_a_milder_matter(
    tmp_path: Path, addresses: str, severity: Severity
) -> None:
    assert only_fault(tmp_path, INSTANCE % addresses, "terraform", "ec2-public-ip").severity == severity


def test_a_deployment_whose_stage_is_a_resource_makes_one_more_stage(tmp_path: Path) -> None:
    source = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Deployed: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api, StageName: made}}
  Live:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: !Ref Deployed
      StageName: live
      AccessLogSetting: {DestinationArn: "arn:aws:logs:eu-west-1:123456789012:log-group:api"}
"""
    found = only_fault(tmp_path, source, "cloudformation", "apigateway-access-logging")

    assert (found.address, found.confidence) == ("Deployed", Confidence.LOW)
    assert remedy(found).text.startswith("Live uses this deployment.")


def test_a_module_for_others_without_a_version_of_the_provider_is_a_small_matter(tmp_path: Path) -> None:
    source = (
        'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\nresource "aws_sqs_queue" "q" {}\n'
    )
    found = only_fault(tmp_path, source, "terraform", "terraform-versions-pinned")

    assert found.severity == Severity.LOW
    assert "next major" not in found.message


@pytest.mark.parametrize("folder", ["integration-tests", "deprecated"])
def test_code_that_nobody_deploys_is_advice(tmp_path: Path, folder: str) -> None:
    (tmp_path / ".git").mkdir()
    report = judge(tmp_path / folder, GROUP % "", "terraform", "autoscaling-elb-health-check")

    assert [each.confidence for each in report.findings] == [Confidence.LOW]


MAILER = """
resource "aws_iam_user" "mailer" { name = "mailer" }
resource "aws_iam_access_key" "mailer" { user = aws_iam_user.mailer.name }
resource "aws_iam_group" "mailers" { name = "mailers" }
resource "aws_iam_group_membership" "mailers" {
  name  = "mailers"
  group = aws_iam_group.mailers.name
  users = [aws_iam_user.mailer.name]
}
resource "aws_iam_group_policy" "mailers" {
  group  = aws_iam_group.mailers.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "%s", Resource = "*" }] })
}
"""


@pytest.mark.parametrize(("action", "faults"), [("ses:SendRawEmail", 0), ("s3:GetObject", 1)])
def test_a_user_who_sends_mail_by_the_policy_of_a_group_needs_a_key(tmp_path: Path, action: str, faults: int) -> None:
    assert len(judge(tmp_path, MAILER % action, "terraform", "iam-access-keys").failing()) == faults


def test_a_bucket_in_the_old_style_gets_an_argument(tmp_path: Path) -> None:
    source = 'resource "aws_s3_bucket" "old" {\n  acl = "private"\n}\n'
    found = only_fault(tmp_path, source, "terraform", "s3-versioning")

    assert remedy(found).code == "versioning {\n  enabled = true\n}"


def test_a_bucket_of_an_old_provider_gets_an_argument(tmp_path: Path) -> None:
    lock = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "3.51.0"\n}\n'
    (tmp_path / ".terraform.lock.hcl").write_text(lock, encoding="utf-8")
    source = 'terraform {\n  required_version = ">= 1.0"\n}\nresource "aws_s3_bucket" "old" {}\n'
    found = only_fault(tmp_path, source, "terraform", "s3-versioning")

    assert remedy(found).code == "versioning {\n  enabled = true\n}"


def test_a_public_database_for_a_few_addresses_is_milder_if_a_comment_gives_the_reason(tmp_path: Path) -> None:
    source = DATABASE % ("195.201.172.195/32", "true # only the bastion connects, since the service runs elsewhere")
    assert only_fault(tmp_path, source, "terraform", "rds-public-access").severity == Severity.MEDIUM


def test_a_public_database_for_a_few_addresses_gives_them_another_way_first(tmp_path: Path) -> None:
    found = only_fault(tmp_path, DATABASE % ("195.201.172.195/32", "true"), "terraform", "rds-public-access")

    assert found.severity == Severity.HIGH
    assert remedy(found).text.startswith("First give the machines at these addresses another way")


@pytest.mark.parametrize(
    ("name", "confidence"),
    [
        ("access_logs", Confidence.LOW),
        ("catalogs", Confidence.MEDIUM),
        ("ThumbnailS3Bucket", Confidence.LOW),
        ("processed-thumbs", Confidence.LOW),
        ("build_cache", Confidence.LOW),
        ("templates", Confidence.LOW),
    ],
)
def test_a_bucket_for_logs_or_for_what_can_be_made_again_needs_no_versions(
    tmp_path: Path, name: str, confidence: Confidence
) -> None:
    found = only_fault(
        tmp_path, f'resource "aws_s3_bucket" "{name}" {{ tags = {{ Name = "data" }} }}\n', "terraform", "s3-versioning"
    )

    assert found.confidence == confidence


def test_a_message_that_is_received_once_is_not_processed_twice(tmp_path: Path) -> None:
    source = """
Resources:
  Failed: {Type: AWS::SQS::Queue}
  Orders:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 30, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 1}}
  Handler:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Handler: a.b, Role: "arn:aws:iam::123456789012:role/r", Timeout: 30, Code: {ZipFile: ""}}
  Reads:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Handler}
"""
    assert (
        "move to the dead-letter queue"
        in only_fault(tmp_path, source, "cloudformation", "lambda-sqs-visibility-timeout").message
    )


def test_a_size_that_a_parameter_sets_is_raised_there(tmp_path: Path) -> None:
    source = """
Parameters:
  Size: {Type: Number, Default: 5}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.t4g.micro, AllocatedStorage: !Ref Size, StorageType: gp2}
"""
    made = remedy(only_fault(tmp_path, source, "cloudformation", "rds-gp3"))

    assert made.code == "StorageType: gp3"
    assert 'which the default of parameter "Size" sets' in made.sentences[0]


READERS = """
resource "aws_s3_bucket" "%s" {}
resource "aws_s3_bucket_policy" "it" {
  bucket = aws_s3_bucket.%s.id
  policy = jsonencode({ Statement = [{ Sid = "%s", Effect = "Allow", Principal = "*", Action = "%s", Resource = "*" }] })
}
"""


@pytest.mark.parametrize(
    ("bucket", "sid", "action", "severity"),
    [
        ("reports", "PublicCanReadButNotList", "s3:GetObject", Severity.MEDIUM),
        ("reports", "allow-anonymous-read", "s3:GetObject", Severity.MEDIUM),
        ("public_reports", "Read", "s3:GetObject", Severity.MEDIUM),
        ("reports", "PublicWrite", "s3:PutObject", Severity.CRITICAL),
        ("reports", "NonPublicRead", "s3:GetObject", Severity.CRITICAL),
        ("reports", "PublicationRead", "s3:GetObject", Severity.CRITICAL),
    ],
)
def test_objects_that_the_author_calls_public_may_be_meant_so(
    tmp_path: Path, bucket: str, sid: str, action: str, severity: Severity
) -> None:
    found = only_fault(tmp_path, READERS % (bucket, bucket, sid, action), "terraform", "s3-policy-public")

    assert found.severity == severity
    assert ("If this is meant, put CloudFront in front" in remedy(found).text) is (severity is Severity.MEDIUM)
