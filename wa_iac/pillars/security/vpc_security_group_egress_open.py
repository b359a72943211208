"""# Security group lets all traffic out

## Why

Malware that has got into a server fetches its tools from the internet and sends the data there. A group that lets out only what the
program needs, such as HTTPS and the port of its database, stops much of that, and makes the rest visible.

## What it checks

- A rule that lets out every port to every address.
- In CloudFormation, a group without rules for outgoing traffic: AWS then adds one that allows everything. In Terraform, the provider removes
  this rule.

## What is left out

A rule for one port to every address, such as 443, is not reported: many APIs on the internet have no fixed addresses.

## Non-compliant

```yaml
Resources:
  Web:  # finding: adds a rule
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
  Batch:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Batch
      SecurityGroupEgress:
        - { IpProtocol: "-1", CidrIp: 0.0.0.0/0 }  # finding: every port
```

```hcl
resource "aws_security_group" "web" {
  description = "Web"

  egress { # finding: every port
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "batch" {
  description = "Batch"
}

resource "aws_vpc_security_group_egress_rule" "batch" { # finding: every port
  security_group_id = aws_security_group.batch.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupEgress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
```

```hcl
resource "aws_security_group" "web" {
  description = "Web"
}

resource "aws_vpc_security_group_egress_rule" "web" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
```

## Undecided

The result is undecided if the addresses or the protocol of a rule are not known before deployment.

```yaml
Parameters:
  Destination:
    Type: String
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupEgress:
        - IpProtocol: "-1"
          CidrIp: !Ref Destination  # undecided: parameter "Destination" has no default
```

```hcl
variable "destinations" {
  type = list(string)
}

resource "aws_security_group" "web" {
  description = "Web"

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = var.destinations # undecided: var.destinations has no default
  }
}
```

## Sources

- [AWS::EC2::SecurityGroup](https://docs.amazonaws.cn/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html), read on 2026-11-29
"""

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupEgress
from wa_iac.core.logic import all_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, each_of, flag, rule, undecided
from wa_iac.core.value import Known, Unknown
from wa_iac.knowledge.security_group_rules import everything, may_be_open


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="SecurityGroupEgress:\n  - IpProtocol: tcp\n    FromPort: 443\n    ToPort: 443\n    CidrIp: 0.0.0.0/0",
        tf='egress {\n  description = "HTTPS"\n  protocol    = "tcp"\n  from_port   = 443\n  to_port     = 443\n'
        '  cidr_blocks = ["0.0.0.0/0"]\n}',
        of={
            "AWS::EC2::SecurityGroupEgress": "IpProtocol: tcp\nFromPort: 443\nToPort: 443",
            "aws_vpc_security_group_egress_rule": 'ip_protocol = "tcp"\nfrom_port   = 443\nto_port     = 443',
            "aws_security_group_rule": 'protocol  = "tcp"\nfrom_port = 443\nto_port   = 443',
        },
        decision="Let out the ports that the program uses, each by a rule, and look at the flow logs for those that you have forgotten:",
    ),
    equivalents={
        "checkov": ["CKV_AWS_382"],
        "trivy": ["AVD-AWS-0104"],
        "guard": [
            "EC2_SECURITY_GROUP_EGRESS_OPEN_TO_WORLD_RULE",
            "SECURITY_GROUP_EGRESS_ALL_PROTOCOLS_RULE",
            "SECURITY_GROUP_MISSING_EGRESS_RULE",
        ],
        "cfn_nag": ["W40", "F1000"],
    },
)
def check(group: SecurityGroup | SecurityGroupEgress) -> Flags:
    if isinstance(group, SecurityGroup) and group.as_cloudformation and not group.egress:
        if not group.standalone_egress.targets:
            all_known(group.standalone_egress.unknown)
            yield flag(group, "This group has no rule for outgoing traffic, so AWS adds a rule that lets out everything.")
        return
    yield from each_of((each for each in group.egress if each.direction != Known("ingress")), _judge)


def _judge(rule_: IngressRule) -> Flags:
    all_known(rule_.unknown)
    match all_of((everything(rule_), may_be_open(rule_))):
        case Known(True):
            yield flag(rule_, "This rule lets out every port to every address: it hinders no program that sends data away.")
        case Unknown() as why:
            yield undecided(why)
        case _:
            return
