"""# IAM user is used instead of a role or federation

## Why

An IAM user's password and keys stay valid until someone deletes them, even after their owner has left. Let people sign in with
IAM Identity Center or another identity provider, which gives them credentials that expire. Let programs use roles.

## What it checks

The rule reports each IAM user, whatever the user may do. It is advice for a user of a workshop, by paths, tags or the description of the
template, for one that is for emergencies by its name (break-glass), for one without credentials in a module whose callers name it, and for one who only lists roles, as Microsoft Entra ID does for single sign-on. It is also advice for one with a password and no access key here, of whom a policy asks a second
factor, or who has a virtual MFA device.

## What is left out

The rule does not report a user who may only send mail: over SMTP, Amazon SES accepts nothing else. It is advice for a user whom nothing else in the
code names, and who has no policy and no group there.

## Non-compliant

```yaml
Resources:
  Alice:  # finding
    Type: AWS::IAM::User
```

```hcl
resource "aws_iam_user" "alice" { # finding
  name = "alice"
}
```

It is advice where the callers of the module decide on it:

```hcl
variable "name" {
  type = string
}

resource "aws_iam_user" "reader" { # finding: its callers decide
  name = "${var.name}-reader"
}
```

So is it for a password that a second factor goes with:

```hcl
resource "aws_iam_user" "bob" { # finding: A second factor is needed
  name = "bob"
}

resource "aws_iam_user_login_profile" "bob" {
  user = aws_iam_user.bob.name
}

resource "aws_iam_user_policy" "bob" {
  user = aws_iam_user.bob.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = "iam:*"
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: ec2.amazonaws.com
            Action: sts:AssumeRole
  Mailer:
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: send
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: ses:SendRawEmail
                Resource: "*"
```

```hcl
resource "aws_iam_user" "mailer" {
  name = "mailer"
}

resource "aws_iam_user_policy" "mailer" {
  user = aws_iam_user.mailer.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ses:SendRawEmail", Resource = "*" }]
  })
}
```

## Not applicable

```yaml
Resources:
  Mailer:  # not applicable: sends mail over SMTP
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: send
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "ses:SendRawEmail", Resource: "*"}
```

```hcl
resource "aws_iam_user" "mailer" { # not applicable: sends mail over SMTP
  name = "mailer"
}

resource "aws_iam_user_policy" "mailer" {
  user = aws_iam_user.mailer.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ses:SendRawEmail", Resource = "*" }]
  })
}
```

## Undecided

The result is undecided if `Action` or `Statement` is not known before deployment.

```yaml
Parameters:
  Action:
    Type: String
Resources:
  Mailer:
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: send
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: !Ref Action  # undecided: parameter "Action" has no default
                Resource: "*"
```

```hcl
variable "statement" {
  type = list(string)
}

resource "aws_iam_user" "mailer" {
  name = "mailer"
}

resource "aws_iam_user_policy" "mailer" {
  user = aws_iam_user.mailer.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = var.statement # undecided: var.statement has no default
  })
}
```

## Sources

- [SEC02-BP02 Use temporary credentials](https://docs.aws.amazon.com/wellarchitected/latest/framework/sec_identities_unique.html), read on 2026-11-29
- [AWS access keys](https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.iam import User
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.administrators import is_for_emergencies
from wa_iac.knowledge.iam_grants import lists_roles_only, mail_only
from wa_iac.knowledge.purposes import is_for_callers
from wa_iac.knowledge.second_factors import needs_second_factor
from wa_iac.knowledge.workshops import of_a_workshop
from wa_iac.pillars.judgements.grants import FOR_SINGLE_SIGN_ON

_IN_EMERGENCIES: Final = "By its name, it is for emergencies, when no other sign-in works."
_WATCHED: Final = (
    "If no other way in is left in an emergency, keep it, suppress this with that reason, let it do nothing without a second factor, and have an alarm tell "
    "each use."
)
_REPLACED: Final = (
    "Replace this user by a role. A workload in AWS gets one from its service (an instance profile, a task role), people sign in through IAM Identity "
    "Center, and systems elsewhere use OpenID Connect or IAM Roles Anywhere. Move what uses its password or its access keys first, and delete the user "
    "then."
)
_KEPT: Final = f"{_REPLACED} For a system that takes nothing but an access key, keep the user, and allow it little."
_WITH_FACTOR: Final = "A second factor is needed with it, so that the password alone opens little."
_BARE: Final = "Nothing here gives it a policy, a group or a key."
_BY_CALLERS: Final = "The module makes none for it: its callers decide what the user is for."


@rule(
    practices=["SEC02-BP04", "SEC02-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(decision=_REPLACED),
    equivalents={"checkov": ["CKV_AWS_273"]},
)
def check(user: User, graph: Graph) -> Flags:
    exempt(mail_only(user, graph), "it sends mail over SMTP, which needs a user's credentials")
    made = bool(user.login or user.keys.targets)
    subject = "This user's credentials do not expire" if made else "The credentials that this user gets do not expire"
    message = f"{subject}: anyone who gets them can use them until someone notices."
    if why := of_a_workshop(user, graph, user.tags):
        yield flag(user, f"{message} {why}", confidence=Confidence.LOW)
    elif lists_roles_only(user):
        yield flag(
            user,
            f"{subject}. It only lists the roles of the account, as Microsoft Entra ID does for single sign-on, which takes nothing but an access key.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
            instead=FOR_SINGLE_SIGN_ON,
        )
    elif is_for_emergencies(user):
        yield flag(user, f"{message} {_IN_EMERGENCIES}", confidence=Confidence.LOW, instead=_WATCHED)
    elif not made and is_for_callers(user.name, graph):
        yield flag(user, f"{message} {_BY_CALLERS}", confidence=Confidence.LOW)
    elif not made and _is_bare(user, graph):
        yield flag(user, f"{message} {_BARE}", confidence=Confidence.LOW)
    elif user.login and not user.keys.targets and needs_second_factor(user, graph) == Known(True):
        yield flag(user, f"This user's password does not expire. {_WITH_FACTOR}", confidence=Confidence.LOW)
    else:
        # A password is for people, who can all sign in elsewhere.
        yield flag(user, message, instead="" if user.login else _KEPT)


def _is_bare(user: User, graph: Graph) -> bool:
    """Whether nothing in the code gives a user something to do, or hands it on."""
    own = user.inline or user.groups.targets or user.groups.elsewhere or user.memberships.targets or user.attached.targets
    unknown = any(each.unknown is not None for each in (user.groups, user.managed, user.attached, user.memberships, user.keys))
    return not own and not unknown and isinstance(user.managed_arns, Absent) and not graph.referring(user, graph.types)
