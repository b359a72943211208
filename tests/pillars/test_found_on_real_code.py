"""Severity and confidence fit the code that a finding is about, and what is no fault is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, verdicts
from wa_iac.core.scales import Confidence, Severity
from wa_iac.report.remedy import remedy

NODES = """
resource "aws_launch_template" "node" { user_data = base64encode(%s) }
resource "aws_autoscaling_group" "nodes" {
  min_size = 2
  max_size = 6
  launch_template { id = aws_launch_template.node.id }
}
"""


@pytest.mark.parametrize(
    ("script", "verdict"),
    [
        ('"#!/bin/bash\\n/etc/eks/bootstrap.sh shop"', set()),
        ('"#!/bin/bash\\nsystemctl start kubelet"', set()),
        ('"apiVersion: node.eks.aws/v1alpha1"', set()),
        ('"#!/bin/bash\\n# no kubelet here\\nyum install -y nginx"', {"fail"}),
        ('"#!/bin/bash\\naws eks update-kubeconfig --name shop"', {"fail"}),
    ],
)
def test_nodes_of_kubernetes_are_known_by_their_script(tmp_path: Path, script: str, verdict: set[str]) -> None:
    report = judge(tmp_path, NODES % script, "terraform", "autoscaling-scaling-policy")
    assert {each.verdict for each in report.findings} == verdict


BUCKET = 'resource "aws_s3_bucket" "this" { bucket = "data" }\n'


@pytest.mark.parametrize(
    ("writer", "confidence"),
    [
        ("", Confidence.MEDIUM),
        ('resource "aws_cloudtrail" "all" { s3_bucket_name = aws_s3_bucket.this.id }', Confidence.LOW),
        ('resource "aws_flow_log" "all" { log_destination = aws_s3_bucket.this.arn }', Confidence.LOW),
        ('resource "aws_config_delivery_channel" "all" { s3_bucket_name = aws_s3_bucket.this.bucket }', Confidence.LOW),
        ('resource "aws_lb" "web" { access_logs {\n bucket = aws_s3_bucket.this.id\n } }', Confidence.LOW),
        (
            'resource "aws_kinesis_firehose_delivery_stream" "all" { extended_s3_configuration {\n'
            " bucket_arn = aws_s3_bucket.this.arn\n } }",
            Confidence.LOW,
        ),
    ],
)
def test_a_bucket_of_logs_is_less_certain_to_need_versions(tmp_path: Path, writer: str, confidence: Confidence) -> None:
    assert only_fault(tmp_path, BUCKET + writer, "terraform", "s3-versioning").confidence == confidence


@pytest.mark.parametrize(
    ("excluded", "severity"),
    [
        ('"iam:*", "organizations:*"', Severity.LOW),
        ('"iam:*", "organizations:*", "account:*"', Severity.LOW),
        ('"iam:*"', Severity.MEDIUM),
        ('"iam:*", "organizations:*", "s3:DeleteBucket"', Severity.MEDIUM),
    ],
)
def test_the_actions_of_power_users_are_a_milder_finding(tmp_path: Path, excluded: str, severity: Severity) -> None:
    policy = f'jsonencode({{ Statement = [{{ Effect = "Allow", NotAction = [{excluded}], Resource = "*" }}] }})'
    source = f'resource "aws_iam_policy" "all" {{ policy = {policy} }}'

    found = only_fault(tmp_path, source, "terraform", "iam-allow-not-action")
    assert found.severity == severity
    assert ("PowerUserAccess" in found.message) == (severity == Severity.LOW)


ORIGIN = """
Parameters:
  Control: { Type: String, Default: "" }
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: files
            DomainName: files.s3.amazonaws.com
            %s
            S3OriginConfig: { OriginAccessIdentity: "" }
"""


def test_an_empty_default_decides_whether_cloudfront_signs_its_requests(tmp_path: Path) -> None:
    chosen = ORIGIN % "OriginAccessControlId: !Ref Control"
    switch = only_fault(tmp_path / "default", chosen, "cloudformation", "cloudfront-origin-access-control")
    absent = only_fault(tmp_path / "absent", ORIGIN % "OriginPath: /a", "cloudformation", "cloudfront-origin-access-control")

    assert (switch.confidence, absent.confidence) == (Confidence.LOW, Confidence.HIGH)
    assert switch.message.endswith('The default of parameter "Control" decides this.')


PROVIDER = """
provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = %s
  endpoints {
    s3  = "%s"
    sqs = "http://localhost:4566"
  }
}
"""


@pytest.mark.parametrize(
    ("skips", "endpoint", "confidence"),
    [
        ("true", "http://localhost:4566", Confidence.LOW),
        ("true", "http://s3.localhost.localstack.cloud:4566", Confidence.LOW),
        ("true", "https://s3.eu-west-1.amazonaws.com", Confidence.MEDIUM),
        ("false", "http://localhost:4566", Confidence.MEDIUM),
    ],
)
def test_findings_on_an_emulator_are_less_certain(tmp_path: Path, skips: str, endpoint: str, confidence: Confidence) -> None:
    found = only_fault(tmp_path, PROVIDER % (skips, endpoint) + BUCKET, "terraform", "s3-versioning")

    assert found.confidence == confidence
    assert ("emulator" in found.message) == (confidence == Confidence.LOW)


def test_nothing_in_an_emulator_is_grave(tmp_path: Path) -> None:
    volume = 'resource "aws_ebs_volume" "v" {\n  availability_zone = "eu-west-1a"\n  size = 8\n  encrypted = false\n}\n'
    found = only_fault(tmp_path, PROVIDER % ("true", "http://localhost:4566") + volume, "terraform", "ebs-encryption")

    assert (found.severity, found.is_advice) == (Severity.MEDIUM, True)


@pytest.mark.parametrize(("folder", "is_advice"), [("tests/unit", True), ("test", True), ("src", False), ("latest", False)])
def test_what_a_test_makes_lives_for_minutes(tmp_path: Path, folder: str, is_advice: bool) -> None:
    """The names of directories above the scan do not matter."""
    (tmp_path / "tests" / "repository" / ".git").mkdir(parents=True)
    code = tmp_path / "tests" / "repository" / folder
    code.mkdir(parents=True)
    assert only_fault(code, BUCKET, "terraform", "s3-versioning").is_advice is is_advice


@pytest.mark.parametrize(
    ("resource", "severity"), [("*", Severity.HIGH), ("arn:aws:s3:::reports/*", Severity.LOW)], ids=["all", "a bucket"]
)
def test_every_action_on_named_resources_is_less_grave_than_on_all(tmp_path: Path, resource: str, severity: Severity) -> None:
    policy = f'{{ Statement = [{{ Effect = "Allow", Action = "*", Resource = "{resource}" }}] }}'
    report = judge(
        tmp_path,
        f'resource "aws_iam_policy" "p" {{\n  policy = jsonencode({policy})\n}}\n',
        "terraform",
        "iam-wildcard-action",
        "iam-admin-policy",
    )

    assert [each.severity for each in report.failing()] == [severity]


def test_the_name_of_a_worker_does_not_say_that_it_serves_clients(tmp_path: Path) -> None:
    source = 'resource "aws_instance" "%s" {\n  ami           = "ami-1"\n  instance_type = "m7i.large"\n}\n'
    said = [verdicts(tmp_path / name, source % name, "terraform", "ec2-standalone-instance") for name in ("api", "worker")]

    assert said == [{"aws_instance.api": "fail"}, {}]


LIFECYCLE = """
resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    id     = "all"
    status = "Enabled"
    filter { %s }
    expiration { days = %s }
  }
}
"""


@pytest.mark.parametrize(
    ("prefix", "days", "confidence"),
    [("", 1, Confidence.LOW), ("", 90, Confidence.MEDIUM), ('prefix = "tmp/"', 1, Confidence.MEDIUM)],
)
def test_objects_that_are_deleted_within_a_week_need_no_versions(
    tmp_path: Path, prefix: str, days: int, confidence: Confidence
) -> None:
    found = only_fault(tmp_path, BUCKET + LIFECYCLE % (prefix, days), "terraform", "s3-versioning")

    assert found.confidence == confidence


DISTRIBUTION = """
resource "aws_cloudfront_distribution" "%s" {
  enabled = true
  origin {
    origin_id   = "files"
    domain_name = "%s"
  }
  default_cache_behavior {
    target_origin_id       = "files"
    viewer_protocol_policy = "allow-all"
  }
}
"""


@pytest.mark.parametrize(
    ("name", "domain", "said"),
    [
        ("crl", "files.example.com", {}),
        ("public", "ocsp.example.com", {}),
        ("pkis", "files.example.com", {"aws_cloudfront_distribution.pkis": "fail"}),
    ],
)
def test_revocation_lists_are_fetched_over_http(tmp_path: Path, name: str, domain: str, said: dict[str, str]) -> None:
    assert verdicts(tmp_path, DISTRIBUTION % (name, domain), "terraform", "cloudfront-viewer-https") == said


@pytest.mark.parametrize(("name", "severity"), [("packer", Severity.LOW), ("shop", Severity.MEDIUM)])
def test_a_network_that_builds_images_can_wait_for_its_zone(tmp_path: Path, name: str, severity: Severity) -> None:
    network = f"""
resource "aws_vpc" "{name}" {{ cidr_block = "10.0.0.0/16" }}
resource "aws_subnet" "one" {{
  vpc_id            = aws_vpc.{name}.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}}
resource "aws_lb" "front" {{ subnets = [aws_subnet.one.id] }}
"""
    assert only_fault(tmp_path, network, "terraform", "vpc-multi-az-subnets").severity is severity


@pytest.mark.parametrize(
    ("description", "said"),
    [("Logins, as in 192.0.2.1,admin,pass-word", {}), ("Logins of the firewalls", {"parameter.Passwords": "fail"})],
)
def test_a_default_that_the_description_shows_is_an_example(tmp_path: Path, description: str, said: dict[str, str]) -> None:
    template = f"""
Parameters:
  Passwords:
    Type: String
    NoEcho: true
    Default: 192.0.2.1,admin,pass-word
    Description: {description}
Resources:
  Topic: {{Type: AWS::SNS::Topic}}
"""
    assert verdicts(tmp_path, template, "cloudformation", "cloudformation-plaintext-secrets") == said


READERS = """
resource "aws_s3_bucket" "%s" {}
resource "aws_s3_bucket_policy" "it" {
  bucket = aws_s3_bucket.%s.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "%s", Resource = "*" }] })
}
"""


@pytest.mark.parametrize(
    ("name", "action", "severity"),
    [
        ("static_assets", "s3:GetObject", Severity.MEDIUM),
        ("static_assets", "s3:*", Severity.CRITICAL),
        ("payroll", "s3:GetObject", Severity.CRITICAL),
    ],
)
def test_objects_that_are_published_on_purpose_are_a_milder_finding(
    tmp_path: Path, name: str, action: str, severity: Severity
) -> None:
    found = only_fault(tmp_path, READERS % (name, name, action), "terraform", "s3-policy-public")

    assert found.severity == severity
    assert ("If the objects are for everyone" in remedy(found).text) == (severity == Severity.MEDIUM)


BEHAVIOR = """
variable "given" {}
resource "aws_cloudfront_distribution" "it" {
  enabled = true
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    compress               = true
  }
  ordered_cache_behavior {
    path_pattern           = %s
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    forwarded_values {
      query_string = true
      headers      = %s
    }
  }
}
"""


@pytest.mark.parametrize(
    ("pattern", "headers", "said"),
    [
        ('"/api/*"', '["Origin"]', {"fail"}),
        ('"/api/*"', '["*"]', set()),
        ('"/images/*.JPG"', "[]", set()),
        ('"*.woff2"', "[]", set()),
        ('"*.svg"', "[]", {"fail"}),
        ('"/api/*"', "var.given", {"unknown"}),
        ("var.given", "[]", {"unknown"}),
        ('"*.png"', "var.given", set()),
    ],
)
def test_only_responses_that_would_become_smaller_are_to_be_compressed(
    tmp_path: Path, pattern: str, headers: str, said: set[str]
) -> None:
    assert set(verdicts(tmp_path, BEHAVIOR % (pattern, headers), "terraform", "cloudfront-compression").values()) == said
