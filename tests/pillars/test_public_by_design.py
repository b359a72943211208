"""What is public on purpose, or is reached by others than CloudFront, is milder, and its remedy fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

BUCKET = """
resource "aws_s3_bucket" "it" {{ bucket = "{name}" }}
resource "aws_s3_bucket_policy" "it" {{
  bucket = aws_s3_bucket.it.id
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Principal = "*", Action = "{action}", Resource = "{objects}" }}] }})
}}
{beside}
"""
PAYING = (
    'resource "aws_s3_bucket_request_payment_configuration" "it" {\n  bucket = aws_s3_bucket.it.id\n  payer  = "Requester"\n}\n'
)
FASTLY = """
resource "fastly_service_vcl" "it" {
  backend { address = aws_s3_bucket.it.bucket_regional_domain_name }
}
"""
CHALLENGE = "arn:aws:s3:::it/.well-known/acme-challenge/*"


def public(directory: Path, **given: str) -> tuple[Severity, str]:
    values = {"name": "orders", "action": "s3:GetObject", "objects": "*", "beside": "", **given}
    found = only_fault(directory, BUCKET.format(**values), "terraform", "s3-policy-public")
    return found.severity, remedy(found).text


@pytest.mark.parametrize(
    ("given", "severity", "told"),
    [
        ({}, Severity.CRITICAL, "name the principals who need"),
        ({"name": "shop-cfn-templates"}, Severity.MEDIUM, "serve them with CloudFront"),
        ({"name": "tools-mirror"}, Severity.HIGH, "serve them with CloudFront"),
        ({"name": "tools-mirror", "action": "s3:*"}, Severity.CRITICAL, "<who needs it>"),
        ({"beside": PAYING}, Severity.MEDIUM, "name them as principals"),
        ({"beside": FASTLY}, Severity.MEDIUM, "Let the other network sign"),
        ({"name": "domains-broker-challenge"}, Severity.LOW, "Keep nothing else in this bucket"),
        ({"objects": CHALLENGE}, Severity.LOW, "Keep nothing else in this bucket"),
        ({"name": "domains-broker-challenge", "action": "s3:*"}, Severity.CRITICAL, "<who needs it>"),
        ({"name": "cloud-resume-challenge"}, Severity.CRITICAL, "name the principals who need"),
        ({"name": "acme-orders"}, Severity.CRITICAL, "name the principals who need"),
    ],
)
def test_objects_that_are_for_everyone(tmp_path: Path, given: dict[str, str], severity: Severity, told: str) -> None:
    found = public(tmp_path, **given)
    assert (found[0], told in found[1]) == (severity, True)


DISTRIBUTION = """
resource "aws_s3_bucket" "it" {}
resource "aws_cloudfront_distribution" "it" {
  origin {
    origin_id   = "it"
    domain_name = aws_s3_bucket.it.bucket_regional_domain_name
  }
}
"""


@pytest.mark.parametrize(("beside", "said"), [("", False), (FASTLY, True)])
def test_access_control_closes_nothing_beside_another_reader(tmp_path: Path, beside: str, said: bool) -> None:
    found = only_fault(tmp_path, DISTRIBUTION + beside, "terraform", "cloudfront-origin-access-control")
    assert ("Another content delivery network reads it too" in found.message) is said


QUEUE = """
Resources:
  Queue: {{ Type: AWS::SQS::Queue }}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: sqs:SendMessage
            Resource: !GetAtt Queue.Arn
            Condition: {{ ArnLike: {{ "aws:SourceArn": "{source}" }} }}
"""


@pytest.mark.parametrize(
    ("source", "who"),
    [
        ("arn:aws:sns:*:*:events", "lets topics of every AWS account"),
        ("arn:aws:s3:::events-*", "lets buckets of every AWS account"),
        ("arn:aws:*:*:*:events", "lets topics, buckets and the like of every AWS account"),
    ],
)
def test_a_pattern_for_sources_admits_only_what_it_names(tmp_path: Path, source: str, who: str) -> None:
    assert who in only_fault(tmp_path, QUEUE.format(source=source), "cloudformation", "sqs-policy-public").message


GROUP = """
variable "{name}" {{
  type    = string
  default = "0.0.0.0/0"
}}
resource "aws_security_group_rule" "db" {{
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 5432
  to_port           = 5432
  security_group_id = "sg-0a1"
  cidr_blocks       = [var.{name}]
}}
"""


@pytest.mark.parametrize(("name", "is_of_people"), [("your_vpn", True), ("office_cidr", True), ("allowed", False)])
def test_clients_by_a_variable_have_addresses_and_no_group(tmp_path: Path, name: str, *, is_of_people: bool) -> None:
    (finding,) = judge(tmp_path, GROUP.format(name=name), "terraform", "vpc-security-group-ingress-ports").failing()
    text = remedy(finding).text
    assert (f'variable "{name}"' in text and "have no security group" in text) == is_of_people
    assert ("source_security_group_id" in text) != is_of_people
