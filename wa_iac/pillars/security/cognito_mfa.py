"""# Cognito user pool offers no second factor

## Why

With a password alone, anyone who learns or guesses it is the user. Passwords leak from other sites and are tried everywhere. A second factor stops
that, also if users may choose whether they want one.

## What it checks

User pools with `MfaConfiguration` or `mfa_configuration` `OFF`, which is the default.

## What is left out

Pools in which a second factor is optional. Pools whose users all sign in at another provider do not need one here: suppress the finding.

## Non-compliant

```yaml
Resources:
  Customers:  # finding
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: customers
```

```hcl
resource "aws_cognito_user_pool" "customers" {
  name              = "customers"
  mfa_configuration = "OFF" # finding
}
```

## Compliant

```yaml
Resources:
  Customers:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: customers
      MfaConfiguration: OPTIONAL
      EnabledMfas: [SOFTWARE_TOKEN_MFA]
```

```hcl
resource "aws_cognito_user_pool" "customers" {
  name              = "customers"
  mfa_configuration = "ON"
  software_token_mfa_configuration {
    enabled = true
  }
}
```

## Undecided

```yaml
Parameters:
  Mfa:
    Type: String
Resources:
  Customers:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: customers
      MfaConfiguration: !Ref Mfa  # undecided: parameter "Mfa" has no default
```

```hcl
variable "mfa" {
  type = string
}

resource "aws_cognito_user_pool" "customers" {
  name              = "customers"
  mfa_configuration = var.mfa # undecided: var.mfa has no default
}
```

## Sources

- [Security Hub CSPM controls for Amazon Cognito](https://docs.aws.amazon.com/console/securityhub/Cognito.5/remediation), read on 2026-11-29
"""

from wa_iac.aws.cognito import UserPool
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, refuse, rule


@rule(
    practices=["SEC02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="MfaConfiguration: OPTIONAL\nEnabledMfas:\n  - SOFTWARE_TOKEN_MFA",
        tf='mfa_configuration = "OPTIONAL"\nsoftware_token_mfa_configuration {\n  enabled = true\n}',
    ),
    equivalents={
        "cdk_nag": ["AwsSolutions-COG2"],
        "config": ["COGNITO_USER_POOL_MFA_ENABLED"],
        "security_hub": ["Cognito.5"],
    },
)
def check(pool: UserPool) -> Flags:
    yield from refuse(
        pool.mfa, "OFF", "Users of this pool sign in with a password alone: anyone who learns or guesses it is that user."
    )
