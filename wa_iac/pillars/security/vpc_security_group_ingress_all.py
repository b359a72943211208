"""# Security group opens all ports to the internet

A rule for all protocols, or for ports 0 to 65535, from `0.0.0.0/0` or `::/0` offers no protection: anyone can reach every port
that the instance listens on, now or later. Open only the ports that you serve, and only to those who need them.

A group whose members the internet certainly cannot reach is reported with a lower severity: their VPC has no internet gateway,
their subnets have no route to one, they have no public IP address, or VPC Block Public Access is on.

## Non-compliant

```yaml
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Everything
      SecurityGroupIngress:
        - IpProtocol: "-1"
          CidrIp: 0.0.0.0/0  # finding
```

```hcl
resource "aws_security_group" "open" {
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 65535
    cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"] # finding
  }
}
```

```hcl
resource "aws_security_group_rule" "open" {
  type              = "ingress"
  security_group_id = "sg-12345678"
  protocol          = "all"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"] # finding
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
```

```hcl
resource "aws_security_group_rule" "out" {
  type              = "egress"
  security_group_id = "sg-12345678"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}
```

## Undecided

The result is undecided if `CidrIp` or `cidr_blocks` is not known before deployment.

```yaml
Parameters:
  CidrIp:
    Type: String
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Everything
      SecurityGroupIngress:
        - IpProtocol: "-1"
          CidrIp: !Ref CidrIp  # undecided: parameter "CidrIp" has no default
```

```hcl
variable "cidr_blocks" {
  type = list(string)
}

resource "aws_security_group" "open" {
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 65535
    cidr_blocks = var.cidr_blocks # undecided: var.cidr_blocks has no default
  }
}
```
"""

from wa_iac.aws.vpc import SecurityGroup, SecurityGroupIngress
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, rule
from wa_iac.knowledge.security_group_rules import everything
from wa_iac.pillars.judgements.open_ports import judge


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        cfn={"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443},
        tf={"protocol": "tcp", "from_port": 443, "to_port": 443},
        of={"aws_vpc_security_group_ingress_rule": {"ip_protocol": "tcp", "from_port": 443, "to_port": 443}},
        decision="Open only the ports that clients on the internet need, such as:",
    ),
    equivalents={
        "checkov": ["CKV_AWS_277"],
        "guard": ["SECURITY_GROUP_INGRESS_ALL_PROTOCOLS_RULE", "SECURITY_GROUP_INGRESS_PORT_RANGE_RULE"],
        "cfn_nag": ["W2"],
    },
)
def check(group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> Flags:
    yield from judge(
        group, graph, everything, "Every port is open", ": anyone can reach every port that the members of the group listen on."
    )
