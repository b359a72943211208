"""A subnet or a zone is still to be filled in (an empty default, `subnet-xxxx`, `TODO`): blanks say nothing about Availability Zones."""

from pathlib import Path

import pytest

from helpers.reports import both, verdicts

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
FUNCTION = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      Code: {{ S3Bucket: artifacts, S3Key: orders.zip }}
      VpcConfig: {{ SecurityGroupIds: [sg-0a1], SubnetIds: ["{0}", "{0}"] }}
"""
MODULE = """\
resource "aws_lambda_function" "orders" {{
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  vpc_config {{
    security_group_ids = ["sg-0a1"]
    subnet_ids         = ["{0}", "{0}"]
  }}
}}
"""
SERVERS = """\
Resources:
  Web1:
    Type: AWS::EC2::Instance
    Properties: {{ ImageId: ami-0a1, SubnetId: "{0}" }}
  Web2:
    Type: AWS::EC2::Instance
    Properties: {{ ImageId: ami-0a1, SubnetId: "{0}" }}
"""
COUNTED = """\
resource "aws_instance" "web" {{
  count     = 2
  ami       = "ami-0a1"
  subnet_id = "{0}"
}}
"""
NETWORK = """\
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties: {{ CidrBlock: 10.0.0.0/16 }}
  First:
    Type: AWS::EC2::Subnet
    Properties: {{ VpcId: !Ref Network, CidrBlock: 10.0.0.0/24, AvailabilityZone: "{0}" }}
  Second:
    Type: AWS::EC2::Subnet
    Properties: {{ VpcId: !Ref Network, CidrBlock: 10.0.1.0/24, AvailabilityZone: "{0}" }}
"""


def test_two_empty_ids_are_not_one_subnet(tmp_path: Path) -> None:
    assert verdicts(tmp_path, BALANCER, "cloudformation", "elb-multi-az") == {}


def test_of_a_network_load_balancer_nothing_is_known(tmp_path: Path) -> None:
    assert verdicts(tmp_path, BALANCER.replace("application", "network"), "cloudformation", "elb-multi-az") == {
        "Front": "unknown"
    }


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        ("subnet-0123456789abcdef0", "fail"),
        ("subnet-0a1", "fail"),
        ("subnet-<<XXXXXXXX>>", "unknown"),
        ("subnet-xxxxxxxx", "unknown"),
        ("TODO", "unknown"),
    ],
)
def test_a_blank_in_the_place_of_an_id_is_no_subnet(tmp_path: Path, written: str, verdict: str) -> None:
    functions = both(tmp_path / "functions", "lambda-multi-az", FUNCTION.format(written), MODULE.format(written))
    servers = both(tmp_path / "servers", "ec2-multi-az", SERVERS.format(written), COUNTED.format(written))

    assert functions == ({"Orders": verdict}, {"aws_lambda_function.orders": verdict})
    assert [set(each.values()) for each in servers] == [{verdict}, {verdict}]


@pytest.mark.parametrize(
    ("zone", "verdict"),
    [
        *((each, "fail") for each in ("eu-west-1a", "us-west-2-lax-1a", "use1-az1")),
        *((each, "unknown") for each in ("<zone>", "TODO", "your-zone")),
    ],
)
def test_a_blank_in_the_place_of_a_zone_is_no_zone(tmp_path: Path, zone: str, verdict: str) -> None:
    found = verdicts(tmp_path, NETWORK.format(zone), "cloudformation", "vpc-multi-az-subnets")

    assert found == {"Network": verdict}
