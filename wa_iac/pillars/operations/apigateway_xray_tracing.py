"""# API Gateway stage has no X-Ray tracing

## Why

Without X-Ray, you cannot follow a request from the API into its integrations. When a response is slow or wrong, nothing shows which
service caused it.

The X-Ray SDKs and daemon have received only security fixes since February 2026. AWS recommends OpenTelemetry to instrument programs;
it also sends traces to X-Ray ([support
timeline](https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-daemon-timeline.html)).

## What it checks

The rule checks stages of REST APIs and deployments that create one. It reports a stage on which tracing is off, which is the default.

## What is left out

The rule does not check stages of HTTP and WebSocket APIs, which do not support tracing. A deployment without a stage name creates no
stage.

## Non-compliant

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
      TracingEnabled: false  # finding
```

A deployment that names a stage creates one:

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Deployment:  # finding
    Type: AWS::ApiGateway::Deployment
    Properties:
      RestApiId: !Ref Api
      StageName: production
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
}

resource "aws_api_gateway_stage" "production" { # finding
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = aws_api_gateway_deployment.orders.id
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
      TracingEnabled: true
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id          = aws_api_gateway_rest_api.orders.id
  deployment_id        = aws_api_gateway_deployment.orders.id
  stage_name           = "production"
  xray_tracing_enabled = true
}
```

## Not applicable

```yaml
Resources:
  Deployment:  # not applicable: it creates no stage
    Type: AWS::ApiGateway::Deployment
    Properties:
      RestApiId: a1b2c3
```

```hcl
resource "aws_api_gateway_deployment" "orders" { # not applicable: it creates no stage
  rest_api_id = "a1b2c3"
}
```

## Undecided

The result is undecided if `TracingEnabled` or `xray_tracing_enabled` is not known before deployment.

```yaml
Parameters:
  TracingEnabled:
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
      TracingEnabled: !Ref TracingEnabled  # undecided: parameter "TracingEnabled" has no default
```

```hcl
variable "xray_tracing_enabled" { # undecided: Fails when var.xray_tracing_enabled is false
  type = bool
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id          = aws_api_gateway_rest_api.orders.id
  deployment_id        = aws_api_gateway_deployment.orders.id
  stage_name           = "production"
  xray_tracing_enabled = var.xray_tracing_enabled
}
```

## Sources

- [Amazon API Gateway active tracing support for AWS X-Ray - AWS X-Ray](https://docs.aws.amazon.com/xray/latest/devguide/xray-services-apigateway.html), read on 2026-11-29
- [Set up AWS X-Ray with API Gateway REST APIs - Amazon API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enabling-xray.html), read on 2026-11-29
"""

from wa_iac.aws.apigateway import Deployment, Stage
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["OPS04-BP05", "REL06-BP07"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"TracingEnabled": True},
        tf={"xray_tracing_enabled": True},
        of={
            "AWS::ApiGateway::Deployment": {"StageDescription": {"TracingEnabled": True}},
            "aws_api_gateway_deployment": 'resource "aws_api_gateway_stage" "this" {\n  deployment_id        = <this deployment>.id\n'
            "  rest_api_id          = <this deployment>.rest_api_id\n"
            "  stage_name           = <the deployment's stage_name, which is then removed there>\n"
            "  xray_tracing_enabled = true\n}",
            "Globals.Api": "Globals:\n  Api:\n    TracingEnabled: true",
        },
    ),
    equivalents={
        "checkov": ["CKV_AWS_73"],
        "trivy": ["AVD-AWS-0003", "AVD-AWS-0111"],
        "cdk_nag": ["Serverless-APIGWXrayEnabled"],
        "config": ["API_GW_XRAY_ENABLED"],
        "security_hub": ["APIGateway.3"],
    },
    fix=Recipe(
        cfn={"TracingEnabled": True},
        tf={"xray_tracing_enabled": True},
        types={"AWS::ApiGateway::Deployment": {"StageDescription": {"TracingEnabled": True}}},
        unsafe_because="X-Ray charges for traces",
    ),
)
def check(stage: Stage | Deployment) -> Flags:
    made = stage.makes_stage()
    exempt(made == Known(False), "it creates no stage")
    accept(stage.tracing)
    settled(made)
    yield flag(
        stage.tracing, "This stage has no tracing: X-Ray does not show which of the services behind it is slow or fails."
    )
