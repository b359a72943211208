"""# Function connects to its database without RDS Proxy

## Why

Each copy of a function that runs at the same time opens a connection of its own. A burst of requests opens hundreds: the database spends
its memory on them, or refuses all clients. A proxy shares a few connections among the copies.

## What it checks

The rule reports functions whose environment has the address of an RDS instance or an Aurora cluster of the unit, if the unit has no proxy.

## What is left out

Functions whose concurrency is limited, which open as many connections at most. Functions that know only the name or the ARN of the
database, as for Aurora's Data API, which needs no connections. Other functions may keep to few connections, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Api:  # finding
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::111122223333:role/api
      Code: {S3Bucket: code, S3Key: api.zip}
      Environment: {Variables: {DATABASE: !GetAtt Database.Endpoint.Address}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m7g.large}
```

```hcl
resource "aws_lambda_function" "api" { # finding
  function_name = "api"
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  role          = "arn:aws:iam::111122223333:role/api"
  filename      = "api.zip"

  environment {
    variables = { DATABASE = aws_db_instance.database.address }
  }
}

resource "aws_db_instance" "database" {
  engine         = "postgres"
  instance_class = "db.m7g.large"
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::111122223333:role/api
      Code: {S3Bucket: code, S3Key: api.zip}
      Environment: {Variables: {DATABASE: !GetAtt Proxy.Endpoint}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m7g.large}
  Proxy:
    Type: AWS::RDS::DBProxy
    Properties:
      DBProxyName: orders
      EngineFamily: POSTGRESQL
      RoleArn: arn:aws:iam::111122223333:role/proxy
      VpcSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_lambda_function" "api" {
  function_name = "api"
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  role          = "arn:aws:iam::111122223333:role/api"
  filename      = "api.zip"
}
```

## Not applicable

```yaml
Resources:
  Api:  # not applicable: its concurrency is limited
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::111122223333:role/api
      Code: {S3Bucket: code, S3Key: api.zip}
      ReservedConcurrentExecutions: 5
      Environment: {Variables: {DATABASE: !GetAtt Database.Endpoint.Address}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m7g.large}
```

## Undecided

The result is undecided if it is not known whether the concurrency is limited.

```yaml
Parameters:
  Most:
    Type: Number
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::111122223333:role/api
      Code: {S3Bucket: code, S3Key: api.zip}
      ReservedConcurrentExecutions: !Ref Most  # undecided: parameter "Most" has no default
      Environment: {Variables: {DATABASE: !GetAtt Database.Endpoint.Address}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m7g.large}
```

```hcl
variable "most" {
  type = number
}

resource "aws_lambda_function" "api" {
  function_name                  = "api"
  runtime                        = "nodejs22.x"
  handler                        = "index.handler"
  role                           = "arn:aws:iam::111122223333:role/api"
  filename                       = "api.zip"
  reserved_concurrent_executions = var.most # undecided: var.most has no default

  environment {
    variables = { DATABASE = aws_db_instance.database.address }
  }
}

resource "aws_db_instance" "database" {
  engine         = "postgres"
  instance_class = "db.m7g.large"
}
```

## Sources

- [Using Amazon Lambda with Amazon RDS](https://docs.amazonaws.cn/en_us/lambda/latest/dg/services-rds.md), read on 2026-11-29
- [Amazon RDS Proxy](https://docs.amazonaws.cn/en_us/AmazonRDS/latest/AuroraUserGuide/rds-proxy.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.core.algebra import references
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Known

_DATABASES: Final = frozenset(and_awscc("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "aws_db_instance", "aws_rds_cluster"))
_HOST: Final = late("(?i)endpoint|address")
_PROXIES: Final = frozenset(and_awscc("AWS::RDS::DBProxy", "aws_db_proxy"))


_PROXY: Final = (
    "Add a proxy (AWS::RDS::DBProxy, aws_db_proxy) with the database as its target, and give its endpoint to the function. A proxy is billed by the "
    "vCPUs of the database."
)


def _from_outside(function: Function, graph: Graph) -> Remedy | None:
    """For a function outside of a VPC, which no proxy can be reached from."""
    del graph
    if given(function.subnet_ids) != Known(False):
        return None
    return Remedy(decision=f"A proxy is reached from its VPC only: put the function into subnets of the VPC first. {_PROXY}")


@rule(
    practices=["PERF03-BP04", "REL05-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(decision=_PROXY, given=_from_outside),
)
def check(function: Function, graph: Graph) -> Flags:
    if _DATABASES.isdisjoint(graph.types) or not _PROXIES.isdisjoint(graph.types):
        return
    hosts = (each.address for each in references(function.environment) if _HOST.search(each.attribute))
    if not any(found.type in _DATABASES for address in dict.fromkeys(hosts) for found in graph.at(address)):
        return
    limited = holds(function.reserved_concurrency, lambda most: most >= 0)
    exempt(limited, "its concurrency is limited")
    all_known(limited)
    yield flag(
        function, "Each copy of this function opens its own connection to the database: a burst may use up all that there are."
    )
