"""# API asks for a key that no usage plan contains

## Why

API Gateway accepts an API key only at stages that belong to a usage plan with the key. An API whose methods ask for a key, but which has no plan,
refuses every request with the status 403. The plan is also what limits how much one client may call.

## What it checks

The rule looks at REST APIs with a method that requires an API key. It reports an API that no usage plan of the unit names.

## What is left out

APIs that take the key from an authorizer's answer need a plan as well. A plan in another stack may name the API, so the confidence is medium;
units with a plan whose APIs are not known are undecided.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Orders
      ResourceId: !GetAtt Orders.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      ApiKeyRequired: true
```

```hcl
resource "aws_api_gateway_rest_api" "orders" { # finding
  name = "orders"
}

resource "aws_api_gateway_method" "get" {
  rest_api_id      = aws_api_gateway_rest_api.orders.id
  resource_id      = aws_api_gateway_rest_api.orders.root_resource_id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Orders
      ResourceId: !GetAtt Orders.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      ApiKeyRequired: true
  Partners:
    Type: AWS::ApiGateway::UsagePlan
    Properties:
      ApiStages:
        - {ApiId: !Ref Orders, Stage: production}
      Throttle: {RateLimit: 100, BurstLimit: 200}
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_method" "get" {
  rest_api_id      = aws_api_gateway_rest_api.orders.id
  resource_id      = aws_api_gateway_rest_api.orders.root_resource_id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_usage_plan" "partners" {
  name = "partners"

  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = "production"
  }

  throttle_settings {
    rate_limit  = 100
    burst_limit = 200
  }
}
```

## Undecided

The result is undecided if it is not known which APIs a plan is for.

```yaml
Parameters:
  ApiId:
    Type: String
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Orders
      ResourceId: !GetAtt Orders.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      ApiKeyRequired: true
  Partners:
    Type: AWS::ApiGateway::UsagePlan
    Properties:
      ApiStages:
        - ApiId: !Ref ApiId  # undecided: parameter "ApiId" has no default
          Stage: production
```

```hcl
variable "api_id" {
  type = string
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_method" "get" {
  rest_api_id      = aws_api_gateway_rest_api.orders.id
  resource_id      = aws_api_gateway_rest_api.orders.root_resource_id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_usage_plan" "partners" {
  name = "partners"

  api_stages {
    api_id = var.api_id # undecided: var.api_id has no default
    stage  = "production"
  }
}
```

## Sources

- [Usage plans and API keys for REST APIs in API Gateway - Amazon API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html), read on 2026-11-29
- [Amazon API Gateway with an API Key](https://serverlessland.com/patterns/apigw-api-key-sam), read on 2026-11-29
"""

from wa_iac.aws.apigateway import RestApi
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule
from wa_iac.core.value import Known


@rule(
    practices=["REL05-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision="Add a usage plan (AWS::ApiGateway::UsagePlan, aws_api_gateway_usage_plan) with the stages of this API and a limit of requests, and put the "
        "keys into it. If the API needs no key, remove the requirement from its methods."
    ),
)
def check(api: RestApi) -> Flags:
    asking = [method for method in api.methods if method.api_key_required != Known(False)]
    if not asking or api.plans.targets:
        return
    all_known(api.plans.unknown, any_of(method.api_key_required for method in asking))
    yield flag(
        api,
        f"{asking[0].address} asks for an API key, but no usage plan here names this API: without one, a request is refused even with a key.",
    )
