"""Findings that readers who did not know the rules called wrong: the smallest code of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy
from wa_iac.core.scales import Confidence, Severity

OPEN = """
resource "aws_security_group" "g" {{
  description = "{description}"

  ingress {{
    protocol    = "tcp"
    from_port   = {first}
    to_port     = {last}
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
"""
FIREWALL = """
resource "aws_launch_configuration" "queen" {
  image_id        = "ami-1"
  security_groups = [aws_security_group.g.id]
}

resource "aws_autoscaling_group" "queen_utm" {
  min_size             = 1
  max_size             = 1
  launch_configuration = aws_launch_configuration.queen.name
}
"""


def test_a_wide_range_is_named_and_nobody_says_what_listens(tmp_path: Path) -> None:
    source = OPEN.format(description="Traffic", first=5433, last=65535)

    found = only_fault(tmp_path, source, "terraform", "vpc-security-group-ingress-ports")

    assert "The range of ports 5433 to 65535 is open to the whole internet, with Kibana" in found.message
    assert (found.severity, found.confidence) == (Severity.HIGH, Confidence.HIGH)


def test_a_range_in_front_of_a_firewall_is_advice(tmp_path: Path) -> None:
    source = OPEN.format(description="Traffic", first=5433, last=65535) + FIREWALL

    found = only_fault(tmp_path, source, "terraform", "vpc-security-group-ingress-ports")

    assert (found.severity, found.confidence) == (Severity.LOW, Confidence.LOW)


def test_access_from_anywhere_does_not_say_where_the_clients_are(tmp_path: Path) -> None:
    source = OPEN.format(description="PostgreSQL from anywhere", first=5432, last=5432)

    text = only_remedy(judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports"))

    assert "name the security group of the clients" in text
    assert "Clients outside of the VPC have none" in text


def test_clients_outside_of_the_vpc_have_no_group(tmp_path: Path) -> None:
    source = OPEN.format(description="External access to MySQL", first=3306, last=3306)

    text = only_remedy(judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports"))

    assert "name their addresses" in text
    assert "Clients in the VPC, if there are any, first need a rule with their security group" in text
    assert 'cidr_blocks = ["<your network>"]' in text


INSTANCE = """
resource "aws_instance" "{name}" {{
  ami       = "ami-1"
  user_data = "{script}"
}}
"""


@pytest.mark.parametrize(
    ("name", "script", "told"),
    [
        ("vpn_firewall", "echo", "This is a network appliance"),
        ("web", "docker run -d -p 3000:3000 grafana/grafana", "http_put_response_hop_limit = 2"),
        ("web", "docker run -d --network host grafana/grafana", ""),
    ],
)
def test_what_tokens_would_break(tmp_path: Path, name: str, script: str, told: str) -> None:
    text = only_remedy(judge(tmp_path, INSTANCE.format(name=name, script=script), "terraform", "ec2-imdsv2"))

    assert told in text
    assert ("hop_limit" in text) == ("hop_limit" in told)


IN_A_SUBNET = """
Resources:
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true}
  Server:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-1, SubnetId: !Ref Public, SecurityGroupIds: [sg-1]}
"""


def test_groups_move_into_the_interface(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, IN_A_SUBNET, "cloudformation", "ec2-public-ip"))

    assert "Remove SubnetId and SecurityGroupIds." in text
    assert "GroupSet:\n      - <the ID of each of its security groups>" in text


def test_a_subnet_assigns_another_address(tmp_path: Path) -> None:
    source = f"{IN_A_SUBNET}  Address:\n    Type: AWS::EC2::EIP\n    Properties: {{InstanceId: !Ref Server}}\n"

    assert "Move it to a private subnet also" in only_remedy(judge(tmp_path, source, "cloudformation", "ec2-public-ip"))


CODE = """
Resources:
  LambdaArtifacts: {Type: AWS::S3::Bucket}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref LambdaArtifacts
      PolicyDocument:
        Statement:
          - {Sid: PublicRead, Effect: Allow, Principal: {AWS: "*"}, Action: s3:GetObject, Resource: !Sub "${LambdaArtifacts.Arn}/*"}
"""


def test_code_is_for_those_who_deploy_it(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, CODE, "cloudformation", "s3-policy-public"))

    assert "aws:PrincipalOrgID" in text
    assert "CloudFront" not in text


def test_what_is_public_on_purpose_is_advice(tmp_path: Path) -> None:
    found = only_fault(tmp_path, CODE.replace("LambdaArtifacts", "Exports"), "cloudformation", "s3-policy-public")

    assert (found.severity, found.confidence) == (Severity.MEDIUM, Confidence.LOW)


DEVELOPERS = """
resource "aws_iam_role" "developer" {{
  assume_role_policy = jsonencode({{
    Statement = [{{ Effect = "Allow", Principal = {{ {who} }}, Action = "sts:{action}" }}]
  }})
}}

resource "aws_iam_role_policy_attachment" "developer" {{
  role       = aws_iam_role.developer.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}}
"""


@pytest.mark.parametrize(
    ("who", "action", "severity"),
    [
        ('Federated = "arn:aws:iam::1:saml-provider/people"', "AssumeRoleWithSAML", Severity.MEDIUM),
        ("Federated = var.provider", "AssumeRoleWithSAML", Severity.MEDIUM),
        ("Federated = var.provider", "AssumeRoleWithWebIdentity", Severity.HIGH),
        ("Federated = data.aws_iam_openid_connect_provider.builds.arn", "AssumeRoleWithWebIdentity", Severity.HIGH),
        ('AWS = "arn:aws:iam::1:root"', "AssumeRole", Severity.HIGH),
        (
            'AWS = "arn:aws:iam::1:root" }, Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" }',
            "AssumeRole",
            Severity.MEDIUM,
        ),
        ('Service = "ec2.amazonaws.com"', "AssumeRole", Severity.HIGH),
    ],
)
def test_people_who_sign_in_are_no_service(tmp_path: Path, who: str, action: str, severity: Severity) -> None:
    providers = (
        'variable "provider" {}\ndata "aws_iam_openid_connect_provider" "builds" {\n  url = "https://builds.example.com"\n}\n'
    )
    source = providers + DEVELOPERS.format(who=who, action=action)

    found = only_fault(tmp_path, source, "terraform", "iam-admin-policy")
    assert found.severity == severity
    assert found.is_advice is ("MultiFactorAuthPresent" in who)


def test_a_public_acl_is_made_private_first(tmp_path: Path) -> None:
    source = """
resource "aws_s3_bucket" "b" {}

resource "aws_s3_bucket_acl" "b" {
  bucket = aws_s3_bucket.b.id
  acl    = "public-read"
}

resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = aws_s3_bucket.b.id
  block_public_policy     = true
  restrict_public_buckets = true
}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "s3-public-access-block"))

    assert text.startswith("First make the bucket's ACL private")


def test_an_older_provider_knows_no_filters(tmp_path: Path) -> None:
    source = (
        'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 5.62" }\n  }\n}\n\n'
        'resource "aws_ecr_repository" "r" {\n  name = "r"\n}\n'
    )

    assert "from version 6.8" in only_remedy(judge(tmp_path, source, "terraform", "ecr-immutable-tags"))


def test_the_first_aurora_needs_another_engine(tmp_path: Path) -> None:
    source = 'resource "aws_rds_cluster_instance" "i" {\n  engine = "aurora"\n  instance_class = "db.r3.large"\n}\n'

    assert "the engine aurora-mysql" in only_remedy(judge(tmp_path, source, "terraform", "rds-previous-generation"))


def test_a_module_that_is_not_installed_may_make_the_function(tmp_path: Path) -> None:
    source = """
resource "aws_sqs_queue" "failed" {
  name = "thumbnails_dlq"
}

module "thumbnails" {
  source      = "git@example.com:acme/function.git"
  name        = "thumbnails"
  dead_letter = aws_sqs_queue.failed.arn
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = "thumbnails" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:on-call"]
}
"""
    report = judge(tmp_path, source, "terraform", "cloudwatch-alarm-queue")

    assert [each.verdict for each in report.findings] == ["unknown"]


@pytest.mark.parametrize(("name", "confidence"), [("mock_login", Confidence.LOW), ("login", Confidence.MEDIUM)])
def test_a_stand_in_hurts_nobody(tmp_path: Path, name: str, confidence: Confidence) -> None:
    source = f'resource "aws_ecs_service" "{name}" {{\n  name = "{name}"\n  desired_count = 2\n  task_definition = "a:1"\n}}\n'

    assert only_fault(tmp_path, source, "terraform", "ecs-deployment-circuit-breaker").confidence == confidence
