"""# Security group opens SSH to the internet

## Why

Scanners find port 22 open to `0.0.0.0/0` or `::/0` within minutes, and every weak password or leaked key becomes a way in.
Use Session Manager, which needs no open port, or allow only the IP addresses of your administrators.

## What it checks

The rule reads the ingress rules of each security group, in the group and beside it. It reports a rule that opens port 22 to the whole
internet. A range of ports with both SSH and Remote Desktop in it is reported once, here.

A group whose members the internet certainly cannot reach is reported with a lower severity: their VPC has no internet gateway,
their subnets have no route to one, they have no public IP address (an RDS database, or all instances of an Aurora cluster, with
`PubliclyAccessible: false`), or VPC Block Public Access is on. It is lowest if only interface endpoints use the group.

It is high for a group that is for a server of files (SFTP) or of code (Git), by its names: its users may be anywhere.
If one rule opens the port to IPv4 and to IPv6, and the internet can use both alike, that is one finding.

## What is left out

The rule does not report a rule for narrower address ranges, or for all ports, which `vpc-security-group-ingress-all` checks.

## Non-compliant

```yaml
Resources:
  Bastion:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Administration
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 20
          ToPort: 30
          CidrIp: 0.0.0.0/0  # finding
```

```hcl
resource "aws_security_group" "bastion" {
  ingress {
    protocol         = "tcp"
    from_port        = 22
    to_port          = 22
    ipv6_cidr_blocks = ["::/0"] # finding
  }
}
```

```hcl
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = "sg-12345678"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "0.0.0.0/0" # finding
}
```

## Compliant

```yaml
Resources:
  Bastion:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Administration
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 22
          ToPort: 22
          CidrIp: 192.0.2.0/24
```

```hcl
resource "aws_security_group" "web" {
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```

## Undecided

The result is undecided if `CidrIp` or `cidr_ipv4` is not known before deployment.

```yaml
Parameters:
  CidrIp:
    Type: String
Resources:
  Bastion:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Administration
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 20
          ToPort: 30
          CidrIp: !Ref CidrIp  # undecided: parameter "CidrIp" has no default
```

```hcl
variable "cidr_ipv4" {
  type = string
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = "sg-12345678"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = var.cidr_ipv4 # undecided: var.cidr_ipv4 has no default
}
```

## Sources

- [vpc-sg-port-restriction-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/vpc-sg-port-restriction-check.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Flags, Remedy, Severity, milder, rule
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.called import called, words_of
from wa_iac.knowledge.security_group_rules import port
from wa_iac.pillars.judgements.narrower_ports import OF_YOUR_NETWORK, of_network
from wa_iac.pillars.judgements.open_ports import REMOTE_DESKTOP, judge, opens_both, owner_of

_SERVES: Final = late(r"\b(?:sftp|ftps?|git|git ?lab|gitea|gogs|gerrit|bitbucket|transfer (?:family|server))\b")
"""How a group is called whose members offer a service by SSH."""
_TO_USERS: Final = Remedy(
    decision="If users are anywhere, let the service listen on a port of its own, apart from the machine's SSH, accept keys only, and suppress this with "
    "that as the reason. Otherwise name the addresses of the users: all others lose access."
)


def _served_to_all(group: SecurityGroup | SecurityGroupIngress) -> str:
    """The word by which a group is for a service that others use by SSH; empty if there is none."""
    owner = owner_of(group)
    names = [] if owner is None else [*called(owner, owner.tags), *map(words_of, pieces_of(owner.description))]
    return next((found[0] for name in names if (found := _SERVES.search(name)) is not None), "")


@rule(
    practices=["SEC05-BP02", "SEC06-BP03"],
    severity=Severity.CRITICAL,
    remedy=OF_YOUR_NETWORK,
    equivalents={
        "checkov": ["CKV_AWS_24"],
        "trivy": ["AVD-AWS-0107"],
        "cdk_nag": ["EC2RestrictedSSH"],
        "guard": ["INCOMING_SSH_DISABLED"],
        "config": ["INCOMING_SSH_DISABLED"],
        "cfn_nag": ["W2"],
        "security_hub": ["EC2.19"],
    },
)
def check(group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> Flags:
    word = _served_to_all(group)
    if word:
        more = f'By the word "{word}" it may be for a server of files or of code, whose users may be anywhere.'
        yield from milder(_judge(group, graph), severity=Severity.HIGH, more=more, instead=_TO_USERS)
    else:
        yield from _judge(group, graph)


def _judge(group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> Flags:
    for program, verb, asked in (("SSH (port 22)", "is", _only_ssh), (f"SSH (port 22), {REMOTE_DESKTOP}", "are", opens_both)):
        yield from judge(
            group,
            graph,
            asked,
            f"{program} {verb} open",
            ": anyone can try keys and passwords on the members of the group.",
            of_network,
            program=program,
        )


def _only_ssh(rule: IngressRule) -> Value[bool]:
    return Known(False) if opens_both(rule) == Known(True) else port(rule, 22)
