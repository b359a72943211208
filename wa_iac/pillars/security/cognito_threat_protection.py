"""# Cognito user pool does not act on stolen passwords

## Why

Threat protection compares each sign-in with leaked passwords and with what is usual for the user, and blocks what looks like somebody else
or asks for a second factor. Without it, anyone who has a list of leaked passwords can try them all. In the mode `AUDIT` it only counts.

## What it checks

The rule reads the mode of threat protection of each user pool, and reports one without the mode `ENFORCED`. Threat protection needs the
feature plan Plus, which costs more for each user.

A pool with the plan Plus whose threat protection is off, pays for the plan without its use: this finding is of medium severity.

## What is left out

Identity pools have no passwords.

## Non-compliant

```yaml
Resources:
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolTier: PLUS
      UserPoolAddOns:
        AdvancedSecurityMode: AUDIT  # finding: only counts
```

```hcl
resource "aws_cognito_user_pool" "users" { # finding: pays for the plan Plus
  name           = "users"
  user_pool_tier = "PLUS"
}

resource "aws_cognito_user_pool" "others" { # finding: has no threat protection
  name = "others"
}
```

## Compliant

```yaml
Resources:
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolTier: PLUS
      UserPoolAddOns:
        AdvancedSecurityMode: ENFORCED
```

```hcl
resource "aws_cognito_user_pool" "users" {
  name           = "users"
  user_pool_tier = "PLUS"

  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"
  }
}
```

## Undecided

The result is undecided if the mode is not known before deployment.

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolTier: PLUS
      UserPoolAddOns:
        AdvancedSecurityMode: !Ref Mode  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_cognito_user_pool" "users" {
  name           = "users"
  user_pool_tier = "PLUS"

  user_pool_add_ons {
    advanced_security_mode = var.mode # undecided: var.mode has no default
  }
}
```

## Sources

- [UserPoolAddOnsType - Amazon Cognito User Pools](https://docs.aws.amazon.com/goto/WebAPI/cognito-idp-2016-04-18/UserPoolAddOnsType), read on 2026-11-29
- [aws properties cognito userpool userpooladdons](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cognito-userpool-userpooladdons.html), read on 2026-11-29
"""

from wa_iac.aws.cognito import UserPool
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["SEC02-BP01"],
    severity=Severity.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn={"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}},
        tf={"user_pool_tier": "PLUS", "user_pool_add_ons": {"advanced_security_mode": "ENFORCED"}},
    ),
    equivalents={
        "cdk_nag": ["AwsSolutions-COG3"],
        "config": ["COGNITO_USER_POOL_ADVANCED_SECURITY_ENABLED"],
        "security_hub": ["Cognito.1"],
    },
)
def check(pool: UserPool) -> Flags:
    mode = settled(pool.threat_protection)
    if mode == Known("AUDIT"):
        yield flag(mode, "Threat protection only counts: somebody with a stolen password still gets in.", severity=Severity.LOW)
    elif mode == Known("OFF"):
        if settled(pool.plan) == Known("PLUS"):
            yield flag(
                mode, "This pool pays for the plan Plus, and threat protection is off: somebody with a stolen password gets in."
            )
        else:
            yield flag(
                mode,
                "This pool has no threat protection: somebody with a list of leaked passwords can try them all.",
                severity=Severity.LOW,
            )
