"""# Lambda environment variable contains a secret in plain text

A secret in a function's environment stays in the repository's history, and everyone who may view the function's configuration
can read it. It cannot be rotated without a deployment.

The rule reports a variable with a name that suggests a secret (`DB_PASSWORD`, `apiKey`), if its value is a literal that is
neither a placeholder nor the address of a secret. It also reports a value in the format of a known credential. The report never
shows the value.

Keep the secret in Secrets Manager, give the function its ARN, and read the secret when the function starts.

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
"""

from wa_iac.aws.lambda_function import Function
from wa_iac.core.partial import PartlyMap
from wa_iac.core.reasons import Follows
from wa_iac.core.rule import Flags, Remedy, Severity, each_of, flag, rule, settled, undecided
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.knowledge.secret_names import has_form_of_secret, may_be_secret, names_a_secret


@rule(
    practices=["SEC02-BP03"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        cfn="DB_PASSWORD_SECRET: !Ref <the secret>",
        tf="DB_PASSWORD_SECRET = <the secret>.arn",
        decision="Remove the variable. Keep the value in Secrets Manager, and let the function read it there: pass the secret's name only.",
    ),
    equivalents={"checkov": ["CKV_AWS_45"]},
)
def check(function: Function) -> Flags:
    match function.environment:
        case Known(dict() as variables) | PartlyMap(entries=variables):
            yield from each_of(variables.items(), lambda variable: _judge(*variable))
        case _:
            pass
    settled(function.environment)


def _judge(name: str, value: Tree) -> Flags:
    match value:
        case Known(str() as text) if value.origin.how != "given":
            if has_form_of_secret(text) or (names_a_secret(name) and not value.origin.references and may_be_secret(text)):
                yield flag(
                    value, f"The variable {name} holds a secret in plain text: anyone who can view the function can read it."
                )
        case Unknown() if names_a_secret(name) and not value.origin.references and not value.parts:
            why = f"the value of {name} is not known here, and a secret would be in plain text"
            yield undecided(
                Unknown(
                    Follows(why, value.reason),
                    ("given", value.identity),
                    value.origin,
                    choice=value.choice,
                    alternatives=value.alternatives,
                )
            )
        case _:
            return
