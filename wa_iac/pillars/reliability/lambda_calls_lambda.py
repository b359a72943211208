"""# Lambda function calls another one

## Why

A function that calls another one and waits pays for both, and fails if the other one fails or is throttled. Their timeouts add up, and a burst
of calls takes twice the concurrency. A queue, an event or a state machine between them can wait, try again and show where it failed.

## What it checks

The rule reports functions whose environment names another function of the unit, and whose role may invoke it.

## What is left out

Functions that only run while a stack is deployed. A call that does not wait looks the same in the code of the infrastructure, so the confidence
is low.

## Non-compliant

```yaml
Resources:
  Api:  # finding
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: !GetAtt ApiRole.Arn
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Environment: {Variables: {INVOICE_FUNCTION: !Ref Invoice}}
  ApiRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: invoke
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Invoice.Arn}
  Invoice:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
```

```hcl
resource "aws_lambda_function" "api" { # finding
  function_name = "api"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = aws_iam_role.api.arn
  filename      = "api.zip"

  environment {
    variables = { INVOICE_FUNCTION = aws_lambda_function.invoice.function_name }
  }
}

resource "aws_iam_role" "api" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "invoke" {
  role = aws_iam_role.api.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.invoice.arn }]
  })
}

resource "aws_lambda_function" "invoice" {
  function_name = "invoice"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Environment: {Variables: {INVOICES: !Ref Invoices}}
  Invoices:
    Type: AWS::SQS::Queue
```

```hcl
resource "aws_lambda_function" "api" {
  function_name = "api"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"

  environment {
    variables = { INVOICES = aws_sqs_queue.invoices.url }
  }
}

resource "aws_sqs_queue" "invoices" {
  name = "invoices"
}
```

## Undecided

The result is undecided if the actions that the role may do are not known.

```yaml
Parameters:
  Action:
    Type: String
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: !GetAtt ApiRole.Arn
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      Environment: {Variables: {INVOICE_FUNCTION: !Ref Invoice}}
  ApiRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: invoke
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: !Ref Action  # undecided: parameter "Action" has no default
                Resource: !GetAtt Invoice.Arn
  Invoice:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
```

```hcl
variable "action" {
  type = string
}

resource "aws_lambda_function" "api" {
  function_name = "api"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = aws_iam_role.api.arn
  filename      = "api.zip"

  environment {
    variables = { INVOICE_FUNCTION = aws_lambda_function.invoice.function_name }
  }
}

resource "aws_iam_role" "api" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "invoke" {
  role = aws_iam_role.api.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = var.action, Resource = aws_lambda_function.invoice.arn }] # undecided: var.action has no default
  })
}

resource "aws_lambda_function" "invoice" {
  function_name = "invoice"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::111122223333:role/work"
  filename      = "work.zip"
}
```

## Sources

- [Anti-patterns in Lambda-based applications - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/operatorguide/anti-patterns.html), read on 2026-11-29
"""

from wa_iac.aws.lambda_function import Function
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt_for, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.lambda_use import special_use
from wa_iac.knowledge.role_permissions import allowed


@rule(
    practices=["REL04-BP02", "COST09-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        decision="Let a queue, an event bus or a state machine of Step Functions call the other function. If the answer is needed at once, do both jobs in "
        "one function."
    ),
)
def check(function: Function, graph: Graph) -> Flags:
    called = [
        each
        for each in graph.referred(function.environment)
        if each is not function.declared and each.kind == "resource" and each.type in Function.types()
    ]
    if not called or not function.role.targets:
        return
    exempt_for(special_use(function, graph))
    if settled(any_of(allowed(role, "lambda:InvokeFunction") for role in function.role)) == Known(True):
        yield flag(
            function,
            f"This function may call {called[0].address}: if it waits for the answer, both are paid for, and the failure of one is that of both.",
        )
