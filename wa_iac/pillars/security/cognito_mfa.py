"""# Cognito user pool offers no second factor

## Why

With a password alone, anyone who learns or guesses it is the user. Passwords leak from other sites and are tried everywhere. A second factor stops
that, also if users may choose whether they want one.

## What it checks

User pools with `MfaConfiguration` or `mfa_configuration` `OFF`, which is the default.

## What is left out

Pools in which a second factor is optional. Pools whose clients here all name other identity providers, and not Cognito itself: such a provider
asks for the second factor.

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

## Not applicable

```yaml
Resources:
  Users:  # not applicable: another provider
    Type: AWS::Cognito::UserPool
    Properties: {UserPoolName: users}
  App:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref Users
      SupportedIdentityProviders: [Company]
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

from wa_iac.aws.cognito import UserPool, UserPoolClient
from wa_iac.core.logic import all_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, refuse, rule
from wa_iac.core.value import Known, Unknown, Value


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
    if pool.mfa == Known("OFF"):
        answers = [_only_elsewhere(client) for client in pool.clients]
        if Known(False) not in answers:
            all_known(pool.clients.unknown)
            exempt(all_of(answers) if answers else False, "its users sign in at another provider")
    yield from refuse(
        pool.mfa, "OFF", "Users of this pool sign in with a password alone: anyone who learns or guesses it is that user."
    )


def _only_elsewhere(client: UserPoolClient) -> Value[bool]:
    """Whether users of a client cannot sign in with a password of the pool."""
    names = client.providers
    if isinstance(names, Unknown):
        return names
    others = [holds(each, lambda name: name != "COGNITO") for each in names.value] if isinstance(names, Known) else []
    return all_of(others) if others else Known(False)
