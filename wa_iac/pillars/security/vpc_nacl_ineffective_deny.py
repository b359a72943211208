"""# Network ACL denies what an earlier entry allows

## Why

A network ACL looks at its entries in the order of their numbers, and the first one that matches decides. An entry that denies traffic has no
effect if an entry with a lower number allows the same traffic. The team believes that it has blocked an address, but it has not.

## What it checks

Entries that deny, in both directions. The rule reports an entry if one with a lower number in the same network ACL allows all of its traffic:
the same protocol or all protocols, its ports or more, and its address range or a wider one.

## What is left out

An entry that denies all traffic from everywhere repeats what each network ACL does at its end anyway: it may come last without harm. Entries
that are only partly covered still have an effect. The rule does not compare entries for ICMP, which have types in place of ports.

## Non-compliant

```yaml
Resources:
  Acl:
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: vpc-0a1b2c3d
  Everybody:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: 100
      RuleAction: allow
      Protocol: -1
      CidrBlock: 0.0.0.0/0
  Attacker:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: 200  # finding: entry 100
      RuleAction: deny
      Protocol: -1
      CidrBlock: 198.51.100.0/24
```

```hcl
resource "aws_network_acl" "web" {
  vpc_id = "vpc-0a1b2c3d"
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 0
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
  ingress {
    rule_no    = 110 # finding: entry 100
    action     = "deny"
    protocol   = "tcp"
    from_port  = 3389
    to_port    = 3389
    cidr_block = "0.0.0.0/0"
  }
}
```

## Compliant

```yaml
Resources:
  Acl:
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: vpc-0a1b2c3d
  Attacker:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: 50
      RuleAction: deny
      Protocol: -1
      CidrBlock: 198.51.100.0/24
  Everybody:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: 100
      RuleAction: allow
      Protocol: -1
      CidrBlock: 0.0.0.0/0
```

```hcl
resource "aws_network_acl" "web" {
  vpc_id = "vpc-0a1b2c3d"
}

resource "aws_network_acl_rule" "https" {
  network_acl_id = aws_network_acl.web.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 443
  to_port        = 443
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "no_database" {
  network_acl_id = aws_network_acl.web.id
  rule_number    = 110
  rule_action    = "deny"
  protocol       = "tcp"
  from_port      = 5432
  to_port        = 5432
  cidr_block     = "0.0.0.0/0"
}
```

## Undecided

```yaml
Parameters:
  Blocked:
    Type: String
Resources:
  Acl:
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: vpc-0a1b2c3d
  Office:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: 100
      RuleAction: allow
      Protocol: -1
      CidrBlock: 192.0.2.0/24
  Attacker:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: 200
      RuleAction: deny
      Protocol: -1
      CidrBlock: !Ref Blocked  # undecided: parameter "Blocked" has no default
```

```hcl
variable "blocked" {
  type = string
}

resource "aws_network_acl" "web" {
  vpc_id = "vpc-0a1b2c3d"
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "192.0.2.0/24"
  }
  ingress {
    rule_no    = 200
    action     = "deny"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = var.blocked # undecided: var.blocked has no default
  }
}
```

## Sources

- [EntryDescription - AWS Firewall Manager](https://docs.aws.amazon.com/fms/2018-01-01/APIReference/API_EntryDescription.html), read on 2026-11-29
- [create-network-acl-entry](https://docs.aws.amazon.com/cli/latest/reference/ec2/create-network-acl-entry.md), read on 2026-11-29
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from wa_iac.aws.network_acl import AclEntry, NetworkAcl, NetworkAclEntry
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, equal, first_unknown, holds
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.security_group_rules import ALL_PROTOCOLS

_PORTED: Final = {"tcp": "6", "udp": "17"}
"""The protocols that have ports, and their numbers."""


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="RuleNumber: <a number below that of the entry which allows it>",
        tf="rule_no = <a number below that of the entry which allows it>",
        of={"aws_network_acl_rule": "rule_number = <a number below that of the entry which allows it>"},
        differs=True,
    ),
    equivalents={"guard": ["EC2_NETWORK_ACL_ENTRY_INEFFECTIVE_DENY_RULE"]},
)
def check(acl: NetworkAcl | NetworkAclEntry, graph: Graph) -> Flags:
    if isinstance(acl, NetworkAcl):
        for entries in (acl.ingress, acl.egress):
            yield from each_of(entries, partial(_judge, entries))
        return
    yield from each_of(acl.entry, partial(_judge, list(_of_same_acl(acl, graph))))


def _of_same_acl(entry: NetworkAclEntry, graph: Graph) -> Iterator[AclEntry]:
    """The entries of resources of their own in the same network ACL and the same direction."""
    for acl in entry.acl:
        for holder, _ in graph.pointing(NetworkAclEntry, "acl").at.get(id(acl.declared), ()):
            if isinstance(holder, NetworkAclEntry):
                yield from (each for each in holder.entry if each.egress == entry.entry[0].egress)


def _judge(others: Sequence[AclEntry], denial: AclEntry) -> Flags:
    if denial.unknown is not None or _is(denial.action, "deny") == Known(False):
        return
    if _everything(denial.protocol) == Known(True) and any(map(_is_everybody, (denial.ipv4, denial.ipv6))):
        return
    answers = [(each, _allowed_by(each, denial)) for each in others if each is not denial and each.unknown is None]
    first = next((each for each, answer in answers if answer == Known(True)), None)
    if first is None:
        doubt = any_of(answer for _, answer in answers)
        if isinstance(doubt, Unknown):
            yield undecided(doubt)
        return
    all_known(_is(denial.action, "deny"))
    what = next((each.value for each in (denial.ipv4, denial.ipv6) if isinstance(each, Known) and each.value), "this traffic")
    yield flag(
        denial.number,
        f"This entry denies {what}, but entry {_number(first)} comes first and allows it: the denial has no effect.",
    )


def _number(entry: AclEntry) -> str:
    return str(entry.number.value) if isinstance(entry.number, Known) else "before it"


def _allowed_by(entry: AclEntry, denial: AclEntry) -> Value[bool]:
    """Whether an entry comes first and allows everything that another one denies."""
    return all_of((_is(entry.action, "allow"), _before(entry, denial), _wider(entry, denial), _covers(entry, denial)))


def _is(action: Value[str], wanted: str) -> Value[bool]:
    return holds(action, lambda name: name.lower() == wanted)


def _before(entry: AclEntry, other: AclEntry) -> Value[bool]:
    match entry.number, other.number:
        case Known(one), Known(two):
            return Known(one < two)
        case _:
            return _unknown_or_no(entry.number, other.number)


def _unknown_or_no(*values: object) -> Value[bool]:
    why = first_unknown(*values)
    return Known(False) if why is None else why


def _everything(protocol: Value[str]) -> Value[bool]:
    return holds(protocol, lambda name: str(name).lower() in ALL_PROTOCOLS)


def _covers(entry: AclEntry, other: AclEntry) -> Value[bool]:
    """Whether an entry is for the protocol and all ports of another one."""
    every = _everything(entry.protocol)
    if every != Known(False):
        return every
    match entry.protocol, other.protocol:
        case Known(one), Known(two):
            spoken = _PORTED.get(str(one).lower(), str(one)), _PORTED.get(str(two).lower(), str(two))
            if spoken[0] != spoken[1] or spoken[0] not in _PORTED.values():
                return Known(False)
        case _:
            return _unknown_or_no(entry.protocol, other.protocol)
    return all_of((_at_most(entry.from_port, other.from_port), _at_most(other.to_port, entry.to_port)))


def _at_most(one: Value[int], other: Value[int]) -> Value[bool]:
    match one, other:
        case Known(low), Known(high):
            return Known(low <= high)
        case _:
            return _unknown_or_no(one, other)


def _wider(entry: AclEntry, other: AclEntry) -> Value[bool]:
    """Whether the address range of an entry contains that of another one."""
    return any_of(_contains(one, two) for one, two in _pairs(entry, other))


def _pairs(entry: AclEntry, other: AclEntry) -> Iterable[tuple[Value[str], Value[str]]]:
    return ((entry.ipv4, other.ipv4), (entry.ipv6, other.ipv6))


def _contains(one: Value[str], other: Value[str]) -> Value[bool]:
    if other in (Absent(), Known("")) or one in (Absent(), Known("")):
        return Known(False)
    if _is_everybody(one):
        return Known(True)
    if not (isinstance(one, Known) and isinstance(other, Known)):
        return equal(one, other)
    from ipaddress import ip_network

    try:
        wide, narrow = ip_network(one.value, strict=False), ip_network(other.value, strict=False)
    except ValueError:
        return Known(False)
    return Known(wide.supernet_of(narrow) if wide.version == narrow.version else False)  # type: ignore[arg-type]


def _is_everybody(addresses: Value[str]) -> bool:
    return isinstance(addresses, Known) and addresses.value.endswith("/0")
