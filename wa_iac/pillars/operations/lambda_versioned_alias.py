"""# Lambda function or alias has no earlier version to roll back to

## Why

Without versions, a deployment overwrites the only copy of the code. To roll back, you have to build and deploy the old code
again, while callers wait. With a version for each release and an alias for callers, you roll back by moving the alias.

## What it checks

The rule reports a function without a published version and without an alias, and an alias that points to `$LATEST`, which is not a version
either. The rule runs only in the profile `all`, because many teams that deploy quickly do without versions.

## What is left out

The rule does not check functions with code in the template, which rolls back together with the stack, functions behind a custom resource,
or Lambda@Edge functions, which are always called by version.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: the only version of this function
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
```

```hcl
resource "aws_lambda_function" "orders" { # finding: the only version of this function
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
}
```

```hcl
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = "$LATEST" # finding: points to whatever was deployed last
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
  OrdersVersion:
    Type: AWS::Lambda::Version
    Properties:
      FunctionName: !Ref Orders
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: !Ref Orders
      FunctionVersion: !GetAtt OrdersVersion.Version
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.function_name
  function_version = aws_lambda_function.orders.version
}
```

## Not applicable

```yaml
Resources:
  Setup:  # not applicable: written in the template
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/setup
      Code:
        ZipFile: "def handler(event, context): return event"
```

```hcl
resource "aws_lambda_function" "headers" { # not applicable: it runs at the edge
  function_name = "headers"
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  role          = "arn:aws:iam::123456789012:role/headers"
  filename      = "headers.zip"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id   = "site"
    domain_name = "site.example.com"
  }

  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]

    lambda_function_association {
      event_type = "viewer-response"
      lambda_arn = aws_lambda_function.headers.qualified_arn
    }
  }
}
```

## Undecided

The result is undecided if `FunctionVersion` or `function_version` is not known before deployment.

```yaml
Parameters:
  FunctionVersion:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: !Ref Orders
      FunctionVersion: !Ref FunctionVersion  # undecided: parameter "FunctionVersion" has no default
```

```hcl
variable "function_version" {
  type = string
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = var.function_version # undecided: var.function_version has no default
}
```

## Sources

- [Implement Lambda canary deployments using a weighted alias - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html), read on 2026-11-29
"""

from wa_iac.aws.lambda_function import Alias, Function
from wa_iac.core.graph import Graph
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Remedy,
    Severity,
    accept,
    all_known,
    exempt,
    exempt_for,
    flag,
    refuse,
    rule,
    settled,
)
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.lambda_use import special_use


@rule(
    practices=["OPS06-BP01", "OPS06-BP04"],
    severity=Severity.MEDIUM,
    convention=True,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="Version:\n  Type: AWS::Lambda::Version\n  Properties:\n    FunctionName: !Ref <this function>\n"
        "Live:\n  Type: AWS::Lambda::Alias\n  Properties:\n    Name: live\n    FunctionName: !Ref <this function>\n"
        "    FunctionVersion: !GetAtt Version.Version",
        tf="publish = true",
        of={
            "AWS::Serverless::Function": {"AutoPublishAlias": "live"},
            "AWS::Lambda::Alias": "FunctionVersion: !GetAtt <a version>.Version",
            "aws_lambda_alias": "function_version = <the function, with publish = true>.version",
        },
    ),
)
def check(subject: Function | Alias, graph: Graph) -> Flags:
    yield from _alias(subject) if isinstance(subject, Alias) else _function(subject, graph)


def _alias(alias: Alias) -> Flags:
    version = alias.version
    accept(isinstance(version, Unknown) and bool(version.origin.references))
    message = "This alias points to whatever was deployed last: there is no earlier version to move it back to."
    yield from refuse(version, "$LATEST", message)


def _function(function: Function, graph: Graph) -> Flags:
    accept(bool(function.versions.targets or function.aliases.targets) or function.publish == Known(True))
    in_template = not isinstance(function.inline_code, Absent)
    exempt(in_template, "its code is written in the template, and is rolled back with the stack")
    exempt_for(special_use(function, graph))
    settled(function.publish)
    all_known(function.versions.unknown, function.aliases.unknown)
    yield flag(
        function.publish if function.publish.origin.how == "explicit" else function,
        "A deployment overwrites the only version of this function: there is no earlier one to roll back to.",
    )
