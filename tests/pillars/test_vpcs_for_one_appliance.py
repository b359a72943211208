"""A VPC in one zone that is for one appliance, or whose names say that it is for a single instance or zone."""

from pathlib import Path

import pytest

from helpers.reports import by_address, judge_files

TEMPLATE = """\
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  Public:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Network, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""] }
  Private:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Network, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [0, !GetAZs ""] }
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties: { AllocationId: eipalloc-0a1, SubnetId: !Ref Public }
"""
APPLIANCE = """\
  Outer:
    Type: AWS::EC2::NetworkInterface
    Properties: { SubnetId: !Ref Public }
  Inner:
    Type: AWS::EC2::NetworkInterface
    Properties: { SubnetId: !Ref Private, SourceDestCheck: false }
  Sandbox:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      NetworkInterfaces:
        - { NetworkInterfaceId: !Ref Outer, DeviceIndex: "0" }
        - { NetworkInterfaceId: !Ref Inner, DeviceIndex: "1" }
"""
ROUTE = """\
  Table:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Network }
  Way:
    Type: AWS::EC2::Route
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NetworkInterfaceId: !Ref Inner }
"""
FUNCTION = """\
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Role: "arn:role"
      Code: { ZipFile: "" }
      VpcConfig: { SubnetIds: [!Ref Private], SecurityGroupIds: [sg-0a1] }
"""
OUTPUT = """\
Outputs:
  Private: { Value: !Ref Private }
"""


@pytest.mark.parametrize(
    ("name", "more", "reported"),
    [
        ("network.yaml", APPLIANCE, False),
        ("network.yaml", APPLIANCE + ROUTE, True),
        ("network.yaml", "", True),
        ("network-single.yaml", "", False),
        ("NewVPC_Single.yaml", OUTPUT, False),
        ("single-nat-gateway.yaml", "", True),
        ("network-single.yaml", FUNCTION, True),
    ],
)
def test_what_one_zone_is_enough_for(tmp_path: Path, name: str, more: str, reported: bool) -> None:
    found = by_address(judge_files(tmp_path, {name: TEMPLATE + more}, "vpc-multi-az-subnets"), "vpc-multi-az-subnets")

    assert (found.get("Network") == "fail") is reported
