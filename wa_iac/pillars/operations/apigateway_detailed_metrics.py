"""# API Gateway stage has no detailed metrics

## Why

Without detailed metrics, CloudWatch counts the errors and the latency of a whole stage. When one method of many is slow or fails, the
averages hide it, and no alarm can watch it.

## What it checks

Stages of REST, HTTP and WebSocket APIs on which detailed metrics are off for all methods or routes, which is the default.

## What is left out

Stages with metrics for at least one method. The stage that quick create makes.

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
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "production" { # finding
  api_id      = aws_apigatewayv2_api.orders.id
  name        = "$default"
  auto_deploy = true
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
          MetricsEnabled: true
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
    metrics_enabled = true
  }
}
```

```hcl
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "production" {
  api_id      = aws_apigatewayv2_api.orders.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    detailed_metrics_enabled = true
  }
}
```

## Undecided

```yaml
Parameters:
  Metrics:
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
          MetricsEnabled: !Ref Metrics  # undecided: parameter "Metrics" has no default
```

```hcl
variable "metrics" {
  type = bool
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_stage" "production" { # undecided: Fails when var.metrics is false
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = "abc123"
  stage_name    = "production"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = aws_api_gateway_stage.production.stage_name
  method_path = "*/*"
  settings {
    metrics_enabled = var.metrics
  }
}
```

## Sources

- [Monitor REST APIs in API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-monitor.html), read on 2026-11-29
"""

from wa_iac.aws.apigateway import ApiStage, Stage
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.partial import entries_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

_ROUTES = "DefaultRouteSettings:\n  DetailedMetricsEnabled: true"


def _beside_others(stage: Stage | ApiStage, graph: Graph) -> Remedy | None:
    """The setting in the settings for all methods, if the stage has these already: there can be only one of them."""
    del graph
    for each in stage.settings if isinstance(stage, Stage) else ():
        if each.path in (Known("*/*"), Known("/*")) and each.http_method in (Known("*"), Absent()):
            where = f" ({each.origin.span.path}:{each.origin.span.start_line})"
            return Remedy(
                cfn={"MetricsEnabled": True},
                tf={"settings": {"metrics_enabled": True}},
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
        cfn='MethodSettings:\n  - HttpMethod: "*"\n    ResourcePath: /*\n    MetricsEnabled: true',
        tf='resource "aws_api_gateway_method_settings" "all" {\n  rest_api_id = <this stage>.rest_api_id\n'
        '  stage_name  = <this stage>.stage_name\n  method_path = "*/*"\n  settings {\n    metrics_enabled = true\n  }\n}',
        of={
            "AWS::ApiGatewayV2::Stage": _ROUTES,
            "AWS::Serverless::HttpApi": _ROUTES,
            "Globals.HttpApi": "Globals:\n  HttpApi:\n    DefaultRouteSettings:\n      DetailedMetricsEnabled: true",
            "aws_apigatewayv2_stage": "default_route_settings {\n  detailed_metrics_enabled = true\n}",
            "Globals.Api": 'Globals:\n  Api:\n    MethodSettings:\n      - HttpMethod: "*"\n        ResourcePath: /*\n        MetricsEnabled: true',
        },
        given=_beside_others,
    ),
)
def check(stage: Stage | ApiStage) -> Flags:
    if isinstance(stage, Stage):
        accept(any_of(each.metrics for each in stage.settings))
    else:
        accept(any_of((stage.detailed_metrics, _of_a_route(stage.route_settings))))
    yield flag(
        stage,
        "This stage has no detailed metrics: when one method of many fails or is slow, the sums over all of them hide it.",
    )


def _of_a_route(settings: Tree) -> Value[bool]:
    """Whether the settings of a single route may turn them on."""
    match settings:
        case Unknown():
            return settings
        case Known(dict() as by_route):
            routes = list(by_route.values())
        case Known(list() as blocks):
            routes = blocks
        case _:
            return Absent()
    names = {name.lower().replace("_", "") for route in routes for name in entries_of(route)}
    return Known("detailedmetricsenabled" in names)
