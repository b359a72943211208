"""# A name leads to a public address that an instance will lose

## Why

The public IP address of an instance without an Elastic IP address is borrowed. If the instance is stopped and started, EC2 gives it another
one, and the old one goes to somebody else. A record or an origin with the old address then leads your users to a stranger's server, until the
next deployment.

## What it checks

Records of Route 53 and origins of CloudFront. The rule reports one whose value is the public IP address or the public DNS name of an instance
in the same unit (`public_ip`, `public_dns`, `PublicIp`, `PublicDnsName`). If the instance has an Elastic IP address, these are still the address
and the name that it had before: Terraform and CloudFormation read them when they make the instance, and the record has them until the next
run, or for good.

## What is left out

The address and the name of an Elastic IP address itself, and a record that depends on it (`DependsOn`). Private addresses stay with the
instance, so private records are fine.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: t3.micro
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: app.example.com
      Type: A
      TTL: "60"
      ResourceRecords:
        - !GetAtt Server.PublicIp  # finding
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-0a1b2c3d"
  instance_type = "t3.micro"
}

resource "aws_route53_record" "app" {
  zone_id = "Z0123456789"
  name    = "app.example.com"
  type    = "A"
  ttl     = 60
  records = [aws_instance.server.public_ip] # finding
}
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-0a1b2c3d"
  instance_type = "t3.micro"
}

resource "aws_eip" "server" {
  instance = aws_instance.server.id
}

resource "aws_route53_record" "app" {
  zone_id = "Z0123456789"
  name    = "app.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_instance.server.public_dns] # finding: before its Elastic IP address
}
```

## Compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: t3.micro
  Address:
    Type: AWS::EC2::EIP
    Properties:
      InstanceId: !Ref Server
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: app.example.com
      Type: A
      TTL: "60"
      ResourceRecords:
        - !Ref Address
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-0a1b2c3d"
  instance_type = "t3.micro"
}

resource "aws_eip" "server" {
  instance = aws_instance.server.id
}

resource "aws_route53_record" "app" {
  zone_id = "Z0123456789"
  name    = "app.example.com"
  type    = "A"
  ttl     = 60
  records = [aws_eip.server.public_ip]
}
```

## Undecided

The result is undecided if it is not known which instance an Elastic IP address is for.

```yaml
Parameters:
  Instance:
    Type: String
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: t3.micro
  Address:
    Type: AWS::EC2::EIP
    Properties:
      InstanceId: !Ref Instance  # undecided: parameter "Instance" has no default
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: app.example.com
      Type: A
      TTL: "60"
      ResourceRecords:
        - !GetAtt Server.PublicIp
```

```hcl
variable "instance" {
  type = string
}

resource "aws_instance" "server" {
  ami           = "ami-0a1b2c3d"
  instance_type = "t3.micro"
}

resource "aws_eip_association" "server" {
  allocation_id = "eipalloc-0a1b2c3d"
  instance_id   = var.instance # undecided: var.instance has no default
}

resource "aws_route53_record" "app" {
  zone_id = "Z0123456789"
  name    = "app.example.com"
  type    = "A"
  ttl     = 60
  records = [aws_instance.server.public_ip]
}
```

## Sources

- [Using Elastic IP addresses in Amazon EC2](https://boto3.amazonaws.com/v1/documentation/api/1.29.2/guide/ec2-example-elastic-ip-addresses.html), read on 2026-11-29
- [aws_instance - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance), read on 2026-11-29
- [ReleaseAddress - Amazon Elastic Compute Cloud](https://docs.aws.amazon.com/goto/WebAPI/ec2/ReleaseAddress), read on 2026-11-29
"""

from collections.abc import Iterator, Sequence
from typing import Final

from wa_iac.aws.cloudfront import Distribution
from wa_iac.aws.ec2 import Instance
from wa_iac.aws.route53 import RecordSet
from wa_iac.aws.vpc import ElasticIp, ElasticIpAssociation
from wa_iac.core.algebra import references
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, each_of, flag, rule, undecided
from wa_iac.core.value import Known, Step, Tree, Unknown
from wa_iac.knowledge.ways_in import is_way_in

_PASSING: Final = frozenset({"public_ip", "public_dns", "PublicIp", "PublicDnsName"})
_INSTANCES: Final = frozenset(Instance.types())
_ADDRESSES: Final = frozenset({*ElasticIp.types(), *ElasticIpAssociation.types()})


_AT_AN_ORIGIN: Final = (
    "CloudFront takes names, no addresses. Name a record of your own that leads to an Elastic IP address of the instance, or a load balancer in front of it. "
    "A VPC origin needs the instance in a private subnet: a move there replaces it, with what is on its disks."
)


_BETTER: Final = "Better still, put a load balancer in front of the instance, and let an alias record lead to it."


@rule(
    practices=["REL02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision=f"Give the instance an Elastic IP address, and name that address here. The address changes once. {_BETTER}"
    ),
)
def check(subject: RecordSet | Distribution, graph: Graph) -> Flags:
    yield from each_of(_values(subject), lambda value: _judge(subject, value, graph))


def _values(subject: RecordSet | Distribution) -> Iterator[Tree]:
    if isinstance(subject, Distribution):
        yield from (each.domain for each in subject.origins if each.unknown is None)
    elif isinstance(subject.values, Known):
        yield from subject.values.value
    else:
        yield subject.values


def _judge(subject: RecordSet | Distribution, value: Tree, graph: Graph) -> Flags:
    for reference in dict.fromkeys(references(value)):
        if reference.attribute not in _PASSING:
            continue
        for declared in graph.at(reference.address):
            if declared.type not in _INSTANCES:
                continue
            server = graph.typed(declared, Instance)
            kept = graph.referring(server, _ADDRESSES)
            doubt = None if kept else graph.once(_of_unknown_instances)
            if doubt is not None:
                yield undecided(doubt)
                return
            if not _waits(subject, kept):
                yield _lost(subject, value, declared, kept, "" if is_way_in(server) or _is_one_of_many(subject) else _BETTER)
            return


def _is_one_of_many(subject: RecordSet | Distribution) -> bool:
    """Whether a block makes a record for each of several instances: each is to be reached by a name of its own."""
    return subject.representative is not None or subject.address.endswith("]")


def _lost(subject: RecordSet | Distribution, value: Tree, instance: Declared, kept: Sequence[Declared], better: str) -> Flag:
    what = "origin" if isinstance(subject, Distribution) else "record"
    if kept:
        return flag(
            value,
            f"This {what} leads to the public address that {instance.address} had before its Elastic IP address: that address belongs to "
            "somebody else.",
            resource=subject,
            related=[Step(kept[0].span, "this gives the instance its Elastic IP address")],
            instead=_AT_AN_ORIGIN if what == "origin" else _named(subject),
        )
    return flag(
        value,
        f"This {what} leads to the public address of {instance.address}, which has no Elastic IP address: once the instance is "
        "stopped, the address belongs to somebody else.",
        resource=subject,
        related=[Step(instance.span, "this instance gets another address when it starts again")],
        instead=_AT_AN_ORIGIN
        if what == "origin"
        else f"Give the instance an Elastic IP address; its address changes once. {_named(subject)} {better}".rstrip(),
    )


def _named(subject: RecordSet | Distribution) -> str:
    """How a record names an Elastic IP address."""
    alias = isinstance(subject, RecordSet) and subject.type == Known("CNAME")
    if subject.dialect == "terraform":
        return f"Write the {'public_dns' if alias else 'public_ip'} of its aws_eip here, and wherever else that of the instance is used."
    if alias:
        return "CloudFormation does not know the name of an Elastic IP address: delete the record, and make one of the type A with the address (!Ref)."
    return "Write its address here (!Ref of the AWS::EC2::EIP)."


def _waits(subject: RecordSet | Distribution, kept: Sequence[Declared]) -> bool:
    """Whether a template makes the record after the instance has its Elastic IP address."""
    match subject.declared.attributes.get("DependsOn"):
        case Known(str() as name):
            names = [name]
        case Known(list() as listed):
            names = [each.value for each in listed if isinstance(each, Known)]
        case _:
            return False
    return any(each.name in names for each in kept)


def _of_unknown_instances(graph: Graph) -> Unknown | None:
    """Why an Elastic IP address may be that of any instance; None if there is no such address."""
    named = [each.instance for each in graph.of(ElasticIp)] + [each.instance for each in graph.of(ElasticIpAssociation)]
    return next((each for each in named if isinstance(each, Unknown) and not each.origin.references), None)
