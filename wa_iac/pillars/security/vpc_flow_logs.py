"""# VPC has no flow logs

## Why

Without flow logs, nobody can tell afterwards who communicated with whom. An intrusion cannot be traced, and a blocked
connection cannot be explained.

## What it checks

The rule reads the flow logs of each VPC. It reports a VPC if no flow log of it records rejected traffic. Flow logs of single subnets or
interfaces do not cover the VPC. Neither does a log of accepted traffic only (`ACCEPT`): rejected traffic shows who tried (CIS AWS
Foundations Benchmark, "VPC flow logging"). A VPC that only builds images, by its name, is advice: nothing runs in it for long. So
is one for tests or development, by its name, its tags or the directory of its file, one of a workshop, one whose network firewall logs
the flows that pass it, one with a single machine in it that opens no port of a website to the internet, and one for which nothing here shows a way in
or out: a gateway of the internet or of a VPN, a peering, or a transit gateway.

## What is left out

A [telemetry rule](https://docs.aws.amazon.com/cloudwatch/latest/observabilityadmin/API_TelemetryRule.html) for `AWS::EC2::VPC`
turns on flow logs for all VPCs of its Region, and is accepted. If it selects VPCs by their tags, the result is undecided. So it is if a
module that is not installed gets the VPC, and is for flow logs by its name, source or arguments. A flow log in another template of the run
counts if it imports the VPC by the name under which this template exports it (`Fn::ImportValue`).

## Non-compliant

```yaml
Resources:
  Network:  # finding
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
```

```hcl
resource "aws_vpc" "network" { # finding
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.network.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_flow_log" "one" {
  subnet_id       = aws_subnet.one.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::flow-logs"
}
```

```hcl
resource "aws_vpc" "desk" { # finding: holds one machine
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "desk" {
  vpc_id     = aws_vpc.desk.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_instance" "desk" {
  ami                    = "ami-0a1"
  instance_type          = "t3.large"
  subnet_id              = aws_subnet.desk.id
  vpc_security_group_ids = [aws_security_group.desk.id]
}

resource "aws_security_group" "desk" {
  vpc_id = aws_vpc.desk.id
}
```

## Compliant

```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  FlowLogs:
    Type: AWS::ObservabilityAdmin::TelemetryRule
    Properties:
      RuleName: flow-logs
      Rule:
        ResourceType: AWS::EC2::VPC
        TelemetryType: Logs
        TelemetrySourceTypes: [VPC_FLOW_LOGS]
        DestinationConfiguration:
          DestinationType: cloud-watch-logs
          VPCFlowLogParameters:
            TrafficType: ALL
```

```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Network
      ResourceType: VPC
      TrafficType: REJECT
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::flow-logs
```

```hcl
resource "aws_vpc" "network" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "network" {
  vpc_id          = aws_vpc.network.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::flow-logs"
}
```

## Undecided

The result is undecided if `ResourceId` or `traffic_type` is not known before deployment.

```yaml
Parameters:
  ResourceId:
    Type: String
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref ResourceId  # undecided: parameter "ResourceId" has no default
      ResourceType: VPC
      TrafficType: REJECT
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::flow-logs
```

```hcl
variable "traffic_type" {
  type = string
}

resource "aws_vpc" "network" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "network" {
  vpc_id          = aws_vpc.network.id
  traffic_type    = var.traffic_type # undecided: var.traffic_type has no default
  log_destination = "arn:aws:s3:::flow-logs"
}
```

## Sources

- [enum FlowLogTrafficType - AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.FlowLogTrafficType.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.networkfirewall import Firewall
from wa_iac.aws.vpc import FlowLog, Vpc
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Known, Step, Value
from wa_iac.knowledge.called import called
from wa_iac.knowledge.importers import imported_by, importers
from wa_iac.knowledge.purposes import not_production
from wa_iac.knowledge.servers import may_open_web_port, open_web_port
from wa_iac.knowledge.telemetry_rules import VPC, logs_turned_on
from wa_iac.knowledge.unread_modules import made_by_module
from wa_iac.knowledge.vpc_contents import has_way_out, only_machine
from wa_iac.knowledge.workshops import of_a_workshop

_FIREWALLS: Final = frozenset(Firewall.types())
_BY_FIREWALL: Final = "The firewall in it logs the flows that pass it, which is a part of them."
_ONE_MACHINE: Final = "It holds one machine, which serves nobody on the internet."
_FLOW_LOGS: Final = late(r"flow[ _-]?log")
_WIDENED: Final = Remedy(
    cfn="TrafficType: ALL",
    tf='traffic_type = "ALL"',
    decision="The flow log is replaced, and what it has recorded stays. It then records more, which costs more.",
)
_BUILDS: Final = late(r"\b(?:packer|image ?builder|(?:ami|image)s? build\w*)\b")
"""How a VPC is called in which a machine runs for the minutes of a build."""


@rule(
    practices=["SEC04-BP01", "PERF04-BP07"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="FlowLog:\n  Type: AWS::EC2::FlowLog\n  Properties:\n    ResourceId: !Ref <this VPC>\n    ResourceType: VPC\n"
        "    TrafficType: ALL\n    LogDestinationType: s3\n    LogDestination: <a bucket's ARN>",
        tf='resource "aws_flow_log" "this" {\n  vpc_id               = <this VPC>.id\n  traffic_type         = "ALL"\n'
        '  log_destination_type = "s3"\n  log_destination      = <a bucket>.arn\n}',
        decision="For logs in a bucket, AWS adds what delivery.logs.amazonaws.com needs to its policy. If code writes that policy or the policy of its KMS key, "
        "write it there: the next deployment would remove it.",
    ),
    equivalents={
        "checkov": ["CKV2_AWS_11"],
        "trivy": ["AVD-AWS-0178"],
        "cdk_nag": ["AwsSolutions-VPC7"],
        "config": ["VPC_FLOW_LOGS_ENABLED"],
        "cfn_nag": ["W60"],
        "security_hub": ["EC2.6"],
    },
)
def check(vpc: Vpc, graph: Graph) -> Flags:
    logs = vpc.flow_logs
    recorded = any_of(all_of((logs.doubt(each), _of_refused(each))) for each in logs)
    elsewhere = imported_by(vpc, graph, FlowLog, "ResourceId", test=lambda each, _: _of_refused(each))
    accept(any_of((recorded, logs_turned_on(vpc, graph, VPC), elsewhere)))
    all_known(logs.unknown, elsewhere, made_by_module(vpc, graph, _FLOW_LOGS, "flow logs for it"))
    if isinstance(recorded, Known):
        log = next(each for each in logs if _of_refused(each) == Known(False))
        message = "Only accepted traffic is recorded: failed attempts to get in cannot be traced afterwards."
        yield flag(recorded, message, resource=log, instead=_WIDENED)
    elif isinstance(elsewhere, Known):
        _, at = next(importers(vpc, graph, FlowLog, "ResourceId"))
        yield flag(
            vpc,
            "Only accepted traffic of this VPC is recorded: failed attempts to get in cannot be traced afterwards.",
            related=[Step(at.block.span, "the flow log")],
            instead=f"Set TrafficType to ALL in {at.block.address} in {at.unit}. {_WIDENED.decision}",
        )
    else:
        builds = any(_BUILDS.search(name) for name in called(vpc, vpc.tags))
        why = (
            of_a_workshop(vpc, graph)
            or (_BY_FIREWALL if _firewall_logs_flows(vpc, graph) else "")
            or _of_one_machine(vpc, graph)
        )
        yield flag(
            vpc,
            f"No flow log here records the traffic of this VPC, by which an intrusion could be traced afterwards. {why}".rstrip(),
            confidence=Confidence.LOW
            if builds or why or not_production(vpc, vpc.tags) or not has_way_out(vpc, graph)
            else None,
        )


def _of_one_machine(vpc: Vpc, graph: Graph) -> str:
    """A sentence on the one machine in a VPC, if no rule here opens a port of a website to the internet; else empty."""
    machine = only_machine(vpc, graph)
    serves = machine is None or open_web_port(machine) is not None or may_open_web_port(machine) is not None
    return "" if serves else _ONE_MACHINE


def _firewall_logs_flows(vpc: Vpc, graph: Graph) -> bool:
    """Whether a network firewall in the VPC logs the flows that pass it."""
    firewalls = [graph.typed(each, Firewall) for each in graph.referring(vpc, _FIREWALLS)]
    kinds = (each.kind for firewall in firewalls for log in firewall.loggings for each in log.destinations)
    return any(isinstance(each, Known) and each.value.upper() == "FLOW" for each in kinds)


def _of_refused(log: FlowLog) -> Value[bool]:
    """Whether it records what was refused, with or without the rest."""
    return negate(holds(log.traffic, lambda kind: kind.upper() == "ACCEPT"))
