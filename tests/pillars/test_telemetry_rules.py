"""A telemetry rule turns on logs for every resource of a type in its Region: such a resource lacks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

OF = {
    "vpc-flow-logs": ("AWS::EC2::VPC", 'resource "aws_vpc" "it" {\n  cidr_block = "10.0.0.0/16"\n}\n'),
    "elb-access-logging": (
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        'resource "aws_lb" "it" {\n  subnets = ["subnet-0a1", "subnet-0b2"]\n}\n',
    ),
    "cloudfront-access-logging": (
        "AWS::CloudFront::Distribution",
        'resource "aws_cloudfront_distribution" "it" {\n  enabled = true\n}\n',
    ),
}
FOR_ORGANIZATION = "aws_observabilityadmin_telemetry_rule_for_organization"


def found(
    folder: Path, slug: str, more: str = "", *, of: str = "", telemetry: str = "Logs", kind: str = "", region: str = ""
) -> list[str]:
    type_name, resource = OF[slug]
    source = f"""{resource}
variable "given" {{}}
provider "aws" {{
  region = "eu-west-1"
}}
resource "{kind or "aws_observabilityadmin_telemetry_rule"}" "it" {{
  rule_name = "logs"
  {region}
  rule {{
    resource_type  = "{of or type_name}"
    telemetry_type = "{telemetry}"
    {more}
  }}
}}
"""
    return list(verdicts(folder, source, "terraform", slug).values())


@pytest.mark.parametrize("slug", OF)
def test_a_rule_for_the_type_is_enough(tmp_path: Path, slug: str) -> None:
    assert found(tmp_path / "account", slug) == []
    assert found(tmp_path / "organization", slug, kind=FOR_ORGANIZATION) == []


@pytest.mark.parametrize("slug", OF)
def test_a_rule_for_another_type_or_for_metrics_does_nothing(tmp_path: Path, slug: str) -> None:
    assert found(tmp_path / "type", slug, of="AWS::EKS::Cluster") == ["fail"]
    assert found(tmp_path / "metrics", slug, telemetry="Metrics") == ["fail"]


@pytest.mark.parametrize("slug", OF)
def test_a_rule_for_a_part_leaves_open_which(tmp_path: Path, slug: str) -> None:
    assert found(tmp_path / "tags", slug, 'selection_criteria = "..."') == ["unknown"]
    assert found(tmp_path / "given", slug, "selection_criteria = var.given") == ["unknown"]
    assert found(tmp_path / "accounts", slug, 'scope = "..."', kind=FOR_ORGANIZATION) == ["unknown"]


@pytest.mark.parametrize("slug", OF)
def test_a_rule_is_for_its_region_and_those_that_it_names(tmp_path: Path, slug: str) -> None:
    elsewhere = 'region = "us-east-1"'

    assert found(tmp_path / "elsewhere", slug, region=elsewhere) == ["fail"]
    assert found(tmp_path / "every", slug, "all_regions = true", region=elsewhere) == []
    assert found(tmp_path / "named", slug, 'regions = ["us-east-1", "eu-west-1"]', region=elsewhere) == []
    assert found(tmp_path / "others", slug, 'regions = ["us-east-1"]', region=elsewhere) == ["fail"]
    assert found(tmp_path / "given", slug, "regions = var.given", region=elsewhere) == ["unknown"]


def logs_of(parameters: str) -> str:
    return f"destination_configuration {{\n{parameters}\n}}"


@pytest.mark.parametrize(
    ("traffic", "verdict"), [('"ALL"', []), ('"REJECT"', []), ('"ACCEPT"', ["fail"]), ("var.given", ["unknown"])]
)
def test_flow_logs_need_the_refused_traffic(tmp_path: Path, traffic: str, verdict: list[str]) -> None:
    assert found(tmp_path, "vpc-flow-logs", logs_of(f"vpc_flow_log_parameters {{\ntraffic_type = {traffic}\n}}")) == verdict


@pytest.mark.parametrize(
    ("kinds", "verdict"),
    [
        ('["ALB_ACCESS_LOGS"]', []),
        ('["ALB_CONNECTION_LOGS"]', ["fail"]),
        ("var.given", ["unknown"]),
        ("[var.given]", ["unknown"]),
    ],
)
def test_connection_logs_alone_are_not_access_logs(tmp_path: Path, kinds: str, verdict: list[str]) -> None:
    assert found(tmp_path, "elb-access-logging", logs_of(f"log_delivery_parameters {{\nlog_types = {kinds}\n}}")) == verdict
