"""# Identity that manages IAM has no permissions boundary

Who may write policies or give them to roles can give himself every right: the one who deploys also decides what he is allowed to do.
A permissions boundary separates the two: whatever is granted, the identity never gets beyond it.

Reported are roles and users that are granted, here, to create users or roles or to give them policies, by name or as `iam:*`. A
condition on the statement (`iam:PermissionsBoundary` above all) is taken as a limit. Rights to everything are the concern of
`iam-admin-policy`.

## Non-compliant

```yaml
Resources:
  Deployer:  # finding
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: codebuild.amazonaws.com
            Action: sts:AssumeRole
      Policies:
        - PolicyName: roles
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [iam:CreateRole, iam:PutRolePolicy]
                Resource: arn:aws:iam::111122223333:role/app-*
```

```hcl
resource "aws_iam_role" "deployer" { # finding
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "codebuild.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "deployer" {
  role = aws_iam_role.deployer.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:AttachRolePolicy", Resource = "*" }]
  })
}
```

## Compliant

```yaml
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      PermissionsBoundary: arn:aws:iam::111122223333:policy/deployer-boundary
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: codebuild.amazonaws.com
            Action: sts:AssumeRole
      Policies:
        - PolicyName: roles
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [iam:CreateRole, iam:PutRolePolicy]
                Resource: arn:aws:iam::111122223333:role/app-*
```

```hcl
resource "aws_iam_role" "deployer" {
  permissions_boundary = "arn:aws:iam::111122223333:policy/deployer-boundary"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "codebuild.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "deployer" {
  role = aws_iam_role.deployer.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:AttachRolePolicy", Resource = "*" }]
  })
}
```
"""

from collections.abc import Iterator

from wa_iac.aws._grants import granted
from wa_iac.aws.iam import Attachment, ManagedPolicy, Policy, Role, User
from wa_iac.core.policy import Statement
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown

RISKY = (
    *("iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"),
    *("iam:CreateUser", "iam:PutUserPolicy", "iam:AttachUserPolicy", "iam:PutGroupPolicy", "iam:AttachGroupPolicy"),
    "iam:CreatePolicyVersion",
)


@rule(
    practices=["SEC03-BP05", "SEC03-BP02"],
    severity=Severity.LOW,
    remedy=Remedy(cfn="PermissionsBoundary: <a policy's ARN>", tf="permissions_boundary = <a policy>.arn"),
)
def check(identity: Role | User) -> Iterator[Flag]:
    action = next((found for statement in _granted(identity) if (found := _risky(statement))), "")
    if not action:
        return
    match identity.boundary.presence:
        case Known():
            return
        case Unknown() as why:
            yield undecided(why)
        case Absent():
            yield flag(identity, f"It may use {action} without a boundary, and so give itself or others every right.")


def _granted(identity: Role | User) -> Iterator[Statement]:
    yield from granted(identity)
    holders: tuple[Policy | ManagedPolicy | Attachment, ...] = identity.attached.targets
    for holder in holders:
        if isinstance(holder, Attachment):
            for policy in holder.policy:
                yield from granted(policy)
        else:
            yield from granted(holder)


def _risky(statement: Statement) -> str:
    """The action by which its holder can give rights, as written; empty where there is none for certain."""
    if statement.unknown is not None or statement.conditions or statement.conditions_unknown is not None:
        return ""
    for action in statement.actions:
        if isinstance(action, Known) and action.value.lower().startswith("iam:") and _covers_risky(action.value):
            return action.value
    return ""


def _covers_risky(pattern: str) -> bool:
    start, star, _ = pattern.lower().partition("*")
    return any(each.lower().startswith(start) if star else each.lower() == start for each in RISKY)
