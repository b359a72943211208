"""# Access log of an API is not in JSON

## Why

CloudWatch Logs Insights finds the fields of lines in JSON by itself: the status, the path, the time that an integration took. In another format,
each query begins with a pattern that takes the line apart, and breaks if somebody adds a field.

## What it checks

The rule reports stages of REST, HTTP and WebSocket APIs whose access log has a format other than JSON, such as CLF, XML or CSV.

## What is left out

Stages without an access log; the rule `apigateway-access-logging` reports those.

## Non-compliant

```yaml
Resources:
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: a1b2c3d4e5
      DeploymentId: f6g7h8
      StageName: production
      AccessLogSetting:
        DestinationArn: arn:aws:logs:eu-west-1:111122223333:log-group:api
        Format: $context.identity.sourceIp [$context.requestTime] $context.status  # finding
```

```hcl
resource "aws_apigatewayv2_stage" "production" {
  api_id = "a1b2c3d4e5"
  name   = "production"

  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:api"
    format          = "$context.identity.sourceIp [$context.requestTime] $context.status" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: a1b2c3d4e5
      DeploymentId: f6g7h8
      StageName: production
      AccessLogSetting:
        DestinationArn: arn:aws:logs:eu-west-1:111122223333:log-group:api
        Format: '{"id":"$context.requestId","status":"$context.status"}'
```

```hcl
resource "aws_apigatewayv2_stage" "production" {
  api_id = "a1b2c3d4e5"
  name   = "production"

  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:api"
    format          = jsonencode({ id = "$context.requestId", status = "$context.status" })
  }
}
```

## Undecided

The result is undecided if the format is not known before deployment.

```yaml
Parameters:
  Format:
    Type: String
Resources:
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: a1b2c3d4e5
      DeploymentId: f6g7h8
      StageName: production
      AccessLogSetting:
        DestinationArn: arn:aws:logs:eu-west-1:111122223333:log-group:api
        Format: !Ref Format  # undecided: parameter "Format" has no default
```

```hcl
variable "format" {
  type = string
}

resource "aws_apigatewayv2_stage" "production" {
  api_id = "a1b2c3d4e5"
  name   = "production"

  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:api"
    format          = var.format # undecided: var.format has no default
  }
}
```

## Sources

- [Access logging for REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.md), read on 2026-11-29
"""

from wa_iac.aws.apigateway import ApiStage, Stage
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known, Unknown

_FORMAT = (
    '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","requestTime":"$context.requestTime","httpMethod":"$context.httpMethod",'
    '"status":"$context.status","responseLength":"$context.responseLength"}'
)


@rule(
    practices=["OPS08-BP02", "OPS04-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn={"AccessLogSetting": {"Format": _FORMAT}},
        tf={"access_log_settings": {"format": _FORMAT}},
        of={
            "AWS::ApiGatewayV2::Stage": {"AccessLogSettings": {"Format": _FORMAT}},
            "AWS::Serverless::HttpApi": {"AccessLogSettings": {"Format": _FORMAT}},
            "Globals.Api": {"Globals": {"Api": {"AccessLogSetting": {"Format": _FORMAT}}}},
            "Globals.HttpApi": {"Globals": {"HttpApi": {"AccessLogSettings": {"Format": _FORMAT}}}},
        },
    ),
    equivalents={"cdk_nag": ["Serverless-APIGWStructuredLogging"]},
)
def check(stage: Stage | ApiStage) -> Flags:
    written = stage.log_format
    if isinstance(written, Unknown) and written.parts and isinstance(written.parts[0], str):
        written = Known(written.parts[0], written.origin)
    match settled(written):
        case Known(text) if text.strip() and not text.lstrip().startswith("{"):
            yield flag(
                stage.log_format,
                "The access log of this API is not in JSON: each query has to take its lines apart by a pattern.",
            )
        case _:
            return
