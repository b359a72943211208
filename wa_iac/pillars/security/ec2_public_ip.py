"""# EC2 instance has a public IP address

## Why

An instance with a public IP address is directly exposed to the internet. One security group rule too many, or one service that
should not listen, and anyone can reach it. An instance behind a load balancer needs no public IP address, nor does one that you
administer through Session Manager.

## What it checks

The rule reports:

- a public IP address that is set for an instance, a launch template or a launch configuration;
- an Elastic IP address that is associated with an instance;
- an instance without a setting, in a subnet that assigns public IP addresses.

The severity is high if its security groups are known to let many addresses of the internet in at another port than 80 and 443. It is medium if another
resource or a command for SSH in an output reads the address, which then needs another way to the instance first, or if a comment beside the
setting gives a reason.

Everything else is advice:

- security groups that let in a few addresses only, or those that the one who deploys has to name, or a website's clients, or that are not
  all known here;
- an instance that the internet cannot reach: its subnets have no route to an internet gateway, VPC Block Public Access is on, or the subnets are
  private by the name of a module's output (`private_subnets`, `database_subnets`, `intra_subnets`), of another stack's export, of a parameter or of a variable;
- a bastion, and a server of a game, of calls or of a network of peers, by its names or its open port, which are public by their purpose;
- the Elastic IP address of a server that sends mails or scans, by its names, since others know the address;
- a launch template beside one of the same name for private subnets, without the address (`windows_public` and `windows_private`);
- an address to which a provider of the same configuration connects.

## What is left out

The rule does not check NAT instances and VPN servers, which need a public IP address: instances without a source/destination check,
whose user data makes them forward traffic, or whose names say so. An address that an instance has from its launch template is reported
at the template.

## Non-compliant

```yaml
Resources:
  Public:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-12345678
      CidrBlock: 10.0.0.0/24
      MapPublicIpOnLaunch: true
  First:  # finding: the internet can reach it on every port that its security groups open
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref Public
      SecurityGroupIds: [!Ref Search]
  Search:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The search of the shop
      VpcId: vpc-12345678
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 8983
          ToPort: 8983
          CidrIp: 0.0.0.0/0
  Second:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      NetworkInterfaces:
        - DeviceIndex: "0"
          SubnetId: subnet-12345678
          AssociatePublicIpAddress: true  # finding: instance gets a public IP address
```

```hcl
resource "aws_instance" "first" {
  ami                         = "ami-12345678"
  subnet_id                   = "subnet-12345678"
  associate_public_ip_address = true # finding: instance gets a public IP address
}

resource "aws_instance" "second" {
  ami                         = "ami-12345678"
  subnet_id                   = "subnet-12345678"
  associate_public_ip_address = false
}

resource "aws_eip" "second" {
  instance = aws_instance.second.id # finding: gives aws_instance.second a public IP
}

resource "aws_launch_template" "web" {
  image_id = "ami-12345678"

  network_interfaces {
    associate_public_ip_address = true # finding: started from this template
  }
}
```

## Compliant

```yaml
Resources:
  Private:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-12345678
      CidrBlock: 10.0.0.0/24
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref Private
```

```hcl
resource "aws_instance" "server" {
  ami                         = "ami-12345678"
  subnet_id                   = "subnet-12345678"
  associate_public_ip_address = false
}
```

## Not applicable

```yaml
Resources:
  Nat:  # not applicable: forwards the traffic of other instances
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      SourceDestCheck: false
      NetworkInterfaces:
        - {DeviceIndex: "0", SubnetId: subnet-0a1, AssociatePublicIpAddress: true}
  VpnServers:  # not applicable: its name says
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        NetworkInterfaces:
          - {DeviceIndex: 0, AssociatePublicIpAddress: true}
  Server:  # not applicable: its launch template gives it the address
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0c3
      LaunchTemplate: {LaunchTemplateId: !Ref VpnServers, Version: "1"}
  VpnServer:  # not applicable: its name says
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0b2
      NetworkInterfaces:
        - {DeviceIndex: "0", SubnetId: subnet-0a1, AssociatePublicIpAddress: true}
```

```hcl
resource "aws_instance" "nat" { # not applicable: forwards the traffic of other instances
  ami                         = "ami-0a1"
  subnet_id                   = "subnet-0a1"
  source_dest_check           = false
  associate_public_ip_address = true
}

resource "aws_instance" "vpn" { # not applicable: its name says
  ami                         = "ami-0b2"
  subnet_id                   = "subnet-0a1"
  associate_public_ip_address = true
}
```

## Undecided

The result is undecided if `SubnetId` or `associate_public_ip_address` is not known before deployment.

```yaml
Parameters:
  SubnetId:
    Type: String
Resources:
  Server:  # undecided: parameter "SubnetId" has no default
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref SubnetId
```

```hcl
variable "associate_public_ip_address" { # undecided: Fails when var.associate_public_ip_address is true
  type = bool
}

resource "aws_instance" "server" {
  ami                         = "ami-12345678"
  subnet_id                   = "subnet-12345678"
  associate_public_ip_address = var.associate_public_ip_address
}
```

## Sources

- [associatePublicIpAddress (InstanceNetworkInterfaceSpecification)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-instance-network-interface-specification/associate-public-ip-address.html), read on 2026-11-29
- [associatePublicIpAddress (CreateLaunchConfiguration)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/autoscaling/aws.sdk.kotlin.services.autoscaling.model/-create-launch-configuration-request/associate-public-ip-address.html), read on 2026-11-29
- [mapPublicIpOnLaunch (Subnet)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-subnet/map-public-ip-on-launch.html), read on 2026-11-29
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.cloudfront import Distribution
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, each_of, exempt, rule, settled, undecided, unless
from wa_iac.core.value import Known, Step, Tree, Unknown, Value
from wa_iac.knowledge.called import words_of
from wa_iac.knowledge.game_servers import serves_players
from wa_iac.knowledge.senders import sends_to_others
from wa_iac.knowledge.servers import (
    VOLUME_ATTACHMENTS,
    elastic_addresses,
    fronted,
    launch_address,
    passed_on_by,
    read_by,
    routes_traffic,
    security_group_links,
)
from wa_iac.knowledge.ways_in import is_bastion, is_gateway
from wa_iac.pillars.judgements.launch_configurations import renewed
from wa_iac.pillars.judgements.public_addresses import exposed
from wa_iac.pillars.judgements.wording import listed

_USE_SESSION_MANAGER = "administrators can use Session Manager instead, which needs no public IP address and no open port"
_MANAGED = "Session Manager, which needs its agent in the image and a role"
_NO_ELASTIC = "that is to remove the Elastic IP address."
_NAMED_ELSEWHERE = "Scripts, DNS records and lists of others that name the address have to change."
_OF_THE_SUBNET = (
    "That is not enough: without the Elastic IP address, the instance gets another public one, which its subnet or its own setting assigns at "
    "launch. Move it to a private subnet also, which replaces the instance. Its own requests to the internet need a NAT gateway or VPC endpoints there."
)
_PERHAPS_OF_THE_SUBNET = "If its subnet assigns addresses, as those of the default VPC do, the instance gets another public one: move it to a private subnet then."
_WITHOUT_ANY = "Its own requests to the internet then need VPC endpoints, or a private subnet with a NAT gateway: a move to one replaces the instance."
_ADMIT = "Let the security groups admit only who has to connect, and only at the ports for that. Then decide whether the address can go: "
_REPLACED = "a move to a private subnet replaces the instance, with what is on its disks. In a private subnet, its own requests to the internet need a NAT gateway or VPC endpoints. "
_OTHER_WAYS = f"Clients need another way in, such as a load balancer, and administrators {_MANAGED}."
_BY_OTHERS = f"{_OTHER_WAYS} Scripts and lists of others that name the address have to change."
_BY_THE_FRONT = f"Clients come through the load balancer already, if it reaches the instance at the right port. Administrators need {_MANAGED}."
_OF_THE_ZONE = "The subnet has to be in the same Availability Zone, where the volumes are that are attached to the instance."
_ADDRESS_THERE = "Its {} has to be an address of that subnet."
_STARTED = (
    f"{_ADMIT}instances that run already keep their address. New ones need private subnets with a NAT gateway or VPC endpoints for their own requests to "
    "the internet, and clients that use their addresses need another way in, such as a load balancer."
)
_STARTED_AGAIN = (
    f"{_ADMIT}in a private subnet, the requests of {{}} to the internet need a NAT gateway or VPC endpoints. Clients need another way in, such as a load "
    "balancer, and administrators Session Manager."
)
_INSTANCES = frozenset(Instance.types())
_DISTRIBUTIONS = frozenset(Distribution.types())
_OWN_ADDRESSES = ("private_ip", "PrivateIpAddress")


_FOR_PLAYERS = (
    "Players, callers and peers need a public address. Keep it and open only their port, or put a Network Load Balancer in front of the server and "
    "take its own address away. Let administrators use Session Manager. If it stays, suppress this with that as the reason."
)


_FOR_RECEIVERS = (
    "By its names, it sends mails or scans, and others know the address: keep it then, and let its security groups admit only who has to connect. "
    "If it stays, suppress this with that as the reason."
)


_OF_THE_INTERFACE = ("SubnetId", "SecurityGroupIds", "SecurityGroups", "PrivateIpAddress", "Ipv6Addresses", "Ipv6AddressCount")
"""What EC2 refuses beside a block of network interfaces: it belongs in the block ("RunInstances", Amazon EC2 API Reference)."""
_KIND = late(r"\b(?:default|public|private|internal)\b")
_PRIVATE = late(r"\b(?:private|internal)\b")
_INTERFACE = 'NetworkInterfaces:\n  - DeviceIndex: "0"\n    AssociatePublicIpAddress: false\n    SubnetId: <a private subnet>'


_IN_PRIVATE = Remedy(
    cfn=_INTERFACE,
    tf="associate_public_ip_address = false\nsubnet_id                   = <a private subnet>.id",
    removes=_OF_THE_INTERFACE,
)


_OF_ITS_INTERFACE = Remedy(cfn="AssociatePublicIpAddress: false\nSubnetId: <a private subnet>")


_SETTING = Remedy(cfn={"AssociatePublicIpAddress": False}, tf={"associate_public_ip_address": False})


def _switched_off(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Remedy | None:
    """The setting alone, if there is a place for it."""
    if not isinstance(server, Instance):
        started = [graph.typed(each, Instance) for each in graph.referring(server, _INSTANCES)]
        ways = dict.fromkeys(way for each in started for way in _ways_first(each, graph))
        words = _STARTED_AGAIN.format(listed([each.address for each in started])) if started else _STARTED
        return replace(_SETTING, decision=" ".join(filter(None, (renewed(server), *ways, words))))
    first = " ".join((*_ways_first(server, graph), f"{_ADMIT}{_REPLACED}{_others(server, graph)}", *_ties(server, graph)))
    if templates := [each.address for each in server.template.targets if each.interfaces and not server.interfaces]:
        names = ("AssociatePublicIpAddress", "SubnetId") if server.as_cloudformation else (*_SETTING.tf, "subnet_id")
        there = f"The launch template {listed(templates)} has the network interface: write it there ({' and '.join(names)})."
        return Remedy(decision=f"{first} {there}")
    if server.declared.keys and "subnet_id" in server.declared.body.value:
        # Others of the same block may be in private subnets already, each in one of its own.
        return replace(_SETTING, decision=f"{first} Let `subnet_id` give a private subnet here. Then:")
    remedy = _OF_ITS_INTERFACE if server.interfaces else _IN_PRIVATE
    if not server.interfaces and {"SecurityGroupIds", "SecurityGroups"} & server.declared.body.value.keys():
        remedy = replace(remedy, cfn=f"{_INTERFACE}\n    GroupSet:\n      - <the ID of each of its security groups>")
    return replace(remedy, decision=first)


def _others(server: Instance, graph: Graph) -> str:
    """How those reach a server who do so by its public address today."""
    if any(graph.referring(server, _DISTRIBUTIONS)):
        return f"Administrators need {_MANAGED}."
    return _BY_THE_FRONT if fronted(server, graph) == Known(True) else _BY_OTHERS


def _ties(server: Instance, graph: Graph) -> Iterator[str]:
    """What ties an instance to its present subnet."""
    if graph.referring(server, VOLUME_ATTACHMENTS) or "Volumes" in server.declared.body.value:
        yield _OF_THE_ZONE
    yield from (_ADDRESS_THERE.format(name) for name in _OWN_ADDRESSES if any(name in each for each in _bodies(server)))


def _without_elastic(server: Instance, graph: Graph) -> str:
    """What to do about an Elastic IP address."""
    others = _others(server, graph).replace(_BY_OTHERS, _OTHER_WAYS)
    first = (*_ways_first(server, graph), f"{_ADMIT}{_NO_ELASTIC}", others, _NAMED_ELSEWHERE)
    match launch_address(server):
        case Known(True):
            after = [_OF_THE_SUBNET, *_ties(server, graph)]
        case Known():
            after = [_WITHOUT_ANY]
        case _:
            after = [_PERHAPS_OF_THE_SUBNET, _WITHOUT_ANY]
    return " ".join((*first, *after))


def _bodies(server: Instance) -> Iterator[Mapping[str, Tree]]:
    """Where the private address of an instance may be written: beside the others of its arguments, or in its interfaces."""
    yield server.declared.body.value
    match server.declared.body.value.get("NetworkInterfaces"):
        case Known(list() as listed):
            yield from (each.value for each in listed if isinstance(each, Known) and isinstance(each.value, dict))
        case _:
            pass


def _ways_first(server: Instance, graph: Graph) -> list[str]:
    """What has to change before an instance loses its public address: all that reads it."""
    reader = read_by(server, graph)
    ways = (
        [f"First give {reader} another way to the instance, such as its private address or Session Manager."] if reader else []
    )
    records, outputs = passed_on_by(server, graph)
    if records:
        ways.append(
            f"The DNS {'record' if len(records) == 1 else 'records'} {listed(records)} would have no address, and the deployment would fail: first "
            "give it that of the load balancer, or the private one."
        )
    if others := [each for each in outputs if each != reader]:
        one = len(others) == 1
        ways.append(
            # CloudFormation: "Attribute: PublicIp was not found for resource".
            f"First take {listed(others)} out, and look who reads {'it' if one else 'them'}: without the address, the deployment fails, or "
            f"{'it is' if one else 'they are'} empty."
            if server.dialect == "cloudformation"
            else f"Without the address, {listed(others)} {'is' if one else 'are'} empty: first look who reads that."
        )
    if any(graph.referring(server, _DISTRIBUTIONS)):
        ways.append(
            "CloudFront reaches the instance by this address: in the private subnet, make it a VPC origin of the distribution, and let its "
            "security group admit CloudFront."
        )
    return ways


@rule(
    practices=["SEC05-BP01", "SEC05-BP02"],
    severity=Severity.HIGH,
    remedy=replace(_IN_PRIVATE, given=_switched_off),
    equivalents={
        "checkov": ["CKV_AWS_88", "CKV_AWS_389"],
        "trivy": ["AVD-AWS-0009"],
        "cdk_nag": ["EC2InstanceNoPublicIp", "AutoScalingLaunchConfigPublicIpDisabled"],
        "guard": ["EC2_INSTANCE_NO_PUBLIC_IP", "AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED"],
        "config": [
            "EC2_INSTANCE_NO_PUBLIC_IP",
            "AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED",
            "EC2_LAUNCH_TEMPLATE_PUBLIC_IP_DISABLED",
        ],
        "security_hub": ["EC2.9", "Autoscaling.5", "EC2.25"],
    },
)
def check(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Flags:
    routes = routes_traffic(server, graph)
    exempt(routes == Known(True), "it forwards the traffic of other instances")
    exempt(is_gateway(server), "its name says that it is a NAT instance or a VPN server, which needs a public IP address")
    match server:
        case Instance():
            yield from unless(routes, _instance(server, graph))
        case LaunchTemplate():
            yield from each_of(
                (each.public_ip for each in server.interfaces), lambda address: _template(server, address, graph)
            )
        case LaunchConfiguration():
            yield from _template(server, server.public_ip, graph)


def _template(server: LaunchTemplate | LaunchConfiguration, public_ip: Value[bool], graph: Graph) -> Flags:
    if settled(public_ip) == Known(True):
        what = "template" if isinstance(server, LaunchTemplate) else "configuration"
        yield _flag(server, graph, public_ip, f"Instances started from this {what} get a public IP address")


def _instance(server: Instance, graph: Graph) -> Flags:
    addresses = list(elastic_addresses(server, graph))
    without = _without_elastic(server, graph) if addresses else ""
    for place in addresses:
        if isinstance(place, Unknown) and not place.origin.references:
            yield undecided(place)
        else:
            yield _flag(
                server,
                graph,
                place,
                f"This gives {server.address} a public IP address",
                instead=without,
            )
    if addresses:
        return
    answer = settled(launch_address(server))
    if answer != Known(True):
        return
    inherited = (each.public_ip for template in server.template for each in template.interfaces)
    exempt(any(answer is each for each in inherited), "its launch template gives it the address, and is judged itself")
    if answer.origin.span.path == "" or _is_own(server, answer):
        yield _flag(server, graph, answer, "This instance gets a public IP address")
    else:
        fact = "This instance gets a public IP address, because its subnet assigns them"
        yield _flag(server, graph, server, fact, related=[Step(answer.origin.span, "decided here")])


def _flag(
    server: Instance | LaunchTemplate | LaunchConfiguration,
    graph: Graph,
    where: Tree | Resource,
    fact: str,
    related: Sequence[Step] = (),
    instead: str = "",
) -> Flag:
    bastion = is_bastion(server)
    reader = read_by(server, graph) if isinstance(server, Instance) else ""
    plays = not bastion and serves_players(server)
    twin = _private_twin(server, graph) if isinstance(server, LaunchTemplate) else ""
    sends = bool(instead) and isinstance(server, Instance) and sends_to_others(server, graph)
    # A provider of this configuration cannot do without it, a bastion is public by its purpose, and others know the address of a sender: their
    # authors have decided. So have those of a server of players.
    needed = reader.startswith("provider.") or bastion or sends or plays or bool(twin)
    found = exposed(
        server,
        graph,
        security_group_links(server),
        where=where,
        fact=fact,
        otherwise=_USE_SESSION_MANAGER if bastion else "",
        more=f"; {reader} reads the address"
        if reader
        else "; players, callers or peers connect directly"
        if plays
        else f"; {twin} is for instances without one"
        if twin
        else "",
        several=not isinstance(server, Instance),
        milder=Severity.MEDIUM if bastion or reader or plays or sends or twin else None,
        related=related,
        only_if_open=True,
        instead=_FOR_PLAYERS if plays else _FOR_RECEIVERS if sends else instead,
    )
    return found._replace(explained=Severity.MEDIUM, confidence=Confidence.LOW if needed else found.confidence)


def _private_twin(server: LaunchTemplate, graph: Graph) -> str:
    """The launch template of the same name for private subnets, whose instances get no public IP address; empty if there is none."""
    key = _names_without_kind(server)
    found = [each for name in key for each in graph.index(LaunchTemplate, _names_without_kind).get(name, ())]
    private = (each for each in found if _PRIVATE.search(words_of(each.declared.name)) is not None)
    return next((each.address for each in private if all(one.public_ip == Known(False) for one in each.interfaces)), "")


def _names_without_kind(server: LaunchTemplate) -> tuple[str, ...]:
    """The address of a launch template without the word for its kind of subnet."""
    module = server.address.rpartition(".")[0] if server.dialect == "terraform" else ""
    return (f"{module} {' '.join(_KIND.sub(' ', words_of(server.declared.name)).split())}",)


def _is_own(server: Instance, answer: Value[bool]) -> bool:
    return any(answer is each for each in (server.public_ip, *(each.public_ip for each in server.interfaces)))
