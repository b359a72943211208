"""# AppSync API has no X-Ray tracing

## Why

Without X-Ray, you cannot follow a query from the API into its resolvers and data sources. When a query is slow, nothing shows which of
them took the time.

## What it checks

GraphQL APIs of AppSync with `XrayEnabled` or `xray_enabled` off, which is the default.

## What is left out

APIs for events, which have no such setting.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: orders
      AuthenticationType: AWS_IAM
      XrayEnabled: false  # finding
```

```hcl
resource "aws_appsync_graphql_api" "orders" { # finding
  name                = "orders"
  authentication_type = "AWS_IAM"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: orders
      AuthenticationType: AWS_IAM
      XrayEnabled: true
```

```hcl
resource "aws_appsync_graphql_api" "orders" {
  name                = "orders"
  authentication_type = "AWS_IAM"
  xray_enabled        = true
}
```

## Undecided

```yaml
Parameters:
  Tracing:
    Type: String
Resources:
  Orders:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: orders
      AuthenticationType: AWS_IAM
      XrayEnabled: !Ref Tracing  # undecided: parameter "Tracing" has no default
```

```hcl
variable "tracing" { # undecided: Fails when var.tracing is false
  type = bool
}

resource "aws_appsync_graphql_api" "orders" {
  name                = "orders"
  authentication_type = "AWS_IAM"
  xray_enabled        = var.tracing
}
```

## Sources

- [Using AWS X-Ray to trace requests in AWS AppSync](https://docs.aws.amazon.com/appsync/latest/devguide/x-ray-tracing.html), read on 2026-11-29
"""

from wa_iac.aws.appsync import GraphqlApi
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, expect, rule


@rule(
    practices=["OPS04-BP05", "REL06-BP07"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    equivalents={"cdk_nag": ["Serverless-AppSyncTracing"]},
    fix=Recipe(cfn={"XrayEnabled": True}, tf={"xray_enabled": True}, unsafe_because="X-Ray charges for traces"),
)
def check(api: GraphqlApi) -> Flags:
    yield from expect(
        api.tracing,
        True,
        "This API has no tracing: X-Ray does not show which resolver or data source behind it is slow or fails.",
    )
