"""# Lambda alias shifts all traffic to a new version at once

The alias moves to the new version in one step, so a fault in it affects every caller before anyone notices. With CodeDeploy, or
with weights on the alias, the new version gets a few requests first, and an alarm rolls it back before the rest follow.

The rule reports an alias that follows the newest version, if nothing shifts its traffic, or if its deployment group shifts it
`AllAtOnce`. It does not report an alias with a fixed version number, because someone decides when to move it.

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
"""

from collections.abc import Iterator

from wa_iac.aws.codedeploy import DeploymentGroup
from wa_iac.aws.lambda_function import Alias
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown

_MESSAGE = "A new version takes all traffic at once: a fault in it meets every caller before anything can take it back."


@rule(
    practices=["OPS06-BP03", "OPS06-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="UpdatePolicy:\n  CodeDeployLambdaAliasUpdate:\n    ApplicationName: !Ref <the CodeDeploy application>\n"
        "    DeploymentGroupName: !Ref <a deployment group with a canary or linear configuration>",
        tf="# and a CodeDeploy deployment group that moves the alias\n"
        "lifecycle {\n  ignore_changes = [function_version, routing_config]\n}",
        of={"AWS::Serverless::Function": "DeploymentPreference:\n  Type: Canary10Percent5Minutes"},
    ),
    equivalents={"config": ["CODEDEPLOY_LAMBDA_ALLATONCE_TRAFFIC_SHIFT_DISABLED"]},
)
def check(alias: Alias, graph: Graph) -> Iterator[Flag]:
    if not alias.version.origin.references:
        yield not_applicable("it stands for a version that is named here, and moves by hand")
        return
    if not isinstance(alias.weights, Absent) or _moved_elsewhere(alias):
        return
    match alias.deployment_group:
        case Known():
            return
        case Unknown() as value if value.origin.references or value.parts:
            yield from _shifted_by(value, graph)
        case Unknown() as value:
            yield undecided(value)
        case Absent():
            yield flag(alias.version, _MESSAGE)


def _shifted_by(group: Unknown, graph: Graph) -> Iterator[Flag]:
    """What is to be said of the deployment group of an alias, where it is one of the template's."""
    named = {reference.address for reference in references(group)}
    for each in graph.of(DeploymentGroup):
        if each.address in named:
            match each.config_name:
                case Known("CodeDeployDefault.LambdaAllAtOnce") as value:
                    yield flag(value, _MESSAGE)
                case Unknown(alternatives=alternatives) as value if alternatives:
                    yield undecided(value)
                case _:
                    pass


def _moved_elsewhere(alias: Alias) -> bool:
    """Whether Terraform leaves the version to somebody else."""
    match alias.ignored_changes:
        case Known(names):
            return any(name in (Known("function_version"), Known("routing_config"), Known("all")) for name in names)
        case Unknown():
            return True
        case Absent():
            return False
