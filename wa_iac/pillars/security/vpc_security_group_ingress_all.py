"""# Security group opens all ports to the internet

## Why

A rule for all protocols, or for ports 0 to 65535, from `0.0.0.0/0` or `::/0` offers no protection: anyone can reach every port
that the instance listens on, now or later. Open only the ports that you serve, and only to those who need them.

## What it checks

The rule reads the ingress rules of each security group, in the group and beside it. It reports a rule that opens all protocols or all
ports to the whole internet, alone or together with other rules.

The severity is critical if a member of the group surely has a public IP address, or if something elsewhere may get
the group. It is high if nothing here uses it, or if members are here and it is not known of any that it has one. It is medium if the internet certainly cannot reach them: their VPC has no internet gateway,
their subnets have no route to one, they have no public IP address, or VPC Block Public Access is on. It is medium also if only load
balancers use the group: the internet then reaches the ports of their listeners alone. A group that nothing here uses, and that is for Lambda functions
by its name or description, is of medium severity: nothing connects to a function. A rule for UDP alone is of high severity. The remedy for such a group names no port for the internet.

## What is left out

The rule does not report rules for single ports, which other rules check, and rules for narrower address ranges.

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

AWS ignores the ports of a rule for all protocols:

```hcl
resource "aws_security_group_rule" "app" {
  type              = "ingress"
  security_group_id = "sg-12345678"
  protocol          = "-1"
  from_port         = 8000
  to_port           = 8000
  cidr_blocks       = ["0.0.0.0/0"] # finding
}
```

It is advice for a group behind which nothing listens: that of Client VPN endpoints, or of what only begins connections itself, such as
Lambda functions and the VPC links of HTTP APIs:

```hcl
resource "aws_security_group" "vpn" {
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"] # finding: Only Client VPN endpoints
  }
}

resource "aws_ec2_client_vpn_endpoint" "staff" {
  server_certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/staff"
  client_cidr_block      = "10.8.0.0/22"
  security_group_ids     = [aws_security_group.vpn.id]

  authentication_options {
    type                       = "certificate-authentication"
    root_certificate_chain_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/clients"
  }

  connection_log_options {
    enabled = false
  }
}
```

```hcl
resource "aws_security_group" "link" {
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"] # finding: begins connections itself
  }
}

resource "aws_apigatewayv2_vpc_link" "orders" {
  name               = "orders"
  security_group_ids = [aws_security_group.link.id]
  subnet_ids         = ["subnet-0123456789abcdef0"]
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

## Sources

- [vpc-sg-open-only-to-authorized-ports - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/vpc-sg-open-only-to-authorized-ports.html), read on 2026-11-29
"""

from collections.abc import Sequence
from dataclasses import replace

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, rule
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.security_group_rules import ALL_PROTOCOLS, address_ranges, everything, exposed, ingress
from wa_iac.pillars.judgements.narrower_ports import of_network
from wa_iac.pillars.judgements.open_ports import judge, owner_of
from wa_iac.pillars.judgements.shared_ranges import other_blocks
from wa_iac.pillars.judgements.wording import listed

_LAST = 65_535
_UDP = ("udp", "17")
_BY_UDP = ": anyone can reach whatever listens on one of them."
_OF_UDP = Remedy(
    decision="Open only the UDP ports on which something listens, each to its clients only, or remove the rule: a security group lets answers to requests in "
    "without one."
)
_WITHIN = (
    "Other traffic that this rule lets in today, such as that of the members among themselves, first needs a rule of its own."
)

_ONLY = f" only the ports that clients on the internet need. {_WITHIN} Such as:"

_FOR_OTHERS = (
    "{} passes on the traffic of its VPC, so that connections begin there: name the range of the VPC. Answers from the internet need no "
    "rule."
)


_OF_APPLIANCE = Remedy(
    decision="A network appliance decides about connections itself, but this rule opens its own administration too. Let in everybody only at the ports that "
    "it passes on, with a rule for each range of them, and your network only at those by which it is administered."
)
"""The remedy for the group of a firewall, by its names."""
_OF_STORES = (
    "Only {} {} this group: open only the port on which that listens, and only to the security group of its clients instead of the address range. Clients "
    "outside of the VPC have none: give them a rule with their own addresses first."
)
_OF_NOTEBOOKS = (
    "Only {} {} this group. People open a notebook through SageMaker, which needs no rule here: remove this one, unless something in connected "
    "networks uses the notebook. For that, open only its port, and only to its clients."
)
_CLOSED = (
    "No client on the internet uses this rule, since none can reach the members of the group. Name the ranges of the networks that need it, and "
    f"only the ports that they use. {_WITHIN}"
)
_BY_PROTOCOL = Remedy(
    cfn={"IpProtocol": "tcp"},
    tf={"protocol": "tcp"},
    of={"aws_vpc_security_group_ingress_rule": {"ip_protocol": "tcp"}},
    decision="The ports that are written here have no effect, since AWS ignores them in a rule for all protocols. Name the protocol, such as tcp: only these "
    f"ports then stay open. {_WITHIN} A rule that is a resource of its own is replaced: requests fail for a moment.",
)
"""The remedy for a rule that names ports, but all protocols ("AuthorizeSecurityGroupIngress", Amazon EC2 API Reference)."""


def _is_udp(opening: IngressRule) -> bool:
    return isinstance(opening.protocol, Known) and str(opening.protocol.value).lower() in _UDP


def _all_of_udp(opening: IngressRule) -> Value[bool]:
    return everything(opening) if _is_udp(opening) else Known(False)


def _all_but_udp(opening: IngressRule) -> Value[bool]:
    return Known(False) if _is_udp(opening) else everything(opening)


def _names_ports(group: SecurityGroup | SecurityGroupIngress, range_: Value[str]) -> bool:
    """Whether the rule with a range is for all protocols, and yet names ports."""
    for one in ingress(group):
        if all(each.origin.span != range_.origin.span for each in address_ranges(one)):
            continue
        if not (isinstance(one.protocol, Known) and str(one.protocol.value).lower() in ALL_PROTOCOLS):
            continue
        if all(isinstance(each, Known) and 0 < each.value < _LAST for each in (one.from_port, one.to_port)):
            return True
    return False


def _forwards(group: SecurityGroup, graph: Graph) -> str:
    """The instance or the network interface in a security group that passes on the traffic of its VPC, as a NAT instance does. Empty if
    there is none."""
    # Imported here, since most groups have no rule for all ports.
    from wa_iac.knowledge.appliances import forwarding_interface
    from wa_iac.knowledge.servers import routes_traffic

    servers = (graph.typed(each, Instance) for each in graph.referring(group, frozenset(Instance.types())))
    found = next((each.address for each in servers if routes_traffic(each, graph) == Known(True)), "")
    return found or forwarding_interface(group, graph)


def _is_closed(group: SecurityGroup, graph: Graph, range_: Known[str]) -> bool:
    """Whether the internet certainly does not reach the members of a group."""
    from wa_iac.knowledge.reachability import way_closed

    return isinstance(way_closed(group, graph, ipv6=":" in range_.value), Known)


def _only(number: int, protocol: str, decision: str) -> Remedy:
    return Remedy(
        cfn={"IpProtocol": protocol, "FromPort": number, "ToPort": number},
        tf={"protocol": protocol, "from_port": number, "to_port": number},
        of={"aws_vpc_security_group_ingress_rule": {"ip_protocol": protocol, "from_port": number, "to_port": number}},
        decision=decision,
    )


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.CRITICAL,
    remedy=_only(443, "tcp", f"Open{_ONLY}"),
    equivalents={
        "checkov": ["CKV_AWS_277"],
        "guard": ["SECURITY_GROUP_INGRESS_ALL_PROTOCOLS_RULE", "SECURITY_GROUP_INGRESS_PORT_RANGE_RULE"],
        "cfn_nag": ["W2"],
    },
)
def check(group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> Flags:
    consequence = ": anyone can reach every port that the members of the group listen on."
    if all(each.unknown is None and everything(each) == Known(False) for each in exposed(group)):
        return
    # Imported here, since it needs load balancers, and most groups have no rule for all ports.
    from wa_iac.knowledge.appliances import is_of_appliances
    from wa_iac.knowledge.group_members import Listening, listening, nothing_uses, only_balancers, only_notebooks, only_stores

    owner = owner_of(group)
    ports, only = Listening((), only=False) if owner is None else listening(owner, graph)
    severity = Severity.MEDIUM if only else None
    if only:
        consequence = (
            f". Only load balancers use this group, so that anyone can reach {_spelled(ports)} of their listeners today, "
            "and the port of each new one."
        )
    elif owner is not None and only_balancers(owner, graph):
        severity = Severity.MEDIUM
        consequence = (
            ". Only load balancers use this group, so that anyone can reach the port of each listener that they have or get."
        )

    unused = owner is not None and nothing_uses(owner, graph)
    if unused:
        severity = Severity.HIGH
        consequence = ". Nothing in this code uses the group: whatever gets it can be reached on every port that it listens on."

    def also(range_: Value[str]) -> str:
        others = other_blocks(group, range_, graph)
        return f" The same range is that of {others}: it has to let in the clients of both." if others else ""

    def instead(range_: Value[str]) -> str | Remedy:
        if _names_ports(group, range_):
            return _BY_PROTOCOL
        if owner is not None and is_of_appliances(owner, graph):
            return _OF_APPLIANCE
        if owner is not None and (others := _forwards(owner, graph)):
            return replace(of_network(range_), decision=_FOR_OTHERS.format(others))
        if len(ports) > 1:
            return _only(*ports[0], f"Open only what the listeners use, {_spelled(ports)}, with a rule for each, such as:")
        if ports:
            return _only(*ports[0], "Open only the port of the listener:")
        if owner is not None and (stores := only_stores(owner, graph)):
            return Remedy(decision=_OF_STORES.format(stores[0], "uses" if len(stores) == 1 else "and the like use"))
        if owner is not None and (notebooks := only_notebooks(owner, graph)):
            return Remedy(decision=_OF_NOTEBOOKS.format(notebooks[0], "uses" if len(notebooks) == 1 else "and the like use"))
        if owner is not None and isinstance(range_, Known) and _is_closed(owner, graph, range_):
            return replace(of_network(range_), decision=_CLOSED + also(range_))
        if range_.origin.default_of:
            words = f"Let in only your own network, or open only the ports that clients need. {_WITHIN}{also(range_)}"
            return replace(of_network(range_), decision=words)
        return _only(443, "tcp", f"If nothing elsewhere uses this group, delete it. Otherwise open{_ONLY}") if unused else ""

    def of_udp(range_: Value[str]) -> Remedy:
        others = "" if owner is None else _forwards(owner, graph)
        return replace(of_network(range_), decision=_FOR_OTHERS.format(others)) if others else _OF_UDP

    for each, opened, then, change, most in (
        (_all_but_udp, "Every port is open", consequence, instead, severity),
        (_all_of_udp, "Every UDP port is open", _BY_UDP, of_udp, Severity.HIGH),
    ):
        yield from judge(group, graph, each, opened, then, change, most, unless_reached=Severity.HIGH)


def _spelled(ports: Sequence[tuple[int, str]]) -> str:
    """Some ports, as words: "port 80", "the ports 80 and 443"."""
    numbers = [str(number) for number, _ in ports]
    return f"port {numbers[0]}" if len(numbers) == 1 else f"the ports {listed(numbers)}"
