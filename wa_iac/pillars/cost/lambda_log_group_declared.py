"""# Log group of a Lambda function is not declared

## Why

Without a log group of that name, Lambda makes one at the first call. It keeps everything forever, has no tags, and stays when the function is
deleted. The cost grows every month, and nobody sees it in the code.

## What it checks

The rule reports functions for which no log group is declared: neither one called `/aws/lambda/` and the function's name, nor one that the
function's logging configuration names.

## What is left out

Functions at the edge, which log in each Region. Functions for which the CDK sets the retention by a custom resource. Functions
whose names go to a module that cannot be read, which may declare the log group. Many teams set the
retention of all log groups by a job in the account, so the rule is only in the profile `all`.

## Non-compliant

```yaml
Resources:
  Work:  # finding
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
```

```hcl
resource "aws_lambda_function" "work" { # finding
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"
}
```

## Compliant

```yaml
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
  WorkLogs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub /aws/lambda/${Work}
      RetentionInDays: 90
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      LoggingConfig: {LogGroup: !Ref ApiLogs}
  ApiLogs:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 90
```

```hcl
variable "stage" {
  type = string
}

resource "aws_lambda_function" "work" {
  function_name = "work-${var.stage}"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"
}

resource "aws_cloudwatch_log_group" "work" {
  name              = "/aws/lambda/work-${var.stage}"
  retention_in_days = 90
}
```

## Undecided

The result is undecided if it is not known for what a log group is.

```yaml
Parameters:
  LogGroupName:
    Type: String
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
  WorkLogs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Ref LogGroupName  # undecided: parameter "LogGroupName" has no default
      RetentionInDays: 90
```

```hcl
variable "log_group" {
  type = string
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"
}

resource "aws_cloudwatch_log_group" "work" {
  name              = var.log_group # undecided: var.log_group has no default
  retention_in_days = 90
}
```

## Sources

- [Configuring CloudWatch log groups - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html), read on 2026-11-29
"""

from collections.abc import Hashable
from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.aws.logs import LogGroup
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt_for, flag, rule
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.knowledge.lambda_use import special_use

_PREFIX: Final = "/aws/lambda/"
_GROUPS: Final = frozenset((*and_awscc("AWS::Logs::LogGroup", "aws_cloudwatch_log_group"), "Custom::LogRetention", "module"))
_ANY: Final = "any"


@rule(
    practices=["COST04-BP05", "SUS04-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        decision="Declare the log group /aws/lambda/<the function's name> with a retention period. If the function has run before, import the log group "
        "that Lambda made, or delete it: two cannot have one name."
    ),
)
def check(function: Function, graph: Graph) -> Flags:
    exempt_for(special_use(function, graph))
    accept(given(function.log_group))
    accept(bool(graph.referring(function, _GROUPS)))
    groups = graph.index(LogGroup, _keys)
    accept(_pieces(function.name) in groups)
    all_known(*(each.name for each in groups.get(_ANY, ())))
    if groups.keys() - {_ANY, ()} and not (isinstance(function.name, Unknown) and function.name.parts):
        all_known(function.name)
    yield flag(
        function,
        "No log group is declared for this function: Lambda makes one that keeps all logs, and costs money, forever.",
    )


def _keys(group: LogGroup) -> tuple[Hashable, ...]:
    """The name of the function whose logs a group has; `any` where its name may be any function's."""
    pieces = _pieces(group.name)
    first = pieces[0] if pieces else ""
    if isinstance(first, Unknown):
        return (_ANY,) if not first.origin.references else ()
    if not isinstance(first, str) or not first.startswith(_PREFIX):
        return ()
    rest = first.removeprefix(_PREFIX)
    return ((rest, *pieces[1:]) if rest else pieces[1:],)


def _pieces(name: Tree) -> tuple[Hashable, ...]:
    """A name as its pieces, known and unknown."""
    match name:
        case Known(str() as text):
            return (text,)
        case Unknown(parts=parts):
            return parts or (name,)
        case _:
            return ()
