"""Findings that depend on what is written elsewhere: how many there are, where they are started, and what their author says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, only_fault
from wa_iac.core.scales import Confidence, Severity
from wa_iac.report.remedy import remedy

ZONES = """
data "aws_availability_zones" "available" {}
variable "zones" {
  default = ["eu-west-1a"]
}
resource "aws_subnet" "each" {
  count             = length(LIST)
  vpc_id            = "vpc-12345678"
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = LIST[count.index]
}
resource "aws_instance" "web" {
  count     = 2
  ami       = "ami-12345678"
  subnet_id = aws_subnet.each[count.index].id
}
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = aws_subnet.each[*].id
  launch_template { id = aws_launch_template.web.id }
}
resource "aws_launch_template" "web" {
  PLACED
}
"""


def test_one_subnet_of_a_number_that_is_not_known_is_not_the_zone_of_all(tmp_path: Path) -> None:
    source = ZONES.replace("LIST", "data.aws_availability_zones.available.names").replace("PLACED", "")

    assert by_address(judge(tmp_path, source, "terraform", "ec2-multi-az"), "ec2-multi-az") == {
        "aws_instance.web[0]": "unknown"
    }


@pytest.mark.parametrize("placed", ["", 'placement {\n    availability_zone = "eu-west-1a"\n  }'])
def test_a_list_of_all_subnets_of_a_block_grows_where_the_block_gets_its_zones(tmp_path: Path, placed: str) -> None:
    source = ZONES.replace("LIST", "var.zones").replace("PLACED", placed)
    told = remedy(only_fault(tmp_path, source, "terraform", "autoscaling-multi-az")).text

    assert 'add it to the default of variable "zones"' in told
    assert ("First take the zone and the subnet out of its launch template" in told) == bool(placed)


def test_what_its_author_calls_a_single_zone_is_advice(tmp_path: Path) -> None:
    source = ZONES.replace("LIST", "var.zones").replace("PLACED", "").replace('"web"', '"single_az"')
    found = only_fault(tmp_path, source.replace(".web.", ".single_az."), "terraform", "autoscaling-multi-az")

    assert (found.severity, found.confidence) == (Severity.MEDIUM, Confidence.LOW)


SIZES = """
Parameters:
  Least: {Type: Number, Default: 1}
  Most: {Type: Number, Default: 1}
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: !Ref 'Least'
      MaxSize: !Ref 'Most'
      AvailabilityZones: !GetAZs ''
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "1"}
      LoadBalancerNames: [web]
"""


def test_a_remedy_names_each_parameter_that_sets_one_of_its_values(tmp_path: Path) -> None:
    told = remedy(only_fault(tmp_path, SIZES, "cloudformation", "autoscaling-min-capacity")).text

    assert '`MaxSize` comes from the default of parameter "Most"' in told
    assert 'Set the default of parameter "Least"' in told
    assert "MaxSize:" not in told
