"""# Java function that answers requests starts without SnapStart

## Why

A Java function takes seconds to start, and somebody waits for the answer each time Lambda starts another one. With SnapStart, Lambda
starts it from a snapshot that it takes when a version is published, in less than a second. For Java, it costs nothing.

## What it checks

The rule looks at functions with a Java runtime from Java 11 on that API Gateway, a load balancer, AppSync, Cognito or a function URL
calls, and whose SnapStart is off, which is the default.

## What is left out

Functions that nobody waits for: those called by queues, streams, events and schedules. Functions that are called in another way, since it
is not known whether somebody waits. Functions with provisioned concurrency, with a file system or with more than 512 MB of temporary
storage, which SnapStart does not support.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: app.Handler
      Role: arn:aws:iam::111122223333:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
```

```hcl
resource "aws_lambda_function" "orders" { # finding
  function_name = "orders"
  runtime       = "java21"
  handler       = "app.Handler"
  role          = "arn:aws:iam::111122223333:role/orders"
  filename      = "orders.zip"
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: app.Handler
      Role: arn:aws:iam::111122223333:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      SnapStart:
        ApplyOn: PublishedVersions
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "java21"
  handler       = "app.Handler"
  role          = "arn:aws:iam::111122223333:role/orders"
  filename      = "orders.zip"
  publish       = true

  snap_start {
    apply_on = "PublishedVersions"
  }
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: nobody is known to wait
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: app.Handler
      Role: arn:aws:iam::111122223333:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
```

```yaml
Resources:
  Orders:  # not applicable: temporary storage
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: app.Handler
      Role: arn:aws:iam::111122223333:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      EphemeralStorage:
        Size: 1024
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
```

```yaml
Resources:
  Orders:  # not applicable: file system
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: app.Handler
      Role: arn:aws:iam::111122223333:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      FileSystemConfigs:
        - Arn: arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-0123456789abcdef0
          LocalMountPath: /mnt/files
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
```

```yaml
Resources:
  Orders:  # not applicable: provisioned concurrency
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: app.Handler
      Role: arn:aws:iam::111122223333:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      FunctionName: !Ref Orders
      FunctionVersion: "1"
      Name: live
      ProvisionedConcurrencyConfig:
        ProvisionedConcurrentExecutions: 5
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
```

## Undecided

The result is undecided if it is not known whether SnapStart is on.

```yaml
Parameters:
  Start:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java21
      Handler: app.Handler
      Role: arn:aws:iam::111122223333:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      SnapStart:
        ApplyOn: !Ref Start  # undecided: parameter "Start" has no default
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: apigateway.amazonaws.com
```

```hcl
variable "start" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "java21"
  handler       = "app.Handler"
  role          = "arn:aws:iam::111122223333:role/orders"
  filename      = "orders.zip"

  snap_start {
    apply_on = var.start # undecided: var.start has no default
  }
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
}
```

## Sources

- [Improving startup performance with Lambda SnapStart](https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, accept, exempt, flag, not_applicable, rule, settled
from wa_iac.core.value import Absent, Known

_JAVA: Final = late(r"java(\d{1,9})$")
_FIRST: Final = 11
_MOST_STORAGE: Final = 512
_ON: Final = "PublishedVersions"
_WAITING: Final = frozenset(
    {"apigateway.amazonaws.com", "elasticloadbalancing.amazonaws.com", "appsync.amazonaws.com", "cognito-idp.amazonaws.com"}
)
"""The services that call a function and wait for its answer."""


@rule(
    practices=["PERF02-BP02"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"SnapStart": {"ApplyOn": "PublishedVersions"}},
        tf={"snap_start": {"apply_on": "PublishedVersions"}, "publish": True},
        decision="It works for published versions only: let the callers use an alias or a version. The function must not rely on values "
        "from its start that have to differ, such as random numbers.",
    ),
)
def check(function: Function, graph: Graph) -> Flags:
    del graph
    runtime = settled(function.runtime)
    found = _JAVA.match(runtime.value) if isinstance(runtime, Known) else None
    if found is None or int(found[1]) < _FIRST:
        return
    accept(holds(function.snap_start, lambda chosen: chosen == _ON))
    exempt(given(function.file_systems), "SnapStart does not support a file system")
    exempt(
        holds(function.temporary_storage, lambda size: size > _MOST_STORAGE),
        "SnapStart does not support as much temporary storage",
    )
    callers = [each.principal for each in function.permissions]
    if not function.urls.targets and not any(isinstance(each, Known) and each.value in _WAITING for each in callers):
        yield not_applicable("nobody is known to wait for its answers")
        return
    for alias in function.aliases:
        exempt(given(alias.provisioned_concurrency), "provisioned concurrency keeps it started")
    yield flag(
        Absent(function.snap_start.origin) if isinstance(function.snap_start, Absent) else function.snap_start,
        "Somebody waits for the answers of this Java function, and each start of it takes seconds: SnapStart is off.",
    )
