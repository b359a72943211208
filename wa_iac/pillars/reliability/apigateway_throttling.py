"""# API Gateway stage has no throttling limits

Without throttling limits, a stage may use all of the account's 10,000 requests per second in a Region. One faulty client then
starves every other API of the account, and the backend gets more requests than it can handle. Set limits on the stage, or in a
usage plan.

The stage that quick create makes for an HTTP API with a target has no limits, unless an
`AWS::ApiGatewayV2::ApiGatewayManagedOverrides` sets some.

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
"""

from collections.abc import Iterator
from textwrap import indent

from wa_iac.aws.apigateway import Api, ApiStage, Deployment, ManagedOverrides, RestApi, Stage, UsagePlan
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.quick_create import quick_stage_lacks

_METHODS = (
    'MethodSettings:\n  - HttpMethod: "*"\n    ResourcePath: /*\n    ThrottlingRateLimit: 100\n    ThrottlingBurstLimit: 200'
)
_ROUTES = "DefaultRouteSettings:\n  ThrottlingRateLimit: 100\n  ThrottlingBurstLimit: 200"


@rule(
    practices=["REL05-BP02", "REL01-BP03"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn=_METHODS,
        tf='resource "aws_api_gateway_method_settings" "all" {\n  rest_api_id = <the API>.id\n'
        '  stage_name  = <the stage>.stage_name\n  method_path = "*/*"\n  settings {\n    throttling_rate_limit  = 100\n'
        "    throttling_burst_limit = 200\n  }\n}",
        of={
            "Globals.Api": f"Globals:\n  Api:\n{indent(_METHODS, '    ')}",
            "Globals.HttpApi": f"Globals:\n  HttpApi:\n{indent(_ROUTES, '    ')}",
            "AWS::Serverless::HttpApi": _ROUTES,
            "AWS::ApiGatewayV2::Stage": _ROUTES,
            "AWS::ApiGatewayV2::Api": "Made:\n  Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides\n  Properties:\n"
            f"    ApiId: !Ref <the API>\n    Stage:\n{indent(_ROUTES, '      ')}",
            "aws_apigatewayv2_api": "# instead of the target, an integration, a route and a stage of its own\n"
            'resource "aws_apigatewayv2_stage" "this" {\n  api_id      = <the API>.id\n  name        = "$default"\n  auto_deploy = true\n'
            "  default_route_settings {\n    throttling_rate_limit  = 100\n    throttling_burst_limit = 200\n  }\n}",
            "aws_apigatewayv2_stage": "default_route_settings {\n  throttling_rate_limit  = 100\n"
            "  throttling_burst_limit = 200\n}",
        },
    ),
    equivalents={"cdk_nag": ["Serverless-APIGWDefaultThrottling"]},
)
def check(stage: Stage | ApiStage | Deployment | Api, graph: Graph) -> Iterator[Flag]:
    if isinstance(stage, Api):
        yield from _of_quick_create(stage)
        return
    made: Value[bool] = stage.makes_stage() if isinstance(stage, Deployment) else Known(True)
    if isinstance(made, Known) and not made.value:
        yield not_applicable("it makes no stage")
        return
    limits = list(_limits(stage, graph))
    if any(isinstance(limit, Known) and limit.value >= 0 for limit in limits):
        return
    for limit in (*limits, made):
        if isinstance(limit, Unknown):
            yield undecided(limit)
            return
    off = next((limit for limit in limits if isinstance(limit, Known)), stage.absent)
    yield flag(
        off, "One client can take every request that the account may serve in this Region: the stage has no limit of its own."
    )


def _limits(stage: Stage | ApiStage | Deployment, graph: Graph) -> Iterator[Value[float]]:
    """Every rate limit that holds for some of the stage's requests, as far as it is written."""
    if isinstance(stage, ApiStage):
        yield stage.throttling_rate
        if not isinstance(stage.route_settings, Absent):
            yield from _by_route(stage.route_settings)
        return
    if isinstance(stage, Deployment):
        yield stage.throttling_rate
    for settings in stage.settings:
        yield settings.throttling_rate
    for plan in graph.of(UsagePlan):
        if not isinstance(plan.throttling_rate, Absent) and _of(plan, stage.api.targets):
            yield plan.throttling_rate


def _of(plan: UsagePlan, apis: tuple[RestApi, ...]) -> bool:
    return plan.apis.unknown is not None or any(api in apis for api in plan.apis)


def _by_route(settings: Value[object]) -> Iterator[Value[float]]:
    """Limits of single routes: where they are written at all, somebody has thought about them."""
    match settings:
        case Unknown():
            yield settings
        case Known(value) if "throttling" in repr(value).lower():
            yield Known(0.0, settings.origin)
        case _:
            return


def _of_quick_create(api: Api) -> Iterator[Flag]:
    """The stage that API Gateway makes itself for an HTTP API with a target."""
    match quick_stage_lacks(api, _has_limit):
        case Unknown() as why:
            yield undecided(why)
        case Known(True):
            yield flag(
                api.target,
                "One client can take every request that the account may serve in this Region: the stage that is made with this API has "
                "no limit.",
            )
        case _:
            yield not_applicable("its stages are judged, or what overrides the one that is made with it has a limit")


def _has_limit(made: ManagedOverrides) -> Value[bool]:
    limits = [made.throttling_rate, *_by_route(made.route_settings)]
    unknown = next((each for each in limits if isinstance(each, Unknown)), None)
    if unknown is not None:
        return unknown
    return Known(any(isinstance(each, Known) for each in limits))
