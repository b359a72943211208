"""# Lambda function writes its logs as plain text

## Why

Lambda can write each line of a log as JSON with its time, its level and the id of the request. CloudWatch Logs then finds errors by a field, and
levels can be chosen without a change of the code. In plain text, somebody has to look for words.

## What it checks

The rule reports functions with managed runtimes that write JSON themselves (Node.js, Python, Java and .NET), whose log format is `Text`, the
default.

## What is left out

Container images and own runtimes, for which Lambda formats its own lines only. Functions that use Powertools for AWS Lambda, which writes JSON
in any case.

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
resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"

  logging_config {
    log_format = "Text" # finding
  }
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
      LoggingConfig: {LogFormat: JSON}
```

```hcl
resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"

  logging_config {
    log_format = "JSON"
  }
}
```

## Not applicable

```yaml
Resources:
  Work:  # not applicable: Powertools writes JSON
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Environment: {Variables: {POWERTOOLS_SERVICE_NAME: work}}
```

## Undecided

The result is undecided if the log format is not known before deployment.

```yaml
Parameters:
  Format:
    Type: String
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      LoggingConfig:
        LogFormat: !Ref Format  # undecided: parameter "Format" has no default
```

```hcl
variable "format" {
  type = string
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"

  logging_config {
    log_format = var.format # undecided: var.format has no default
  }
}
```

## Sources

- [enum LoggingFormat](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.LoggingFormat.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.partial import entries_of
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, exempt, exempt_for, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.lambda_use import special_use

_RUNTIMES: Final = ("nodejs", "python", "java", "dotnet")


@rule(
    practices=["OPS08-BP02", "OPS04-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    equivalents={"cdk_nag": ["LambdaLogging"]},
    fix=Recipe(
        cfn={"LoggingConfig": {"LogFormat": "JSON"}},
        tf={"logging_config": {"log_format": "JSON"}},
        unsafe_because="programs and metric filters that read the logs get another format",
    ),
)
def check(function: Function, graph: Graph) -> Flags:
    if not (isinstance(function.runtime, Known) and function.runtime.value.startswith(_RUNTIMES)):
        return
    if settled(function.log_format) == Known("Text"):
        exempt_for(special_use(function, graph))
        exempt(_uses_powertools(function), "Powertools writes JSON")
        all_known(function.environment)
        yield flag(function.log_format, "The logs of this function are plain text: errors can only be searched for by words.")


def _uses_powertools(function: Function) -> bool:
    """Whether a function's environment or layers name Powertools for AWS Lambda."""
    if any(name.startswith("POWERTOOLS_") for name in entries_of(function.environment)):
        return True
    return "powertools" in repr(function.layers.value).lower()
