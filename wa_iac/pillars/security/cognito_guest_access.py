"""# Cognito identity pool gives credentials to guests

## Why

Anyone who knows the id of the pool, which every copy of the application contains, gets credentials of AWS without signing in. Everything that
the role for guests may do, anybody may do.

## What it checks

Identity pools that allow unauthenticated identities. If the role for guests is not written in the same unit, the finding is advice, since what guests may do is
not known. So it is if no policy of the role is here, and code elsewhere may give it one, such as by an output. If the role has no permissions, the
severity is low, and the finding is advice. So it is if the role may only call what Cognito answers to anybody (`cognito-identity:GetId`,
`GetCredentialsForIdentity`, `GetOpenIdToken`). It is also advice if that role names each of its actions, and all of them are of services that
applications call for their users: chat, analytics, places on a map, an API (Amazon Lex, Pinpoint, Personalize, Location Service, API Gateway, AppSync).

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

```yaml
Resources:
  Visitors:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: true  # finding: No policy of that role is here
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
Outputs:
  Guest:
    Value: !Ref Guest
```

```yaml
Resources:
  Visitors:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: true  # finding: names what guests may do
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties:
      IdentityPoolId: !Ref Visitors
      Roles: {unauthenticated: !GetAtt Guest.Arn}
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
      Policies:
        - PolicyName: chat
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: lex:RecognizeText
                Resource: !Sub arn:aws:lex:${AWS::Region}:${AWS::AccountId}:bot-alias/AAAAAAAAAA/BBBBBBBBBB
```

```yaml
Resources:
  Visitors:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: true  # finding: need no credentials
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties:
      IdentityPoolId: !Ref Visitors
      Roles: {unauthenticated: !GetAtt Guest.Arn}
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
      Policies:
        - PolicyName: sign-in
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: cognito-identity:GetCredentialsForIdentity
                Resource: "*"
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

- [GetOpenIdToken - Amazon Cognito](https://docs.amazonaws.cn/en_us/cognitoidentity/latest/APIReference/API_GetOpenIdToken.md), read on 2026-12-01
- [Security best practices for Amazon Cognito identity pools](https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools-security-best-practices.html), read on 2026-11-29
- [Security Hub CSPM controls for Amazon Cognito](https://docs.aws.amazon.com/console/securityhub/Cognito.5/remediation), read on 2026-11-29
"""

import re
from dataclasses import replace
from typing import Final

from wa_iac.aws.cognito import IdentityPool
from wa_iac.aws.iam import Role
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import member
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, milder, refuse, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.role_permissions import has_no_policy_here, may_do_nothing, written

_NOTHING: Final = "That role has no permissions yet."
_NO_POLICY: Final = "No policy of that role is here, so guests may do nothing unless code elsewhere gives it one."
_PUBLIC: Final = "That role only allows calls that need no credentials at all."
_OPEN_TO_ALL: Final = late(r"cognito-identity:(?:GetId|GetCredentialsForIdentity|GetOpenIdToken)", re.IGNORECASE)
"""Calls that need no credentials ("GetCredentialsForIdentity" and its neighbors in the API reference of Amazon Cognito)."""
_FOR_CLIENTS: Final = "That role names what guests may do, and all of it is of services that applications call for their users."
_CLIENT_ACTION: Final = late(
    r"(?:cognito-sync|cognito-identity|mobileanalytics):[\w*]+"
    r"|(?:lex|mobiletargeting|personalize|geo|geo-maps|geo-places|geo-routes|execute-api|appsync|evidently|rum):\w+",
    re.IGNORECASE,
)
"""An action of a service for the applications of users, by its name ("IAM roles" in the developer guide of Amazon Cognito lists those that guests may
call at all)."""
_BY_DEFAULT: Final = late(r"(?:cognito-sync|cognito-identity|mobileanalytics):", re.IGNORECASE)
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
_SIGN_IN_FIRST: Final = (
    "First see whether a client uses this pool without a sign-in: it is cut off. If one does, let it sign its users in first, or keep the guests, and give their role "
    "only what each of them may do."
)


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
    roles = _guest_roles(pool, graph)
    if not roles:
        yield from milder(found, confidence=Confidence.LOW)
    elif all(may_do_nothing(each, graph) for each in roles):
        yield from milder(found, more=_NOTHING, severity=Severity.LOW)
    elif all(map(has_no_policy_here, roles)):
        yield from milder(found, more=_NO_POLICY, confidence=Confidence.LOW)
    elif all(_names_only(each, _OPEN_TO_ALL) for each in roles):
        yield from milder(found, more=_PUBLIC, severity=Severity.LOW, confidence=Confidence.LOW)
    elif all(_only_serves_clients(each) for each in roles):
        yield from milder(found, more=_FOR_CLIENTS, confidence=Confidence.LOW)
    else:
        yield from found


def _guest_roles(pool: IdentityPool, graph: Graph) -> list[Role]:
    """The roles for guests, if all of them are written here; else none."""
    named = [member(each.roles, "unauthenticated") for each in pool.attachments]
    found = [list(graph.referred(each)) for each in named]
    declared = [role for roles in found for role in roles]
    if pool.attachments.elsewhere or not all(found) or not all(each.type in _ROLES for each in declared):
        return []
    return [graph.typed(each, Role) for each in declared]


def _only_serves_clients(role: Role) -> bool:
    """Whether all permissions of a role are written here, and each action is named and of a service that applications call for their users.
    What the console gives to any role for guests is no sign that guests are wanted."""
    actions = (action for each in written(role) for action in each.actions)
    more = any(isinstance(each, Known) and _BY_DEFAULT.match(each.value) is None for each in actions)
    return more and _names_only(role, _CLIENT_ACTION)


def _names_only(role: Role, pattern: re.Pattern[str]) -> bool:
    """Whether all permissions of a role are written here, and each action is one of these."""
    return (
        any(True for _ in written(role))
        and isinstance(role.managed_arns, Absent)
        and role.attached.unknown is None
        and not any(each.not_actions for each in written(role))
        and all(
            isinstance(each, Known) and pattern.fullmatch(each.value) is not None
            for statement in written(role)
            for each in statement.actions
        )
    )
