"""# API Gateway stage has no access logging

## Why

Without an access log, nobody can tell who called the API, from where, and with what response. An intrusion or abuse leaves no
trace, and a customer's complaint cannot be checked.

## What it checks

The rule checks stages of REST, HTTP and WebSocket APIs, and deployments that create a stage. It reports a stage that has no destination
for an access log.

The stage that quick create makes for an HTTP API with a target has no access log either, unless an
`AWS::ApiGatewayV2::ApiGatewayManagedOverrides` sets one.

A deployment whose `StageName` is that of a stage in the same template is reported with low confidence: most authors who write both know
only of the stage that is a resource.

## What is left out

A deployment whose `StageName` is that of a stage in the same template makes no second stage, since a deployment can be associated with an
existing one ("Create a deployment for a REST API in API Gateway", API Gateway Developer Guide). The rule judges that stage. A deployment
without a stage name creates no stage. Execution logs are not access logs, and the rule does not look at them. The finding is advice for an API that stands for a real one in
tests, by its name or that of its file (mock, stub), and for one of a workshop or a demonstration, by the path of its file.

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

A deployment that names a stage creates one:

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Deployment:
    Type: AWS::ApiGateway::Deployment
    Properties:
      RestApiId: !Ref Api
      StageName: production
      StageDescription:  # finding
        TracingEnabled: true
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
  Log:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 90
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: abc123
      StageName: production
      AccessLogSetting:
        DestinationArn: !GetAtt Log.Arn
        Format: '{"id": "$context.requestId", "ip": "$context.identity.sourceIp", "status": "$context.status"}'
```

```hcl
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_cloudwatch_log_group" "orders" {
  name              = "orders"
  retention_in_days = 90
}

resource "aws_apigatewayv2_stage" "production" {
  api_id      = aws_apigatewayv2_api.orders.id
  name        = "$default"
  auto_deploy = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.orders.arn
    format          = jsonencode({ id = "$context.requestId", ip = "$context.identity.sourceIp", status = "$context.status" })
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: its stages are checked
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
resource "aws_apigatewayv2_api" "orders" { # not applicable: its stages are checked
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_api_gateway_deployment" "orders" { # not applicable: it creates no stage
  rest_api_id = "a1b2c3"
}
```

## Undecided

The result is undecided if `DestinationArn` or `destination_arn` is not known before deployment.

```yaml
Parameters:
  DestinationArn:
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
      AccessLogSetting:
        DestinationArn: !Ref DestinationArn  # undecided: parameter "DestinationArn" has no default
        Format: '{"id": "$context.requestId", "ip": "$context.identity.sourceIp", "status": "$context.status"}'
```

```hcl
variable "destination_arn" {
  type = string
}

resource "aws_apigatewayv2_stage" "production" {
  api_id      = aws_apigatewayv2_api.orders.id
  name        = "$default"
  auto_deploy = true

  access_log_settings {
    destination_arn = var.destination_arn # undecided: var.destination_arn has no default
    format          = jsonencode({ id = "$context.requestId", ip = "$context.identity.sourceIp", status = "$context.status" })
  }
}
```

## Sources

- [Set up CloudWatch logging for REST APIs in API Gateway - Amazon API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html), read on 2026-11-29
"""

from dataclasses import replace
from textwrap import indent
from typing import Final

from wa_iac.aws.apigateway import Api, ApiStage, Deployment, Stage
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.purposes import stands_in_by_any_name
from wa_iac.knowledge.quick_create import quick_stage_lacks
from wa_iac.knowledge.workshops import is_of_a_workshop
from wa_iac.pillars.judgements.redeployed import OF_QUICK_CREATE
from wa_iac.pillars.judgements.wording import first_of

_WHERE_AND_WHAT = (
    "  DestinationArn: !GetAtt <the log group>.Arn\n"
    '  Format: \'{"id": "$context.requestId", "ip": "$context.identity.sourceIp", "status": "$context.status"}\''
)
_FIRST_THE_NEW = (
    "That replaces the deployment: before, give it a lifecycle block with create_before_destroy = true, or the old one takes the stage along as it is "
    "destroyed."
)
_THEN_OF_THE_STAGE = (
    "{} the deployment: what reads its stage_name, execution_arn or invoke_url has to read those of the stage then."
)
_STAGES: Final = frozenset(Stage.types())
_ONE_MORE = "{} uses this deployment. If nobody calls the stage that the deployment makes, remove its name there."


_GROUP_FIRST: Final = "Declare a log group for it, with a retention period."
_GROUP_BESIDE: Final = "Declare a log group for it, with a retention period, if none here is for it."
_LOG_GROUPS: Final = frozenset(and_awscc("AWS::Logs::LogGroup", "aws_cloudwatch_log_group"))
_ACCOUNTS: Final = frozenset({"AWS::ApiGateway::Account", "aws_api_gateway_account", "awscc_apigateway_account"})


def _with_role(stage: Stage | ApiStage | Deployment | Api, graph: Graph) -> Remedy:
    """The remedy with what the log needs: a log group, for a REST API a setting of the account, and a stage of one's own."""
    words = [_GROUP_FIRST if graph.types.isdisjoint(_LOG_GROUPS) else _GROUP_BESIDE]
    if _needs_role(stage) and graph.types.isdisjoint(_ACCOUNTS):
        account = "AWS::ApiGateway::Account" if stage.as_cloudformation else "aws_api_gateway_account"
        words.append(f"API Gateway also needs a role for CloudWatch, once for the account and the Region ({account}).")
    if stage.declared.type == "aws_api_gateway_deployment":
        words.append("The stage exists already: first import it into this resource, and remove stage_name from the deployment.")
        if isinstance(stage, Deployment) and stage.create_before_destroy != Known(True):
            words.append(_FIRST_THE_NEW)
        named = (
            [each.address for each in graph.referring(stage, graph.types - _STAGES)] if isinstance(stage, Deployment) else []
        )
        if named:
            words.append(_THEN_OF_THE_STAGE.format(f"{first_of(named)} {'names' if len(named) == 1 else 'name'}"))
    if stage.declared.type == "aws_apigatewayv2_api":
        words.append(OF_QUICK_CREATE)
    return replace(_LOGGED, decision=" ".join(words))


def _needs_role(stage: Stage | ApiStage | Deployment | Api) -> bool:
    """Whether API Gateway writes its log with the role of the account: for REST and WebSocket APIs ("Configure logging for WebSocket APIs in
    API Gateway", API Gateway Developer Guide)."""
    if isinstance(stage, ApiStage):
        return any(each.protocol == Known("WEBSOCKET") for each in stage.api)
    return isinstance(stage, Stage | Deployment)


_LOGGED: Final = Remedy(
    cfn=f"AccessLogSetting:\n{_WHERE_AND_WHAT}",
    tf="access_log_settings {\n  destination_arn = <the log group>.arn\n"
    '  format          = jsonencode({ id = "$context.requestId", ip = "$context.identity.sourceIp", status = "$context.status" })\n}',
    of={
        "AWS::ApiGateway::Deployment": f"StageDescription:\n  AccessLogSetting:\n{indent(_WHERE_AND_WHAT, '  ')}",
        "aws_api_gateway_deployment": 'resource "aws_api_gateway_stage" "this" {\n  deployment_id = <this deployment>.id\n'
        "  rest_api_id   = <this deployment>.rest_api_id\n  stage_name    = <the deployment's stage_name>\n"
        "  access_log_settings {\n    destination_arn = <the log group>.arn\n"
        '    format          = jsonencode({ id = "$context.requestId", ip = "$context.identity.sourceIp", status = "$context.status" })\n  }\n}',
        "Globals.Api": f"Globals:\n  Api:\n    AccessLogSetting:\n{indent(_WHERE_AND_WHAT, '    ')}",
        "Globals.HttpApi": f"Globals:\n  HttpApi:\n    AccessLogSettings:\n{indent(_WHERE_AND_WHAT, '    ')}",
        "AWS::Serverless::HttpApi": f"AccessLogSettings:\n{_WHERE_AND_WHAT}",
        "AWS::ApiGatewayV2::Stage": f"AccessLogSettings:\n{_WHERE_AND_WHAT}",
        "AWS::ApiGatewayV2::Api": "Made:\n  Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides\n  Properties:\n"
        f"    ApiId: !Ref <this API>\n    Stage:\n      AccessLogSettings:\n{indent(_WHERE_AND_WHAT, '      ')}",
        "aws_apigatewayv2_api": "# instead of the target, an integration, a route and a stage of its own\n"
        'resource "aws_apigatewayv2_stage" "this" {\n  api_id      = <this API>.id\n  name        = "$default"\n  auto_deploy = true\n'
        "  access_log_settings {\n    destination_arn = <the log group>.arn\n"
        '    format          = jsonencode({ id = "$context.requestId", ip = "$context.identity.sourceIp", status = "$context.status" })\n  }\n}',
    },
)


@rule(
    practices=["SEC04-BP01", "OPS04-BP02", "OPS08-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=replace(_LOGGED, given=_with_role),
    equivalents={
        "checkov": ["CKV_AWS_76", "CKV_AWS_95"],
        "trivy": ["AVD-AWS-0001", "AVD-AWS-0113", "AVD-AWS-0116"],
        "cdk_nag": ["AwsSolutions-APIG1", "Serverless-APIGWAccessLogging"],
        "guard": ["API_GW_STAGE_ACCESS_LOGGING_RULE", "API_GWV2_ACCESS_LOGS_ENABLED"],
        "config": ["API_GWV2_ACCESS_LOGS_ENABLED"],
        "cfn_nag": ["W46", "W69"],
        "security_hub": ["APIGateway.9"],
    },
)
def check(stage: Stage | ApiStage | Deployment | Api) -> Flags:
    if isinstance(stage, Api):
        yield from _judge_quick_stage(stage)
        return
    made = stage.makes_stage() if isinstance(stage, Deployment) else Known(True)
    exempt(made == Known(False), "it creates no stage")
    accept(given(stage.access_log))
    settled(made)
    message = "This stage keeps no access log, which would tell who called it, from where, and what was returned."
    if isinstance(stage, Deployment) and stage.stages.targets:
        # Most who write both know only of the stage that is a resource.
        other = stage.stages.targets[0].address
        yield flag(stage.access_log, message, instead=_ONE_MORE.format(other), confidence=Confidence.LOW)
        return
    spared = is_of_a_workshop(stage) or any(map(stands_in_by_any_name, (stage, *stage.api)))
    yield flag(stage.access_log, message, confidence=Confidence.LOW if spared else None)


def _judge_quick_stage(api: Api) -> Flags:
    """The stage that API Gateway makes itself for an HTTP API with a target."""
    kept = negate(quick_stage_lacks(api, lambda override: given(override.access_log)))
    exempt(kept, "its stages are checked themselves, or an override turns on the access log of the stage created with it")
    yield flag(
        api.target,
        "The stage created with this API keeps no access log, which would tell who called it, and what was returned.",
    )
