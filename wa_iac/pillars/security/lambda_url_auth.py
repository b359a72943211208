"""# Lambda function URL requires no authentication

## Why

With `AuthType` `NONE`, Lambda checks nothing: anyone who knows the URL can invoke the function, at your expense and with its
role's permissions. With `AWS_IAM`, callers sign their requests and need a permission.

## What it checks

The rule reads the authentication type of each function URL, and reports `NONE`.

## What is left out

The rule has no exception for URLs that are public on purpose.

A webhook that other companies call cannot use IAM. Its code must check the sender's signature. Suppress the finding there, and say how
the sender is checked.

## Non-compliant

```yaml
Resources:
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:orders
      AuthType: NONE  # finding
```

```hcl
resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "NONE" # finding
}
```

## Compliant

```yaml
Resources:
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:orders
      AuthType: AWS_IAM
```

```hcl
resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
}
```

## Undecided

The result is undecided if `AuthType` or `authorization_type` is not known before deployment.

```yaml
Parameters:
  AuthType:
    Type: String
Resources:
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:orders
      AuthType: !Ref AuthType  # undecided: parameter "AuthType" has no default
```

```hcl
variable "authorization_type" {
  type = string
}

resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = var.authorization_type # undecided: var.authorization_type has no default
}
```

## Sources

- [Control access to Lambda function URLs](https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html), read on 2026-11-29
"""

from wa_iac.aws.lambda_function import Url
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, refuse, rule


@rule(
    practices=["SEC03-BP07", "SEC03-BP01"],
    severity=Severity.HIGH,
    equivalents={"checkov": ["CKV_AWS_258"], "cdk_nag": ["LambdaFunctionUrlAuth"]},
    fix=Recipe(
        cfn={"AuthType": "AWS_IAM"},
        tf={"authorization_type": "AWS_IAM"},
        types={"AWS::Serverless::Function": {"FunctionUrlConfig": {"AuthType": "AWS_IAM"}}},
        unsafe_because="clients that do not sign their requests can no longer invoke it",
    ),
)
def check(url: Url) -> Flags:
    yield from refuse(url.auth, "NONE", "Anyone who knows this URL can invoke the function: no identity is required.")
