"""# Security group opens Remote Desktop to the internet

## Why

Scanners find port 3389 open to `0.0.0.0/0` or `::/0` within minutes, and every weak or reused password becomes a way in. Use
Session Manager, which needs no open port, or allow only the IP addresses of your administrators.

## What it checks

The rule reads the ingress rules of each security group, in the group and beside it. It reports a rule that opens port 3389 to the whole
internet.

A group whose members the internet certainly cannot reach is reported with a lower severity: their VPC has no internet gateway,
their subnets have no route to one, they have no public IP address (an RDS database, or all instances of an Aurora cluster, with
`PubliclyAccessible: false`), or VPC Block Public Access is on. It is lowest if only interface endpoints use the group.

If one rule opens the port to IPv4 and to IPv6, and the internet can use both alike, that is one finding.

## What is left out

A range of ports that also has SSH in it is left to `vpc-security-group-ingress-ssh`. A range of 1000 ports or more is named as such, and is
of high severity: nobody knows by it whether Remote Desktop runs there. It is advice if the group is for a network appliance, by its names:
a firewall takes in all connections to decide about them. A rule for narrower address ranges is not reported.

## Non-compliant

```yaml
Resources:
  Bastion:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Administration
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 3000
          ToPort: 4000
          CidrIp: 0.0.0.0/0  # finding: The range of ports 3000 to 4000 is open
```

```hcl
resource "aws_security_group" "bastion" {
  ingress {
    protocol         = "tcp"
    from_port        = 3389
    to_port          = 3389
    ipv6_cidr_blocks = ["::/0"] # finding
  }
}
```

```hcl
resource "aws_vpc_security_group_ingress_rule" "rdp" {
  security_group_id = "sg-12345678"
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_ipv4         = "0.0.0.0/0" # finding
}
```

```hcl
resource "aws_security_group" "untrusted" {
  ingress {
    protocol    = "tcp"
    from_port   = 23
    to_port     = 4443
    cidr_blocks = ["0.0.0.0/0"] # finding: The group is for a network appliance
  }
}

resource "aws_instance" "utm" {
  ami                    = "ami-12345678"
  vpc_security_group_ids = [aws_security_group.untrusted.id]
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
          FromPort: 3389
          ToPort: 3389
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
          FromPort: 3000
          ToPort: 4000
          CidrIp: !Ref CidrIp  # undecided: parameter "CidrIp" has no default
```

```hcl
variable "cidr_ipv4" {
  type = string
}

resource "aws_vpc_security_group_ingress_rule" "rdp" {
  security_group_id = "sg-12345678"
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_ipv4         = var.cidr_ipv4 # undecided: var.cidr_ipv4 has no default
}
```

## Sources

- [vpc-sg-port-restriction-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/vpc-sg-port-restriction-check.html), read on 2026-11-29
- [restricted-common-ports - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/restricted-incoming-traffic.html), read on 2026-11-29
"""

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Severity, rule
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.security_group_rules import port
from wa_iac.pillars.judgements.narrower_ports import OF_YOUR_NETWORK, of_network
from wa_iac.pillars.judgements.open_ports import REMOTE_DESKTOP, judge, opens_both


@rule(
    practices=["SEC05-BP02", "SEC06-BP03"],
    severity=Severity.CRITICAL,
    remedy=OF_YOUR_NETWORK,
    equivalents={
        "checkov": ["CKV_AWS_25"],
        "trivy": ["AVD-AWS-0107"],
        "cdk_nag": ["EC2RestrictedCommonPorts"],
        "guard": ["RESTRICTED_INCOMING_TRAFFIC"],
        "config": ["RESTRICTED_INCOMING_TRAFFIC"],
        "cfn_nag": ["W2"],
        "security_hub": ["EC2.19"],
    },
)
def check(group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> Flags:
    yield from judge(
        group,
        graph,
        _without_ssh,
        f"{REMOTE_DESKTOP} is open",
        ": anyone can try passwords on the members of the group.",
        of_network,
        program=REMOTE_DESKTOP,
    )


def _without_ssh(rule: IngressRule) -> Value[bool]:
    """A range with SSH in it is left to the rule about SSH."""
    return Known(False) if opens_both(rule) == Known(True) else port(rule, 3389)
