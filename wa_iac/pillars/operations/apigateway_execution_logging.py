"""# API Gateway stage has no execution logging

## Why

Access logs tell that a request failed. Execution logs tell why: which authorizer refused it, which mapping failed, and what the backend
answered. Without them, an error 500 of API Gateway itself leaves no trace.

## What it checks

Stages of REST APIs on which no method logs errors or more: the level is `OFF`, which is the default. In Terraform, the level is set by
`aws_api_gateway_method_settings`.

## What is left out

Stages of HTTP APIs, which have no execution logs. Stages on which at least one method has a level: somebody has chosen the methods.

## Non-compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Production:  # finding
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: abc123
      StageName: production
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_stage" "production" { # finding
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = "abc123"
  stage_name    = "production"
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: abc123
      StageName: production
      MethodSettings:
        - HttpMethod: "*"
          ResourcePath: /*
          LoggingLevel: ERROR
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = "abc123"
  stage_name    = "production"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = aws_api_gateway_stage.production.stage_name
  method_path = "*/*"
  settings {
    logging_level = "ERROR"
  }
}
```

## Undecided

```yaml
Parameters:
  Level:
    Type: String
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: abc123
      StageName: production
      MethodSettings:
        - HttpMethod: "*"
          ResourcePath: /*
          LoggingLevel: !Ref Level  # undecided: parameter "Level" has no default
```

```hcl
variable "level" {
  type = string
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = "abc123"
  stage_name    = "production"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = aws_api_gateway_stage.production.stage_name
  method_path = "*/*"
  settings {
    logging_level = var.level # undecided: var.level has no default
  }
}
```

## Sources

- [Execution logging for REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-execution-logging.html), read on 2026-11-29
"""

from wa_iac.aws.apigateway import Stage
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule
from wa_iac.core.value import Absent, Known


def _beside_others(stage: Stage, graph: Graph) -> Remedy | None:
    """The setting in the settings for all methods, if the stage has these already: there can be only one of them."""
    del graph
    for each in stage.settings:
        if each.path in (Known("*/*"), Known("/*")) and each.http_method in (Known("*"), Absent()):
            where = f" ({each.origin.span.path}:{each.origin.span.start_line})"
            return Remedy(
                cfn={"LoggingLevel": "ERROR"},
                tf={"settings": {"logging_level": "ERROR"}},
                decision=f"The stage has settings for all methods{where}. Add this to them:",
            )
    return None


@rule(
    practices=["OPS04-BP02", "OPS08-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn='MethodSettings:\n  - HttpMethod: "*"\n    ResourcePath: /*\n    LoggingLevel: ERROR',
        tf='resource "aws_api_gateway_method_settings" "all" {\n  rest_api_id = <this stage>.rest_api_id\n'
        '  stage_name  = <this stage>.stage_name\n  method_path = "*/*"\n  settings {\n    logging_level = "ERROR"\n  }\n}',
        of={
            "Globals.Api": 'Globals:\n  Api:\n    MethodSettings:\n      - HttpMethod: "*"\n        ResourcePath: /*\n        LoggingLevel: ERROR'
        },
        given=_beside_others,
    ),
    equivalents={
        "checkov": ["CKV2_AWS_4"],
        "cdk_nag": ["AwsSolutions-APIG6"],
        "guard": ["API_GW_EXECUTION_LOGGING_ENABLED"],
        "config": ["API_GW_EXECUTION_LOGGING_ENABLED"],
        "security_hub": ["APIGateway.1"],
    },
)
def check(stage: Stage) -> Flags:
    accept(any_of(holds(each.logging_level, lambda level: level != "OFF") for each in stage.settings))
    yield flag(
        stage, "This stage logs no execution: when API Gateway itself refuses a request or fails, no execution log says why."
    )
