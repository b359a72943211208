"""# Cognito identity pool gives credentials to guests

## Why

Anyone who knows the id of the pool, which every copy of the application contains, gets credentials of AWS without signing in. Everything that
the role for guests may do, anybody may do.

## What it checks

Identity pools that allow unauthenticated identities. If the role for guests is written in the same unit and has no permissions, the
severity is low, and the finding is advice.

## What is left out

A pool that an app monitor of CloudWatch RUM uses: browsers send their data as guests. Whether the role for guests may do much: the rules of IAM
look at it. An application that needs guests should suppress the finding, with the permissions of the role as the reason.

## Non-compliant

```yaml
Resources:
  Visitors:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: true  # finding
```

```hcl
resource "aws_cognito_identity_pool" "visitors" {
  identity_pool_name               = "visitors"
  allow_unauthenticated_identities = true # finding
}
```

```yaml
Resources:
  Visitors:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: true  # finding: no permissions yet
  Guest:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Federated: cognito-identity.amazonaws.com}
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals: {"cognito-identity.amazonaws.com:aud": !Ref Visitors}
              ForAnyValue:StringLike: {"cognito-identity.amazonaws.com:amr": unauthenticated}
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties:
      IdentityPoolId: !Ref Visitors
      Roles:
        unauthenticated: !GetAtt Guest.Arn
```

## Compliant

```yaml
Resources:
  Visitors:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: false
```

```hcl
resource "aws_cognito_identity_pool" "visitors" {
  identity_pool_name               = "visitors"
  allow_unauthenticated_identities = false
}
```

## Not applicable

```hcl
resource "aws_cognito_identity_pool" "visitors" { # not applicable: CloudWatch RUM
  identity_pool_name               = "visitors"
  allow_unauthenticated_identities = true
}

resource "aws_rum_app_monitor" "shop" {
  name   = "shop"
  domain = "shop.example.com"
  app_monitor_configuration {
    identity_pool_id = aws_cognito_identity_pool.visitors.id
  }
}
```

## Undecided

```yaml
Parameters:
  Guests:
    Type: String
Resources:
  Visitors:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: !Ref Guests  # undecided: parameter "Guests" has no default
```

```hcl
variable "guests" { # undecided: Fails when var.guests is true
  type = bool
}

resource "aws_cognito_identity_pool" "visitors" {
  identity_pool_name               = "visitors"
  allow_unauthenticated_identities = var.guests
}
```

## Sources

- [Security best practices for Amazon Cognito identity pools](https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools-security-best-practices.html), read on 2026-11-29
- [Security Hub CSPM controls for Amazon Cognito](https://docs.aws.amazon.com/console/securityhub/Cognito.5/remediation), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.cognito import IdentityPool
from wa_iac.aws.iam import Role
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import member
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, milder, refuse, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.role_permissions import may_do_nothing

_NOTHING: Final = "That role has no permissions yet."
_ROLES: Final = frozenset(Role.types())
_MONITORS: Final = frozenset(and_awscc("AWS::RUM::AppMonitor", "aws_rum_app_monitor"))

_PROVIDERS: Final = frozenset(
    (
        "cognitoidentityproviders",
        "supportedloginproviders",
        "samlproviderarns",
        "openidconnectproviderarns",
        "developerprovidername",
    )
)
"""The arguments that let users sign in, in lower case and without underscores."""
_FIX: Final = Recipe(
    cfn={"AllowUnauthenticatedIdentities": False},
    tf={"allow_unauthenticated_identities": False},
    unsafe_because="users who have not signed in are cut off",
)
_SIGN_IN_FIRST: Final = "Clients that use this pool without a sign-in are cut off: let the application sign its users in first."


def _for_its_users(pool: IdentityPool, graph: Graph) -> Remedy | None:
    """The remedy for a pool that only guests use."""
    del graph
    if any(name.lower().replace("_", "") in _PROVIDERS for name in pool.declared.body.value):
        return None
    return replace(
        Remedy.of_recipe(_FIX),
        decision="Nobody can sign in to this pool: all of its users are guests, whom this cuts off. Give it an identity provider first, such as a "
        "user pool, and the application a sign-in. If it is to have guests, give their role only what each of them may do.",
    )


@rule(
    practices=["SEC03-BP07", "SEC02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_366"],
        "cdk_nag": ["AwsSolutions-COG7"],
        "config": ["COGNITO_IDENTITY_POOL_UNAUTHENTICATED_LOGINS", "COGNITO_IDENTITY_POOL_UNAUTH_ACCESS_CHECK"],
        "security_hub": ["Cognito.2"],
    },
    remedy=replace(Remedy.of_recipe(_FIX), decision=_SIGN_IN_FIRST, given=_for_its_users),
    fix=_FIX,
)
def check(pool: IdentityPool, graph: Graph) -> Flags:
    accept(pool.guests == Known(False))
    exempt(bool(graph.referring(pool, _MONITORS)), "CloudWatch RUM gets its data from guests of this pool")
    found = refuse(
        pool.guests,
        True,
        "Anyone who knows the id of this pool gets credentials of AWS without signing in, with everything that the role for guests may do.",
    )
    yield from milder(found, more=_NOTHING, severity=Severity.LOW) if _may_do_nothing(pool, graph) else found


def _may_do_nothing(pool: IdentityPool, graph: Graph) -> bool:
    """Whether the role for guests is written here, and has no permissions."""
    named = [member(each.roles, "unauthenticated") for each in pool.attachments]
    found = [list(graph.referred(each)) for each in named]
    if pool.attachments.elsewhere or not found or not all(found):
        return False
    declared = [role for roles in found for role in roles]
    return all(each.type in _ROLES and may_do_nothing(graph.typed(each, Role), graph) for each in declared)
