"""# Web server on EC2 is not behind a load balancer

## Why

If an instance serves the internet directly, the website is down when the instance fails. Nothing checks its health, nothing
sends requests to a second instance, and a new instance has a new IP address. A load balancer solves all of this, terminates
TLS, and lets the instance do without a public IP address.

## What it checks

The rule reports an instance with a public IP address and a security group that opens port 80, 443 or 8080 to the internet, unless the
instance is a target of a load balancer in the same template or configuration. The severity is lower in a directory called `examples`,
`samples` or `demo`, where the instance mostly serves to show something else. The finding is advice (`--profile all`): in most of the code that we
have read, such a server is a demonstration, a tool of a few people or a product that runs once, and nobody would put a load balancer before it.
Nothing in the code tells the other ones apart for certain.

## What is left out

The rule does not report bastions, VPN instances, NAT instances, or instances behind a CloudFront distribution or a Global Accelerator.

## Non-compliant

```yaml
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 80
          ToPort: 80
          CidrIp: 0.0.0.0/0
  Web:  # finding
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      NetworkInterfaces:
        - DeviceIndex: "0"
          AssociatePublicIpAddress: true
          SubnetId: subnet-12345678
          GroupSet: [!Ref Open]
```

```hcl
resource "aws_security_group" "web" {
  vpc_id = "vpc-12345678"
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_instance" "web" { # finding
  ami                    = "ami-12345678"
  instance_type          = "t3.small"
  subnet_id              = "subnet-12345678"
  vpc_security_group_ids = [aws_security_group.web.id]
}

resource "aws_eip" "web" {
  instance = aws_instance.web.id
}
```

## Compliant

```yaml
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 80
          ToPort: 80
          CidrIp: 0.0.0.0/0
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      NetworkInterfaces:
        - DeviceIndex: "0"
          AssociatePublicIpAddress: true
          SubnetId: subnet-12345678
          GroupSet: [!Ref Open]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 80
      Protocol: HTTP
      VpcId: vpc-12345678
      Targets:
        - Id: !Ref Web
```

```hcl
resource "aws_security_group" "web" {
  vpc_id = "vpc-12345678"

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "web" {
  ami                         = "ami-12345678"
  instance_type               = "t3.small"
  associate_public_ip_address = false
  vpc_security_group_ids      = [aws_security_group.web.id]
}
```

## Not applicable

```yaml
Resources:
  Bastion:  # not applicable: it is a bastion
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      InstanceType: t3.micro
  Worker:  # not applicable: no security group here opens
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0b2
      InstanceType: m7i.large
      SecurityGroupIds: [!GetAtt Inside.GroupId]
  Inside:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Requests of other instances
      VpcId: vpc-0a1
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16}
```

```hcl
resource "aws_instance" "bastion" { # not applicable: it is a bastion
  ami           = "ami-0a1"
  instance_type = "t3.micro"
}
```

## Undecided

The result is undecided if `IpProtocol` or `protocol` is not known before deployment.

```yaml
Parameters:
  IpProtocol:
    Type: String
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupIngress:
        - IpProtocol: !Ref IpProtocol  # undecided: parameter "IpProtocol" has no default
          FromPort: 80
          ToPort: 80
          CidrIp: 0.0.0.0/0
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      NetworkInterfaces:
        - DeviceIndex: "0"
          AssociatePublicIpAddress: true
          SubnetId: subnet-12345678
          GroupSet: [!Ref Open]
```

```hcl
variable "protocol" {
  type = string
}

resource "aws_security_group" "web" {
  vpc_id = "vpc-12345678"

  ingress {
    protocol    = var.protocol # undecided: var.protocol has no default
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "web" {
  ami                         = "ami-12345678"
  instance_type               = "t3.small"
  associate_public_ip_address = false
  vpc_security_group_ids      = [aws_security_group.web.id]
}
```

## Sources

- [Elastic Load Balancing Documentation](https://docs.aws.amazon.com/elasticloadbalancing), read on 2026-11-29
"""

import re
from dataclasses import replace
from typing import Final

from wa_iac.aws.ec2 import Instance
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, not_applicable, rule
from wa_iac.core.value import Known, Step, Unknown, Value
from wa_iac.knowledge.servers import (
    elastic_addresses,
    fronted,
    launch_address,
    may_open_web_port,
    open_web_port,
    routes_traffic,
)
from wa_iac.knowledge.ways_in import is_way_in

_HTTPS: Final = 443
_EXAMPLE: Final = late(r"(?:^|/)(?:examples?|samples?|demos?)/", re.IGNORECASE)
"""The directories for code that shows something, mostly other things than the instances that it needs for that."""


def _target_of(port: int) -> Remedy:
    """A target group for the port at which the server answers requests itself."""
    secure = port == _HTTPS
    protocol = "HTTPS" if secure else "HTTP"
    told = ""
    if secure:
        told = (
            " Use HTTPS to the target: a server that redirects HTTP to HTTPS would answer the load balancer with redirects without end. "
            "The load balancer does not check the server's certificate."
        )
    return Remedy(
        cfn=f"Targets:\n  Type: AWS::ElasticLoadBalancingV2::TargetGroup\n  Properties:\n    Port: {port}\n    Protocol: {protocol}\n"
        "    VpcId: <the VPC>\n    Targets:\n      - Id: !Ref <this instance>",
        tf='resource "aws_lb_target_group_attachment" "this" {\n  target_group_arn = <a target group>.arn\n'
        f"  target_id        = <this instance>.id\n  port             = {port}\n}}",
        decision="The target group also needs a load balancer with subnets in two Availability Zones, and a listener that forwards to the "
        f"group.{told} Then let the instance's security group admit only the load balancer's.",
    )


def _by_port(server: Instance, graph: Graph) -> Remedy | None:
    """The target group for HTTPS if the server has it open, else for its open port."""
    del graph
    found = open_web_port(server, (_HTTPS,)) or open_web_port(server)
    return None if found is None else _target_of(found[0])


@rule(
    practices=["REL11-BP02", "PERF04-BP04", "SEC05-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=replace(_target_of(80), given=_by_port),
)
def check(server: Instance, graph: Graph) -> Flags:
    exempt(any_of((Known(is_way_in(server)), routes_traffic(server, graph))), "it is a bastion, a VPN or a NAT instance")
    found = open_web_port(server)
    if found is None:
        all_known(may_open_web_port(server))
        yield not_applicable("no security group here opens one of its web ports to the internet")
        return
    number, opening = found
    accept(any_of((negate(_public(server, graph)), fronted(server, graph))))
    yield flag(
        server,
        f"The internet reaches port {number} of this instance directly: nothing here checks its health or sends requests "
        "elsewhere when it fails.",
        related=[Step(opening.origin.span, f"this opens port {number} to the internet")],
        severity=Severity.LOW if _EXAMPLE.search(server.span.path) else None,
    )


def _public(server: Instance, graph: Graph) -> Value[bool]:
    """Whether it has a public address: an Elastic IP address, also one that may not exist, or one from its launch."""
    for place in elastic_addresses(server, graph):
        if not isinstance(place, Unknown) or place.origin.references:
            return Known(True)
    return launch_address(server)
