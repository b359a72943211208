"""# Lost tasks or instances cannot start again, because that needs the zone that fails

## Why

When an Availability Zone fails, a service starts its lost tasks again in the zones that are left. This works only if nothing that a start needs
is in the zone that fails: if the image, or the packages that an instance installs, come through a NAT gateway or an endpoint there, nothing
starts, and what is left carries the whole load until the zone is back.

## What it checks

The rule looks at services of ECS and at Auto Scaling groups with members in several zones. It lets each zone fail in turn, as [the failure
drill](../drill.md) does, and reports those that lose members and cannot start others, because the ways to their image, their secrets or their
packages are in that zone.

## What is left out

Services and groups in one zone (`ecs-service-multi-az`, `autoscaling-multi-az`): they stop whatever they load. The NAT gateway itself:
`vpc-nat-gateway-per-az` is about all that lose their way to the internet. Resolver endpoints, and what programs load after they have started. The rule is in the profile
`all`: what is left may be enough for as long as a zone is away.

## Non-compliant

```yaml
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}
  Second:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.2.0/24, AvailabilityZone: eu-west-1b}
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  Nat:
    Type: AWS::EC2::NatGateway
    Properties: {AllocationId: eipalloc-0a1b2c3d, SubnetId: !Ref Public}
  Private:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: vpc-0a1b2c3d}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Private, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}
  FirstRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref First, RouteTableId: !Ref Private}
  SecondRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Second, RouteTableId: !Ref Private}
  Web:  # finding: eu-west-1a
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: web
      LaunchType: FARGATE
      DesiredCount: 2
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [!Ref First, !Ref Second]
```

```hcl
resource "aws_subnet" "public" {
  count             = 2
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.${count.index + 2}.0/24"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_nat_gateway" "this" {
  allocation_id = "eipalloc-0a1b2c3d"
  subnet_id     = aws_subnet.public[0].id
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0a1b2c3d"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this.id
  }
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

resource "aws_ecs_service" "web" { # finding: eu-west-1a
  name            = "web"
  task_definition = "web"
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets = aws_subnet.private[*].id
  }
}
```

## Compliant

```yaml
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}
  Second:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.2.0/24, AvailabilityZone: eu-west-1b}
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  Nat:
    Type: AWS::EC2::NatGateway
    Properties: {AllocationId: eipalloc-0a1b2c3d, SubnetId: !Ref Public}
  Private:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: vpc-0a1b2c3d}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Private, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}
  FirstRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref First, RouteTableId: !Ref Private}
  OtherPublic:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.3.0/24, AvailabilityZone: eu-west-1b}
  OtherNat:
    Type: AWS::EC2::NatGateway
    Properties: {AllocationId: eipalloc-0b2c3d4e, SubnetId: !Ref OtherPublic}
  OtherPrivate:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: vpc-0a1b2c3d}
  OtherOut:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref OtherPrivate, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref OtherNat}
  SecondRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Second, RouteTableId: !Ref OtherPrivate}
  Web:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: web
      LaunchType: FARGATE
      DesiredCount: 2
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [!Ref First, !Ref Second]
```

```hcl
resource "aws_subnet" "public" {
  count             = 2
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.${count.index + 2}.0/24"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_nat_gateway" "this" {
  count         = 2
  allocation_id = "eipalloc-${count.index}"
  subnet_id     = aws_subnet.public[count.index].id
}

resource "aws_route_table" "private" {
  count  = 2
  vpc_id = "vpc-0a1b2c3d"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this[count.index].id
  }
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets = aws_subnet.private[*].id
  }
}
```

## Undecided

The result is undecided if it is not known before deployment in which zones the members and their ways out are.

```yaml
Parameters:
  Zone:
    Type: String
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}
  Second:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.2.0/24, AvailabilityZone: eu-west-1b}
  Public:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Ref Zone  # undecided: parameter "Zone" has no default
  Nat:
    Type: AWS::EC2::NatGateway
    Properties: {AllocationId: eipalloc-0a1b2c3d, SubnetId: !Ref Public}
  Private:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: vpc-0a1b2c3d}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Private, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}
  FirstRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref First, RouteTableId: !Ref Private}
  SecondRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Second, RouteTableId: !Ref Private}
  Web:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: web
      LaunchType: FARGATE
      DesiredCount: 2
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [!Ref First, !Ref Second]
```

```hcl
variable "zone" {
  type = string
}

resource "aws_subnet" "public" {
  count             = 2
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = var.zone # undecided: var.zone has no default
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.${count.index + 2}.0/24"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_nat_gateway" "this" {
  allocation_id = "eipalloc-0a1b2c3d"
  subnet_id     = aws_subnet.public[0].id
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0a1b2c3d"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this.id
  }
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets = aws_subnet.private[*].id
  }
}
```

## Sources

- [Static stability](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html), read on 2026-11-29
- [NAT gateway basics](https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html), read on 2026-11-29
- [Balancing an Amazon ECS service across Availability Zones](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html), read on 2026-11-29
"""

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.ecs import Service
from wa_iac.aws.vpc import Route, RouteTable, RouteTableAssociation
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Known, Unknown


@rule(
    practices=["REL11-BP05", "REL10-BP01", "REL11-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Give each Availability Zone its own way to what a start needs: a NAT gateway in each zone or a regional one, or VPC endpoints with a "
        "subnet in each zone. Or keep so many members in each zone that those of the others carry the whole load."
    ),
)
def check(group: Service | AutoScalingGroup, graph: Graph) -> Flags:
    from wa_iac.drill.mesh import mesh
    from wa_iac.drill.ways_in import zone_losses

    node = mesh(graph).nodes.get(group.address)
    if node is None:
        return
    if not node.lanes:
        all_known(node.doubt)
    accept(not node.loads and not any(need.strength == "launch" for need in node.needs))
    doubt: Unknown | None = None
    for loss in zone_losses(group.address, graph):
        state = loss.worst
        if state is None or (not state.stuck and state.outcome != "stops"):
            continue
        if state.doubt is not None or not state.stuck:
            doubt = first_unknown(doubt, state.doubt)
            continue
        zone = loss.zone.name if isinstance(loss.zone.value, Known) else loss.zone.label
        what = "tasks" if isinstance(group, Service) else "instances"
        yield flag(
            group,
            f"If {zone} fails, the {what} that it had there do not start again elsewhere. {state.how}",
            confidence=Confidence.LOW if any(link.inferred for link in state.chain) else None,
        )
        return
    # What is in a subnet that is not declared here has ways out that are not known.
    all_known(node.doubt, doubt, *(lane.zone for lane in node.lanes if not lane.subnet), graph.once(_loose))


def _loose(graph: Graph) -> Unknown | None:
    """Why it is not known through which gateway some subnet reaches the internet."""
    inline = [route for table in graph.of(RouteTable) for route in table.inline_routes]
    return first_unknown(
        graph.pointing(Route, "nat_gateway").loose,
        graph.pointing(Route, "table").loose,
        graph.pointing(RouteTableAssociation, "table").loose,
        graph.pointing(RouteTableAssociation, "subnets").loose,
        *(each for route in inline for each in (route.unknown, route.nat_gateway.unknown)),
        *(route.destination for route in inline if route.nat_gateway.targets),
        *(route.destination for route in graph.of(Route) if route.nat_gateway.targets),
    )
