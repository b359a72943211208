"""# RDS database or ElastiCache cluster is in a public subnet

## Why

In a public subnet, one mistake makes the database public: if someone enables public access, or opens a security group for a moment,
anyone can try its password. In a subnet without a route to an internet gateway, neither mistake has any effect.

If a variable, or an argument of a module call, has Terraform make the route to the internet gateway, the remedy names that, as long as
the route is for the subnets of this group only.

## What it checks

The rule checks the subnet groups of RDS and ElastiCache, if their subnets and route tables are in the same template or configuration. It
reports a group with a subnet that has a route to an internet gateway. It is high if a database of the group sets `PubliclyAccessible: true`. All other
groups are advice: another mistake has to be made before the internet reaches a database there, and a move means new databases from snapshots. Caches never have a public IP address. The rule reports them, as
advice of low severity, only if something is declared in their subnets that the internet can reach: an instance, a task or a load balancer.

## What is left out

A subnet without an association with a route table there uses the VPC's main route table, which the rule does not check. It does not
check a group for clusters of Aurora Serverless v1 only, which have no public IP address ([limitations of Aurora Serverless
v1](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.html)).

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
  Databases:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: Databases
      SubnetIds: [!Ref First, !Ref Second]  # finding: a database of the group is publicly accessible
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      DBSubnetGroupName: !Ref Databases
      PubliclyAccessible: true
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

resource "aws_lb" "web" {
  subnets = aws_subnet.this[*].id
}

resource "aws_elasticache_subnet_group" "caches" {
  name       = "caches"
  subnet_ids = aws_subnet.this[*].id # finding: share the subnet with aws_lb.web
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

## Not applicable

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
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table_association" "this" {
  subnet_id      = aws_subnet.this.id
  route_table_id = aws_route_table.this.id
}

resource "aws_elasticache_subnet_group" "caches" { # not applicable: caches have no public IP address
  name       = "caches"
  subnet_ids = [aws_subnet.this.id]
}

resource "aws_db_subnet_group" "databases" { # not applicable: Aurora Serverless v1 has no public IP address
  name       = "databases"
  subnet_ids = [aws_subnet.this.id]
}

resource "aws_rds_cluster" "orders" {
  engine               = "aurora-postgresql"
  engine_mode          = "serverless"
  db_subnet_group_name = aws_db_subnet_group.databases.name
}
```

## Undecided

The result is undecided if `SubnetIds` or `subnet_ids` is not known before deployment.

```yaml
Parameters:
  SubnetIds:
    Type: CommaDelimitedList
Resources:
  Databases:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: Databases
      SubnetIds: !Ref SubnetIds  # undecided: parameter "SubnetIds" has no default
```

```hcl
variable "subnet_ids" {
  type = string
}

resource "aws_db_subnet_group" "databases" {
  name       = "databases"
  subnet_ids = var.subnet_ids # undecided: var.subnet_ids has no default
}
```

## Sources

- [rds-instance-subnet-igw-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/rds-instance-subnet-igw-check.html), read on 2026-11-29
- [publiclyAccessible (ModifyDBInstance)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-modify-db-instance-request/publicly-accessible.html), read on 2026-11-29
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from wa_iac.aws.elasticache import SubnetGroup as CacheSubnetGroup
from wa_iac.aws.rds import SubnetGroup
from wa_iac.aws.vpc import Subnet
from wa_iac.core.algebra import count_distinct
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, all_known, exempt, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Step, Unknown, Value
from wa_iac.knowledge.subnets import made_elsewhere, own_internet_route, subnet_is_public

_KEPT = {
    True: "RDS keeps a subnet in the group while a database is in it. For databases that exist already, make a second subnet group, stop what "
    "writes to them, restore them from snapshots into it, and give their clients the new addresses.",
    False: "ElastiCache keeps a subnet in the group while a node is in it. For caches that exist already, make a second subnet group, and new "
    "caches in it.",
}
_OUTPUT = frozenset({"output"})
_UNTIL_THEN = " Until then, turn off public access at each database in the group. If clients outside of the VPC connect, they first need a VPN or a bastion host."
_NONE_YET = "This VPC has no private subnets yet: make them in at least two Availability Zones, with a route table that has no route to an internet gateway. "
_ONE_ZONE = "The private subnets of this VPC are in one Availability Zone only, and RDS refuses a group that covers one: first make one like them in another zone. "
_PRIVATE = Remedy(
    cfn="SubnetIds:\n  - !Ref <a subnet without a route to an internet gateway>\n  - !Ref <such a subnet in another Availability Zone>",
    tf="subnet_ids = <subnets without a route to an internet gateway>",
    decision=_KEPT[True],
)

_PASSED = Remedy(decision=_KEPT[True])


@rule(
    practices=["SEC05-BP01"],
    severity=Severity.HIGH,
    equivalents={"security_hub": ["RDS.46"]},
    remedy=_PRIVATE,
)
def check(group: SubnetGroup | CacheSubnetGroup, graph: Graph) -> Flags:
    answers = [(subnet, subnet_is_public(subnet)) for subnet in group.subnets]
    public = [subnet for subnet, answer in answers if answer == Known(True)]
    if public:
        if isinstance(group, CacheSubnetGroup):
            yield from _caches(group, public, graph)
            return
        exempt(_only_serverless_v1(group, graph), "Aurora Serverless v1 has no public IP address")
        severity, consequence = _exposure(group, public[0], graph)
        found = _flag(group, public[0], graph, consequence, severity)
        yield _of_nobody(found) if severity is not None and _is_unused(group, graph) else found
        return
    all_known(*(*(answer for _, answer in answers), group.subnets.unknown))
    if group.subnets.external:
        why = "some of its subnets are not in this unit"
        yield undecided(Unknown(Said(why), ("subnets", group.address), group.subnets.value.origin))


def _only_serverless_v1(group: SubnetGroup, graph: Graph) -> Value[bool]:
    """Whether it is for clusters of Aurora Serverless v1 only."""
    # Imported here, since most groups have private subnets only.
    from wa_iac.knowledge.public_members import only_serverless_v1

    return only_serverless_v1(group, graph)


def _caches(group: CacheSubnetGroup, public: Sequence[Subnet], graph: Graph) -> Flags:
    """Caches have private addresses only ("Accessing your ElastiCache cluster" in its user guide): what matters is who is beside them."""
    # Imported here, since most groups have private subnets only.
    from wa_iac.knowledge.reachability import reached_anywhere, reached_in

    beside = [(subnet, reached_in(subnet, graph)) for subnet in public]
    named = [(subnet, name) for subnet, name in beside if name]
    all_known(None if named else reached_anywhere(graph))
    exempt(not named, "caches have no public IP address, and nothing is declared beside them that the internet can reach")
    subnet, name = named[0]
    shared = f"caches in it have no public IP address, but share the subnet with {name}, which the internet can reach"
    yield _flag(group, subnet, graph, shared, Severity.LOW)


def _flag(
    group: SubnetGroup | CacheSubnetGroup, subnet: Subnet, graph: Graph, consequence: str, severity: Severity | None
) -> Flag:
    kept = _KEPT[isinstance(group, SubnetGroup)] + (_UNTIL_THEN if severity is None else "")
    kept = f"{_lacking(group, subnet, graph)}{kept}"
    passed = _passed_from_output(group)
    route = own_internet_route(group.subnets.targets, subnet, graph)
    return flag(
        group.listed,
        f"The subnet {subnet.address} has a route to an internet gateway: {consequence}.",
        resource=group,
        related=[Step(subnet.span, "this subnet is public")],
        instead=replace(
            _PASSED if passed else _PRIVATE,
            decision=f"{kept} {passed}".rstrip(),
            cause="" if route is None else route.address,
            # What a condition chooses by the number of zones is public whatever it chooses.
            differs=bool(passed) or _is_shared(group) or any(each.chooses for each in group.listed.origin.chain),
        ),
        severity=severity,
        # Readers left such databases and caches there: another subnet only helps against a mistake that is still to be made.
        confidence=Confidence.LOW if severity is not None else None,
    )


def _is_shared(group: SubnetGroup | CacheSubnetGroup) -> bool:
    """Whether its list is a local value, or an output of another module or template: what is public there may be for load balancers too."""
    chain = group.listed.origin.chain
    last = chain[-1] if chain else None
    if last is None or last.default_of or any(each.argument for each in chain):
        return False
    return last.local or PurePosixPath(last.span.path).parent != PurePosixPath(group.declared.span.path).parent


def _passed_from_output(group: SubnetGroup | CacheSubnetGroup) -> str:
    """A sentence on the parameter by which a nested stack gets its list, if that is the output of another one."""
    chain = group.listed.origin.chain
    given = next((each for each in reversed(chain) if each.argument), None)
    if group.dialect != "cloudformation" or given is None or given is chain[-1] or chain[-1].default_of:
        return ""
    return (
        f'Pass such subnets as the parameter "{given.argument}" ({given.span.path}:{given.span.start_line}): {chain[-1].note}, which it passes now, may be '
        "for others too."
    )


def _lacking(group: SubnetGroup | CacheSubnetGroup, subnet: Subnet, graph: Graph) -> str:
    """What the VPC of a subnet has too little of for the remedy, if all its subnets are known: private subnets, or zones of them. A group for
    caches may be in one zone."""
    if len(subnet.vpc.targets) != 1 or subnet.vpc.elsewhere:
        return ""
    [vpc] = subnet.vpc.targets
    if vpc.subnets.unknown is not None or made_elsewhere(vpc, graph) is not None:
        return ""
    others = [each for each in vpc.subnets if subnet_is_public(each) != Known(True)]
    if not others:
        return _NONE_YET
    return _ONE_ZONE if isinstance(group, SubnetGroup) and count_distinct(each.zone for each in others)[1] == 1 else ""


def _of_nobody(found: Flag) -> Flag:
    """The fault of a group in which no database can be, as far as the code shows."""
    return found._replace(
        message=f"{found.message} No database here is in the group, though.",
        instead=Remedy(
            decision="Nothing here uses this group: delete it, unless a database elsewhere is in it, by the group's name."
        ),
    )


def _is_unused(group: SubnetGroup, graph: Graph) -> bool:
    """Whether a module that is called has the group for nobody: nothing is in it, and the configuration does not export it."""
    if not group.declared.calls:
        return False  # A module of its own is for others to use.
    from wa_iac.knowledge.public_members import databases_are_private

    exported = any(not each.calls for each in graph.referring(group, _OUTPUT))
    return not exported and databases_are_private(group, graph) == Absent()


def _exposure(group: SubnetGroup, subnet: Subnet, graph: Graph) -> tuple[Severity | None, str]:
    # Imported here, since most groups have private subnets only.
    from wa_iac.knowledge.public_members import databases_are_private, has_public_database
    from wa_iac.knowledge.reachability import public_access_blocked

    vpc = subnet.vpc.targets[0] if len(subnet.vpc) == 1 else None
    if public_access_blocked(group, graph, vpc, subnet) == Known(True):
        return Severity.LOW, "only VPC Block Public Access keeps the internet out of it"
    if databases_are_private(group, graph) == Known(True):
        return (
            Severity.MEDIUM,
            "its databases are not publicly accessible, and that setting and security groups are all that keeps the internet out",
        )
    if has_public_database(group, graph):
        return None, "a database of the group is publicly accessible, and only its security groups can keep the internet out"
    return Severity.MEDIUM, "a database in it that is publicly accessible can be reached as far as its security groups allow"
