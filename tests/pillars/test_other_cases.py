"""A condition that makes one resource or another: the remedy for one does not put in what its condition excludes."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy
from wa_iac.core.scales import is_advice

SITES = """
Parameters:
  Certificate: { Type: String }
Conditions:
  HasCertificate: !Not [!Equals [!Ref Certificate, ""]]
  HasNone: !Equals [!Ref Certificate, ""]
Resources:
  Plain:
    Type: AWS::CloudFront::Distribution
    Condition: HasNone
    Properties:
      DistributionConfig: { Enabled: true, Aliases: [a.example.com] }
  Secure:
    Type: AWS::CloudFront::Distribution
    Condition: CONDITION
    Properties:
      DistributionConfig:
        Enabled: true
        ViewerCertificate:
          { AcmCertificateArn: !Ref Certificate, MinimumProtocolVersion: TLSv1.2_2021, SslSupportMethod: sni-only }
"""
LISTENERS = """
Parameters:
  Certificate: { Type: String }
Conditions:
  HasCertificate: !Not [!Equals [!Ref Certificate, ""]]
  HasNone: !Equals [!Ref Certificate, ""]
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Scheme: internet-facing, Subnets: [subnet-0a1, subnet-0b2] }
  Plain:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Condition: HasNone
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTP
      Port: 80
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Group }]
  Secure:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Condition: HasCertificate
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      Port: 443
      Certificates: [{ CertificateArn: !Ref Certificate }]
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Group }]
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: { Port: 80, Protocol: HTTP, VpcId: vpc-0a1 }
"""

MODULE = """
variable "certificate" {
  type    = string
  default = ""
}

resource "aws_lb" "web" {
  subnets = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_lb_listener" "plain" {
  count             = var.certificate == "" ? 1 : 0
  load_balancer_arn = aws_lb.web.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_lb_listener" "secure" {
  count             = var.certificate == "" ? 0 : 1
  load_balancer_arn = aws_lb.web.arn
  certificate_arn   = var.certificate
  protocol          = "HTTPS"
  port              = 443
}
"""


@pytest.mark.parametrize(("condition", "chosen"), [("HasCertificate", True), ("HasNone", False)])
def test_a_distribution_without_a_certificate_is_a_choice_at_the_deployment(
    tmp_path: Path, condition: str, chosen: bool
) -> None:
    report = judge(tmp_path, SITES.replace("CONDITION", condition), "cloudformation", "cloudfront-tls-policy")
    (found,) = report.failing()

    assert is_advice(found.severity, found.confidence) == chosen
    assert ('set parameter "Certificate" so that Secure is made' in only_remedy(report)) == chosen


def test_a_listener_does_not_redirect_to_one_that_is_not_there(tmp_path: Path) -> None:
    told = only_remedy(judge(tmp_path, LISTENERS, "cloudformation", "elb-listener-tls"))

    assert 'set parameter "Certificate" for that' in told
    assert "redirect" not in told


def test_a_listener_that_a_default_switches_off_is_not_added_again(tmp_path: Path) -> None:
    told = only_remedy(judge(tmp_path, MODULE, "terraform", "elb-listener-tls"))

    assert "aws_lb_listener.secure" in told
    assert 'resource "' not in told


PARENT = """
Resources:
  Password:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{"username": "orders"}'
        GenerateStringKey: password
  Data:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: data.yaml
      Parameters: { Secret: !Ref Password }
"""
DATA = """
Parameters:
  Secret: { Type: String }
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      MasterUsername: orders
      MasterUserPassword: !Sub "{{resolve:secretsmanager:${Secret}:SecretString:password}}"
"""


def test_a_template_does_not_refer_to_the_database_of_another_stack(tmp_path: Path) -> None:
    told = only_remedy(judge_files(tmp_path, {"main.yaml": PARENT, "data.yaml": DATA}, "secretsmanager-rotation"))

    assert "In the template of the database" in told
    assert "!Ref" not in told


SERVICES = """
data "aws_subnets" "private" {}

resource "aws_ecs_service" "alerts" {
  for_each      = toset(data.aws_subnets.private.ids)
  name          = "alerts-${each.value}"
  desired_count = 1

  load_balancer {
    target_group_arn = aws_lb_target_group.alerts.arn
    container_name   = "alerts"
    container_port   = 80
  }
}

resource "aws_lb_target_group" "alerts" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0a1"
}
"""


@pytest.mark.parametrize(
    ("zones", "verdicts"), [("data.aws_subnets.private.ids", ["unknown"]), ('["a", "b"]', []), ('["a"]', ["fail"])]
)
def test_services_for_one_target_group_run_several_tasks_together(tmp_path: Path, zones: str, verdicts: list[str]) -> None:
    source = SERVICES.replace("data.aws_subnets.private.ids", zones)
    report = judge(tmp_path, source, "terraform", "ecs-service-multiple-tasks")

    assert [each.verdict for each in report.findings] == verdicts


SITE = """
resource "aws_cloudfront_distribution" "site" {
  enabled    = true
  web_acl_id = aws_wafv2_web_acl.site.arn
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
  }
}

resource "aws_wafv2_web_acl" "site" {
  scope = "CLOUDFRONT"
}
"""
LOGS = """
resource "aws_wafv2_web_acl_logging_configuration" "site" {
  resource_arn            = aws_wafv2_web_acl.site.arn
  log_destination_configs = ["arn:aws:s3:::aws-waf-logs-site"]
}
"""


@pytest.mark.parametrize("logs", ["", LOGS])
def test_the_log_of_a_web_acl_tells_who_requested_what(tmp_path: Path, logs: str) -> None:
    (found,) = judge(tmp_path, SITE + logs, "terraform", "cloudfront-access-logging").failing()

    assert is_advice(found.severity, found.confidence) == bool(logs)
    assert ("CloudFront cannot tell" in found.message) == (not logs)
