"""# Database is placed in a subnet with a route to the internet

A public subnet is one mistake away from a public database: a switch to a public address, or a security group that is opened
for a moment, and everyone can try its password. In a subnet without a route to an internet gateway, neither has any effect.

Judged are the subnet groups of RDS and ElastiCache whose subnets and route tables are declared together with them. A subnet
that is associated with no route table here follows the network's main table, which is not looked at.

## Non-compliant

```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Gateway:
    Type: AWS::EC2::InternetGateway
  Table:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Network
  Internet:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: 0.0.0.0/0
      GatewayId: !Ref Gateway
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  FirstRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref First
      RouteTableId: !Ref Table
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [1, !GetAZs '']
  SecondRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref Second
      RouteTableId: !Ref Table
  Databases:  # finding
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: Databases
      SubnetIds: [!Ref First, !Ref Second]
```

```hcl
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_route_table" "this" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_subnet" "this" {
  count      = 2
  vpc_id     = aws_vpc.this.id
  cidr_block = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
}

resource "aws_route_table_association" "this" {
  count          = 2
  subnet_id      = aws_subnet.this[count.index].id
  route_table_id = aws_route_table.this.id
}

resource "aws_elasticache_subnet_group" "caches" { # finding
  name       = "caches"
  subnet_ids = aws_subnet.this[*].id
}
```

## Compliant

```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Gateway:
    Type: AWS::EC2::InternetGateway
  Table:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Network
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  FirstRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref First
      RouteTableId: !Ref Table
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [1, !GetAZs '']
  SecondRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref Second
      RouteTableId: !Ref Table
  Databases:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: Databases
      SubnetIds: [!Ref First, !Ref Second]
```

```hcl
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_route_table" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_subnet" "this" {
  count      = 2
  vpc_id     = aws_vpc.this.id
  cidr_block = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
}

resource "aws_route_table_association" "this" {
  count          = 2
  subnet_id      = aws_subnet.this[count.index].id
  route_table_id = aws_route_table.this.id
}

resource "aws_db_subnet_group" "databases" {
  name       = "databases"
  subnet_ids = aws_subnet.this[*].id
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.elasticache import SubnetGroup as CacheSubnetGroup
from wa_iac.aws.rds import SubnetGroup
from wa_iac.aws.vpc import Subnet
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Step, Unknown, Value


@rule(
    practices=["SEC05-BP01"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="SubnetIds:\n  - !Ref <a subnet without a route to an internet gateway>",
        tf="subnet_ids = <subnets without a route to an internet gateway>",
    ),
)
def check(group: SubnetGroup | CacheSubnetGroup) -> Iterator[Flag]:
    doubt = group.subnets.unknown
    if doubt is None and group.subnets.external:
        doubt = Unknown(
            Said("some of its subnets are not in this unit"), ("subnets", group.address), group.subnets.value.origin
        )
    for subnet in group.subnets:
        match _public(subnet):
            case Known(True):
                yield flag(
                    group,
                    f"The subnet {subnet.address} has a route to an internet gateway: a public address or an open security "
                    "group is then enough for everyone to reach what is placed here.",
                    related=[Step(subnet.span, "this subnet is public")],
                )
                return
            case Unknown() as why:
                doubt = why
            case Known() | Absent():
                pass
    if doubt is not None:
        yield undecided(doubt)


def _public(subnet: Subnet) -> Value[bool]:
    """Whether a route table that is associated with it leads to an internet gateway."""
    doubt = subnet.associations.unknown
    for association in subnet.associations:
        for table in association.table:
            gateways = [route.gateway for route in (*table.routes, *table.inline_routes)]
            if any(gateway.targets or _internet(gateway.external) for gateway in gateways):
                return Known(True) if association.table.unknown is None else association.table.unknown
            for unknown in (table.routes.unknown, *(gateway.unknown for gateway in gateways)):
                # An attribute of another resource is another kind of gateway.
                if doubt is None and unknown is not None and not unknown.origin.references:
                    doubt = unknown
    return Known(False) if doubt is None else doubt


def _internet(names: tuple[Known[str], ...]) -> bool:
    return any(str(name.value).startswith("igw-") for name in names)
