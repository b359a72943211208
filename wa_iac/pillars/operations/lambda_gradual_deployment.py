"""# Lambda alias shifts all traffic to a new version at once

## Why

The alias moves to the new version in one step, so a fault in it affects every caller before anyone notices. With CodeDeploy, or
with weights on the alias, the new version gets a few requests first, and an alarm rolls it back before the rest follow.

## What it checks

The rule reports an alias that follows the newest version, if nothing shifts its traffic, or if its deployment group shifts it
`AllAtOnce`.

## What is left out

The rule does not report an alias with a fixed version number, because someone decides when to move it. It also accepts an alias with
weights of its own, and one in Terraform whose version or weights `ignore_changes` leaves to something else.

## Non-compliant

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
      FunctionVersion: !GetAtt OrdersVersion.Version  # finding
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
  function_version = aws_lambda_function.orders.version # finding
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
    UpdatePolicy:
      CodeDeployLambdaAliasUpdate:
        ApplicationName: orders
        DeploymentGroupName: orders
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

  # CodeDeploy moves it.
  lifecycle {
    ignore_changes = [function_version, routing_config]
  }
}
```

## Not applicable

```yaml
Resources:
  Live:  # not applicable: moved by hand
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: orders
      FunctionVersion: "7"
```

```hcl
resource "aws_lambda_alias" "live" { # not applicable: moved by hand
  name             = "live"
  function_name    = "orders"
  function_version = "7"
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
  function_name    = aws_lambda_function.orders.function_name
  function_version = var.function_version # undecided: var.function_version has no default
}
```

## Sources

- [Implement Lambda canary deployments using a weighted alias - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html), read on 2026-11-29
- [UpdatePolicy attribute - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html), read on 2026-11-29
"""

from wa_iac.aws.codedeploy import DeploymentGroup
from wa_iac.aws.lambda_function import Alias
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, each_of, exempt, refuse, require, rule
from wa_iac.core.value import Absent, Unknown

_MESSAGE = (
    "This alias moves all traffic to a new version at once: a fault in it affects every caller before it can be rolled back."
)


@rule(
    practices=["OPS06-BP03", "OPS06-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=Remedy(
        cfn="UpdatePolicy:\n  CodeDeployLambdaAliasUpdate:\n    ApplicationName: !Ref <the CodeDeploy application>\n"
        "    DeploymentGroupName: !Ref <a deployment group with a canary or linear configuration>",
        tf="# and a CodeDeploy deployment group that moves the alias\n"
        "lifecycle {\n  ignore_changes = [function_version, routing_config]\n}",
        of={"AWS::Serverless::Function": "DeploymentPreference:\n  Type: Canary10Percent5Minutes"},
    ),
    equivalents={"config": ["CODEDEPLOY_LAMBDA_ALLATONCE_TRAFFIC_SHIFT_DISABLED"]},
)
def check(alias: Alias, graph: Graph) -> Flags:
    all_known(None if alias.version.origin.references else alias.version)
    exempt(not alias.version.origin.references, "it points to a version that is written here, and is moved by hand")
    accept(not isinstance(alias.weights, Absent) or _moved_elsewhere(alias))
    match alias.deployment_group:
        case Unknown() as value if value.origin.references or value.parts:
            named = (each for each in graph.referred(value) if each.type in DeploymentGroup.types())
            yield from each_of((graph.typed(each, DeploymentGroup) for each in named), _shifted_by)
        case value:
            yield from require(value, _MESSAGE, at=alias.version)


def _shifted_by(group: DeploymentGroup) -> Flags:
    """What is to be said of the deployment group of an alias, where it is one of the template's."""
    speed = group.config_name
    # One that is not known at all may be any of those that shift gradually; one of two or more is worth a word.
    accept(isinstance(speed, Unknown) and not speed.alternatives)
    yield from refuse(speed, "CodeDeployDefault.LambdaAllAtOnce", _MESSAGE)


def _moved_elsewhere(alias: Alias) -> bool:
    """Whether Terraform leaves the version to somebody else."""
    return alias.ignores("function_version") or alias.ignores("routing_config")
