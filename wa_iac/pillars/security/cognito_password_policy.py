"""# Cognito user pool accepts short passwords

## Why

Short passwords are guessed. Cognito asks for eight characters unless the policy says less, and less is within reach of a simple program.

## What it checks

User pools whose password policy sets a minimum length below 8.

## What is left out

Pools without a policy: the default is 8. Which kinds of characters a password needs: NIST and others advise length instead.

## Non-compliant

```yaml
Resources:
  Customers:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: customers
      Policies:
        PasswordPolicy:
          MinimumLength: 6  # finding
```

```hcl
resource "aws_cognito_user_pool" "customers" {
  name = "customers"
  password_policy {
    minimum_length = 6 # finding
  }
}
```

## Compliant

```yaml
Resources:
  Customers:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: customers
      Policies:
        PasswordPolicy:
          MinimumLength: 12
```

```hcl
resource "aws_cognito_user_pool" "customers" {
  name = "customers"
  password_policy {
    minimum_length = 12
  }
}
```

## Undecided

```yaml
Parameters:
  Length:
    Type: Number
Resources:
  Customers:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: customers
      Policies:
        PasswordPolicy:
          MinimumLength: !Ref Length  # undecided: parameter "Length" has no default
```

```hcl
variable "length" {
  type = number
}

resource "aws_cognito_user_pool" "customers" {
  name = "customers"
  password_policy {
    minimum_length = var.length # undecided: var.length has no default
  }
}
```

## Sources

- [Security Hub CSPM controls for Amazon Cognito](https://docs.aws.amazon.com/console/securityhub/Cognito.5/remediation), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.cognito import UserPool
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, flag, rule, written

_LEAST: Final = 8


@rule(
    practices=["SEC02-BP01"],
    severity=Severity.MEDIUM,
    equivalents={
        "cdk_nag": ["AwsSolutions-COG1"],
        "config": ["COGNITO_USER_POOL_PASSWORD_POLICY_CHECK"],
        "security_hub": ["Cognito.3"],
    },
    fix=Recipe(
        cfn={"Policies": {"PasswordPolicy": {"MinimumLength": 12}}},
        tf={"password_policy": {"minimum_length": 12}},
        unsafe_because="users choose a longer password the next time that they change theirs, and so must a form or a script that checks or sets passwords",
    ),
)
def check(pool: UserPool) -> Flags:
    length = written(pool.minimum_length).value
    if length < _LEAST:
        yield flag(
            pool.minimum_length, f"Passwords of {length} characters are accepted, which a program guesses in a short time."
        )
