"""# API Gateway stage has no throttling limits

## Why

Without throttling limits, a stage may use all of the account's 10,000 requests per second in a Region. One faulty client then
starves every other API of the account, and the backend gets more requests than it can handle. Set limits on the stage, or in a
usage plan.

The default quota is 2,500 requests per second in some newer Regions.

## What it checks

The rule checks stages of REST, HTTP and WebSocket APIs, and deployments that create a stage. It accepts a rate limit for the whole stage,
for a method or a route, or in a usage plan, and reports a stage that has none of these.

The stage that quick create makes for an HTTP API with a target has no limits, unless an
`AWS::ApiGatewayV2::ApiGatewayManagedOverrides` sets some.

## What is left out

A rate limit of 0 or more is accepted, however high it is. A deployment that creates no stage is not checked, nor is an API whose stages
are checked themselves.

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

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = aws_api_gateway_stage.production.stage_name
  method_path = "*/*"
  settings {
    metrics_enabled = true
  }
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
          ThrottlingRateLimit: 100
          ThrottlingBurstLimit: 200
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
    throttling_rate_limit  = 100
    throttling_burst_limit = 200
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
    throttling_rate_limit  = 100
    throttling_burst_limit = 200
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: its stages are checked instead
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
  Deployment:  # not applicable: it creates no stage
    Type: AWS::ApiGateway::Deployment
    Properties:
      RestApiId: a1b2c3
```

```hcl
resource "aws_apigatewayv2_api" "orders" { # not applicable: its stages are checked instead
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_api_gateway_deployment" "orders" { # not applicable: it creates no stage
  rest_api_id = "a1b2c3"
}
```

## Undecided

The result is undecided if `ThrottlingRateLimit` or `throttling_rate_limit` is not known before deployment.

```yaml
Parameters:
  ThrottlingRateLimit:
    Type: Number
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
          ThrottlingRateLimit: !Ref ThrottlingRateLimit  # undecided: parameter "ThrottlingRateLimit" has no default
          ThrottlingBurstLimit: 200
```

```hcl
variable "throttling_rate_limit" {
  type = number
}

resource "aws_apigatewayv2_stage" "production" {
  api_id      = aws_apigatewayv2_api.orders.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = var.throttling_rate_limit # undecided: var.throttling_rate_limit has no default
    throttling_burst_limit = 200
  }
}
```

## Sources

- [Amazon API Gateway quotas](https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html), read on 2026-11-29
- [Throttling requests to your HTTP API](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html), read on 2026-11-29
"""

from dataclasses import replace
from textwrap import indent

from wa_iac.aws.apigateway import Api, ApiStage, Deployment, Stage
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.quick_create import quick_stage_lacks
from wa_iac.knowledge.rate_limits import is_limited, limits_a_route, rate_limits
from wa_iac.pillars.judgements.redeployed import OF_QUICK_CREATE

_METHODS = (
    'MethodSettings:\n  - HttpMethod: "*"\n    ResourcePath: /*\n    ThrottlingRateLimit: 100\n    ThrottlingBurstLimit: 200'
)
_ROUTES = "DefaultRouteSettings:\n  ThrottlingRateLimit: 100\n  ThrottlingBurstLimit: 200"


def _beside_others(stage: Stage | ApiStage | Deployment | Api, graph: Graph) -> Remedy | None:
    """The limits in the settings for all methods, if a stage has these already: there can be only one of them."""
    del graph
    if stage.declared.type == "aws_apigatewayv2_api":
        return replace(_LIMITED, decision=OF_QUICK_CREATE)
    for each in stage.settings if isinstance(stage, Stage | Deployment) else ():
        if each.path in (Known("*/*"), Known("/*")) and each.http_method in (Known("*"), Absent()):
            where = f" ({each.origin.span.path}:{each.origin.span.start_line})"
            return Remedy(
                cfn={"ThrottlingRateLimit": 100, "ThrottlingBurstLimit": 200},
                tf={"settings": {"throttling_rate_limit": 100, "throttling_burst_limit": 200}},
                decision=f"The stage has settings for all methods{where}. Add the limits to these:",
            )
    return None


_LIMITED = Remedy(
    cfn=_METHODS,
    tf='resource "aws_api_gateway_method_settings" "all" {\n  rest_api_id = <this stage>.rest_api_id\n'
    '  stage_name  = <this stage>.stage_name\n  method_path = "*/*"\n  settings {\n    throttling_rate_limit  = 100\n'
    "    throttling_burst_limit = 200\n  }\n}",
    of={
        "AWS::ApiGateway::Deployment": f"StageDescription:\n{indent(_METHODS, '  ')}",
        "Globals.Api": f"Globals:\n  Api:\n{indent(_METHODS, '    ')}",
        "Globals.HttpApi": f"Globals:\n  HttpApi:\n{indent(_ROUTES, '    ')}",
        "AWS::Serverless::HttpApi": _ROUTES,
        "AWS::ApiGatewayV2::Stage": _ROUTES,
        "AWS::ApiGatewayV2::Api": "Made:\n  Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides\n  Properties:\n"
        f"    ApiId: !Ref <this API>\n    Stage:\n{indent(_ROUTES, '      ')}",
        "aws_apigatewayv2_api": "# instead of the target, an integration, a route and a stage of its own\n"
        'resource "aws_apigatewayv2_stage" "this" {\n  api_id      = <this API>.id\n  name        = "$default"\n  auto_deploy = true\n'
        "  default_route_settings {\n    throttling_rate_limit  = 100\n    throttling_burst_limit = 200\n  }\n}",
        "aws_apigatewayv2_stage": "default_route_settings {\n  throttling_rate_limit  = 100\n  throttling_burst_limit = 200\n}",
    },
)


@rule(
    practices=["REL05-BP02", "REL01-BP03", "COST09-BP02", "SUS02-BP06"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    convention=True,
    remedy=replace(_LIMITED, given=_beside_others),
    equivalents={"cdk_nag": ["Serverless-APIGWDefaultThrottling"]},
)
def check(stage: Stage | ApiStage | Deployment | Api, graph: Graph) -> Flags:
    if isinstance(stage, Api):
        exempt(
            negate(quick_stage_lacks(stage, is_limited)),
            "its stages are checked instead, or the stage that is created with it has a limit",
        )
        yield flag(
            stage.target,
            "The stage that is created with this API has no rate limit: one client can use up all requests that the "
            "account may serve in this Region.",
        )
        return
    made = stage.makes_stage()
    exempt(made == Known(False), "it creates no stage")
    limits = list(rate_limits(stage, graph))
    by_route = [limits_a_route(stage.route_settings)] if isinstance(stage, ApiStage) else []
    accept(any_of((*(holds(limit, lambda rate: rate >= 0) for limit in limits), *by_route)))
    settled(made)
    yield flag(
        next((limit for limit in limits if isinstance(limit, Known)), stage.absent),
        "This stage has no rate limit of its own: one client can use up all requests that the account may serve in "
        "this Region.",
    )
