"""A security group that a nested stack gets: its members are the resources in there, not the stack."""

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.rule import Severity

MAIN = """\
Resources:
  Groups:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: groups.yaml }
  Front:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: %s, Parameters: { Group: !GetAtt Groups.Outputs.Group } }
"""
GROUPS = """\
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Front
      VpcId: vpc-0a1
      SecurityGroupIngress: [{ IpProtocol: "-1", CidrIp: 0.0.0.0/0 }]
Outputs:
  Group: { Value: !Ref Open }
"""
FRONT = """\
Parameters:
  Group: { Type: String }
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Subnets: [subnet-0a1, subnet-0b2], SecurityGroups: [!Ref Group] }
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: { LoadBalancerArn: !Ref Front, Port: 443, Protocol: HTTPS }
"""


@pytest.mark.parametrize(
    ("url", "severity"),
    [("front.yaml", Severity.MEDIUM), ("https://s3.amazonaws.com/theirs/other.yaml", Severity.CRITICAL)],
)
def test_a_stack_that_was_read_is_no_member(tmp_path: Path, url: str, severity: Severity) -> None:
    files = {"main.yaml": MAIN % url, "groups.yaml": GROUPS, "front.yaml": FRONT}
    found = judge_files(tmp_path, files, "vpc-security-group-ingress-all").failing()

    assert [each.severity for each in found] == [severity]
