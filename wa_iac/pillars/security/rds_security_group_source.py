"""# RDS database allows connections from public IP addresses

This database's security group allows public IP addresses: those of an office, of another company or of the whole internet. Such
addresses change owners and can be shared by many, and everyone behind them can try passwords. A rule that names the
application's security group allows only the application, whatever its IP addresses are.

Administrators reach a database through a VPN, a bastion host or Session Manager's port forwarding. Private address ranges are
accepted.

## Non-compliant

```yaml
Resources:
  Access:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Orders database
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          CidrIp: 203.0.113.0/24  # finding
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      VPCSecurityGroups:
        - !Ref Access
```

```hcl
resource "aws_security_group" "orders" {
  name = "orders"
}

resource "aws_vpc_security_group_ingress_rule" "orders" {
  security_group_id = aws_security_group.orders.id
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
  cidr_ipv4         = "0.0.0.0/0" # finding
}

resource "aws_rds_cluster" "orders" {
  engine                 = "aurora-mysql"
  vpc_security_group_ids = [aws_security_group.orders.id]
}
```

## Compliant

```yaml
Resources:
  Application:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Application
  Access:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Orders database
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          SourceSecurityGroupId: !Ref Application
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      VPCSecurityGroups:
        - !Ref Access
```

```hcl
resource "aws_security_group" "orders" {
  name = "orders"
}

resource "aws_vpc_security_group_ingress_rule" "orders" {
  security_group_id = aws_security_group.orders.id
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
  cidr_ipv4         = "10.0.0.0/16"
}

resource "aws_rds_cluster" "orders" {
  engine                 = "aurora-mysql"
  vpc_security_group_ids = [aws_security_group.orders.id]
}
```
"""

from collections.abc import Iterator, Sequence
from ipaddress import ip_network

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.aws.vpc import IngressRule
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.security_group_rules import everything, ingress, port

PORTS = {"mysql": 3306, "mariadb": 3306, "aurora": 3306, "postgres": 5432, "oracle": 1521, "sqlserver": 1433}
DOCUMENTATION = ("192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:")
"""Ranges that stand for public addresses in documents; Python counts them as private."""


@rule(
    practices=["SEC05-BP02", "SEC05-BP01"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="SourceSecurityGroupId: !Ref <the application's security group>",
        tf="referenced_security_group_id = <the application's security group>.id",
    ),
    equivalents={"cdk_nag": ["AwsSolutions-RDS8"]},
)
def check(database: Instance | Cluster) -> Iterator[Flag]:
    wanted = _port(database)
    if isinstance(wanted, Unknown):
        yield undecided(wanted)
        return
    for group in database.security_groups:
        for each in (group, *group.standalone):
            for opened in ingress(each):
                yield from _judged(opened, wanted)


def _port(database: Instance | Cluster) -> int | Unknown:
    """The port it listens on; 0 where neither a port nor a known engine says it."""
    match database.port, database.engine:
        case (Known(number), _):
            return number
        case (Unknown() as why, _) | (Absent(), Unknown() as why):
            return why
        case (Absent(), Known(engine)) if engine.lower() == "aurora-postgresql":
            return 5432
        case (Absent(), Known(engine)):
            return next((number for name, number in PORTS.items() if engine.lower().startswith(name)), 0)
        case _:
            return 0


def _judged(opened: IngressRule, wanted: int) -> Iterator[Flag]:
    if opened.unknown is not None:
        yield undecided(opened.unknown)
        return
    answers = (everything(opened), port(opened, wanted))
    if not any(answer == Known(True) for answer in answers):
        for answer in answers:
            if isinstance(answer, Unknown):
                yield undecided(answer)
                return
        return
    for ranges in (opened.ipv4, opened.ipv6):
        match ranges:
            case Unknown():
                yield from _ranges([ranges])
            case Known(listed):
                yield from _ranges(listed)
            case Absent():
                pass


def _ranges(listed: Sequence[Value[str]]) -> Iterator[Flag]:
    for each in listed:
        match each:
            case Known(text) if _public(text):
                who = "every address of the internet" if text.endswith("/0") else f"the public addresses {text}"
                yield flag(each, f"The security group of this database lets in {who}: only a password keeps them out.")
            case Unknown() if each.origin.references and not each.parts:
                pass  # the range of a network or a subnet
            case Unknown():
                yield undecided(each)
            case Known() | Absent():
                pass


def _public(text: str) -> bool:
    if text.startswith(DOCUMENTATION) or text.endswith("/0"):
        return True
    try:
        return ip_network(text, strict=False).is_global
    except ValueError:
        return False
