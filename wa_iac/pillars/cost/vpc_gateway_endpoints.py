"""# VPC sends S3 traffic through a NAT gateway

## Why

A NAT gateway is billed for every gigabyte that passes through it, and for many workloads most of that is S3 traffic: images, logs,
backups, packages. A gateway endpoint for S3 costs nothing, relieves the NAT gateway of that traffic, and keeps it on AWS's network.

## What it checks

The rule checks VPCs that are declared together with a NAT gateway, and reports one without a gateway endpoint for S3. It also reports a
gateway endpoint that no route table uses: an endpoint without a route table has no effect.

The default profile has the finding for a VPC with two NAT gateways or more, and for one in whose subnets, other than public ones, something runs that fetches images, packages
or data from S3: services of ECS, clusters of EKS, EMR and Redshift, Auto Scaling groups, functions, builds and the like. For others it is advice: little
may go to S3 from there. So it is where all that runs here is in public subnets, and for the VPC of a module that an example calls. So it is for a VPC with a network firewall, which may be there to inspect this traffic too.

## What is left out

The rule does not report a VPC that only passes on the traffic of other networks: its subnets hold attachments of a transit gateway, NAT
gateways, firewalls and endpoints. By the name of a subnet (`tgw`), another stack attaches the transit gateway there. Nor does it report one whose private subnets hold only databases, caches and brokers that AWS operates. Traffic from a transit gateway [cannot use a gateway
endpoint](https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html). It does not report a VPC without a NAT gateway, and
it does not look for gateway endpoints for DynamoDB. An endpoint in an output may get its route tables from another module or stack. An endpoint
in another template of the run counts if it imports the VPC by the name under which this template exports it.
The result is undecided if a module that is not installed gets the VPC, and is for endpoints by its name, source or arguments.

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

## Not applicable

```yaml
Resources:
  Inside:  # not applicable: no NAT gateway
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Logs:  # not applicable: it is not a gateway endpoint
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Inside
      VpcEndpointType: Interface
      ServiceName: com.amazonaws.eu-west-1.logs
```

```hcl
resource "aws_vpc" "inside" { # not applicable: no NAT gateway
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_endpoint" "logs" { # not applicable: it is not a gateway endpoint
  vpc_id            = aws_vpc.inside.id
  vpc_endpoint_type = "Interface"
  service_name      = "com.amazonaws.eu-west-1.logs"
}
```

```yaml
Resources:
  Egress:  # not applicable: only passes on the traffic of other networks
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Inside:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Egress
      CidrBlock: 10.0.0.0/28
  Attachment:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties:
      VpcId: !Ref Egress
      SubnetIds: [!Ref Inside]
      TransitGatewayId: tgw-0a1
  Outside:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Egress
      CidrBlock: 10.0.0.16/28
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties:
      SubnetId: !Ref Outside
      AllocationId: eipalloc-12345678
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [!Ref Outside]
```

```hcl
resource "aws_vpc" "data" { # not applicable: hold only databases or brokers
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "out" {
  vpc_id = aws_vpc.data.id
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.data.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.out.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.data.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.out.id
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_nat_gateway" "out" {
  subnet_id     = aws_subnet.public.id
  allocation_id = "eipalloc-12345678"
}

resource "aws_db_subnet_group" "data" {
  subnet_ids = [aws_subnet.private.id]
}
```

```hcl
resource "aws_vpc_endpoint" "shared" { # not applicable: it is given away
  vpc_id       = "vpc-0a1"
  service_name = "com.amazonaws.eu-west-1.s3"
}

output "s3_endpoint" {
  value = aws_vpc_endpoint.shared.id
}
```

## Undecided

The result is undecided if `SubnetId` or `subnet_id` is not known before deployment.

```yaml
Parameters:
  SubnetId:
    Type: String
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties:
      SubnetId: !Ref SubnetId  # undecided: parameter "SubnetId" has no default
      AllocationId: eipalloc-12345678
```

```hcl
variable "subnet_id" {
  type = string
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "this" {
  subnet_id     = var.subnet_id # undecided: var.subnet_id has no default
  allocation_id = "eipalloc-12345678"
}
```

## Sources

- [WKLD.12 Use VPC endpoints to access supported services](https://docs.aws.amazon.com/prescriptive-guidance/latest/aws-startup-security-baseline/wkld-12.html), read on 2026-11-29
- [AWS PrivateLink for Amazon S3](https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.md), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.vpc import Vpc, VpcEndpoint
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, flags_of, require, rule
from wa_iac.core.value import Known, Step
from wa_iac.knowledge.given_away import is_given_away
from wa_iac.knowledge.importers import imported_by
from wa_iac.knowledge.nat_gateways import nat_gateway_elsewhere, nat_gateways
from wa_iac.knowledge.unread_modules import made_by_module
from wa_iac.knowledge.vpc_contents import (
    is_attached,
    is_inspected,
    only_databases_behind,
    only_passes_on,
    runs_workloads,
    works_in_public,
)
from wa_iac.knowledge.workshops import is_called_by_an_example

_ENDPOINTS: Final = late(r"endpoint")

_GATEWAY: Final = Remedy(
    cfn="S3Endpoint:\n  Type: AWS::EC2::VPCEndpoint\n  Properties:\n    VpcId: !Ref <this VPC>\n"
    "    ServiceName: !Sub com.amazonaws.${AWS::Region}.s3\n    RouteTableIds: [<the private route tables>]",
    tf='resource "aws_vpc_endpoint" "s3" {\n  vpc_id          = <this VPC>.id\n'
    '  service_name    = "com.amazonaws.<region>.s3"\n  route_table_ids = [<the private route tables>]\n}',
    of={
        "AWS::EC2::VPCEndpoint": "RouteTableIds: [<the private route tables>]",
        "aws_vpc_endpoint": "route_table_ids = [<the private route tables>]",
    },
    decision="Requests to S3 then come from private addresses. Policies of buckets that name the NAT gateway's address (aws:SourceIp) have to name "
    "the endpoint (aws:SourceVpce) first, and security groups and network ACLs that limit what goes out have to let S3's addresses through. "
    "Open connections to S3 break off once.",
)
_TABLES: Final = Remedy(
    cfn="RouteTableIds: [<the private route tables>]",
    tf="route_table_ids = [<the private route tables>]",
    decision="Requests to the service then come from private addresses. Policies that name the NAT gateway's address (aws:SourceIp) have to name the "
    "endpoint (aws:SourceVpce) first, and security groups and network ACLs that limit what goes out have to let the service's addresses "
    "through. Open connections to it break off once.",
)
_ATTACHED: Final = "Leave out the route tables of the subnets in which other networks come in by the transit gateway: they cannot use a gateway endpoint, and would lose S3."

_INSPECTED: Final = (
    "A firewall of this VPC no longer sees that traffic: leave out the route tables whose requests it has to inspect."
)


@rule(
    practices=["COST08-BP02", "COST08-BP03", "SEC05-BP02", "SUS04-BP07", "PERF04-BP02"],
    severity=Severity.LOW,
    remedy=_GATEWAY,
    equivalents={"config": ["SERVICE_VPC_ENDPOINT_ENABLED"]},
)
def check(resource: Vpc | VpcEndpoint, graph: Graph) -> Flags:
    yield from _endpoint(resource, graph) if isinstance(resource, VpcEndpoint) else _network(resource, graph)


def _network(vpc: Vpc, graph: Graph) -> Flags:
    gateways = nat_gateways(vpc, graph)
    all_known(None if gateways else graph.once(nat_gateway_elsewhere))
    exempt(not gateways, "this VPC has no NAT gateway")
    here = any_of(all_of((each.leads_to_s3(), each.declared.exists_with(vpc.declared))) for each in vpc.endpoints)
    to_s3 = any_of((here, imported_by(vpc, graph, VpcEndpoint, "VpcId", test=lambda each, _: each.leads_to_s3())))
    if to_s3 == Known(True):
        return
    exempt(only_passes_on(vpc, graph), "it only passes on the traffic of other networks, which cannot use a gateway endpoint")
    exempt(
        only_databases_behind(vpc, graph),
        "its private subnets hold only databases or brokers, which send nothing to S3 through a NAT gateway",
    )
    surely = (each.declared.exists_with(vpc.declared) for each in gateways)
    all_known(vpc.endpoints.unknown, to_s3, *surely, made_by_module(vpc, graph, _ENDPOINTS, "an endpoint in it"))
    inspected = is_inspected(vpc, graph)
    more = (_ATTACHED if is_attached(vpc, graph) else "", _INSPECTED if inspected else "")
    several = len(gateways) > 1 and not works_in_public(vpc, graph) and not is_called_by_an_example(vpc)
    certain = not inspected and (several or runs_workloads(vpc, graph))
    yield flag(
        vpc,
        "This VPC has a NAT gateway and no endpoint for S3: the NAT gateway bills every gigabyte to and from S3, "
        "while a gateway endpoint is free.",
        related=[Step(gateways[0].span, "the NAT gateway")],
        instead=replace(_GATEWAY, decision=" ".join((_GATEWAY.decision, *filter(None, more)))) if any(more) else "",
        confidence=None if certain else Confidence.MEDIUM,
    )


def _endpoint(endpoint: VpcEndpoint, graph: Graph) -> Flags:
    """A gateway endpoint works through the route tables that it is given, and no others."""
    exempt(holds(endpoint.kind, lambda kind: kind != "Gateway"), "it is not a gateway endpoint")
    message = "No route table uses this gateway endpoint, so it has no effect."
    if endpoint.tables.presence != Known(True):
        exempt(is_given_away(endpoint, graph), "it is given away, and may get its route tables elsewhere")
    for found in flags_of(require(endpoint.tables.presence, message, at=endpoint)):
        yield found._replace(instead=_TABLES)
