"""A missing web ACL matters more where somebody has made one, and not at all where nothing of the internet arrives."""

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, only_fault
from wa_iac.core.rule import Confidence, Severity
from wa_iac.report.remedy import remedy

BALANCER = """
resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-1", "subnet-2"]
}
"""
ACL = """
resource "aws_wafv2_web_acl" "web" {{
  name  = "web"
  scope = "{scope}"
  default_action {{
    allow {{}}
  }}
}}
"""
ASSOCIATION = """
resource "aws_wafv2_web_acl_association" "web" {
  resource_arn = aws_lb.web.arn
  web_acl_arn  = aws_wafv2_web_acl.web.arn
}
"""
OF_ANOTHER = """
resource "aws_lb" "other" {
  name    = "other"
  subnets = ["subnet-1", "subnet-2"]
}
"""


@pytest.mark.parametrize(
    ("more", "confidence"),
    [
        ("", Confidence.LOW),
        (ACL.format(scope="CLOUDFRONT"), Confidence.LOW),
        (ACL.format(scope="REGIONAL"), Confidence.MEDIUM),
    ],
)
def test_a_web_acl_here_shows_that_a_load_balancer_was_forgotten(tmp_path: Path, more: str, confidence: Confidence) -> None:
    report = judge(tmp_path, BALANCER + more, "terraform", "waf-association")

    assert [each.confidence for each in report.failing()] == [confidence]


API = """
resource "aws_api_gateway_rest_api" "orders" {
  name                         = "orders"
  disable_execute_api_endpoint = true
}
resource "aws_api_gateway_stage" "orders" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = "abc123"
  stage_name    = "production"
}
resource "aws_api_gateway_domain_name" "orders" {
  domain_name = "${terraform.workspace}.example.com"
  %s
}
resource "aws_api_gateway_base_path_mapping" "orders" {
  api_id      = aws_api_gateway_rest_api.orders.id
  stage_name  = "production"
  domain_name = aws_api_gateway_domain_name.orders.domain_name
}
"""


@pytest.mark.parametrize(
    ("asks", "severity"),
    [
        ("", Severity.MEDIUM),
        ('mutual_tls_authentication { truststore_uri = "s3://${terraform.workspace}/ca.pem" }', Severity.LOW),
    ],
)
def test_few_reach_an_api_that_asks_for_certificates(tmp_path: Path, asks: str, severity: Severity) -> None:
    found = only_fault(tmp_path, API % asks, "terraform", "waf-association")

    assert found.severity is severity


@pytest.mark.parametrize(("count", "said"), [("", False), ("count = var.sandbox ? 0 : 1", True)])
def test_an_association_goes_with_its_web_acl(tmp_path: Path, count: str, said: bool) -> None:
    acl = ACL.format(scope="REGIONAL").replace('name  = "web"', f'name = "web"\n  {count}')
    source = f'variable "sandbox" {{}}\n{BALANCER}{acl}'
    text = remedy(only_fault(tmp_path, source, "terraform", "waf-association")).text

    assert ("the association must not either" in text) is said


def test_an_association_is_for_one_load_balancer(tmp_path: Path) -> None:
    source = BALANCER + OF_ANOTHER + ACL.format(scope="REGIONAL") + ASSOCIATION
    report = judge(tmp_path, source, "terraform", "waf-association")

    assert [each.address for each in report.failing()] == ["aws_lb.other"]


def test_a_stage_is_associated_by_the_name_of_its_api(tmp_path: Path) -> None:
    source = """
    Resources:
      Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: orders } }
      Production:
        Type: AWS::ApiGateway::Stage
        Properties: { RestApiId: !Ref Api, DeploymentId: abc123, StageName: production }
      Filtered:
        Type: AWS::WAFv2::WebACLAssociation
        Properties:
          ResourceArn: !Sub arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/production
          WebACLArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/a1b2c3
    """
    report = judge(tmp_path, source, "cloudformation", "waf-association")

    assert report.failing() == []


@pytest.mark.parametrize(
    ("tag", "verdict"), [("FMSRegionalPolicy", "unknown"), ("firewall-manager", "unknown"), ("Owner", "fail")]
)
def test_firewall_manager_may_select_by_a_tag(tmp_path: Path, tag: str, verdict: str) -> None:
    source = BALANCER.replace("}", f'  tags = {{ "{tag}" = "x" }}\n}}')
    report = judge(tmp_path, source, "terraform", "waf-association")

    assert by_address(report, "waf-association") == {"aws_lb.web": verdict}


FILES = """
variable "region" {}
resource "aws_cloudfront_distribution" "files" {
  enabled = true
  origin {
    origin_id   = "files"
    domain_name = "%s"
  }
}
"""


@pytest.mark.parametrize(
    ("domain", "severity"),
    [
        ("files-of-shop.s3.${var.region}.amazonaws.com", Severity.LOW),
        ("files-of-shop.s3.amazonaws.com", Severity.LOW),
        ("files.${var.region}.example.com", Severity.MEDIUM),
    ],
)
def test_files_of_a_bucket_that_is_named_need_a_web_acl_less(tmp_path: Path, domain: str, severity: Severity) -> None:
    assert only_fault(tmp_path, FILES % domain, "terraform", "cloudfront-waf").severity == severity


def test_callers_fill_a_list_of_rules_that_is_empty_by_default(tmp_path: Path) -> None:
    rules = """  visibility_config {}
  dynamic "rule" {
    for_each = { for each in var.groups : each => each }
    content {
      name = rule.value
    }
  }
}
variable "groups" { default = [] }
"""
    source = ACL.format(scope="REGIONAL").rstrip().removesuffix("}") + rules
    finding = only_fault(tmp_path, source, "terraform", "waf-rules-present")
    assert finding.is_advice
    assert 'The default of variable "groups" decides this.' in finding.message
