"""A parameter for a subnet has an empty default where it must be given: such ids say nothing about Availability Zones."""

from pathlib import Path

from helpers.reports import verdicts

BALANCER = """\
Parameters:
  First: {Type: "AWS::EC2::Subnet::Id", Default: ""}
  Second: {Type: "AWS::EC2::Subnet::Id", Default: ""}
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: application
      Subnets: [!Ref First, !Ref Second]
"""


def test_two_empty_ids_are_not_one_subnet(tmp_path: Path) -> None:
    assert verdicts(tmp_path, BALANCER, "cloudformation", "elb-multi-az") == {}


def test_of_a_network_load_balancer_nothing_is_known(tmp_path: Path) -> None:
    assert verdicts(tmp_path, BALANCER.replace("application", "network"), "cloudformation", "elb-multi-az") == {
        "Front": "unknown"
    }
