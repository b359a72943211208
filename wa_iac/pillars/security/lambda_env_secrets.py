"""# Lambda environment variable contains a secret in plain text

## Why

A secret in a function's environment stays in the repository's history, and everyone who may view the function's configuration can read
it. It cannot be rotated without a deployment.

Keep the secret in Secrets Manager, give the function its ARN, and read the secret when the function starts. A function needs no access
key: Lambda gives it temporary credentials of its execution role, in the variables `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`
("Defined runtime environment variables", AWS Lambda Developer Guide).

## What it checks

The rule reports a variable with a name that suggests a secret (`DB_PASSWORD`, `apiKey`), if its value is a literal that is neither a
placeholder (`changeme`, `DUMMYKEY`) nor the address of a secret. It also reports a value in the format of a known credential. The report
never shows the value.

The severity is high for an API key or a token, unless it has the format of a known credential: what it opens is not in the code. Web pages and devices hold some of them.

## What is left out

The rule leaves out placeholders, and values that come from elsewhere when the stack is deployed, such as a reference to a secret: they
are not written in the file.

The ID of an access key opens nothing without its secret key: it is reported as advice, and not at all as a user name (`MAIL_USERNAME`, for the SMTP
servers of Amazon SES).

An API key of API Gateway is reported as advice if it lets nobody in by itself: the API gets it from its authorizer, or its methods also ask for an
identity.

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
      Environment:
        Variables:
          STAGE: production
          DB_PASSWORD: Tr0ub4dor-and-3  # finding
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"

  environment {
    variables = {
      STAGE        = "production"
      DATABASE_URL = "postgres://app:Tr0ub4dor-and-3@db.internal/orders" # finding
    }
  }
}
```

## Compliant

```yaml
Resources:
  Password:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        PasswordLength: 40
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/orders
      Code:
        S3Bucket: artifacts
        S3Key: orders.zip
      Environment:
        Variables:
          STAGE: production
          DB_PASSWORD_SECRET: !Ref Password
```

```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"

  environment {
    variables = {
      STAGE              = "production"
      DB_PASSWORD_SECRET = "orders/database"
    }
  }
}
```

## Undecided

The result is undecided if `DB_PASSWORD` or `DB_PASSWORD_SECRET` is not known before deployment.

```yaml
Parameters:
  DB_PASSWORD:
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
      Environment:
        Variables:
          STAGE: production
          DB_PASSWORD: !Ref DB_PASSWORD  # undecided: parameter "DB_PASSWORD" has no default
```

```hcl
variable "db_password_secret" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"

  environment {
    variables = {
      STAGE              = "production"
      DB_PASSWORD_SECRET = var.db_password_secret # undecided: var.db_password_secret has no default
    }
  }
}
```

## Sources

- [Working with Lambda environment variables - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html), read on 2026-11-29
- [Using dynamic references to specify template values](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html), read on 2026-11-29
- [SEC02-BP02 Use temporary credentials](https://docs.aws.amazon.com/wellarchitected/latest/framework/sec_identities_unique.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.core.graph import Graph
from wa_iac.core.partial import entries_of
from wa_iac.core.rule import Flags, Remedy, Severity, each_of, rule, settled
from wa_iac.core.value import Known, Tree
from wa_iac.knowledge.credentials import KEY
from wa_iac.knowledge.secret_names import is_access_key, pointing
from wa_iac.pillars.judgements.plain_text import judge_variable

_EXECUTION_ROLE = Remedy(
    decision="Remove the access key from the environment, and deactivate it. Allow the function's execution role to do what the key is "
    "for: Lambda sets AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to temporary credentials of that role. If the key is of another account, let that "
    "role assume a role there."
)
_LENGTH: Final = 40
"""Characters of the secret of an access key."""


def _pointer(name: str) -> Remedy:
    return Remedy(
        cfn=f"{pointing(name)}: !Ref <the secret>",
        tf=f"{pointing(name)} = <the secret>.arn",
        decision=f"Remove {name}. Keep the value in Secrets Manager, and let the function read it there: pass the secret's name only. Its role needs "
        "secretsmanager:GetSecretValue, and a function in a VPC a way to Secrets Manager. Change the value itself, since it remains in the history.",
    )


@rule(
    practices=["SEC02-BP03"],
    severity=Severity.CRITICAL,
    remedy=_pointer("DB_PASSWORD"),
    equivalents={"checkov": ["CKV_AWS_45"]},
)
def check(function: Function, graph: Graph) -> Flags:
    entries = entries_of(function.environment)
    keyed = any(isinstance(each, Known) and KEY.search(str(each.value)) for each in entries.values())
    yield from each_of(entries.items(), lambda variable: _judge(*variable, function, graph, keyed=keyed))
    settled(function.environment)


def _judge(name: str, value: Tree, function: Function, graph: Graph, *, keyed: bool) -> Flags:
    """Judge one variable. `keyed` is whether the ID of an access key is in a variable beside it, to which a secret of that length belongs."""
    message = f"The variable {name} holds a secret in plain text: anyone who can view the function can read it."
    of_key = is_access_key(name) or (keyed and isinstance(value, Known) and len(str(value.value)) == _LENGTH)
    yield from judge_variable(name, value, message, function, graph, instead=_EXECUTION_ROLE if of_key else _pointer(name))
