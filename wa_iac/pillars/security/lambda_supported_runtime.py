"""# Lambda function uses a deprecated runtime

## Why

AWS has deprecated this runtime. The function keeps running on it, but the runtime gets no security fixes, and after a while it can no
longer be updated.

## What it checks

The rule compares the runtime of each function with a list of Lambda's runtimes. A runtime is reported from its deprecation date on,
compared with today's date, or with `SOURCE_DATE_EPOCH` if that is set. The deprecation dates are AWS's ([Lambda
runtimes](https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html)).

## What is left out

Container images bring their own runtime and are not checked. A runtime whose deprecation is still to come is not reported, even if it is
near.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.7  # finding
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "nodejs14.x" # finding
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
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
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: a container image
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:7
```

```hcl
resource "aws_lambda_function" "orders" { # not applicable: a container image
  function_name = "orders"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:7"
  role          = "arn:aws:iam::123456789012:role/orders"
}
```

## Undecided

The result is undecided if `Runtime` or `runtime` is not known before deployment.

```yaml
Parameters:
  Runtime:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !Ref Runtime  # undecided: parameter "Runtime" has no default
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
```

```hcl
variable "runtime" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = var.runtime # undecided: var.runtime has no default
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
}
```

## Sources

- [Runtime deprecation - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/runtime-support-policy.md), read on 2026-11-29
"""

from wa_iac.aws.lambda_function import Function
from wa_iac.core.rule import Flags, Remedy, Severity, flag, not_applicable, rule, settled
from wa_iac.core.value import Absent
from wa_iac.knowledge.lambda_runtimes import runtimes, today


@rule(
    practices=["SEC06-BP01", "PERF05-BP06"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn="Runtime: <a supported version>", tf='runtime = "<a supported version>"'),
    equivalents={
        "checkov": ["CKV_AWS_363"],
        "cdk_nag": ["AwsSolutions-L1", "Serverless-LambdaLatestVersion"],
        "config": ["LAMBDA_FUNCTION_SETTINGS_CHECK"],
        "security_hub": ["Lambda.2"],
    },
)
def check(function: Function) -> Flags:
    runtime = settled(function.runtime)
    if isinstance(runtime, Absent):
        yield not_applicable("it is a container image, without a runtime")
        return
    known = runtimes().get(runtime.value)
    if known is not None and known.deprecated is not None and known.deprecated <= today():
        instead = f"; {known.successor} is its successor" if known.successor else ""
        yield flag(
            runtime,
            f"{runtime.value} has had no security patches since {known.deprecated}: its known vulnerabilities stay open{instead}.",
        )
