"""# Lambda function may run longer than its API waits

## Why

API Gateway waits for a function for 29 seconds, or 30 for an HTTP API. Then the client gets an error, while the function works on and is paid
for. The client tries again, and the work is done twice. A function that only an API calls has no use for more time.

## What it checks

The rule looks at functions that API Gateway may invoke, and that nothing else here does. It reports a timeout of more than 30
seconds.

## What is left out

Functions that are also called by a queue, a schedule, an event, a function URL or another resource. The limit of a Regional REST API can be
raised for an account, so the confidence is medium for HTTP APIs, and low otherwise.

## Non-compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Timeout: 60  # finding
  FromApi:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*
```

```hcl
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"
  timeout       = 900 # finding
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.orders.execution_arn}/*"
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Timeout: 25
  FromApi:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*
```

```hcl
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"
  timeout       = 10
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.orders.execution_arn}/*"
}
```

## Not applicable

```yaml
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Orders:  # not applicable: something else calls it also
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Timeout: 60
  FromApi:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*
  FromQueue:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Orders, EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders"}
```

## Undecided

The result is undecided if the timeout is not known before deployment.

```yaml
Parameters:
  Seconds:
    Type: Number
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Timeout: !Ref Seconds  # undecided: parameter "Seconds" has no default
  FromApi:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*
```

```hcl
variable "seconds" {
  type = number
}

resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"
  timeout       = var.seconds # undecided: var.seconds has no default
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.orders.execution_arn}/*"
}
```

## Sources

- [Amazon API Gateway integration timeout limit increase beyond 29 seconds](https://aws.amazon.com/about-aws/whats-new/2024/06/amazon-api-gateway-integration-timeout-limit-29-seconds/), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.apigateway import Api
from wa_iac.aws.lambda_function import Alias, Function, Permission
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.lambda_use import asynchronous_sources, is_scheduled

_HTTP: Final = 30
_OTHER: Final = 29
"""Seconds for which API Gateway waits, unless more is allowed to an account."""
_APIS: Final = "apigateway.amazonaws.com"
_CALLERS: Final = frozenset(
    and_awscc(
        "AWS::Lambda::Function",
        "AWS::StepFunctions::StateMachine",
        "AWS::Lambda::Url",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Events::Rule",
        "aws_lambda_function",
        "aws_sfn_state_machine",
        "aws_lambda_function_url",
        "aws_lambda_event_source_mapping",
        "aws_cloudwatch_event_target",
        "aws_scheduler_schedule",
        "aws_lambda_invocation",
    )
)


@rule(
    practices=["REL05-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"Timeout": 29},
        tf={"timeout": 29},
        decision="If the work takes longer, let the function put it into a queue and answer at once.",
    ),
)
def check(function: Function, graph: Graph) -> Flags:
    entrances: list[Function | Alias] = [function, *function.aliases]
    permissions = [each for entrance in entrances for each in entrance.permissions]
    of_apis = [each for each in permissions if each.principal == Known(_APIS)]
    if not of_apis:
        return
    http = all(_is_of_http_api(each, graph) for each in of_apis)
    most = _HTTP if http else _OTHER
    match settled(function.timeout):
        case Known(seconds) if seconds > _HTTP:
            exempt(len(of_apis) < len(permissions) or _is_called(function, graph), "something else calls it also")
            yield flag(
                function.timeout,
                f"API Gateway waits for {most} seconds, but this function may run for {seconds}: the client gets an error while the work goes on.",
                confidence=None if http else Confidence.LOW,
            )
        case _:
            return


def _is_called(function: Function, graph: Graph) -> bool:
    """Whether something other than an API calls a function."""
    if is_scheduled(function, graph) or asynchronous_sources(function, graph):
        return True
    return any(graph.referring(each, _CALLERS) for each in (function, *function.aliases))


def _is_of_http_api(permission: Permission, graph: Graph) -> bool:
    found = [each for each in graph.referred(permission.source_arn) if each.type in Api.types()]
    return bool(found) and all(graph.typed(each, Api).protocol == Known("HTTP") for each in found)
