"""# RDS database allows connections from public IP addresses

## Why

This database's security group allows public IP addresses: those of an office, of another company or of the whole internet. Such addresses
change owners and can be shared by many, and everyone behind them can try passwords. A rule that names the application's security group
allows only the application, whatever its IP addresses are.

Administrators reach a database through a VPN, a bastion host or Session Manager's port forwarding.

## What it checks

The rule reads the rules of the security groups of each database instance and cluster that open the database's port. It reports a rule
that lets in addresses of the internet. It is reported by default only if the database is publicly accessible; for others it is advice, of
medium severity: another setting has to change before the rule opens anything. The severity is lower for a few addresses (at most 32 of IPv4, or one network of IPv6), and for
members of the group that the internet cannot reach. A single public address that its rule calls a bastion host or a VPN, by its
description or its name in the code, is advice: the finding has medium severity and low confidence. A few addresses of a database that
the internet cannot reach are advice too. A range of the size of a VPC has medium severity if the VPC is not in the code: it may be the VPC's own. So is a rule that lets in the whole
internet, if [vpc-security-group-ingress-ports](vpc-security-group-ingress-ports.md) or
[vpc-security-group-ingress-all](vpc-security-group-ingress-all.md) reports it already.

## What is left out

Private address ranges are accepted, and so is a range of the group's own VPC, even if it looks like a public one. The rule does not report rules
for other ports, or rules that name a security group.

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

A range that is the VPC's own lets in only addresses of the VPC.

```hcl
variable "vpc_cidr" {
  default = "15.25.15.0/26"
}

resource "aws_vpc" "main" {
  cidr_block = var.vpc_cidr
}

resource "aws_security_group" "orders" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 3306
    to_port     = 3306
    cidr_blocks = [var.vpc_cidr]
  }
}

resource "aws_rds_cluster" "orders" {
  engine                 = "aurora-mysql"
  vpc_security_group_ids = [aws_security_group.orders.id]
}
```

## Undecided

The result is undecided if `CidrIp` or `vpc_security_group_ids` is not known before deployment.

```yaml
Parameters:
  CidrIp:
    Type: String
Resources:
  Access:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Orders database
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          CidrIp: !Ref CidrIp  # undecided: parameter "CidrIp" has no default
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
variable "vpc_security_group_ids" {
  type = list(string)
}

resource "aws_rds_cluster" "orders" {
  engine                 = "aurora-mysql"
  vpc_security_group_ids = var.vpc_security_group_ids # undecided: var.vpc_security_group_ids has no default
}
```

## Sources

- [Infrastructure security in Amazon RDS](https://docs.aws.amazon.com/hi_in/AmazonRDS/latest/UserGuide/infrastructure-security.md), read on 2026-11-29
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeAlias

from wa_iac.aws.rds import Cluster, ClusterParameterGroup, Instance, ParameterGroup
from wa_iac.aws.vpc import IngressRule, SecurityGroup
from wa_iac.core.algebra import references
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, negate
from wa_iac.core.networks import covers_internet, is_wide, is_within
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Remedy,
    Severity,
    accept,
    all_known,
    each_of,
    flag,
    milder,
    rule,
    settled,
    undecided,
)
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value
from wa_iac.knowledge.called import words_of
from wa_iac.knowledge.engine_versions import numbers
from wa_iac.knowledge.public_members import has_address
from wa_iac.knowledge.reachability import way_closed
from wa_iac.knowledge.security_group_rules import address_ranges, everything, port, together
from wa_iac.knowledge.trusted_ports import PORTS
from wa_iac.pillars.judgements.narrower_ports import RANGES, beside_others, of_people
from wa_iac.pillars.judgements.open_ports import opens_nothing
from wa_iac.pillars.judgements.wording import listed

_FEW = Remedy(
    decision="If these are machines in AWS, name their security group instead of the addresses. If they are elsewhere, let them connect "
    "through a VPN or a bastion host, or keep the addresses and require TLS of every connection."
)
_FEW_WITH_TLS = Remedy(
    decision="If these are machines in AWS, name their security group instead of the addresses. If they are elsewhere, let them connect "
    "through a VPN or a bastion host. The database requires TLS of every connection already, so you may also keep the addresses, and "
    "suppress this with the reason."
)
_NOBODY = Remedy(decision="Remove the rule, unless these addresses belong to a network of yours that is connected to the VPC.")
_BASTION_ELSEWHERE = Remedy(
    decision="If the host is in AWS, peer its VPC with this one or share a Transit Gateway, and name its security group or private address. "
    "Otherwise keep the address as long as it is yours (an Elastic IP address), and require TLS of every connection."
)
_BY_THE_RULE: Final = (
    "The list of ranges holds no groups: let the rule in {group} name the security group of the application instead of it. Clients outside of the VPC "
    "have none: first let them connect through a VPN or a bastion host."
)
_ADMINISTRATORS: Final = late(r"\b(?:bastion|jump ?(?:box|host|server)|vpn|wireguard|openvpn)")
_Asked: TypeAlias = Callable[[Known[str]], bool]
_OF_A_VPC: Final = late(r"\.0/(?:16|17|18|19|20)$")
_OF_THE_VPC: Final = "If these are the addresses of the VPC itself, which is not in this code, they are those of other machines there: its range should be a private one."
_FORCE_TLS: Final = "rds.force_ssl"
_TLS_BY_DEFAULT: Final = 15
"""The first version of RDS for PostgreSQL in which `rds.force_ssl` is on by default: "Using SSL with a PostgreSQL DB instance" (Amazon RDS
User Guide)."""


@rule(
    practices=["SEC05-BP02", "SEC05-BP01"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="SourceSecurityGroupId: !GetAtt <the application's security group>.GroupId",
        tf="security_groups = [<the application's security group>.id]",
        of={
            "aws_security_group_rule": "source_security_group_id = <the application's security group>.id",
            "aws_vpc_security_group_ingress_rule": "referenced_security_group_id = <the application's security group>.id",
        },
        removes=RANGES,
        decision="Instead of the address range, name the security group of the application. Clients outside of the VPC have none: first let them connect "
        "through a VPN or a bastion host.",
    ),
    equivalents={"cdk_nag": ["AwsSolutions-RDS8"]},
)
def check(database: Instance | Cluster, graph: Graph) -> Flags:
    port_number = settled(database.listens_on())
    wanted = port_number.value if isinstance(port_number, Known) else 0
    few = _FEW_WITH_TLS if _requires_tls(database) else _FEW
    for group in database.security_groups:
        closed = way_closed(group, graph)
        public = has_address(database.declared, graph)
        nothing = partial(_opens_nothing, group, graph)
        beside = {id(each): other.declared for other in group.standalone for each in other.ingress}

        def judge(
            opened: IngressRule,
            closed: Value[str] = closed,
            own: Declared = group.declared,
            beside: dict[int, Declared] = beside,
            nothing: _Asked = nothing,
            public: bool = public,
        ) -> Flags:
            found = _judge(opened, wanted, closed, few, beside.get(id(opened), own), own, nothing)
            return found if public else milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW)

        yield from each_of(together(group), judge)
        all_known(group.standalone.unknown)
    all_known(database.security_groups.unknown)


def _judge(
    opened: IngressRule, wanted: int, closed: Value[str], few: Remedy, holder: Declared, group: Declared, nothing: _Asked
) -> Flags:
    """The faults of a rule of a group. `holder` is the resource that it is written in: the group, or one beside it. `nothing` says whether a range
    opens nothing there."""
    name = "" if holder is group else holder.name
    all_known(opened.unknown)
    accept(negate(any_of((everything(opened), port(opened, wanted)))))
    public: list[Known[str]] = []
    for addresses in address_ranges(opened):
        if isinstance(addresses, Known) and covers_internet(addresses.value):
            if not nothing(addresses):
                public.append(addresses)
        elif isinstance(addresses, Unknown) and (addresses.parts or not addresses.origin.references):
            yield undecided(addresses)  # no range of a network or a subnet
    wide = [each for each in public if is_wide(each.value)]
    if wide:
        fact = f"The security group of this database lets in {_named(wide)}"
        twice = _is_reported_twice(opened, wide, wanted)
        message = (
            f"{fact}. The internet does not reach it today, because {closed.value}."
            if isinstance(closed, Known)
            else f"{fact}."
        )
        own = _may_be_own(wide, group)
        message = f"{message} {_OF_THE_VPC}" if own else message
        yield flag(
            wide[0],
            f"{message} The open port is also reported by itself." if twice else message,
            severity=Severity.MEDIUM if twice or own or isinstance(closed, Known) else None,
            confidence=Confidence.LOW if twice else None,
            instead=of_people(wide[0]) or beside_others((opened,), wide[0]) or _by_the_rule(wide[0], holder),
        )
    if narrow := [each for each in public if not is_wide(each.value)]:
        fact = f"The security group of this database lets in {_named(narrow)}"
        if len(public) == len(narrow) and all(map(_is_single, narrow)) and _is_of_administrators(opened, name):
            # The advice to use a bastion host has been followed.
            yield flag(
                narrow[0],
                f"{fact}, which the rule calls a bastion host or a VPN: it also lets in anyone who has the address later.",
                instead=_BASTION_ELSEWHERE,
                severity=Severity.MEDIUM,
                confidence=Confidence.LOW,
            )
            return
        if isinstance(closed, Known):
            # A rule that admits nobody today is a trace, not a fault.
            message = f"{fact}. They do not reach it today, because {closed.value}."
            yield flag(narrow[0], message, instead=_NOBODY, severity=Severity.LOW, confidence=Confidence.MEDIUM)
            return
        yield flag(narrow[0], f"{fact}.", instead=few, severity=Severity.MEDIUM)


def _opens_nothing(group: SecurityGroup, graph: Graph, addresses: Known[str]) -> bool:
    """Whether a range opens nothing to the internet: it is one of the group's own VPC, or of IPv6 where there is none."""
    vpcs = () if group.vpc.elsewhere or len(group.vpc.targets) != 1 else group.vpc.targets
    own = any(isinstance(each.cidr, Known) and is_within(addresses.value, each.cidr.value) for each in vpcs)
    return own or opens_nothing(group, graph, addresses)


def _may_be_own(wide: Sequence[Known[str]], group: Declared) -> bool:
    """Whether ranges have the size of a VPC, and that of the group is not here: some have public addresses by mistake. The default VPC has private
    ones."""
    vpc = [each for name in ("VpcId", "vpc_id") if not isinstance(each := value_at(group.body, name), Absent)]
    elsewhere = bool(vpc) and not any(True for each in vpc for _ in references(each))
    return elsewhere and all(_OF_A_VPC.search(each.value) for each in wide)


def _by_the_rule(range_: Known[str], holder: Declared) -> str | Remedy:
    """The remedy for a range in a list that is written outside of the group and its rules; empty for others."""
    if holder.extent.holds(range_.origin.span):
        return ""
    return Remedy(decision=_BY_THE_RULE.format(group=holder.address))


def _is_reported_twice(opened: IngressRule, wide: Sequence[Known[str]], wanted: int) -> bool:
    """Whether a rule of security groups certainly reports this one: for a port that everybody can reach, or all of them."""
    return any(each.value.endswith("/0") for each in wide) and (wanted in PORTS or everything(opened) == Known(True))


def _is_single(addresses: Known[str]) -> bool:
    return addresses.value.endswith("/128" if ":" in addresses.value else "/32")


def _is_of_administrators(opened: IngressRule, name: str) -> bool:
    """Whether the description or the name of a rule says that it lets in a bastion host or a VPN."""
    return any(_ADMINISTRATORS.search(words_of(text)) for text in (name, *pieces_of(opened.description)))


def _named(ranges: Sequence[Known[str]]) -> str:
    """The address ranges of one statement, in a sentence."""
    if any(each.value.endswith("/0") for each in ranges):
        return "the whole internet"
    return f"the public IP addresses {listed([each.value for each in ranges])}"


def _requires_tls(database: Instance | Cluster) -> bool:
    """Whether it surely refuses connections without TLS."""
    if database.engine != Known("postgres"):
        return False
    groups = database.parameter_group
    if groups.unknown is not None or not all(str(each.value).startswith("default.") for each in groups.external):
        return False
    settings = [_forced(each) for each in groups]
    if any(each is not None for each in settings):
        return settings == [True]
    version = database.engine_version
    return isinstance(version, Known) and numbers(version.value)[:1] >= (_TLS_BY_DEFAULT,)


def _forced(group: ParameterGroup | ClusterParameterGroup) -> bool | None:
    """Whether a parameter group requires TLS; None if it leaves that to the default. What is not known counts as no."""
    values: list[Tree] = [each.value for each in group.parameter_blocks if each.name == Known(_FORCE_TLS)]
    match group.parameters:
        case Known(dict() as parameters) if _FORCE_TLS in parameters:
            values.append(parameters[_FORCE_TLS])
        case Unknown():
            return False
        case _:
            pass
    return values[0] in (Known("1"), Known(1)) if values else None
