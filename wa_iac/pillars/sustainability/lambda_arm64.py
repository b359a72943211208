"""# Lambda function does not run on arm64

## Why

On arm64 (Graviton), the same work needs less energy and costs a fifth less per millisecond. Code in Python, Node.js, Ruby, Java or .NET
runs there unchanged, unless it includes libraries that were built for x86.

## What it checks

The rule reads the runtime and the architecture of each function. It reports a function that runs on x86, which is the default, if its
runtime is one that also exists for arm64.

## What is left out

The rule does not check container images, native programs, functions with a layer from elsewhere, which may contain libraries for x86,
Lambda@Edge functions, which do not support arm64, or functions on Lambda Managed Instances (with a capacity provider), which have the
architecture and price of their EC2 instances.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
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
  runtime       = "nodejs24.x"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
  architectures = ["x86_64"] # finding
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
      Architectures:
        - arm64
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "nodejs24.x"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
  architectures = ["arm64"]
}
```

## Not applicable

```yaml
Resources:
  Image:  # not applicable: built for one architecture
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:7
  Layered:  # not applicable: a layer from elsewhere
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Layers: [arn:aws:lambda:eu-west-1:123456789012:layer:pandas:3]
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
  Native:  # not applicable: may be built for x86
    Type: AWS::Lambda::Function
    Properties:
      Runtime: provided.al2023
      Handler: bootstrap
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: native.zip
  Managed:  # not applicable: instances of its capacity provider
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig:
          CapacityProviderArn: arn:aws:lambda:eu-west-1:123456789012:capacity-provider:main
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
```

```hcl
resource "aws_lambda_function" "image" { # not applicable: built for one architecture
  function_name = "image"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:7"
  role          = "arn:aws:iam::123456789012:role/orders"
}

resource "aws_lambda_function" "native" { # not applicable: may be built for x86
  function_name = "native"
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "native.zip"
}
```

## Undecided

The result is undecided if `Runtime` or `architectures` is not known before deployment.

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
variable "architectures" {
  type = list(string)
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "nodejs24.x"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
  architectures = var.architectures # undecided: var.architectures has no default
}
```

## Sources

- [Selecting and configuring an instruction set architecture for your Lambda function](https://docs.aws.amazon.com/en_tw/lambda/latest/dg/foundation-arch.md), read on 2026-11-29
"""

from wa_iac.aws.lambda_function import Function
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, exempt_for, flag, not_applicable, rule, settled
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.lambda_runtimes import runtimes
from wa_iac.knowledge.lambda_use import kept_on_x86, special_use


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=Remedy(cfn="Architectures:\n  - arm64", tf='architectures = ["arm64"]'),
)
def check(function: Function, graph: Graph) -> Flags:
    architecture = _architecture(function)
    if architecture == Known("arm64"):
        return
    exempt(given(function.capacity_provider), "it runs on instances of its capacity provider, which are priced as in EC2")
    exempt_for(kept_on_x86(function) or special_use(function, graph))
    match settled(function.runtime):
        case Known(name) if name in runtimes() and runtimes()[name].arm64:
            settled(architecture)
            yield flag(
                function.architectures,
                f"{name} also runs on arm64, with less energy and at a fifth less cost for each millisecond.",
            )
        case _:
            yield not_applicable("its code may be built for x86")


def _architecture(function: Function) -> Value[str]:
    match function.architectures:
        case Known([first, *_]):
            return first
        case Unknown() as why:
            return why
        case _:
            return function.absent
