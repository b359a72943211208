"""# IAM policy allows privilege escalation

## Why

Some actions, alone or combined, turn limited permissions into full ones. An identity that may write policy versions can write one that
allows everything. An identity that may pass any role and start a function can run code with the most powerful role of the account. A
leaked key of such an identity means a compromised account.

A program that must create roles needs actions such as `iam:PutRolePolicy`. The condition key `iam:PermissionsBoundary` limits them to
roles with a boundary ("Permissions boundaries for IAM entities", IAM User Guide).

## What it checks

The rule reads the policies of roles, users and groups. It reports a policy with actions by which its holder can get more permissions than
it has. The rule counts only actions that are allowed without a condition, on every resource or, for those of IAM, on all roles, users, groups or policies of an
account. An action that the same policies deny on every resource, without a condition, does not count.

Three actions give access only to roles that are in use already: `lambda:UpdateFunctionCode`, `cloudformation:UpdateStack` and
`codebuild:StartBuild`. How far they lead depends on those roles, so these findings are of medium severity and low confidence.
`iam:SetDefaultPolicyVersion` leads on only if somebody has replaced a version that allows more. It is of medium severity and confidence,
and not reported in a statement with an action that leads everywhere.

A role is in no group. If only roles have the policy, what gives rights to a group (`iam:AttachGroupPolicy`, `iam:PutGroupPolicy`) is of medium
severity: it leads on only together with the credentials of a user.

For a role with which CloudFormation or StackSets deploys, the findings are advice: it has to create what its stacks hold. So they are for the
administrators of the account, by the name of their group.
If the policy's role is looked up by a data source, and is made here with a boundary, the finding is of medium severity: the boundary does
not limit other roles.

## What is left out

A permissions boundary on the identity prevents the escalation, and the rule does not apply to a policy that is only used as such a
boundary. Other rules report `iam:*` and `*` on every resource. A denial in another policy
of the identity, or in a service control policy, is not read.

## Non-compliant

```yaml
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: codebuild.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: deploy
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
                  - lambda:CreateFunction
                  - lambda:InvokeFunction
                  - iam:PassRole  # finding
                Resource: "*"
```

```hcl
resource "aws_iam_policy" "support" {
  policy = data.aws_iam_policy_document.support.json
}

data "aws_iam_policy_document" "support" {
  statement {
    actions = [
      "iam:ListPolicies",
      "iam:CreatePolicyVersion", # finding
    ]
    resources = ["*"]
  }
}
```

All that IAM has in an account is named here, and a denial for one user leaves the others:

```hcl
resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:*" # finding: iam:CreatePolicyVersion on all policies of an account
        Resource = "arn:aws:iam::*:*"
      },
    ]
  })
}
```

```hcl
resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:AttachUserPolicy" # finding
        Resource = "*"
      },
      {
        Effect   = "Deny"
        Action   = "iam:*"
        Resource = "arn:aws:iam::111122223333:user/admin"
      },
    ]
  })
}
```

## Compliant

```hcl
resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:AttachUserPolicy"
        Resource = "*"
      },
      {
        Effect   = "Deny"
        Action   = "iam:*"
        Resource = "*"
      },
    ]
  })
}
```

```yaml
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: codebuild.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: deploy
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
                  - lambda:CreateFunction
                  - lambda:InvokeFunction
                Resource: "*"
              - Effect: Allow
                Action: iam:PassRole
                Resource: arn:aws:iam::111122223333:role/orders-function
```

```hcl
resource "aws_iam_policy" "support" {
  policy = data.aws_iam_policy_document.support.json
}

data "aws_iam_policy_document" "support" {
  statement {
    actions   = ["iam:CreatePolicyVersion"]
    resources = ["arn:aws:iam::111122223333:policy/support/*"]
  }
}
```

## Undecided

The result is undecided if `Action` or `actions` is not known before deployment, or what a `Deny` covers.

```hcl
variable "denied" {
  type = string
}

resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:AttachUserPolicy"
        Resource = "*"
      },
      {
        Effect   = "Deny"
        Action   = var.denied # undecided: var.denied has no default
        Resource = "*"
      },
    ]
  })
}
```

```yaml
Parameters:
  Action:
    Type: String
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: codebuild.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: deploy
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
                  - lambda:CreateFunction
                  - lambda:InvokeFunction
                Resource: "*"
              - Effect: Allow
                Action: !Ref Action  # undecided: parameter "Action" has no default
                Resource: arn:aws:iam::111122223333:role/orders-function
```

```hcl
variable "actions" {
  type = list(string)
}

resource "aws_iam_policy" "support" {
  policy = data.aws_iam_policy_document.support.json
}

data "aws_iam_policy_document" "support" {
  statement {
    actions   = var.actions # undecided: var.actions has no default
    resources = ["arn:aws:iam::111122223333:policy/support/*"]
  }
}
```

## Sources

- [Grant a user permissions to pass a role to an AWS service - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html), read on 2026-11-29
- [IAM and AWS STS condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html), read on 2026-11-30
- [Permissions boundaries for IAM entities](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.md), read on 2026-11-29
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from wa_iac.aws.iam import Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule, undecided
from wa_iac.core.value import Known, Step
from wa_iac.knowledge.administrators import almighty
from wa_iac.knowledge.iam_grants import (
    Grantor,
    Identity,
    bounded,
    bounded_by_lookup,
    granted,
    identities,
    is_everything,
    takes_back,
)
from wa_iac.knowledge.privilege_escalation import PASSING, Opening, Way, doubt, opened
from wa_iac.pillars.judgements.grants import APART, milder_where_meant, where_granted

_BOUNDED: Final = (
    " The permissions boundary of the role that is looked up here limits its own rights, and not those of other roles."
)


_FOR_OTHERS: Final = (
    ": its members can then do anything in the account. The role itself is in no group, and needs a user's credentials for that"
)


_OF_NEW_IDENTITIES: Final = {
    "iam:AttachRolePolicy": "iam:CreateRole",
    "iam:PutRolePolicy": "iam:CreateRole",
    "iam:AttachUserPolicy": "iam:CreateUser",
    "iam:PutUserPolicy": "iam:CreateUser",
}
"""What gives rights to identities, and takes the condition key `iam:PermissionsBoundary`; and what makes such an identity."""
_WITH_BOUNDARY: Final = (
    "If it must create roles or users, allow this and their creation with the condition StringEquals on iam:PermissionsBoundary: they "
    "then have a boundary that you choose, and can do no more than that. Do not allow it to remove or change the boundary."
)
_WITH_POLICIES: Final = (
    "If it attaches the same policies to identities that nobody can name beforehand, keep the resource, and allow this with the condition "
    "ArnEquals on iam:PolicyARN for those policies instead."
)
_ATTACHES: Final = frozenset({"iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:AttachGroupPolicy"})
"""The actions that take the condition key `iam:PolicyARN`."""


_BESIDE_ALL: Final = "Remove the statement that allows every action on every resource too: beside it, this changes nothing."
_OWN: Final = {
    "policies": "Leave out the policies that it has itself.",
    "roles": "Leave out its own roles, and those that may do more.",
    "users": "Leave out those that may do more.",
    "groups": "Leave out those that may do more.",
}
"""Which resources keep the way open, also where they are all that is named."""
_PRINCIPALS: Final = {"ecs": "ecs-tasks", "datapipeline": "ec2"}
"""What assumes the role that is passed, where the service has another name for that."""


def _limited_to(kind: str, decision: str = "") -> Remedy:
    return Remedy(cfn=f"Resource: <the {kind} it needs>", tf=f"resources = [<the {kind} it needs>]", decision=decision)


_KINDS: Final = {
    "AccessKey": "users",
    "LoginProfile": "users",
    "User": "users",
    "Group": "groups",
    "Role": "roles",
    "iam:": "policies",
    "Stack": "stacks",
    "Build": "build projects",
    "Function": "functions",
}
"""The resources of actions, by a part of their names. The first one counts."""


@rule(
    practices=["SEC03-BP02", "SEC03-BP05"],
    severity=Severity.HIGH,
    remedy=_limited_to("roles or policies"),
    equivalents={"checkov": ["CKV_AWS_110", "CKV_AWS_286"]},
)
def check(holder: Role | User | Group | Policy | ManagedPolicy, graph: Graph) -> Flags:
    if not bounded(holder):
        yield from milder_where_meant(holder, graph, where_granted(holder, graph, _judge(holder, graph)))


def _judge(holder: Grantor, graph: Graph) -> Flags:
    limited = bounded_by_lookup(holder, graph)
    holders = identities(holder)
    only_roles = bool(holders) and all(isinstance(each, Role) for each in holders)
    statements = list(granted(holder))
    denied = partial(takes_back, holder)
    found = opened(statements, denied)
    for way, (first, *others) in found:
        doubtful = first_unknown(*map(denied, way.actions))
        if doubtful is not None:
            yield undecided(doubtful)
            continue
        for_others = only_roles and way.of_members
        yield flag(
            first.entry,
            f"With {_allowed((first, *others))}, its holder {way.consequence}{_FOR_OTHERS if for_others else _reach(way)}.{_BOUNDED if limited else ''}",
            severity=Severity.MEDIUM if limited or for_others or not way.leads_everywhere else None,
            confidence=_confidence(way),
            related=[Step(step.entry.origin.span, step.action) for step in others],
            instead=_limited_to(_kind(first.action), f"{_decision(first, statements)}{_left(way, holders, graph)}".strip()),
        )
    if not found:
        all_known(doubt(statements))


def _allowed(steps: Sequence[Opening]) -> str:
    """The actions of a way, and where they are allowed."""
    everywhere = " and ".join(step.action for step in steps if not step.kind)
    kinds = list(dict.fromkeys(step.kind for step in steps if step.kind))
    where = [
        f"{' and '.join(step.action for step in steps if step.kind == kind)} on all {_PLURALS[kind]} of an account"
        for kind in kinds
    ]
    return " and ".join([*where, f"{everywhere} on every resource"] if everywhere else where)


_PLURALS: Final = {"role": "roles", "user": "users", "group": "groups", "policy": "policies"}


def _decision(first: Opening, statements: Sequence[Statement]) -> str:
    creates = first.action in _OF_NEW_IDENTITIES and any(
        each.covers_action(_OF_NEW_IDENTITIES[first.action]) == Known(True) for each in statements
    )
    written = first.entry.value if isinstance(first.entry, Known) else first.action
    words = (
        f"{written} covers more actions than one: write those that are needed in its place." if "*" in written else "",
        "" if _is_alone(first, statements) else APART,
        _BESIDE_ALL if any(map(_allows_all, statements)) else "",
        "" if first.action == PASSING else _OWN.get(_kind(first.action), ""),
        _WITH_BOUNDARY if creates else "",
        _WITH_POLICIES if first.action in _ATTACHES else "",
    )
    return " ".join(filter(None, words))


def _allows_all(statement: Statement) -> bool:
    """Whether it surely allows every action on every resource, whenever."""
    return (
        statement.unknown is None
        and not statement.conditional
        and statement.allows() == Known(True)
        and statement.covers_every_resource() == Known(True)
        and any(is_everything(each) == Known(True) for each in statement.actions)
    )


def _left(way: Way, holders: Sequence[Identity], graph: Graph) -> str:
    """A sentence on a role of this code that leads everywhere by itself, also where no other one may be passed; empty if there is none."""
    passes = way.actions[0] == PASSING
    if not passes and not way.of_existing_roles:
        return ""
    service = way.actions[1 if passes else 0].partition(":")[0]
    principal = f"{_PRINCIPALS.get(service, service)}.amazonaws.com"
    found = [each.address for each in almighty(principal, graph) if each not in holders]
    if not found:
        return ""
    may = f" {found[0]}, which {principal} may assume, may do everything:"
    if passes:
        return f"{may} leave it out, or narrow that role as well, since it alone still lets the holder do anything."
    return f"{may} what runs with it still lets the holder do anything, so narrow that role as well."


def _is_alone(step: Opening, statements: Sequence[Statement]) -> bool:
    """Whether its statement allows nothing else."""
    return all(len(each.actions) == 1 for each in statements if any(action is step.entry for action in each.actions))


def _kind(action: str) -> str:
    """The resources of an action, by its name."""
    return next((plural for part, plural in _KINDS.items() if part in action), "resources")


def _reach(way: Way) -> str:
    if way.of_older_versions:
        return ". If a version that somebody replaced allowed more, its holder has that too"
    return f", and can then do {'whatever that role allows' if way.of_existing_roles else 'anything in the account'}"


def _confidence(way: Way) -> Confidence | None:
    if way.of_existing_roles:
        return Confidence.LOW
    return Confidence.MEDIUM if way.of_older_versions else None
