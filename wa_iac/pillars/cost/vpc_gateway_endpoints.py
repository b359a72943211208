"""# VPC sends S3 traffic through a NAT gateway

A NAT gateway is billed for every gigabyte that passes through it, and for many workloads most of that is S3 traffic: images,
logs, backups, packages. A gateway endpoint for S3 costs nothing, relieves the NAT gateway of that traffic, and keeps it on
AWS's network.

The rule checks VPCs that are declared together with a NAT gateway, and gateway endpoints that no route table uses. An endpoint
without a route table has no effect.

## Non-compliant

```yaml
Resources:
  Network:  # finding
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Public:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.0.0/24
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties:
      SubnetId: !Ref Public
      AllocationId: eipalloc-12345678
```

```hcl
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_nat_gateway" "this" {
  subnet_id     = aws_subnet.public.id
  allocation_id = "eipalloc-12345678"
}

resource "aws_vpc_endpoint" "s3" { # finding
  vpc_id       = aws_vpc.this.id
  service_name = "com.amazonaws.eu-west-1.s3"
}
```

## Compliant

```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Public:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Network
      CidrBlock: 10.0.0.0/24
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties:
      SubnetId: !Ref Public
      AllocationId: eipalloc-12345678
  PrivateRoutes:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Network
  S3Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Network
      ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
      RouteTableIds: [!Ref PrivateRoutes]
```

```hcl
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_nat_gateway" "this" {
  subnet_id     = aws_subnet.public.id
  allocation_id = "eipalloc-12345678"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.this.id
}

data "aws_vpc_endpoint_service" "s3" {
  service      = "s3"
  service_type = "Gateway"
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.this.id
  service_name = data.aws_vpc_endpoint_service.s3.service_name
}

resource "aws_vpc_endpoint_route_table_association" "s3" {
  vpc_endpoint_id = aws_vpc_endpoint.s3.id
  route_table_id  = aws_route_table.private.id
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.vpc import NatGateway, Vpc, VpcEndpoint
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Step, Unknown, Value


@rule(
    practices=["COST08-BP02", "COST08-BP03", "SEC05-BP02", "SUS04-BP07"],
    severity=Severity.LOW,
    remedy=Remedy(
        cfn="S3Endpoint:\n  Type: AWS::EC2::VPCEndpoint\n  Properties:\n    VpcId: !Ref <the network>\n"
        "    ServiceName: !Sub com.amazonaws.${AWS::Region}.s3\n    RouteTableIds: [<the private route tables>]",
        tf='resource "aws_vpc_endpoint" "s3" {\n  vpc_id          = <the network>.id\n'
        '  service_name    = "com.amazonaws.<region>.s3"\n  route_table_ids = [<the private route tables>]\n}',
    ),
    equivalents={"config": ["SERVICE_VPC_ENDPOINT_ENABLED"]},
)
def check(resource: Vpc | VpcEndpoint, graph: Graph) -> Iterator[Flag]:
    if isinstance(resource, VpcEndpoint):
        yield from _endpoint(resource)
        return
    gateways = [each for each in graph.of(NatGateway) if _stands_in(each, resource)]
    if not gateways:
        somewhere = next((why for each in graph.of(NatGateway) if (why := _unplaced(each)) is not None), None)
        yield not_applicable("no NAT gateway stands in this network") if somewhere is None else undecided(somewhere)
        return
    doubts: list[Unknown | None] = [resource.endpoints.unknown]
    for endpoint in resource.endpoints:
        match _to_s3(endpoint):
            case Known(True) if endpoint.declared.condition in (None, resource.declared.condition):
                return
            case Known(True):
                doubts.append(endpoint.declared.condition)
            case Unknown() as why:
                doubts.append(why)
            case Known() | Absent():
                pass
    doubts += [each.declared.condition for each in gateways if each.declared.condition != resource.declared.condition]
    doubt = next((each for each in doubts if each is not None), None)
    if doubt is not None:
        yield undecided(doubt)
        return
    yield flag(
        resource,
        "This network has a NAT gateway and no endpoint for S3: every gigabyte to and from S3 is billed by the NAT gateway, "
        "where a gateway endpoint is free.",
        related=[Step(gateways[0].span, "the NAT gateway")],
    )


def _stands_in(gateway: NatGateway, vpc: Vpc) -> bool:
    if gateway.connectivity != Known("public"):
        return False
    networks = (*gateway.vpc, *(network for subnet in gateway.subnet for network in subnet.vpc))
    return vpc in networks


def _unplaced(gateway: NatGateway) -> Unknown | None:
    """Why it is not known which network a NAT gateway stands in; None where that is known, or where it leads to no internet."""
    if gateway.connectivity != Known("public") or len(gateway.vpc) or any(len(each.vpc) for each in gateway.subnet):
        return None
    return next((each.unknown for each in (gateway.vpc, gateway.subnet) if each.unknown is not None), None)


def _to_s3(endpoint: VpcEndpoint) -> Value[bool]:
    names = [each.service for each in endpoint.looked_up]
    for name in [*names, endpoint.service]:
        match name:
            case Known(str() as text):
                return Known(text == "s3" or text.endswith((".s3", ".s3-global.accesspoint")))
            case Unknown(parts=[*_, str() as end]):
                return Known(end.endswith(".s3"))
            case Unknown() | Absent():
                continue
    return endpoint.service if isinstance(endpoint.service, Unknown) else Known(False)


def _endpoint(endpoint: VpcEndpoint) -> Iterator[Flag]:
    """A gateway endpoint works through the route tables that it is given, and no others."""
    match endpoint.kind:
        case Unknown() as why:
            yield undecided(why)
        case Known("Gateway"):
            match endpoint.tables.presence:
                case Known():
                    return
                case Unknown() as why:
                    yield undecided(why)
                case Absent():
                    yield flag(endpoint, "No route table uses this gateway endpoint, so that it has no effect.")
        case Known() | Absent():
            yield not_applicable("it is no gateway endpoint")
