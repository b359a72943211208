"""# Security group lets the internet go around the load balancer, or opens a wide range of ports

## Why

A load balancer terminates TLS, checks requests with AWS WAF, and writes a log. If the security group of the servers behind it lets in
everybody, all this can be gone around: anyone who finds the address of a server sends requests straight to it. A range of a hundred ports and more opens
whatever happens to listen there, today and after the next update.

## What it checks

- A TCP port that is open to the internet in a group whose members all are behind an Application Load Balancer or a Classic Load Balancer. The
  servers should let in only the security group of the load balancer.
- A range of 100 TCP ports or more that is open to the internet.

A port behind a load balancer is reported by default where one of the servers surely has a public IP address. Elsewhere it is advice, and of low
severity if the internet certainly does not reach the members of the group. A wide range is advice everywhere: a firewall, or a server of media, takes it on purpose.

## What is left out

- Ports of load balancers, and of servers that no load balancer is in front of: somebody has to let in the clients.
- Targets of a Network Load Balancer, which may keep the addresses of the clients.
- SSH, Remote Desktop, the ports of databases and caches, and all ports at once, which rules of their own report.
- Ranges of UDP ports, which media servers and games need.
- ICMP and other protocols, which reach none of the ports that a load balancer sends requests to.

## Non-compliant

```yaml
Resources:
  Balancer:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Load balancer
  Servers:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Servers
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 8080
          ToPort: 8080
          CidrIp: 0.0.0.0/0  # finding: who can go around it
  Requests:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 8080
      Protocol: HTTP
      VpcId: vpc-0a1b2c3d
  Server:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0a1b2c3d
        NetworkInterfaces:
          - DeviceIndex: 0
            AssociatePublicIpAddress: true
            Groups: [!GetAtt Servers.GroupId]
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "4"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      TargetGroupARNs: [!Ref Requests]
      LaunchTemplate:
        LaunchTemplateId: !Ref Server
        Version: !GetAtt Server.LatestVersionNumber
```

```hcl
resource "aws_security_group" "nodes" {
  description = "Nodes"

  ingress {
    description = "Node ports"
    protocol    = "tcp"
    from_port   = 30000
    to_port     = 32767
    cidr_blocks = ["0.0.0.0/0"] # finding: 2768 TCP ports
  }
}
```

```yaml
Resources:
  Outside:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Untrusted side of the firewall
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 30000
          ToPort: 30999
          CidrIp: 0.0.0.0/0  # finding: for an untrusted network
```

## Compliant

```yaml
Resources:
  Balancer:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Load balancer
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
  Servers:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Servers
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !GetAtt Balancer.GroupId }
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      SecurityGroups: [!GetAtt Balancer.GroupId]
```

```hcl
resource "aws_security_group" "web" {
  description = "Web server"

  ingress {
    description = "HTTPS"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```

## Undecided

The result is undecided if the addresses or the ports of such a rule are not known before deployment.

```yaml
Parameters:
  Clients:
    Type: String
Resources:
  Nodes:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Nodes
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 30000
          ToPort: 32767
          CidrIp: !Ref Clients  # undecided: parameter "Clients" has no default
```

```hcl
variable "last_port" {
  type = number
}

resource "aws_security_group" "nodes" {
  description = "Nodes"

  ingress {
    description = "Node ports"
    protocol    = "tcp"
    from_port   = 30000
    to_port     = var.last_port # undecided: var.last_port has no default
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```

## Sources

- [Security groups for your Application Load Balancer](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html), read on 2026-11-29
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, negate
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, all_known, each_of, flag, rule
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.called import called, words_of
from wa_iac.knowledge.security_group_rules import TCP, everything, ingress, lets_in, port
from wa_iac.knowledge.trusted_ports import PORTS
from wa_iac.pillars.judgements.narrower_ports import OF_THE_CLIENTS, RANGES, beside_others, divided
from wa_iac.pillars.judgements.open_ports import open_sources, owner_of
from wa_iac.pillars.judgements.shared_ranges import of_element

_WIDE: Final = 100
"""So many ports are a wide range."""
_OF_THE_BALANCER: Final = Remedy(
    cfn="SourceSecurityGroupId: !GetAtt <the load balancer's group>.GroupId",
    tf="security_groups = [aws_security_group.<the load balancer's group>.id]",
    of={
        "aws_security_group_rule": "source_security_group_id = aws_security_group.<the load balancer's group>.id",
        "aws_vpc_security_group_ingress_rule": "referenced_security_group_id = aws_security_group.<the load balancer's group>.id",
    },
    removes=RANGES,
    decision="Name the security group of the load balancer instead of the address range. One that names no group needs one of its own first. If another "
    "rule lets in that group already, or nothing sends requests to this port, remove the rule.",
)
_BY_MODULE: Final = Remedy(
    decision="Name the security group of the load balancer as the source, instead of the address range: if the module has no argument for a group, it needs "
    "one first, and its other callers need that too. If another rule lets in that group already, or nothing sends requests to this port, remove the rule."
)
_OF_ELEMENT: Final = (
    "Each element of a list makes a rule here. Let a rule of its own name the security group of the load balancer, unless the block has an argument for it, and "
    "then take out the element for this port. If another rule lets in that group already, or nothing sends requests to this "
    "port, only take out the element."
)
_OF_THEIR_NETWORK: Final = Remedy(decision="Name the address ranges of the clients in place of everybody's.")
_OF_THE_APPLIANCE: Final = (
    "Only what the appliance behind this group publishes has to be open: name these ports instead of the range. Requests to other ports are then "
    "cut off."
)
_OUTSIDE: Final = late(
    r"\b(?:un ?trusted|fire ?wall|ngfw|dmz|(?:internet|external|outside|wan|public) (?:side|facing|interface)|network appliance)\b"
)
"""How a group is called that takes the traffic of the internet for a firewall or a similar appliance."""
_OTHERS: Final = (22, 3389, *PORTS)
"""What rules of their own report."""


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=OF_THE_CLIENTS,
    equivalents={
        "checkov": ["CKV_AWS_260"],
        "trivy": ["AVD-AWS-0107"],
        "cdk_nag": ["AwsSolutions-EC23"],
        "guard": ["EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE"],
        "config": ["VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS"],
        "security_hub": ["EC2.18"],
    },
)
def check(group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> Flags:
    yield from each_of(ingress(group), partial(_judge, group, graph))


def _judge(group: SecurityGroup | SecurityGroupIngress, graph: Graph, opening: IngressRule) -> Flags:
    all_known(opening.unknown)
    found = [*open_sources(group, graph, opening)]
    first = next((each for each in found if isinstance(each, Known)), None)
    if not found:
        return
    others = any_of((everything(opening), negate(lets_in(opening)), *(port(opening, each) for each in _OTHERS)))
    if others == Known(True):
        return
    count = _ports(opening)
    if count is None:
        return
    front = _front(group, graph)
    if not front and isinstance(count, Known) and count.value < _WIDE:
        return
    all_known(first if first is not None else found[0], others, *([] if front else [count]))
    if first is not None:
        yield _flag(group, graph, first, opening, front, count)


def _front(group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> str:
    """The load balancer that is in front of all members of a group; empty if there is none, or one member is without."""
    owner = owner_of(group)
    if owner is None:
        return ""
    # Imported here, since they need all services whose resources have security groups, and most groups are not open.
    from wa_iac.knowledge.fronts import front_of
    from wa_iac.knowledge.group_members import members_of

    fronts = [front_of(each, graph) for each in members_of(owner, graph)]
    return fronts[0] if fronts and all(fronts) else ""


def _ports(opening: IngressRule) -> Value[int] | None:
    """How many TCP ports a rule opens; None if it is about another protocol, or about all ports."""
    match opening.protocol:
        case Unknown() as why:
            return why
        case Known(name) if name.lower() in TCP:
            pass
        case _:
            return None
    match opening.from_port, opening.to_port:
        case Known(first), Known(last):
            return Known(last - first + 1)
        case (Unknown() as why, _) | (_, Unknown() as why):
            return why
        case _:
            return None


def _is_given(opening: IngressRule) -> bool:
    """Whether a variable, a parameter or a caller gives the address ranges of a rule."""
    return any(step.default_of or step.argument for ranges in (opening.ipv4, opening.ipv6) for step in ranges.origin.chain)


def _flag(
    group: SecurityGroup | SecurityGroupIngress,
    graph: Graph,
    source: Known[str],
    opening: IngressRule,
    front: str,
    count: Value[int] | None,
) -> Flag:
    from wa_iac.knowledge.reachability import surely_reached, way_closed

    owner = owner_of(group)
    closed = None if owner is None else way_closed(owner, graph, ipv6=":" in source.value)
    number = f" {opening.from_port.value}" if isinstance(opening.from_port, Known) else ""
    within = bool(group.declared.calls) or any(each.argument for each in source.origin.chain)
    of_balancer = _BY_MODULE if within else _OF_THE_BALANCER
    of_balancer = of_element(source, group, _OF_ELEMENT) or of_balancer
    instead: str | Remedy = of_balancer if front else beside_others((opening,), source) or divided(opening)
    confidence: Confidence | None = Confidence.LOW
    more = ""
    if not front and _is_given(opening):
        instead = _OF_THEIR_NETWORK
    if front:
        reached = owner is not None and surely_reached(owner, graph, ipv6=":" in source.value)
        confidence = None if reached else Confidence.LOW
        way = ", who can go around it" if reached else ": who reaches the members can go around it"
        message = f"{front} sends requests to the members of this group, but port{number} is open to everybody{way}."
    else:
        if outside := _OUTSIDE.search(" ".join(_said_of(owner))):
            instead = _OF_THE_APPLIANCE
            more = f' It is for an untrusted network, by the words "{outside[0]}".'
        elif interface := _interface(owner, graph):
            instead = _OF_THE_APPLIANCE
            more = f" Its interface {interface} takes traffic for others, as that of a firewall does."
        many = count.value if isinstance(count, Known) else "Many"
        message = f"{many} TCP ports from{number} on are open to the whole internet: anything that listens there can be reached.{more}"
    if isinstance(closed, Known):
        message = f"{message} The internet does not reach it today, because {closed.value}."
        return flag(source, message, resource=group, severity=Severity.LOW, confidence=confidence, instead=instead)
    return flag(source, message, resource=group, confidence=confidence, instead=instead)


def _interface(owner: SecurityGroup | None, graph: Graph) -> str:
    from wa_iac.knowledge.appliances import forwarding_interface  # most groups have no wide range

    return "" if owner is None else forwarding_interface(owner, graph)


def _said_of(group: SecurityGroup | None) -> Iterator[str]:
    """What a group is called and described as, as words."""
    if group is not None:
        yield from called(group, group.tags)
        yield from map(words_of, pieces_of(group.description))
