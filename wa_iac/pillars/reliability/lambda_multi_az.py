"""# Lambda function in a VPC uses only one Availability Zone

## Why

A function in a VPC runs only in the zones of its subnets. With one zone, the function fails when the zone does. Lambda itself
spreads functions outside a VPC over the zones. Functions on Lambda Managed Instances run in the zones of their capacity provider.

## What it checks

The rule reads the subnets of each function in a VPC, and of each capacity provider. It reports one whose subnets are all in one zone.
The finding is advice (`--profile all`): what the function is in the VPC for (a database, a server, a cluster) may be in that zone only, and then a
second zone for the function helps nobody.

## What is left out

The rule does not check a function that runs only while a stack is deployed, such as the handler of a custom resource: a deployment is
repeated when the zone is back. It does not check a function without a VPC either.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      VpcConfig:
        SecurityGroupIds:
          - sg-0123456789abcdef0
        SubnetIds:  # finding
          - subnet-0123456789abcdef0
```

```hcl
resource "aws_subnet" "a" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "also_a" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"

  vpc_config {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = [aws_subnet.a.id, aws_subnet.also_a.id] # finding
  }
}
```

```yaml
Resources:
  Recommend:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/recommend
      Code: {S3Bucket: artifacts, S3Key: recommend.zip}
      VpcConfig:
        SecurityGroupIds: [sg-0a1]
        SubnetIds: [!Ref Private]  # finding
  Jobs:
    Type: AWS::EMR::Cluster
    Properties:
      Name: jobs
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances: {Ec2SubnetId: !Ref Private}
  Private:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: eu-west-1a
```

## Compliant

```yaml
Resources:
  A:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0123456789abcdef0
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs ""]
  B:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0123456789abcdef0
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [1, !GetAZs ""]
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      VpcConfig:
        SecurityGroupIds:
          - sg-0123456789abcdef0
        SubnetIds:
          - !Ref A
          - !Ref B
```

```hcl
resource "aws_subnet" "private" {
  for_each = toset(["eu-west-1a", "eu-west-1b"])

  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.key == "eu-west-1a" ? "10.0.0.0/24" : "10.0.1.0/24"
  availability_zone = each.key
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"

  vpc_config {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = [for subnet in aws_subnet.private : subnet.id]
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: it is in no VPC
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
  FirstUser:  # not applicable: runs only while a stack is deployed
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/setup
      Code: {S3Bucket: artifacts, S3Key: setup.zip}
      VpcConfig:
        SecurityGroupIds: [sg-0123456789abcdef0]
        SubnetIds: [!Ref Subnet]
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  Setup:
    Type: Custom::FirstUser
    Properties: {ServiceToken: !GetAtt FirstUser.Arn}
```

```hcl
resource "aws_lambda_function" "orders" { # not applicable: it is in no VPC
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
}
```

## Undecided

The result is undecided if `SubnetIds` or `subnet_ids` is not known before deployment.

```yaml
Parameters:
  Subnets:
    Type: List<AWS::EC2::Subnet::Id>
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      VpcConfig:
        SecurityGroupIds:
          - sg-0123456789abcdef0
        SubnetIds: !Ref Subnets  # undecided: parameter "Subnets" has no default
```

```hcl
variable "subnet_ids" {
  type = list(string)
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"

  vpc_config {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = var.subnet_ids # undecided: var.subnet_ids has no default
  }
}
```

## Sources

- [lambda-vpc-multi-az-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/lambda-vpc-multi-az-check.html), read on 2026-11-29
- [Availability Zones - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.lambda_function import CapacityProvider, Function
from wa_iac.aws.parts.zones import spread
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, exempt_for, refuse, rule
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.lambda_use import special_use
from wa_iac.pillars.judgements.other_zones import admitted
from wa_iac.pillars.judgements.workshops import where_needed

_SERVERS: Final = frozenset(
    and_awscc(
        *("aws_instance", "aws_autoscaling_group", "AWS::EC2::Instance", "AWS::AutoScaling::AutoScalingGroup"),
        *("aws_emr_cluster", "AWS::EMR::Cluster"),
    )
)
_CLUSTERS: Final = frozenset(and_awscc("aws_emr_cluster", "AWS::EMR::Cluster"))
_REMEDY: Final = Remedy(
    cfn="SubnetIds:\n  - !Ref <a subnet in one zone>\n  - !Ref <a subnet in another>",
    tf="subnet_ids = [<a subnet in one zone>.id, <a subnet in another>.id]",
    decision="Keep the subnets, and add one in another Availability Zone with the same routes and endpoints:",
)
_BESIDE_SERVERS: Final = replace(
    _REMEDY,
    decision="Servers are in the same subnets. If the function is of use without them, leave the list of the servers as it is, and give the "
    "function one of its own, with a subnet in another Availability Zone that has the same routes and endpoints:",
    differs=True,
)


def _with_needs(function: Function | CapacityProvider, graph: Graph) -> Remedy | None:
    """The remedy with what else the subnet needs. Lambda refuses a zone in which a file system that it mounts has no mount target."""
    first = list(admitted([subnet for place in function.places for subnet in place.subnet], graph))
    if isinstance(function, Function) and not isinstance(function.file_systems, Absent):
        first.append("First make a mount target of its file system in the new zone too: Lambda refuses the subnet otherwise.")
    return replace(_REMEDY, decision=" ".join((*first, _REMEDY.decision))) if first else None


@rule(
    practices=["REL10-BP01", "REL02-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=replace(_REMEDY, given=_with_needs),
    equivalents={
        "config": ["LAMBDA_VPC_MULTI_AZ_CHECK"],
        "security_hub": ["Lambda.5"],
    },
)
def check(function: Function | CapacityProvider, graph: Graph) -> Flags:
    yield from where_needed(function, _judge(function, graph), function.tags if isinstance(function, Function) else Absent())


def _judge(function: Function | CapacityProvider, graph: Graph) -> Flags:
    if isinstance(function, Function):
        exempt_for(special_use(function, graph))
    zones = spread(function.places, function.subnet_ids)
    exempt(isinstance(zones, Absent), "it is in no VPC")
    name, its = ("function", "the function") if isinstance(function, Function) else ("capacity provider", "its functions")
    message = f"All subnets of this {name} are in one Availability Zone: when it fails, {its} cannot run."
    found = refuse(zones, 1, message, at=function.subnet_ids)
    beside = isinstance(function, Function) and (
        any(graph.referring(each, _SERVERS) for each in function.subnets) or _shares_a_parameter(function, graph)
    )
    for each in found:
        yield each._replace(instead=_BESIDE_SERVERS) if beside and each.verdict == "fail" else each


def _shares_a_parameter(function: Function, graph: Graph) -> bool:
    """Whether a cluster of Amazon EMR is in a subnet that is written in the same way, or that the same parameter or variable names."""
    if _CLUSTERS.isdisjoint(graph.types):
        return False
    listed = function.subnet_ids.value if isinstance(function.subnet_ids, Known) else []
    places = graph.once(_places_of_clusters)
    return any((each if isinstance(each, Unknown) else each.value) in places for each in listed if not isinstance(each, Absent))


def _places_of_clusters(graph: Graph) -> frozenset[object]:
    """The subnets of clusters that are declared elsewhere: their ids, or why those are not known."""
    from wa_iac.aws.emr import Cluster

    links = [each.subnets for each in graph.of(Cluster)]
    unknown = (each.value for each in links if isinstance(each.value, Unknown))
    return frozenset((*unknown, *(found.value for each in links for found in each.external)))
