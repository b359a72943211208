"""# Security group rule has no description

## Why

An open port without a reason is never closed: nobody dares to remove a rule if nobody knows what it is for. A description says which client
needs the port, and a later review takes minutes instead of days.

## What it checks

The rule checks rules for incoming and outgoing traffic, inside security groups and beside them. It reports one rule for each group. In
Terraform, it also reports a group without rules of its own and without a description, which then is "Managed by Terraform".

## What is left out

The description of a group cannot be changed without replacing the group. If a group has rules of its own, the rules' descriptions say enough.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8 }  # finding
```

```hcl
resource "aws_security_group" "web" { # finding: Managed by Terraform
  vpc_id = "vpc-0a1b2c3d"
}

resource "aws_vpc_security_group_ingress_rule" "web" { # finding: no description
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8, Description: Staff }
```

```hcl
resource "aws_security_group" "web" {
  description = "Web servers"
  vpc_id      = "vpc-0a1b2c3d"
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id = aws_security_group.web.id
  description       = "HTTPS from the staff's network"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
}
```

## Undecided

The result is undecided if it is not known before deployment whether a rule has a description.

```yaml
Parameters:
  Reason:
    Type: String
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 10.0.0.0/8
          Description: !Ref Reason  # undecided: parameter "Reason" has no default
```

```hcl
variable "reason" {
  type = string
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id = "sg-0a1b2c3d"
  description       = var.reason # undecided: var.reason has no default
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
}
```

## Sources

- [AWS::EC2::SecurityGroup](https://docs.amazonaws.cn/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html), read on 2026-11-29
"""

from wa_iac.aws.vpc import SecurityGroup, SecurityGroupEgress, SecurityGroupIngress
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Absent, Known

_OF_GROUP = Remedy(
    tf='description = "<what uses this group>"',
    replaces=True,
    decision="Terraform replaces the group, so do this before something uses it.",
)


@rule(
    practices=["SEC05-BP02", "OPS02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(cfn="Description: <which client needs this port>", tf='description = "<which client needs this port>"'),
    equivalents={
        "checkov": ["CKV_AWS_23"],
        "trivy": ["AVD-AWS-0099", "AVD-AWS-0124"],
        "cdk_nag": ["AwsSolutions-EC27"],
        "guard": ["SECURITY_GROUP_DESCRIPTION_RULE"],
        "cfn_nag": ["W36"],
    },
)
def check(group: SecurityGroup | SecurityGroupIngress | SecurityGroupEgress) -> Flags:
    match group:
        case SecurityGroup():
            rules = [*group.ingress, *group.egress]
        case SecurityGroupIngress():
            rules = [*group.ingress]
        case SecurityGroupEgress():
            exempt(not _is_own(group), "a rule of either direction is judged once")
            rules = [*group.egress]
    answers = [(each, given(each.description)) for each in rules if each.unknown is None]
    without = [each for each, answer in answers if answer in (Known(False), Absent())]
    if without:
        many = f"{len(without)} rules of this group have" if len(without) > 1 else "This rule has"
        yield flag(without[0], f"{many} no description, which would say what for, and when it can go.")
        return
    all_known(*(each.unknown for each in rules), *(answer for _, answer in answers))
    undescribed = isinstance(group, SecurityGroup) and not rules and isinstance(group.description, Absent)
    if undescribed and not group.as_cloudformation:
        yield flag(
            group,
            'This group has no description, so it says "Managed by Terraform", and not what it is for.',
            instead=_OF_GROUP,
        )


def _is_own(group: SecurityGroupEgress) -> bool:
    """Whether its type is only for outgoing traffic."""
    return group.declared.type != "aws_security_group_rule"
