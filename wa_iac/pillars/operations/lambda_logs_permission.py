"""# Lambda function may not write its logs

## Why

Lambda sends what a function prints, and each error, to CloudWatch Logs with the permissions of the function's role. If the role does not
allow that, the function runs, and its logs are lost without a word. Nobody can then find out why it failed.

## What it checks

The rule looks at roles of functions. It reports a role if none of its policies allows `logs:PutLogEvents` on anything: neither those in the
code nor the managed policies of AWS that it has.

## What is left out

Roles that are declared elsewhere. A role with a policy that is not in the code, or that goes to a module that cannot be read, may get the
permission there, so the result is undecided. A role that is an output may get it from other code, so the confidence is low. A role that is
denied to write logs is so on purpose. If a name of the role or of its functions has the word "Greengrass", the finding is advice: on devices, the role of
their group writes the logs.

## Non-compliant

```yaml
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: !GetAtt WorkRole.Arn
      Code: {S3Bucket: artifacts, S3Key: work.zip}
  WorkRole:  # finding
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: dynamodb:PutItem, Resource: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"}
```

```hcl
resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = aws_iam_role.work.arn
  filename      = "work.zip"
}

resource "aws_iam_role" "work" { # finding
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.work.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "dynamodb:PutItem", Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" }]
  })
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
      Role: !GetAtt WorkRole.Arn
      Code: {S3Bucket: artifacts, S3Key: work.zip}
  WorkRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
```

```hcl
resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = aws_iam_role.work.arn
  filename      = "work.zip"
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
```

## Not applicable

```yaml
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: !GetAtt WorkRole.Arn
      Code: {S3Bucket: artifacts, S3Key: work.zip}
  WorkRole:  # not applicable: denied to write logs
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: silent
          PolicyDocument:
            Statement:
              - {Effect: Deny, Action: "logs:*", Resource: "*"}
```

## Undecided

The result is undecided if the role has a policy that is not known.

```yaml
Parameters:
  Policy:
    Type: String
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: !GetAtt WorkRole.Arn
      Code: {S3Bucket: artifacts, S3Key: work.zip}
  WorkRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
      ManagedPolicyArns:
        - !Ref Policy  # undecided: parameter "Policy" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = aws_iam_role.work.arn
  filename      = "work.zip"
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.work.name
  policy_arn = var.policy # undecided: var.policy has no default
}
```

A policy that a variable decides about leaves it undecided too.

```hcl
variable "logging" {
  type = bool
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = aws_iam_role.work.arn
  filename      = "work.zip"
}

resource "aws_iam_role" "work" { # undecided: Fails when var.logging is false
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy_attachment" "logs" {
  count = var.logging ? 1 : 0

  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
```

## Sources

- [AWSLambdaBasicExecutionRole - AWS Managed Policy](https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.iam import Role
from wa_iac.aws.lambda_function import Function
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import statements
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.called import called
from wa_iac.knowledge.role_permissions import denies, is_exported, may_write_logs

_ALLOWED: Final = (
    "Attach AWS's policy service-role/AWSLambdaBasicExecutionRole to the role, or allow it logs:CreateLogStream and logs:PutLogEvents on "
    "the log group of the function, which has to be declared too, or logs:CreateLogGroup."
)
_EDGE: Final = "edgelambda.amazonaws.com"


_AT_THE_EDGE: Final = (
    "Attach AWS's policy service-role/AWSLambdaBasicExecutionRole to the role, or allow it logs:CreateLogGroup, logs:CreateLogStream and "
    "logs:PutLogEvents in all Regions: a function at the edge has log groups in those near its viewers."
)
"""For a role that functions of Lambda@Edge may have, whose log groups nobody can declare."""
_DEVICES: Final = late(r"\bgreengrass\b")
_ON_DEVICES: Final = " By its name, it is for devices of Greengrass, on which the role of the group writes the logs."
"""Functions on devices run with the role of their Greengrass group ("Monitor with AWS IoT Greengrass logs", AWS IoT Greengrass Developer Guide)."""
_BOUNDED: Final = "The permissions boundary of the role has to allow it too."


def _of_role(role: Role, graph: Graph) -> Remedy | None:
    """What the role needs: where its functions run, and what limits it."""
    del graph
    edge = any(principal.value == Known(_EDGE) for each in statements(role.trust) for principal in each.principals)
    bounded = not isinstance(role.boundary.presence, Absent)
    return Remedy(decision=f"{_AT_THE_EDGE if edge else _ALLOWED}{f' {_BOUNDED}' if bounded else ''}")


@rule(
    practices=["OPS04-BP02", "SEC04-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(decision=_ALLOWED, given=_of_role),
)
def check(role: Role, graph: Graph) -> Flags:
    functions = graph.index(Function, _roles).get(role, ())
    if not functions:
        return
    exempt(denies(role, "logs:PutLogEvents"), "it is denied to write logs, which is a decision")
    accept(may_write_logs(role, graph))
    devices = any(_DEVICES.search(words) for named in (role, *functions) for words in called(named, Absent()))
    yield flag(
        role,
        f"No policy of this role allows logs:PutLogEvents: what the function {functions[0].address} prints is lost."
        f"{_ON_DEVICES if devices else ''}",
        confidence=Confidence.LOW if devices or is_exported(role, graph) else None,
    )


def _roles(function: Function) -> tuple[Role, ...]:
    return tuple(role for role in function.role if function.role.surely(role))
