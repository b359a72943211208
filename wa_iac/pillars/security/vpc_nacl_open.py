"""# Network ACL opens SSH, Remote Desktop or everything to the internet

## Why

A network ACL is the second lock of a subnet, if a security group is too open. An entry that lets the whole internet reach SSH or Remote
Desktop takes it away for just the ports that are attacked most.

## What it checks

The rule checks entries for incoming traffic from every address. It reports those for TCP ports 22 and 3389, and, with low severity, those for all
traffic, which is what AWS's default network ACL does.

## What is left out

- A range that begins at port 1024 or above. Network ACLs do not remember connections, so the answers to requests of the subnet need these
  ports, and 3389 is among them.
- A default network ACL that Terraform takes over and that lets in all traffic, as AWS makes it.
- An entry after another one with a lower number that denies the port.

## Non-compliant

```yaml
Resources:
  Acl:
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: vpc-0a1b2c3d
  Ssh:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: 100
      RuleAction: allow
      Protocol: 6
      PortRange: { From: 22, To: 22 }
      CidrBlock: 0.0.0.0/0  # finding: SSH (port 22)
```

```hcl
resource "aws_network_acl" "public" {
  vpc_id = "vpc-0a1b2c3d"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0" # finding: All traffic
  }
}

resource "aws_network_acl_rule" "rdp" {
  network_acl_id  = "acl-0a1b2c3d"
  rule_number     = 200
  rule_action     = "allow"
  protocol        = "tcp"
  from_port       = 3389
  to_port         = 3389
  ipv6_cidr_block = "::/0" # finding: Remote Desktop (port 3389)
}
```

## Compliant

```yaml
Resources:
  Acl:
    Type: AWS::EC2::NetworkAcl
    Properties:
      VpcId: vpc-0a1b2c3d
  Https:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: 100
      RuleAction: allow
      Protocol: 6
      PortRange: { From: 443, To: 443 }
      CidrBlock: 0.0.0.0/0
```

```hcl
resource "aws_network_acl" "public" {
  vpc_id = "vpc-0a1b2c3d"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
}
```

## Undecided

The result is undecided if the addresses of such an entry are not known before deployment.

```yaml
Parameters:
  Source:
    Type: String
Resources:
  Ssh:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: acl-0a1b2c3d
      RuleNumber: 100
      RuleAction: allow
      Protocol: 6
      PortRange: { From: 22, To: 22 }
      CidrBlock: !Ref Source  # undecided: parameter "Source" has no default
```

```hcl
variable "admin_range" {
  type = string
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = "acl-0a1b2c3d"
  rule_number    = 200
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = var.admin_range # undecided: var.admin_range has no default
}
```

## Sources

- [nacl-no-unrestricted-ssh-rdp](https://docs.aws.amazon.com/config/latest/developerguide/nacl-no-unrestricted-ssh-rdp.html), read on 2026-11-29
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from wa_iac.aws.network_acl import AclEntry, NetworkAcl, NetworkAclEntry
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, first_unknown, holds, negate
from wa_iac.core.networks import is_everybody
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, each_of, flag, rule
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.security_group_rules import ALL_PROTOCOLS, TCP

_PORTS: Final = {22: "SSH (port 22)", 3389: "Remote Desktop (port 3389)"}
_FOR_ANSWERS: Final = 1024
"""Ranges from here on also let in the answers to requests of the subnet."""
_DEFAULT: Final = frozenset({"aws_default_network_acl"})


_OF_IPV6: Final = Remedy(
    cfn="Ipv6CidrBlock: <your network, such as 2001:db8::/32>",
    tf='ipv6_cidr_block = "<your network>"',
)
_ONLY_NEEDED: Final = Remedy(
    decision="Let in only the ports that the subnets serve, and the ports from 1024 on for the answers to their own requests: network ACLs do not "
    "remember connections."
)


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="CidrBlock: <your network, such as 192.0.2.0/24>",
        tf='cidr_block = "<your network>"',
    ),
    equivalents={
        "checkov": ["CKV_AWS_229", "CKV_AWS_230", "CKV_AWS_231", "CKV_AWS_232", "CKV_AWS_352"],
        "trivy": ["AVD-AWS-0102", "AVD-AWS-0105"],
        "guard": ["EC2_NETWORK_ACL_PORT_RANGE_RULE", "EC2_NETWORK_ACL_PROTOCOL_RULE"],
        "config": ["NACL_NO_UNRESTRICTED_SSH_RDP"],
        "cfn_nag": ["W66", "W67"],
        "security_hub": ["EC2.21"],
    },
)
def check(acl: NetworkAcl | NetworkAclEntry, graph: Graph) -> Flags:
    own = acl.ingress if isinstance(acl, NetworkAcl) else acl.entry
    yield from each_of(own, partial(_judge, acl, graph))


def _judge(acl: NetworkAcl | NetworkAclEntry, graph: Graph, entry: AclEntry) -> Flags:
    all_known(entry.unknown)
    addresses = entry.ipv6 if entry.ipv6 == Known("::/0") else entry.ipv4
    lets_in = all_of(
        (
            holds(entry.action, lambda action: action.lower() == "allow"),
            negate(entry.egress),
            any_of(map(is_everybody, (entry.ipv4, entry.ipv6))),
        )
    )
    if lets_in in (Known(False), all_of([Known(False)])):
        return
    opened = {number: _covers(entry, number) for number in _PORTS}
    every = holds(entry.protocol, lambda protocol: protocol.lower() in ALL_PROTOCOLS)
    denied = _denied(acl, graph, entry)
    named = [_PORTS[number] for number, answer in opened.items() if answer == Known(True) and not _is_denied(denied, number)]
    if every == Known(True) and acl.declared.type in _DEFAULT:
        return
    if every == Known(True) and not all(_is_denied(denied, number) for number in _PORTS):
        all_known(lets_in)
        message = "All traffic from the internet passes this network ACL: only the security groups keep it out."
        yield flag(addresses, message, severity=Severity.LOW, instead=_ONLY_NEEDED)
    elif named:
        all_known(lets_in)
        message = f"{named[0]} is open to the whole internet in this network ACL: only the security groups keep attackers out."
        yield flag(addresses, message, instead=_OF_IPV6 if addresses == Known("::/0") else "")
    else:
        all_known(lets_in if first_unknown(every, *opened.values()) is not None else None, every, *opened.values())


def _covers(entry: AclEntry, port: int) -> Value[bool]:
    """Whether it is about a TCP port, and not about a range for answers."""
    return all_of(
        (
            holds(entry.protocol, lambda protocol: protocol.lower() in TCP),
            holds(entry.from_port, lambda first: first <= port and not (first >= _FOR_ANSWERS and first != port)),
            holds(entry.to_port, lambda last: last >= port),
        )
    )


def _denied(acl: NetworkAcl | NetworkAclEntry, graph: Graph, entry: AclEntry) -> list[AclEntry]:
    """The entries of the same network ACL that come first and deny something to everybody."""
    others: Sequence[AclEntry] = ()
    if isinstance(acl, NetworkAcl):
        others = acl.ingress
    else:
        others = [
            each
            for network in acl.acl
            for holder, _ in graph.pointing(NetworkAclEntry, "acl").at.get(id(network.declared), ())
            if isinstance(holder, NetworkAclEntry)
            for each in holder.entry
        ]
    return [
        each
        for each in others
        if each.action == Known("deny")
        and each.egress == Known(False)
        and Known(True) in (is_everybody(each.ipv4), is_everybody(each.ipv6))
        and isinstance(each.number, Known)
        and isinstance(entry.number, Known)
        and each.number.value < entry.number.value
    ]


def _is_denied(denied: Sequence[AclEntry], port: int) -> bool:
    return any(
        holds(each.protocol, lambda protocol: protocol.lower() in ALL_PROTOCOLS) == Known(True)
        or all_of(
            (
                holds(each.protocol, lambda protocol: protocol.lower() in TCP),
                holds(each.from_port, lambda first: first <= port),
                holds(each.to_port, lambda last: last >= port),
            )
        )
        == Known(True)
        for each in denied
    )
