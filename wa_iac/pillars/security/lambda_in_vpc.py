"""# Lambda function cannot reach its database, because it is in no VPC

## Why

A private database or a cache accepts connections from its own VPC only. A function without a VPC is outside of it: each connection times out.
A hurried remedy is a public database.

## What it checks

The rule looks at functions whose environment holds the endpoint of a database of RDS, DocumentDB, Neptune or MemoryDB, or of a cache of
ElastiCache or DAX of the unit. It reports a function without subnets, if the database is not publicly accessible. A cache never is. The finding
is advice: a function may hold an endpoint that its code does not use, or get its subnets from the code that calls the module.

## What is left out

Other functions: nearly all services of AWS are reachable without a VPC. Functions on instances of a capacity provider, which has its own
subnets. Variables that a SAM template gives to all functions (`Globals`): one of them may not need the database.

## Non-compliant

```yaml
Resources:
  Api:  # finding
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Environment: {Variables: {HOST: !GetAtt Database.Endpoint.Address}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m7g.large, PubliclyAccessible: false}
```

```hcl
resource "aws_lambda_function" "api" { # finding
  function_name = "api"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"

  environment {
    variables = { HOST = aws_elasticache_replication_group.sessions.primary_endpoint_address }
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      VpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
      Environment: {Variables: {HOST: !GetAtt Database.Endpoint.Address}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m7g.large, PubliclyAccessible: false}
```

```hcl
resource "aws_lambda_function" "api" {
  function_name = "api"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { HOST = aws_db_instance.orders.address }
  }
}

resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.m7g.large"
}
```

## Not applicable

```yaml
Resources:
  Api:  # not applicable: a capacity provider
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig:
          CapacityProviderArn: arn:aws:lambda:eu-west-1:111122223333:capacity-provider:shared
      Environment: {Variables: {HOST: !GetAtt Database.Endpoint.Address}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m7g.large, PubliclyAccessible: false}
```

## Undecided

The result is undecided if it is not known whether the database is public, or whether the function is in a VPC. That is so also if a variable that
is empty by default gives its subnets. In a template, a database
without `PubliclyAccessible` may be public.

```yaml
Parameters:
  Public:
    Type: String
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Environment: {Variables: {HOST: !GetAtt Database.Endpoint.Address}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      PubliclyAccessible: !Ref Public  # undecided: parameter "Public" has no default
```

```hcl
variable "subnets" {
  type = list(string)
}

resource "aws_lambda_function" "api" {
  function_name = "api"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"

  vpc_config {
    subnet_ids         = var.subnets # undecided: var.subnets has no default
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { HOST = aws_db_instance.orders.address }
  }
}

resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.m7g.large"
}
```

```hcl
variable "subnets" {
  type    = list(string)
  default = []
}

resource "aws_lambda_function" "api" {
  function_name = "api"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"

  vpc_config {
    subnet_ids         = var.subnets # undecided: empty by default
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { HOST = aws_elasticache_replication_group.sessions.primary_endpoint_address }
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
}
```

## Sources

- [Configuring a Lambda Function to Access Resources in an Amazon VPC](https://docs.aws.amazon.com/lambda/latest/dg/vpc.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws import dax, docdb, elasticache, memorydb, neptune, rds
from wa_iac.aws.lambda_function import Function
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, undecided, unless
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value
from wa_iac.knowledge.reachability import way_closed_to

_ENDPOINTS: Final = frozenset(
    [
        "address",
        "endpoint",
        "endpointaddress",
        "readerendpoint",
        "readendpointaddress",
        "readerendpointaddress",
        "clusteraddress",
        "configurationendpoint",
        "configurationendpointaddress",
        "primaryendpointaddress",
        "redisendpointaddress",
        "readendpoint",
        "clusterendpoint",
        "clusterendpointaddress",
        "clusterdiscoveryendpoint",
        "clusterdiscoveryendpointurl",
    ]
)
"""The attributes with an address, in lower case and without dots and underscores."""
_DATABASES: Final = (
    *(rds.Instance, rds.Cluster, docdb.Cluster, neptune.Cluster),
    *(elasticache.ReplicationGroup, elasticache.Cluster, elasticache.Serverless, memorydb.Cluster, dax.Cluster),
)

_EMPTY: Final = "the function has a VPC configuration, whose subnets are empty by default"


_INTO_THE_VPC: Final = (
    "If the code of the function uses the endpoint, give it a {} with private subnets of the database's VPC and a security group from which the database accepts connections. Its role needs "
    "AWSLambdaVPCAccessExecutionRole first. The function then needs VPC endpoints or a NAT gateway for everything outside of the VPC."
)


def _into_the_vpc(function: Function, graph: Graph) -> Remedy:
    """The remedy in the words of the dialect."""
    del graph
    return Remedy(decision=_INTO_THE_VPC.format("VpcConfig" if function.as_cloudformation else "vpc_config"))


@rule(
    practices=["SEC05-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(decision=_INTO_THE_VPC.format("VpcConfig"), given=_into_the_vpc),
    equivalents={
        "checkov": ["CKV_AWS_117"],
        "cdk_nag": ["LambdaInsideVPC"],
        "guard": ["LAMBDA_INSIDE_VPC"],
        "config": ["LAMBDA_INSIDE_VPC"],
    },
)
def check(function: Function, graph: Graph) -> Flags:
    for database in _databases(function, graph):
        exempt(given(function.capacity_provider), "its instances are in the subnets of a capacity provider")
        accept(given(function.subnet_ids))
        subnets = function.subnet_ids
        if subnets.origin.default_step is not None:
            # With the default, the function does not work at all: whoever deploys it gives its subnets.
            yield undecided(
                Unknown(Said(_EMPTY, "give it subnets"), ("no subnets by default", function.address), subnets.origin)
            )
            return
        found = flag(
            function,
            f"This function is in no VPC, and {database.address} accepts connections from its own VPC only: if its code uses that endpoint, it cannot connect.",
        )
        yield from unless(_is_public(database, graph), [found])
        return


def _databases(function: Function, graph: Graph) -> Iterator[Resource]:
    """The databases and caches whose endpoints the environment of a function holds."""
    for reference in dict.fromkeys(each for value in _own_variables(function) for each in references(value)):
        if reference.attribute.lower().replace(".", "").replace("_", "") in _ENDPOINTS:
            for declared in graph.at(reference.address):
                yield from (graph.typed(declared, each) for each in _DATABASES if declared.type in each.types())


def _own_variables(function: Function) -> list[Tree]:
    """The values in its environment, without those that SAM gives to all functions (Globals): some of them may not need the database."""
    environment = function.environment
    if function.declared.made_from != "AWS::Serverless::Function" or not isinstance(environment, Known):
        return [environment]
    own = function.declared.extent
    return [each for each in environment.value.values() if own.holds(each.origin.span)]


def _is_public(database: Resource, graph: Graph) -> Value[bool]:
    """Whether a database has an address of the internet."""
    if isinstance(database, rds.Cluster):
        return any_of((_public(each, graph) for each in database.members), database.absent.origin)
    if isinstance(database, neptune.Cluster):
        return any_of((each.publicly_accessible for each in database.members), database.absent.origin)
    return _public(database, graph) if isinstance(database, rds.Instance) else Known(False)


def _public(instance: rds.Instance | rds.ClusterInstance, graph: Graph) -> Value[bool]:
    public = instance.publicly_accessible
    if not isinstance(public, Absent):
        return public
    if isinstance(way_closed_to(instance, graph), Known):
        return Known(False)
    why = "without PubliclyAccessible, RDS decides by the subnet group's VPC"
    return Unknown(Said(why, "set PubliclyAccessible: false"), ("public by default", instance.address), public.origin)
