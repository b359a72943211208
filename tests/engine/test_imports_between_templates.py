"""What another template of the run does with a resource that a template exports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core import imports
from wa_iac.core.declared import Unit
from wa_iac.core.finding import Report
from wa_iac.core.graph import Graph

PARAMETERS = """\
Parameters:
  System: {Type: String}
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Other: {Type: String}
Conditions:
  Logged: !Equals [!Ref Other, "yes"]
"""
NETWORK = f"""\
{PARAMETERS}Resources:
  Network: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Way: {{Type: AWS::EC2::InternetGateway}}
  Out: {{Type: AWS::EC2::VPCGatewayAttachment, Properties: {{VpcId: !Ref Network, InternetGatewayId: !Ref Way}}}}
Outputs:
  Network: {{Value: !Ref Network, Export: {{Name: NAME}}}}
"""
LOGS = f"""\
{PARAMETERS}Resources:
  Logs:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::flow-logs
      ResourceId: NAME
"""
OTHERS = '!Sub "${System}-${Stage}-vpc"'


def _network(name: str) -> str:
    return NETWORK.replace("NAME", name)


def _logs(name: str) -> str:
    return LOGS.replace("NAME", f"{{'Fn::ImportValue': {name}}}")


def _said(report: Report) -> dict[str, str]:
    assert report.errors == []
    return {f"{Path(each.span.path).parent.name}/{each.address}": each.verdict for each in report.findings}


@pytest.mark.parametrize(
    ("exported", "imported", "verdict"),
    [
        ("shared-vpc", "shared-vpc", ""),
        (OTHERS, OTHERS, ""),
        (OTHERS, '!Join ["-", [!Ref System, !Ref Stage, vpc]]', ""),
        (OTHERS, '!Sub ["${A}-${Stage}-vpc", {A: !Ref System}]', ""),
        ("!Sub '${AWS::Region}-vpc'", "!Sub '${AWS::Region}-vpc'", ""),
        ("shared-vpc", "other-vpc", "fail"),
        (OTHERS, '!Sub "${Other}-${Stage}-vpc"', "fail"),
        (OTHERS, '!Sub "${System}-${Stage}-subnet"', "fail"),
        # Each stack has a name of its own.
        ("!Sub '${AWS::StackName}-vpc'", "!Sub '${AWS::StackName}-vpc'", "fail"),
        ("!Sub '${AWS::StackName}-vpc'", "!Sub '${System}-vpc'", "fail"),
        # A condition of the same name may be another one.
        ("!If [Logged, a, b]", "!If [Logged, a, b]", "fail"),
    ],
)
def test_a_flow_log_in_another_template_counts_by_the_name_of_the_export(
    tmp_path: Path, exported: str, imported: str, verdict: str
) -> None:
    report = judge_files(tmp_path, {"a/net.yaml": _network(exported), "a/log.yaml": _logs(imported)}, "vpc-flow-logs")

    assert _said(report).get("a/Network", "") == verdict


def test_an_import_under_a_condition_leaves_it_open(tmp_path: Path) -> None:
    by_resource = _logs("shared-vpc").replace(
        "    Type: AWS::EC2::FlowLog", "    Type: AWS::EC2::FlowLog\n    Condition: Logged"
    )
    by_value = LOGS.replace("NAME", "!If [Logged, !ImportValue shared-vpc, vpc-1]")

    for name, logs in {"resource": by_resource, "value": by_value}.items():
        report = judge_files(tmp_path / name, {"net.yaml": _network("shared-vpc"), "log.yaml": logs}, "vpc-flow-logs")

        (finding,) = report.findings
        assert finding.verdict == "unknown"
        assert 'parameter "Other" has no default, for Logs in' in finding.message
        assert Path(finding.span.path).name == "net.yaml"


@pytest.mark.parametrize(("condition", "verdict"), [("Condition: Logged, ", ""), ("", "unknown")])
def test_an_export_that_is_a_resource_in_one_case(tmp_path: Path, condition: str, verdict: str) -> None:
    network = _network("shared-vpc").replace("{Value: !Ref Network", "{Value: !If [Logged, !Ref Network, vpc-1]")
    network = network.replace("{Type: AWS::EC2::VPC, ", f"{{Type: AWS::EC2::VPC, {condition}")

    report = judge_files(tmp_path, {"a/net.yaml": network, "a/log.yaml": _logs("shared-vpc")}, "vpc-flow-logs")

    assert _said(report).get("a/Network", "") == verdict


def test_a_flow_log_of_accepted_traffic_in_another_template(tmp_path: Path) -> None:
    logs = _logs("shared-vpc").replace("TrafficType: ALL", "TrafficType: ACCEPT")

    (finding,) = judge_files(tmp_path, {"net.yaml": _network("shared-vpc"), "log.yaml": logs}, "vpc-flow-logs").failing()

    assert finding.message.startswith("Only accepted traffic of this VPC is recorded")
    assert "Set TrafficType to ALL in Logs in " in str(finding.instead)


def test_copies_of_a_stack_import_from_the_nearest(tmp_path: Path) -> None:
    """Two systems export the same name, and one of them has a flow log."""
    files = {"one/net/a.yaml": _network(OTHERS), "two/net2/a.yaml": _network(OTHERS), "one/log/b.yaml": _logs(OTHERS)}

    assert _said(judge_files(tmp_path / "copies", files, "vpc-flow-logs")) == {"net2/Network": "fail"}

    # The flow log of neither is that of both.
    files = {"one/net/a.yaml": _network(OTHERS), "two/net2/a.yaml": _network(OTHERS), "b.yaml": _logs(OTHERS)}

    assert _said(judge_files(tmp_path / "common", files, "vpc-flow-logs")) == {}

    files = {f"{each}/net{each}/a.yaml": _network(OTHERS) for each in range(21)} | {"b.yaml": _logs(OTHERS)}

    assert len(_said(judge_files(tmp_path / "many", files, "vpc-flow-logs"))) == 21


def test_a_template_that_is_checked_alone_is_judged_as_such(tmp_path: Path) -> None:
    assert _said(judge_files(tmp_path, {"a/net.yaml": _network(OTHERS)}, "vpc-flow-logs")) == {"a/Network": "fail"}


def test_the_imports_are_looked_through_once_and_only_if_a_rule_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = imports._found
    looked: list[int] = []

    def counted(built: Sequence[tuple[Unit, Graph]]) -> imports._Found:
        looked.append(len(built))
        return look(built)

    monkeypatch.setattr(imports, "_found", counted)
    files = {f"{each}/net.yaml": _network(OTHERS) for each in "abc"} | {"a/log.yaml": _logs(OTHERS)}

    judge_files(tmp_path, files, "ebs-encryption")
    assert looked == []

    judge_files(tmp_path, files, "vpc-flow-logs", "route53-resolver-query-logging")
    assert looked == [4]


GATEWAY = f"""\
{PARAMETERS}Resources:
  Network: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Public: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Network, CidrBlock: 10.0.0.0/24}}}}
  Nat: {{Type: AWS::EC2::NatGateway, Properties: {{SubnetId: !Ref Public, AllocationId: eipalloc-1}}}}
Outputs:
  Network: {{Value: !Ref Network, Export: {{Name: {OTHERS}}}}}
"""


@pytest.mark.parametrize(("service", "verdict"), [("s3", ""), ("ecr.api", "fail")])
def test_an_endpoint_in_another_template(tmp_path: Path, service: str, verdict: str) -> None:
    endpoint = f"""\
{PARAMETERS}Resources:
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      ServiceName: !Sub com.amazonaws.${{AWS::Region}}.{service}
      VpcId: {{"Fn::ImportValue": {OTHERS}}}
      RouteTableIds: [rtb-1]
"""
    report = judge_files(tmp_path, {"a/net.yaml": GATEWAY, "a/endpoint.yaml": endpoint}, "vpc-gateway-endpoints")

    assert _said(report).get("a/Network", "") == verdict


GROUP = """\
Resources:
  Cache:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Redis
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 6379, ToPort: 6379, CidrIp: 0.0.0.0/0}]
Outputs:
  Cache: {Value: !GetAtt Cache.GroupId, Export: {Name: cache-group}}
"""
CACHE = """\
Parameters: {Stack: {Type: String}}
Resources:
  Store:
    Type: AWS::ElastiCache::ServerlessCache
    Properties: {ServerlessCacheName: store, Engine: redis, SecurityGroupIds: [!ImportValue cache-group]}
"""
SERVER = "  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, SecurityGroupIds: [GROUP]}}\n"


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("", "medium"),
        (SERVER.replace("GROUP", "!ImportValue other-group"), "medium"),
        (SERVER.replace("GROUP", "!ImportValue {'Fn::Sub': '${Stack}-server-group'}"), "medium"),
        (SERVER.replace("GROUP", "!ImportValue cache-group"), "high"),
        # What an import names that is not known may be the group.
        (SERVER.replace("GROUP", "!ImportValue {'Fn::Sub': '${Stack}-group'}"), "high"),
        (SERVER.replace("GROUP", "!ImportValue {'Ref': Stack}"), "high"),
        ("Outputs: {Again: {Value: !ImportValue cache-group, Export: {Name: again}}}\n", "high"),
    ],
)
def test_a_group_that_only_caches_import(tmp_path: Path, more: str, severity: str) -> None:
    files = {"group.yaml": GROUP, "cache.yaml": CACHE + more}

    (finding,) = judge_files(tmp_path, files, "vpc-security-group-ingress-ports").failing()

    assert finding.severity.value == severity
    assert ("nothing that imports it in the templates read here has a public IP address" in finding.message) == (
        severity == "medium"
    )


def test_a_template_that_cannot_be_read_may_import_anything(tmp_path: Path) -> None:
    files = {"group.yaml": GROUP, "cache.yaml": CACHE, "bad.yaml": f"{CACHE}      Tags: !Ref !Ref Tags\n"}

    (finding,) = judge_files(tmp_path, files, "vpc-security-group-ingress-ports").failing()

    assert finding.severity.value == "high"


def test_a_query_log_a_web_acl_and_an_alarm_in_another_template(tmp_path: Path) -> None:
    front = """\
Resources:
  Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internet-facing, Subnets: [subnet-1, subnet-2]}}
  Work: {Type: AWS::SQS::Queue}
  Idle: {Type: AWS::SQS::Queue}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: StatusCheckFailed
      Dimensions: [{Name: InstanceId, Value: i-1}]
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
Outputs:
  Network: {Value: !Ref Network, Export: {Name: vpc}}
  Front: {Value: !Ref Front, Export: {Name: front}}
  Work: {Value: !GetAtt Work.QueueName, Export: {Name: work}}
  Idle: {Value: !GetAtt Idle.QueueName, Export: {Name: idle}}
"""
    around = """\
Resources:
  Queries:
    Type: AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation
    Properties: {ResourceId: !ImportValue vpc, ResolverQueryLogConfigId: rqlc-1}
  Filter:
    Type: AWS::WAFv2::WebACLAssociation
    Properties: {ResourceArn: !ImportValue front, WebACLArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/b}
  Old:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions: [{Name: QueueName, Value: !ImportValue work}]
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
"""
    slugs = ("route53-resolver-query-logging", "waf-association", "cloudwatch-alarm-queue")

    alone = judge_files(tmp_path / "alone", {"front.yaml": front}, *slugs)
    report = judge_files(tmp_path / "both", {"front.yaml": front, "around.yaml": around}, *slugs)

    assert sorted(each.address for each in alone.failing()) == ["Front", "Idle", "Network", "Work"]
    assert sorted(each.address for each in report.failing()) == ["Idle"]
