"""# IAM policy allows passing any role to a service

## Why

With `iam:PassRole` on any role, the holder can start an instance or a function with the most powerful role of the account, and
then act with that role's permissions. Name the roles instead.

## What it checks

The rule reads the policies of roles, users and groups. It reports a statement that allows `iam:PassRole` on `*` or on all roles of an
account (`:role/*`). The finding is advice for a role with which CloudFormation or StackSets deploys, and for the
administrators of the account, by the name of their group.

## What is left out

The rule treats a condition, such as `iam:PassedToService`, as a limit, and also an unconditional denial of `iam:PassRole` on every resource in the same
policies. It does not apply to a policy that is only used as a permissions
boundary, which grants nothing. `iam-admin-policy` and `iam-wildcard-action` alone report `*`,
and `iam:*` on every resource. `iam-privilege-escalation` alone reports it if the policy also allows to use a role that is passed, for
example by starting an instance, or if the statement allows more than that, such as to write the policies of all roles.

## Non-compliant

```yaml
Resources:
  Deployer:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - ecs:RunTask
              - iam:PassRole
            Resource: "*"  # finding
```

```hcl
resource "aws_iam_policy" "deployer" {
  policy = data.aws_iam_policy_document.deployer.json
}

data "aws_iam_policy_document" "deployer" {
  statement {
    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::111122223333:role/*"] # finding
  }
}
```

```hcl
resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = "arn:*:iam::*:*" # finding
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
        Action   = "iam:PassRole"
        Resource = "*"
      },
      {
        Effect   = "Deny"
        Action   = "iam:Pass*"
        Resource = "*"
      },
    ]
  })
}
```

```yaml
Resources:
  Deployer:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: iam:PassRole
            Resource: arn:aws:iam::111122223333:role/orders-task
```

```hcl
resource "aws_iam_policy" "deployer" {
  policy = data.aws_iam_policy_document.deployer.json
}

data "aws_iam_policy_document" "deployer" {
  statement {
    actions   = ["iam:PassRole"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}
```

## Undecided

The result is undecided if `Resource` or `resources` is not known before deployment, or what a `Deny` covers.

```hcl
variable "denied" {
  type = string
}

resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
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
  Resource:
    Type: String
Resources:
  Deployer:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - ecs:RunTask
              - iam:PassRole
            Resource: !Ref Resource  # undecided: parameter "Resource" has no default
```

```hcl
variable "resources" {
  type = list(string)
}

resource "aws_iam_policy" "deployer" {
  policy = data.aws_iam_policy_document.deployer.json
}

data "aws_iam_policy_document" "deployer" {
  statement {
    actions   = ["iam:PassRole"]
    resources = var.resources # undecided: var.resources has no default
  }
}
```

## Sources

- [Grant a user permissions to pass a role to an AWS service - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html), read on 2026-11-29
"""

from collections.abc import Container
from dataclasses import replace
from functools import partial
from typing import Final

from wa_iac.aws.iam import Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import all_of, negate
from wa_iac.core.rule import Flags, Remedy, Severity, refuse, rule, undecided
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.account_wide import is_of_all
from wa_iac.knowledge.iam_grants import Grantor, granted, is_everything, takes_back
from wa_iac.knowledge.privilege_escalation import opened
from wa_iac.pillars.judgements.grants import APART, judge, milder_where_meant, unset_resource
from wa_iac.pillars.judgements.wording import listed

_ALL_OF_THEM = "Name each role that its holder passes, for example by a path or a prefix that only they have: passing another one is then refused."
_NONE = "If it passes none, leave the permission out."
_OF_ITS_OWN = Remedy(
    cfn="Action: iam:PassRole\nResource: !GetAtt <the role>.Arn",
    tf='actions   = ["iam:PassRole"]\nresources = [<the role>.arn]',
    decision=_ALL_OF_THEM,
)

_RECEIVERS: Final = {
    "scheduler:CreateSchedule": "scheduler.amazonaws.com",
    "lambda:CreateFunction": "lambda.amazonaws.com",
    "states:CreateStateMachine": "states.amazonaws.com",
    "ecs:RegisterTaskDefinition": "ecs-tasks.amazonaws.com",
    "ecs:RunTask": "ecs-tasks.amazonaws.com",
    "ec2:RunInstances": "ec2.amazonaws.com",
    "cloudformation:CreateStack": "cloudformation.amazonaws.com",
    "sagemaker:CreateModel": "sagemaker.amazonaws.com",
    "sagemaker:CreateTrainingJob": "sagemaker.amazonaws.com",
    "glue:CreateJob": "glue.amazonaws.com",
    "codebuild:CreateProject": "codebuild.amazonaws.com",
    "events:PutTargets": "events.amazonaws.com",
    "eks:CreateCluster": "eks.amazonaws.com",
    "elasticmapreduce:RunJobFlow": "elasticmapreduce.amazonaws.com",
}
"""Actions that pass a role, and the service that takes it ("Grant a user permissions to pass a role to an AWS service", IAM User Guide)."""


def _remedy(holder: Grantor, *, alone: bool) -> Remedy:
    """The roles by their names, or else the services that take them, by what else the holder may do."""
    # What allows all but some actions says nothing of what is done.
    allowed = [each for each in granted(holder) if each.allows() == Known(True) and not each.not_actions]
    services = [
        service
        for action, service in _RECEIVERS.items()
        if any(
            each.covers_action(action) == Known(True) and Known(True) not in map(is_everything, each.actions)
            for each in allowed
        )
    ]
    to = f" ({listed(list(dict.fromkeys(services)))} here)" if services else ""
    else_ = f"If they are only known at run time, keep the resource, and add the condition StringEquals on iam:PassedToService for the service that takes them{to}."
    decision = " ".join(filter(None, ("" if alone else APART, _ALL_OF_THEM, else_, _NONE)))
    # A statement of its own is written beside the one at fault, whatever computes a value of that one.
    return replace(_OF_ITS_OWN, decision=decision, differs=not alone)


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.HIGH,
    remedy=_OF_ITS_OWN,
    equivalents={
        "trivy": ["AVD-AWS-0342"],
        "guard": ["IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE", "IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE"],
        "cfn_nag": ["F38", "F39", "F40"],
    },
)
def check(holder: Role | User | Group | Policy | ManagedPolicy, graph: Graph) -> Flags:
    for found in milder_where_meant(
        holder, graph, judge(holder, graph, partial(_judge_statement, holder=holder, reported=_entries_reported(holder)))
    ):
        yield found._replace(instead=_remedy(holder, alone=not found.instead)) if found.verdict == "fail" else found


def _entries_reported(holder: Grantor) -> set[tuple[str, Span]]:
    """The entries with which iam-privilege-escalation says what can be done, beyond the roles that are in use."""
    found = [
        steps
        for way, steps in opened(list(granted(holder)), partial(takes_back, holder))
        if way.leads_everywhere and not way.of_members
    ]
    return {(step.entry.value, step.entry.origin.span) for steps in found for step in steps if isinstance(step.entry, Known)}


def _judge_statement(statement: Statement, *, holder: Grantor, reported: Container[tuple[str, Span]]) -> Flags:
    if statement.conditional or statement.not_actions or statement.not_resources:
        return
    if Known(True) in map(is_everything, statement.actions):
        return  # iam-admin-policy and iam-wildcard-action say so
    if any(map(_is_all_of_iam, statement.actions)) and statement.covers_every_resource() == Known(True):
        return  # iam-wildcard-action says so
    if any(_is_reported(each, reported) for each in statement.actions):
        return  # iam-privilege-escalation says what can be done with it
    for resource in [each for each in statement.resources if is_of_all(each, "role")]:
        for found in refuse(
            all_of((statement.covers_action("iam:PassRole"), negate(takes_back(holder, "iam:PassRole")))),
            True,
            "This statement allows passing any role: its holder can give the account's most powerful role to a service that it may use.",
            at=resource,
        ):
            yield found._replace(instead=APART) if len(statement.actions) > 1 else found
        return
    anything = unset_resource(statement)
    if anything is not None and statement.covers_action("iam:PassRole") == Known(True):
        yield undecided(anything)


def _is_reported(action: Value[str], reported: Container[tuple[str, Span]]) -> bool:
    return isinstance(action, Known) and (action.value, action.origin.span) in reported


def _is_all_of_iam(action: Value[str]) -> bool:
    return isinstance(action, Known) and action.value.lower() == "iam:*"
