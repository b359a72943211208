"""# Java or .NET function has very little memory, and so very little processor

## Why

Lambda gives a function a share of a processor by its memory: 128 MB is a thirteenth. The runtimes of Java and .NET load and compile
thousands of classes at a start, which then takes many seconds, and often ends at the timeout or without memory. Each of these seconds is
paid for.

## What it checks

The rule reports functions with a runtime of Java or .NET and less than 256 MB; 128 MB is the default.

## What is left out

Functions in a container image, whose runtime is not known here. Functions with SnapStart, which start from a copy of the memory.

## Non-compliant

```yaml
Resources:
  Api:  # finding
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: shop.Api::handle
      Role: arn:aws:iam::111122223333:role/api
      Code: {S3Bucket: code, S3Key: api.zip}
```

```hcl
resource "aws_lambda_function" "api" { # finding
  function_name = "api"
  runtime       = "java21"
  handler       = "shop.Api::handle"
  role          = "arn:aws:iam::111122223333:role/api"
  filename      = "api.zip"
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: shop.Api::handle
      Role: arn:aws:iam::111122223333:role/api
      Code: {S3Bucket: code, S3Key: api.zip}
      MemorySize: 1024
```

```hcl
resource "aws_lambda_function" "api" {
  function_name = "api"
  runtime       = "java21"
  handler       = "shop.Api::handle"
  role          = "arn:aws:iam::111122223333:role/api"
  filename      = "api.zip"
  memory_size   = 1024
}
```

## Not applicable

```yaml
Resources:
  Api:  # not applicable: starts from a copy of the memory
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: shop.Api::handle
      Role: arn:aws:iam::111122223333:role/api
      Code: {S3Bucket: code, S3Key: api.zip}
      SnapStart: {ApplyOn: PublishedVersions}
```

## Undecided

The result is undecided if the memory is not known before deployment.

```yaml
Parameters:
  Memory:
    Type: Number
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: shop.Api::handle
      Role: arn:aws:iam::111122223333:role/api
      Code: {S3Bucket: code, S3Key: api.zip}
      MemorySize: !Ref Memory  # undecided: parameter "Memory" has no default
```

```hcl
variable "memory" {
  type = number
}

resource "aws_lambda_function" "api" {
  function_name = "api"
  runtime       = "java21"
  handler       = "shop.Api::handle"
  role          = "arn:aws:iam::111122223333:role/api"
  filename      = "api.zip"
  memory_size   = var.memory # undecided: var.memory has no default
}
```

## Sources

- [Configure Lambda function memory - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/resource-model.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.core.logic import holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, exempt, flag, rule, settled, written
from wa_iac.core.value import Known

_LITTLE: Final = 256
"""Megabytes."""


@rule(
    practices=["PERF02-BP04", "PERF02-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"MemorySize": 1024},
        tf={"memory_size": 1024},
        decision="Measure with AWS Lambda Power Tuning: more memory often costs less, since the function ends earlier.",
    ),
)
def check(function: Function) -> Flags:
    runtime = written(function.runtime)
    if not runtime.value.startswith(("java", "dotnet")):
        return
    memory = settled(function.memory)
    if not isinstance(memory, Known) or memory.value >= _LITTLE:
        return
    snap = holds(function.snap_start, lambda when: when == "PublishedVersions")
    exempt(snap, "it starts from a copy of the memory")
    all_known(snap)
    yield flag(
        function.memory,
        f"{memory.value} MB come with a small part of a processor: a runtime of this kind needs many seconds to start on it.",
    )
