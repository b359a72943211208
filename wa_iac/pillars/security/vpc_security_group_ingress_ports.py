"""# Security group opens a database or administration port to the internet

## Why

Databases, caches, search engines and file shares are made for trusted networks. Many require no password by default, and attackers look
for their vulnerabilities. Allow only the security group of the clients that use them.

## What it checks

The rule reads the ingress rules of each security group, in the group and beside it. It reports a rule that opens one of these ports to
the whole internet: FTP (20, 21), Telnet (23), SMTP (25), POP3 (110), RPC and SMB (135, 139, 445), SQL Server (1433, 1434), Oracle (1521),
MySQL (3306, 4333), PostgreSQL (5432), Kibana (5601), Redis (6379), Elasticsearch (9200, 9300), Memcached (11211) and MongoDB (27017).

The severity is high if a member of the group surely has a public IP address, or if no member is here. It is medium if members are here and it
is not known of any that it has one, and if the internet certainly cannot reach them: their VPC has no internet gateway, their
subnets have no route to one, they have no public IP address (an RDS database, or all instances of an Aurora cluster, with
`PubliclyAccessible: false`), or VPC Block Public Access is on. A range of IPv6 (`::/0`) reaches only members that have IPv6 addresses:
not those in subnets without a range of IPv6, load balancers of the type `ipv4`, and databases without the network type `DUAL`. In a VPC
that surely has no IPv6, such a range opens nothing and is not reported. The severity is
lowest if only interface endpoints use the group. It is medium too if other templates of the run import the group by the name of its export, and all
that does has no public IP address by its type, such as a cache.

A range that the call of a module gives is changed there, in the terms of the module. If the same range also opens other ports, for which
clients on the internet may need it, the port gets a rule of its own. In a group that only Application Load Balancers use, the finding is
advice: they accept nothing but HTTP.

If one rule opens the port to IPv4 and to IPv6, and the internet can use both alike, that is one finding.

## What is left out

Other rules check SSH, Remote Desktop and all ports, and alone report a range that contains one of these two.

A range of 1000 ports or more is named as such. It is advice if the group is for a network appliance, by its names: a firewall takes in all
connections to decide about them.

The rule does not report SMTP in a group for a mail server, by the name or the description of the group or the rule: a server that
receives mail must let in everybody.

## Non-compliant

```yaml
Resources:
  Database:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: PostgreSQL
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          CidrIp: 0.0.0.0/0  # finding
```

```hcl
resource "aws_security_group" "cache" {
  ingress {
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
  Database:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: PostgreSQL
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !GetAtt Web.GroupId }
```

```hcl
resource "aws_security_group" "cache" {
  ingress {
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = ["10.0.0.0/16"]
  }
}
```

```hcl
resource "aws_security_group" "incoming_mail" {
  ingress {
    protocol    = "tcp"
    from_port   = 25
    to_port     = 25
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```

## Undecided

The result is undecided if `CidrIp` or `cidr_blocks` is not known before deployment.

```yaml
Parameters:
  CidrIp:
    Type: String
Resources:
  Database:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: PostgreSQL
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 5432
          ToPort: 5432
          CidrIp: !Ref CidrIp  # undecided: parameter "CidrIp" has no default
```

```hcl
variable "cidr_blocks" {
  type = list(string)
}

resource "aws_security_group" "cache" {
  ingress {
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = var.cidr_blocks # undecided: var.cidr_blocks has no default
  }
}
```

## Sources

- [restricted-common-ports - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/restricted-incoming-traffic.html), read on 2026-11-29
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Flags, Remedy, Severity, rule
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.called import called, words_of
from wa_iac.knowledge.security_group_rules import exposed, ingress, port, together
from wa_iac.knowledge.trusted_ports import PORTS
from wa_iac.pillars.judgements.narrower_ports import (
    IN_MODULE,
    OF_THE_CLIENTS,
    beside_others,
    of_clients,
    of_network,
    of_people,
)
from wa_iac.pillars.judgements.open_ports import OUTSIDE, judge, owner_of
from wa_iac.pillars.judgements.shared_ranges import block_of, of_element, uses_of_ranges, written_at
from wa_iac.pillars.judgements.wording import listed

_DATABASES = frozenset({1433, 1434, 1521, 3306, 5432})
"""The ports of RDS engines, any of which may listen on another's: Aurora PostgreSQL on 3306."""
_SMTP = 25
_MAIL = late(r"\b(?:e ?mails?|mail(?:s|er|server|in|gun|cow)?|smtps?|mx\d*|mta|postfix|exim|sendmail)\b")
"""How a group is called that receives mail."""
_TO_THESE = (
    "By its name or description, this is for clients outside of the VPC, which have no security group: name their addresses instead of everybody's. "
    "Clients in the VPC, if there are any, first need a rule with their security group. All others then lose access."
)
_OF_ELEMENT = (
    "Each element of a list makes a rule here: give the one for this port the addresses of its clients{} instead of everybody's. Clients in the VPC are "
    "better named by their security group: that takes a rule of its own in place of the element, unless the block has an argument for it."
)
_MOST_NAMED = 3
_OTHERS = (22, 3389)
"""SSH and Remote Desktop, which rules of their own report."""


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.HIGH,
    remedy=OF_THE_CLIENTS,
    equivalents={
        "cdk_nag": ["EC2RestrictedCommonPorts"],
        "guard": ["RESTRICTED_INCOMING_TRAFFIC"],
        "config": ["RESTRICTED_INCOMING_TRAFFIC"],
        "cfn_nag": ["W2"],
        "security_hub": ["EC2.19"],
    },
)
def check(group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> Flags:
    rules = exposed(group)
    ports = tuple(PORTS)
    if any(_first(each, ports) == _SMTP for each in rules) and _is_for_mail(group):
        ports = tuple(each for each in PORTS if each != _SMTP)
    for number in dict.fromkeys(_first(each, ports) for each in rules):
        if number is not None:
            name = f"{_name(group, graph, number)} (port {number})"
            told = partial(_told, number=number, ports=ports)
            yield from judge(
                group,
                graph,
                told,
                f"{name} is open",
                ", but is made for trusted networks.",
                _of_clients(group, graph, [each for each in rules if _first(each, ports) == number]),
                unless_reached=Severity.MEDIUM,
                program=name,
                clients="for the security group of its clients, or for their addresses outside of the VPC",
            )


def _of_clients(
    group: SecurityGroup | SecurityGroupIngress, graph: Graph, rules: Sequence[IngressRule]
) -> Callable[[Value[str]], str | Remedy]:
    """The remedy for a range. Clients that are outside of the VPC, by what the group says, have no security group."""
    clients = of_clients(rules, in_template=isinstance(group, SecurityGroup) and group.dialect == "cloudformation")
    if group.declared.calls:
        clients = replace(clients, decision=f"{clients.decision} {IN_MODULE}")
    if not any(OUTSIDE.search(each) for each in _words(group)):
        return lambda range_: (
            _of_several(range_, group, graph)
            or _beside_ipv4(range_, group)
            or of_people(range_)
            or of_element(range_, group, _OF_ELEMENT)
            or _of_module(range_, group)
            or beside_others(together(group), range_)
            or ("" if clients is OF_THE_CLIENTS else clients)
        )
    return lambda range_: replace(of_network(range_), decision=_TO_THESE)


def _beside_ipv4(range_: Value[str], group: SecurityGroup | SecurityGroupIngress) -> str | Remedy:
    """The remedy for all of IPv6 in a rule of its own beside one for all of IPv4: EC2 refuses the second of two rules for the same group."""
    own = next((each for each in ingress(group) if isinstance(each.ipv6, Known) and range_ in each.ipv6.value), None)
    if own is None or not isinstance(range_, Known) or ":" not in range_.value:
        return ""
    same = (each for each in ingress(group) if each is not own and _ports_of(each) == _ports_of(own))
    if not any(isinstance(each.ipv4, Known) and Known("0.0.0.0/0") in each.ipv4.value for each in same):
        return ""
    return Remedy(
        decision="Another rule opens the same port to all of IPv4: let that one name the security group of the clients, which lets them in by both versions of "
        "IP, and remove this one."
    )


def _ports_of(rule: IngressRule) -> tuple[object, ...]:
    """The protocol and the ports of a rule, if they are known; else itself, which is no other's."""
    values = (rule.protocol, rule.from_port, rule.to_port)
    return (
        tuple(each.value for each in values if isinstance(each, Known))
        if all(isinstance(each, Known) for each in values)
        else (id(rule),)
    )


def _of_several(range_: Value[str], group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> str | Remedy:
    """The remedy for a range that is written at one place for several groups, such as the default of a variable; empty for others."""
    own = block_of(group)
    uses = graph.once(uses_of_ranges).get(written_at(range_), {})
    users = list(dict.fromkeys(each for use in uses.values() for each in use.blocks if each != own))
    if not users:
        return ""
    return Remedy(
        decision=f"The same value also opens {listed(users[:_MOST_NAMED])}{' and others' if len(users) > _MOST_NAMED else ''}: a change of it shuts their "
        "clients out too. Leave it as it is, and let this rule name the security group of its clients instead. In a module, that needs an argument of its "
        "own. Clients outside of the VPC have no group: give them a rule with their own addresses first."
    )


def _of_module(range_: Value[str], group: SecurityGroup | SecurityGroupIngress) -> str | Remedy:
    """The remedy for a range that the call of a module gives: the module decides which arguments there are."""
    where, block, call = range_.origin.span, group.declared.extent, group.declared.calls
    within = block.holds(where)
    if not call or within or range_.origin.chain:
        return ""
    return Remedy(
        decision=f"This range is an argument of {call[-1].note}: give it the addresses of the clients instead of everybody's, or, if the module "
        "has an argument for the security groups of clients, no range and their groups there. Clients outside of the VPC have no group, and lose "
        "access if their addresses are missing."
    )


def _is_for_mail(group: SecurityGroup | SecurityGroupIngress) -> bool:
    """Whether a group or its rule says that it is for a mail server."""
    return any(_MAIL.search(each) for each in _words(group))


def _words(group: SecurityGroup | SecurityGroupIngress) -> Iterator[str]:
    owner = owner_of(group)
    if owner is not None:
        yield from called(owner, owner.tags)
        yield from (words_of(" ".join(pieces_of(each))) for each in (owner.name, owner.description))
    yield words_of(group.address)
    yield from (words_of(" ".join(pieces_of(each.description))) for each in group.ingress)


def _name(group: SecurityGroup | SecurityGroupIngress, graph: Graph, number: int) -> str:
    """The program behind a port: the engine of the databases that use the group, or else the one that usually listens there."""
    owner = owner_of(group)
    if number not in _DATABASES or owner is None:
        return PORTS[number]
    # Imported here, since it needs all of RDS, and most groups have no open port.
    from wa_iac.knowledge.group_members import database_of

    return database_of(owner, graph) or PORTS[number]


def _told(rule: IngressRule, number: int, ports: Sequence[int]) -> Value[bool]:
    """Whether a rule opens a port and is reported with it: a rule for several ports is reported with the first of them. A rule that
    also opens SSH or Remote Desktop is left to their rules."""
    if _first(rule, ports) != number or Known(True) in (port(rule, each) for each in _OTHERS):
        return Known(False)
    return port(rule, number)


def _first(rule: IngressRule, ports: Sequence[int]) -> int | None:
    """The first of some ports that the rule covers, or may cover."""
    return next((number for number in ports if port(rule, number) != Known(False)), None)
