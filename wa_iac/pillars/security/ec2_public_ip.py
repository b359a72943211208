"""# EC2 instance has a public IP address

An instance with a public IP address is directly exposed to the internet. One security group rule too many, or one service that
should not listen, and anyone can reach it. An instance behind a load balancer needs no public IP address, nor does one that you
administer through Session Manager.

The rule reports:

- a public IP address that is set for an instance, a launch template or a launch configuration;
- an Elastic IP address that is associated with an instance;
- an instance without a setting, in a subnet that assigns public IP addresses.

It does not check NAT instances, which need a public IP address.

## Non-compliant

```yaml
Resources:
  Public:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-12345678
      CidrBlock: 10.0.0.0/24
      MapPublicIpOnLaunch: true
  First:  # finding
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref Public
  Second:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      NetworkInterfaces:
        - DeviceIndex: "0"
          SubnetId: subnet-12345678
          AssociatePublicIpAddress: true  # finding
```

```hcl
resource "aws_instance" "first" {
  ami                         = "ami-12345678"
  subnet_id                   = "subnet-12345678"
  associate_public_ip_address = true # finding
}

resource "aws_instance" "second" {
  ami                         = "ami-12345678"
  subnet_id                   = "subnet-12345678"
  associate_public_ip_address = false
}

resource "aws_eip" "second" {
  instance = aws_instance.second.id # finding
}

resource "aws_launch_template" "web" {
  image_id = "ami-12345678"

  network_interfaces {
    associate_public_ip_address = true # finding
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

resource "aws_instance" "nat" {
  ami                         = "ami-12345678"
  subnet_id                   = "subnet-12345678"
  associate_public_ip_address = true
  source_dest_check           = false
}
```
"""

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, each_of, exempt, flag, refuse, rule, settled, undecided, unless
from wa_iac.core.value import Known, Step, Unknown, Value
from wa_iac.knowledge.servers import elastic_addresses, launch_address, routes_traffic

_NO_ELASTIC = "Remove the Elastic IP address. Let clients reach the instance through a load balancer, and administrators through Session Manager."


def _switched_off(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Remedy | None:
    """The setting alone, if there is a place for it."""
    del graph
    if isinstance(server, Instance) and not server.interfaces:
        return None
    return Remedy(cfn={"AssociatePublicIpAddress": False}, tf={"associate_public_ip_address": False})


@rule(
    practices=["SEC05-BP01", "SEC05-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn='NetworkInterfaces:\n  - DeviceIndex: "0"\n    AssociatePublicIpAddress: false\n    SubnetId: <a private subnet>',
        tf="associate_public_ip_address = false\nsubnet_id                   = <a private subnet>.id",
        removes=("SubnetId",),
        given=_switched_off,
    ),
    equivalents={
        "checkov": ["CKV_AWS_88"],
        "cdk_nag": ["EC2InstanceNoPublicIp"],
        "guard": ["EC2_INSTANCE_NO_PUBLIC_IP"],
        "config": ["EC2_INSTANCE_NO_PUBLIC_IP"],
    },
)
def check(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Flags:
    match server:
        case Instance():
            routes = routes_traffic(server)
            exempt(routes == Known(True), "it forwards the traffic of other instances")
            yield from unless(routes, _instance(server, graph))
        case LaunchTemplate():
            yield from each_of((each.public_ip for each in server.interfaces), _template)
        case LaunchConfiguration():
            yield from _template(server.public_ip)


def _template(public_ip: Value[bool]) -> Flags:
    message = "Instances started from this template get a public IP address: they can be reached from the internet directly."
    yield from refuse(public_ip, True, message)


def _instance(server: Instance, graph: Graph) -> Flags:
    addresses = list(elastic_addresses(server, graph))
    for place in addresses:
        if isinstance(place, Unknown) and not place.origin.references:
            yield undecided(place)
        else:
            yield flag(
                place,
                f"This gives {server.address} a public IP address: it can be reached from the internet directly.",
                instead=_NO_ELASTIC,
            )
    if addresses:
        return
    answer = settled(launch_address(server))
    if answer != Known(True):
        return
    if answer.origin.span.path == "" or _is_own(server, answer):
        yield flag(answer, "This instance gets a public IP address: it can be reached from the internet directly.")
    else:
        yield flag(
            server,
            "This instance gets a public IP address, because its subnet assigns them: it can be reached from the internet directly.",
            related=[Step(answer.origin.span, "decided here")],
        )


def _is_own(server: Instance, answer: Value[bool]) -> bool:
    return any(answer is each for each in (server.public_ip, *(each.public_ip for each in server.interfaces)))
