"""Logs that CloudWatch delivers: a source of the right kind counts where a delivery takes it somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

RESOURCES = {
    "cloudfront-access-logging": 'resource "aws_cloudfront_distribution" "it" {\n  enabled = true\n}\n',
    "elb-access-logging": 'resource "aws_lb" "it" {\n  subnets = ["subnet-0a1", "subnet-0b2"]\n}\n',
}
ADDRESS = {"cloudfront-access-logging": "aws_cloudfront_distribution.it", "elb-access-logging": "aws_lb.it"}
KIND = {"cloudfront-access-logging": "ACCESS_LOGS", "elb-access-logging": "ALB_ACCESS_LOGS"}
SOURCE = """
variable "kind" {}
variable "source" {}
resource "aws_cloudwatch_log_delivery_source" "it" {
  name         = "it"
  log_type     = TYPE
  resource_arn = ADDRESS.arn
}
"""
DELIVERY = """
resource "aws_cloudwatch_log_delivery" "it" {
  delivery_source_name     = NAME
  delivery_destination_arn = "arn:aws:logs:us-east-1:111122223333:delivery-destination:logs"
}
"""


def found(tmp_path: Path, rule: str, kind: str, *names: str) -> list[str]:
    source = RESOURCES[rule] + SOURCE.replace("TYPE", kind).replace("ADDRESS", ADDRESS[rule])
    source += "".join(DELIVERY.replace('"it"', f'"it{number}"').replace("NAME", name) for number, name in enumerate(names))
    return list(verdicts(tmp_path, source, "terraform", rule).values())


@pytest.mark.parametrize("rule", RESOURCES)
def test_a_source_needs_a_delivery(tmp_path: Path, rule: str) -> None:
    kind = f'"{KIND[rule]}"'

    assert found(tmp_path / "by-reference", rule, kind, "aws_cloudwatch_log_delivery_source.it.name") == []
    assert found(tmp_path / "by-name", rule, kind, '"other"', '"it"') == []
    assert found(tmp_path / "of-another", rule, kind, '"other"') == ["fail"]
    assert found(tmp_path / "none", rule, kind) == ["fail"]
    assert found(tmp_path / "given", rule, kind, "var.source") == ["unknown"]


@pytest.mark.parametrize("rule", RESOURCES)
def test_another_kind_of_log_is_none(tmp_path: Path, rule: str) -> None:
    delivery = "aws_cloudwatch_log_delivery_source.it.name"

    assert found(tmp_path / "other", rule, '"CONNECTION_LOGS"', delivery) == ["fail"]
    assert found(tmp_path / "given", rule, "var.kind", delivery) == ["unknown"]


def test_in_a_template_they_are_told_by_their_names_as_well(tmp_path: Path) -> None:
    source = """
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true}}}
  Quiet: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true}}}
  Source:
    Type: AWS::Logs::DeliverySource
    Properties: {Name: site, LogType: ACCESS_LOGS, ResourceArn: !Sub "arn:aws:cloudfront::${AWS::AccountId}:distribution/${Site}"}
  Delivery: {Type: AWS::Logs::Delivery, Properties: {DeliverySourceName: site, DeliveryDestinationArn: "arn:aws:logs:us-east-1:111122223333:d"}}
"""

    assert verdicts(tmp_path, source, "cloudformation", "cloudfront-access-logging") == {"Quiet": "fail"}
