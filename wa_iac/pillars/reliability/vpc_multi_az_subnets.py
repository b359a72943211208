"""# VPC has subnets in only one Availability Zone

## Why

If all subnets of a VPC share one Availability Zone, nothing in it survives a failure of that zone. Databases, load balancers
and Auto Scaling groups need a second subnet elsewhere, and adding it later means moving existing resources.

The remedy is a subnet like the one that exists, with its route table, in the module of that one. If `count` or `for_each` makes the
subnets from lists, it names the variables or arguments with these lists. A subnet that has the whole range of its VPC leaves no room for
another one: the VPC then needs a [second range](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html), or the subnet
becomes smaller.

## What it checks

The rule checks the subnets declared together with their VPC, in two tiers: subnets with a route to an internet gateway, and the rest. It
reports a tier with several subnets in one zone, and a VPC in which no tier reaches a second zone. A VPC with nothing in it, or with
subnets among the outputs, is for others to use, and is reported, unless its name or its template's says that it is for a single instance
or zone.

The finding is advice (`--profile all`): a subnet in another zone helps only if what is in the present ones can use it. The rules of the load
balancers, groups and databases in one zone report those themselves.

The severity is lower for a VPC that only builds images, by its name: a build can start again in another zone. The same holds for a VPC for
workstations: each of them is one machine with a disk in one zone. Jobs of AWS Batch can start again too. It holds as well for a VPC that is not
for production, by its names, its tags or its directory (`test`, `staging`), and for one of a workshop or of one zone on purpose, by names,
paths or the description of its template.

More belongs to a zone than subnets where a transit gateway or a network firewall is in the VPC: the remedy then says so in words.

## What is left out

The rule does not report a VPC whose subnets hold only single instances (no group, load balancer, database, function or the like): a
subnet in another zone would stay empty. One appliance with several network interfaces is such an instance, unless a route leads to it; a
data source that reads a subnet puts nothing in it. It does not check a VPC whose subnets are declared elsewhere. If a module that is not
installed gets the VPC and ranges for subnets, the result is undecided.

## Non-compliant

```yaml
Resources:
  Network:  # finding
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
```

```hcl
resource "aws_vpc" "this" { # finding
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.this.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_subnet" "private" {
  vpc_id            = aws_vpc.this.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}
```

The author of this one says that it is for a single zone, so the finding is advice:

```yaml
Description: Inspection of what leaves the VPC (single AZ)
Resources:
  Inspection:  # finding: The template says "single az"
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Workload:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Inspection
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  Inside:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Inspection
      CidrBlock: 10.0.1.0/28
      AvailabilityZone: !Select [0, !GetAZs '']
  Attachment:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties:
      VpcId: !Ref Inspection
      SubnetIds: [!Ref Inside]
      TransitGatewayId: tgw-0a1
```

## Compliant

```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [1, !GetAZs '']
```

```hcl
data "aws_availability_zones" "available" {}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "this" {
  count             = 2
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}
```

## Not applicable

```yaml
Resources:
  Main:  # not applicable: its subnets are declared elsewhere
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
```

```hcl
resource "aws_vpc" "main" { # not applicable: its subnets are declared elsewhere
  cidr_block = "10.0.0.0/16"
}
```

```yaml
Resources:
  Own:  # not applicable: its subnets hold only single instances
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Only:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Own
      CidrBlock: 10.0.0.0/24
  Workstation:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref Only
```

## Undecided

The result is undecided if `VpcId` or `subnet_id` is not known before deployment.

```yaml
Parameters:
  VpcId:
    Type: String
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref VpcId  # undecided: parameter "VpcId" has no default
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [1, !GetAZs '']
```

```hcl
variable "subnet_id" {
  type = string
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.this.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_route_table_association" "public" {
  subnet_id      = var.subnet_id # undecided: var.subnet_id has no default
  route_table_id = aws_route_table.public.id
}

resource "aws_subnet" "private" {
  vpc_id            = aws_vpc.this.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}
```

## Sources

- [availabilityZone (CreateSubnet)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-create-subnet-request/availability-zone.html), read on 2026-11-29
- [Availability Zones - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html), read on 2026-11-29
"""

from collections.abc import Sequence

from wa_iac.aws.parts.zones import to_settle
from wa_iac.aws.vpc import Subnet, Vpc
from wa_iac.core.algebra import are_equal, count_distinct
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Step
from wa_iac.knowledge.called import called
from wa_iac.knowledge.purposes import not_production
from wa_iac.knowledge.subnets import by_tier, made_elsewhere
from wa_iac.knowledge.vpc_contents import only_single_instances
from wa_iac.knowledge.workshops import described_alone, of_a_workshop
from wa_iac.pillars.judgements.more_subnets import in_words, like
from wa_iac.pillars.judgements.wording import all_of

_BUILDS = late(
    r"\bpacker\b|\bbatch\b|\bimage ?builder\b|\b(?:ami|image)s? build|\bvdi\b|\b(?:work ?stations?|virtual desktops?|dev ?box(?:es)?)\b"
)
"""How a VPC is called that only builds machine images or runs jobs, or in which people work on machines of their own."""
_SINGLE = "its subnets hold only single instances: a subnet in another zone would stay empty"
_ANOTHER = Remedy(
    cfn="AnotherSubnet:\n  Type: AWS::EC2::Subnet\n  Properties:\n    VpcId: !Ref <this VPC>\n"
    "    CidrBlock: <an unused range of the VPC>\n    AvailabilityZone: !Select [1, !GetAZs '']",
    tf='data "aws_availability_zones" "available" {}\n\nresource "aws_subnet" "another" {\n  vpc_id            = <this VPC>.id\n'
    "  cidr_block        = <an unused range of the VPC>\n"
    "  availability_zone = data.aws_availability_zones.available.names[1]\n}",
    decision="Add a subnet in another Availability Zone, with the same routes. A subnet cannot be moved without being replaced.",
)


def _remedy(vpc: Vpc, models: Sequence[Subnet], graph: Graph) -> Remedy:
    """A subnet like each of some others, if the VPC has room for one."""
    if any(are_equal(each.cidr, vpc.cidr) is True for each in vpc.subnets):
        range_ = "an AWS::EC2::VPCCidrBlock" if vpc.dialect == "cloudformation" else "an aws_vpc_ipv4_cidr_block_association"
        return Remedy(
            decision="A subnet has the whole range of the VPC, so there is no room for another one. Either give the VPC a second range "
            f"({range_}) and add a subnet in another Availability Zone there, or replace the subnet with smaller ones in two zones."
        )
    if words := in_words(vpc, graph):
        return Remedy(decision=words)
    if vpc.as_cloudformation and vpc.dialect == "terraform":
        return _ANOTHER
    return like(models, vpc, graph)


@rule(
    practices=["REL10-BP01", "REL02-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=_ANOTHER,
)
def check(vpc: Vpc, graph: Graph) -> Flags:
    subnets = vpc.subnets.targets
    exempt(not subnets, "its subnets are declared elsewhere")
    doubt = first_unknown(vpc.subnets.unknown, *(each.declared.others for each in subnets), made_elsewhere(vpc, graph))
    builds = any(_BUILDS.search(name) for name in called(vpc, vpc.tags))
    purpose = of_a_workshop(vpc, graph) or described_alone(vpc, graph)
    milder = Severity.LOW if builds or purpose or not_production(vpc, vpc.tags) else None
    _, most = count_distinct(each.zone for each in subnets)
    if most == 1:
        exempt(only_single_instances(vpc, graph), _SINGLE)
        all_known(doubt)
        tiers, _ = by_tier(subnets)
        how_many = f"{all_of(len(subnets)).lower()} subnets" if len(subnets) > 1 else "the only subnet"
        yield flag(
            vpc,
            f"One Availability Zone holds {how_many} of this VPC: when it fails, everything in the VPC fails. {purpose}".rstrip(),
            related=_steps(subnets),
            instead=_remedy(vpc, [members[0] for members in tiers.values()], graph),
            severity=milder,
        )
        return
    tiers, unclear = by_tier(subnets)
    doubt = first_unknown(doubt, unclear)
    spread = {name: count_distinct(each.zone for each in members) for name, members in tiers.items()}
    lone = [name for name, (_, most) in spread.items() if most == 1]
    crowded = [name for name in lone if len(tiers[name]) > 1]
    if crowded or len(lone) == len(spread):
        exempt(only_single_instances(vpc, graph), _SINGLE)
        all_known(doubt)
        name = (crowded or lone)[0]
        yield flag(
            vpc,
            f"The {name} subnets of this VPC are all in one Availability Zone: when it fails, everything in them fails. {purpose}".rstrip(),
            related=_steps(tiers[name]),
            instead=_remedy(vpc, [tiers[each][0] for each in crowded or lone[:1]], graph),
            severity=milder,
        )
    elif any(least < 2 for name, (least, _) in spread.items() if name not in lone):
        open_ones = (each.zone for name, members in tiers.items() if name not in lone for each in members)
        all_known(doubt, to_settle(list(open_ones)))
    else:
        all_known(unclear)


def _steps(subnets: Sequence[Subnet]) -> list[Step]:
    return [Step(each.span, f"{each.address} is in that zone") for each in subnets]
