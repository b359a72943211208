"""# API Gateway writes whole requests and responses to its log

## Why

With data tracing, API Gateway writes the bodies of requests and responses into the execution log. Everybody who may read the log can then
read what customers send: names, addresses, passwords, tokens in a body. AWS advises against it in production.

## What it checks

Settings of a stage that turn on `DataTraceEnabled` or `data_trace_enabled` and log executions at a level other than `OFF`.

## What is left out

Stages that log no execution: without a level, nothing is written. Stages whose name says that they are for development or tests
(`dev`, `staging`): the finding is advice there.

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
      MethodSettings:
        - HttpMethod: "*"
          ResourcePath: /*
          LoggingLevel: INFO
          DataTraceEnabled: true  # finding
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
    logging_level      = "INFO"
    data_trace_enabled = true # finding
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
          LoggingLevel: ERROR
          DataTraceEnabled: false
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
  Trace:
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
          LoggingLevel: INFO
          DataTraceEnabled: !Ref Trace  # undecided: parameter "Trace" has no default
```

```hcl
variable "trace" { # undecided: Fails when var.trace is true
  type = bool
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
    logging_level      = "INFO"
    data_trace_enabled = var.trace
  }
}
```

## Sources

- [Execution logging for REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-execution-logging.html), read on 2026-11-29
- [Setting up CloudWatch logging for a REST API in API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.apigateway import MethodSettings, Stage
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, each_of, milder, refuse, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.called import words_of

_NOT_PRODUCTION: Final = frozenset({"dev", "develop", "development", "test", "testing", "qa", "staging", "sandbox"})


@rule(
    practices=["SEC08-BP04", "SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(cfn="DataTraceEnabled: false", tf="data_trace_enabled = false"),
    equivalents={"checkov": ["CKV_AWS_276"]},
    fix=Recipe(
        cfn={"MethodSettings[]": {"DataTraceEnabled": False}},
        tf={},
        types={"aws_api_gateway_method_settings": {"settings": {"data_trace_enabled": False}}},
        unsafe_because="somebody may need the bodies in the log to look for a fault",
    ),
)
def check(stage: Stage) -> Flags:
    found = each_of(stage.settings, _judge)
    words = (
        set(words_of(stage.name.value).split()) if isinstance(stage.name, Known) and not stage.name.origin.default_of else set()
    )
    yield from milder(found, confidence=Confidence.LOW) if words & _NOT_PRODUCTION else found


def _judge(settings: MethodSettings) -> Flags:
    accept(settings.data_trace == Known(False))
    accept(holds(settings.logging_level, lambda level: level == "OFF"))
    yield from refuse(
        settings.data_trace,
        True,
        "Whole requests and responses are written to the log: anyone who may read it sees what customers send.",
    )
