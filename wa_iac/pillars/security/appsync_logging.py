"""# AppSync API writes no logs

## Why

Without logs, nobody can tell which queries came, which fields failed, and why. A GraphQL API answers failed fields with the status 200,
so the metrics of HTTP show little of it.

## What it checks

GraphQL APIs of AppSync without `LogConfig` or `log_config`.

## What is left out

APIs that log requests but no fields (`NONE`): the logs of requests are kept.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: orders
      AuthenticationType: AWS_IAM
```

```hcl
resource "aws_appsync_graphql_api" "orders" { # finding
  name                = "orders"
  authentication_type = "AWS_IAM"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: orders
      AuthenticationType: AWS_IAM
      LogConfig:
        CloudWatchLogsRoleArn: arn:aws:iam::111122223333:role/appsync-logs
        FieldLogLevel: ERROR
```

```hcl
resource "aws_appsync_graphql_api" "orders" {
  name                = "orders"
  authentication_type = "AWS_IAM"
  log_config {
    cloudwatch_logs_role_arn = "arn:aws:iam::111122223333:role/appsync-logs"
    field_log_level          = "ERROR"
  }
}
```

## Undecided

```yaml
Parameters:
  Role:
    Type: String
Resources:
  Orders:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: orders
      AuthenticationType: AWS_IAM
      LogConfig:
        CloudWatchLogsRoleArn: !Ref Role  # undecided: parameter "Role" has no default
        FieldLogLevel: ERROR
```

```hcl
variable "role" {
  type = string
}

resource "aws_appsync_graphql_api" "orders" {
  name                = "orders"
  authentication_type = "AWS_IAM"
  log_config {
    cloudwatch_logs_role_arn = var.role # undecided: var.role has no default
    field_log_level          = "ERROR"
  }
}
```

## Sources

- [LogConfig - AWS AppSync](https://docs.aws.amazon.com/appsync/latest/APIReference/API_LogConfig.html), read on 2026-11-29
"""

from wa_iac.aws.appsync import GraphqlApi
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule


@rule(
    practices=["SEC04-BP01", "OPS08-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="LogConfig:\n  CloudWatchLogsRoleArn: !GetAtt <a role that may write logs>.Arn\n  FieldLogLevel: ERROR\n  ExcludeVerboseContent: true",
        tf='log_config {\n  cloudwatch_logs_role_arn = <a role that may write logs>.arn\n  field_log_level          = "ERROR"\n'
        "  exclude_verbose_content  = true\n}",
        of={"AWS::Serverless::GraphQLApi": "Logging:\n  FieldLogLevel: ERROR\n  ExcludeVerboseContent: true"},
    ),
    equivalents={
        "checkov": ["CKV_AWS_193", "CKV_AWS_194"],
        "cdk_nag": ["AwsSolutions-ASC3"],
        "config": ["APPSYNC_LOGGING_ENABLED"],
        "security_hub": ["AppSync.2"],
    },
)
def check(api: GraphqlApi) -> Flags:
    accept(given(api.log_role))
    yield flag(api.log_role, "This API writes no logs, which would tell which queries and fields failed, and why.")
