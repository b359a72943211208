"""# IAM policy allows all actions of a service on all resources

## Why

`s3:*` on `*` allows reading every bucket, and also deleting it or making it public. Hardly any program needs that much. When AWS adds
an action, it is allowed too.

## What it checks

The rule reports `service:*` if the resource is `*`. The finding is milder if all these services only measure, record or scale, as
CloudWatch and Application Auto Scaling do ("Actions, resources, and condition keys for AWS services", Service Authorization Reference). So it is
for the tagging API (`tag:*`), which changes no tag without the permission of the resource's own service ("TagResources", Resource Groups Tagging
API Reference).
For AWS Support alone it is advice: its actions know no resources, and AWS's own policy for it, `AWSSupportAccess`, allows all of them.
`*` on named resources is advice of low severity.

The finding is of low severity for a role that only AWS's Shield Response Team may assume: AWS has a managed policy for it, which the team
requires ("AssociateDRTRole", AWS Shield Advanced API Reference). It is advice for a role with which CloudFormation or StackSets deploys, for
the administrators of the account, by the name of their group, and for identities to which another policy of the code allows everything.

## What is left out

The rule does not report all actions of one service on named resources, which are common, or statements with conditions, or a service that the
same policies deny as a whole, on every resource and without a condition.
`iam-admin-policy` reports all actions on all resources.

A permissions boundary on the identities limits a policy, unless it is written here and allows as much. A policy that is only used as a
permissions boundary grants nothing: the rule does not apply to it. Services that only carry messages or traces (`ssmmessages`,
`ec2messages`, `xray`) are accepted, because their actions know no resources, and so is the price list (`pricing`), which anyone may read.

A prefix that AWS lists for no service (`elasticcache` for `elasticache`) grants nothing. If all services of a statement have such prefixes, the finding is
advice.

## Non-compliant

```yaml
Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - s3:*  # finding
              - sqs:ReceiveMessage
            Resource: "*"
```

```hcl
resource "aws_iam_role_policy" "reader" {
  role = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:*" # finding
      Resource = "*"
    }]
  })
}
```

```hcl
resource "aws_iam_role_policy" "support" {
  role = "support"
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "support:*" # finding: everything that the service can do
      Resource = "*"
    }]
  })
}
```

```hcl
resource "aws_iam_role_policy" "developer" {
  role = "developer"
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:*" # finding: other than what it denies
        Resource = "*"
      },
      {
        Effect   = "Deny"
        Action   = "iam:CreateUser"
        Resource = "*"
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
        Action   = "s3:*" # finding: other than what it denies
        Resource = "*"
      },
      {
        Effect   = "Deny"
        Action   = "s3:Delete*"
        Resource = "*"
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
        Action   = "s3:*"
        Resource = "*"
      },
      {
        Effect   = "Deny"
        Action   = "s3:*"
        Resource = "*"
      },
    ]
  })
}
```

```yaml
Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - s3:GetObject
              - sqs:ReceiveMessage
            Resource:
              - arn:aws:s3:::reports/*
              - arn:aws:sqs:eu-west-1:111122223333:orders
          # Message channels of agents: these actions have no resource types.
          - Effect: Allow
            Action:
              - ssmmessages:*
              - ec2messages:*
              - pricing:*
            Resource: "*"
```

```hcl
resource "aws_iam_role_policy" "reader" {
  role = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:*"
      Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }]
  })
}
```

## Undecided

The result is undecided if `Resource` or `Action` is not known before deployment, or what a `Deny` covers.

```hcl
variable "denied" {
  type = string
}

resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:*"
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
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action:
              - s3:*
              - sqs:ReceiveMessage
            Resource: !Ref Resource  # undecided: parameter "Resource" has no default
```

```hcl
variable "action" {
  type = string
}

resource "aws_iam_role_policy" "reader" {
  role = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = var.action # undecided: var.action has no default
      Resource = "*"
    }]
  })
}
```

## Sources

- [Actions, resources, and condition keys for AWS Price List](https://docs.aws.amazon.com/service-authorization/latest/reference/list_pricing.html), read on 2026-11-29
- [iam-policy-no-statements-with-full-access - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-no-statements-with-full-access.html), read on 2026-11-29
- [SEC03-BP02 Grant least privilege access - AWS Well-Architected Framework](https://docs.aws.amazon.com/wellarchitected/latest/framework/sec_permissions_least_privileges), read on 2026-11-29
"""

from functools import partial
from typing import Final

from wa_iac.aws.iam import Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, milder, rule, settled, undecided
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.iam_grants import Grantor, denied, for_responders, is_everything, takes_back
from wa_iac.pillars.judgements.grants import judge, milder_where_meant

_PREFIXES: Final = frozenset(facts("service_prefixes")["prefixes"])
_NARROW: Final = frozenset(facts("narrow_services")["services"])
_SUPPORT: Final = "support"
_NAMED: Final = Remedy(
    cfn="Action:\n  - <the actions it needs>",
    tf="actions = [<the actions it needs>]",
    decision="Keep the other actions of the statement, if it has any. CloudTrail, and the last access that IAM shows, tell which actions are in use.",
)
CHANNELS = frozenset({"ssmmessages", "ec2messages", "xray", "pricing"})
"""Services that only carry messages or traces, or tell prices, and whose actions know no resources."""


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.HIGH,
    remedy=_NAMED,
    equivalents={
        "checkov": ["CKV_AWS_49", "CKV_AWS_63", "CKV2_AWS_68"],
        "trivy": ["AVD-AWS-0057", "AVD-AWS-0114", "AVD-AWS-0120"],
        "cdk_nag": ["AwsSolutions-IAM5", "Serverless-LambdaStarPermissions", "IAMPolicyNoStatementsWithFullAccess"],
        "guard": [
            "IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS",
            "IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS",
            "IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS",
        ],
        "config": ["IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS"],
        "cfn_nag": ["F3", "F4", "F5"],
        "security_hub": ["IAM.21"],
    },
)
def check(holder: Role | User | Group | Policy | ManagedPolicy, graph: Graph) -> Flags:
    found = judge(holder, graph, partial(_judge_statement, holder=holder))
    yield from _of_responders(found) if for_responders(holder) else milder_where_meant(holder, graph, found)


def _of_responders(found: Flags) -> Flags:
    """Findings at the role of AWS's Shield Response Team, who have a managed policy of AWS."""
    return milder(
        found,
        more="Only AWS's Shield Response Team may assume this role.",
        severity=Severity.LOW,
        instead="Attach AWS's managed policy arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy to the role instead: the team "
        "requires it, and AWS keeps it up to date.",
    )


def _judge_statement(statement: Statement, *, holder: Grantor) -> Flags:
    if statement.conditional:
        return
    everything = [each for each in statement.actions if is_everything(each) == Known(True)]
    whole = [each for each in statement.actions if isinstance(each, Known) and _is_whole_service(each.value)]
    # An action with a prefix that is not AWS's grants nothing: beside others, it says nothing of the policy.
    services = [each for each in whole if _is_of_a_service(each.value)] or whole
    if not everything and not services:
        all_known(*(each for each in statement.actions if isinstance(each, Unknown) and not each.parts))
        return
    everywhere = settled(statement.covers_every_resource()) == Known(True)
    if everywhere and not everything:
        # Nothing is left of a service that is denied as a whole.
        answers = [(each, takes_back(holder, each.value)) for each in services]
        doubt = first_unknown(*(answer for _, answer in answers))
        services = [each for each, answer in answers if answer == Known(False) or isinstance(answer, Absent)]
        if not services:
            if doubt is not None:
                yield undecided(doubt)
            return
    if everywhere and services and not everything and not _is_of_a_service(services[0].value):
        prefix = _service(services[0].value)
        yield flag(
            services[0],
            f'This policy allows {services[0].value}, but AWS lists no service with the prefix "{prefix}": if it is misspelled, this grants nothing, and '
            "with the right prefix it would grant everything that the service can do, on every resource.",
            severity=Severity.LOW,
            confidence=Confidence.LOW,
            about=[f"Action::{each.value}" for each in services],
            instead=_spelled(prefix),
        )
    elif everywhere and not everything:
        names = ", ".join(each.value for each in services)
        prefixes = {_service(each.value) for each in services}
        severity = _severity(prefixes)
        reach = "the service can do" if len(services) == 1 else "these services can do"
        less = ", other than what it denies" if any(_service(each) in prefixes for each in denied(holder)) else ""
        yield flag(
            services[0],
            f"This policy allows {names} on every resource: everything that {reach}{less}, and every action that AWS adds later.",
            severity=severity,
            confidence=Confidence.LOW if severity is Severity.LOW else None,
            about=[f"Action::{each.value}" for each in services],
        )
    elif everything and not everywhere:
        yield flag(
            everything[0],
            "This statement allows every action on the resources that it names: also deleting them and changing who has access, "
            "and every action that AWS adds later.",
            severity=Severity.LOW,
            confidence=Confidence.LOW,
            about=["Action::*"],
        )


def _spelled(prefix: str) -> Remedy:
    """The remedy for a prefix that AWS does not list: one that is like it, if there is one."""
    # Imported here, since few policies have such a prefix.
    from difflib import get_close_matches

    alike = get_close_matches(prefix, sorted(_PREFIXES), n=1)
    named = f"{alike[0]}:<the action it needs>" if alike else "the right prefix"
    return Remedy(
        decision=f"If something uses the service, write the actions that it needs ({named}). Otherwise remove this one, which nothing misses."
    )


def _severity(services: set[str]) -> Severity | None:
    """How bad it is to allow everything in some services. Nothing in AWS Support has an ARN, and AWSSupportAccess allows all of it too."""
    if services == {_SUPPORT}:
        return Severity.LOW
    return Severity.MEDIUM if services <= _NARROW | {_SUPPORT} else None


def _service(action: str) -> str:
    return action.partition(":")[0].lower()


def _is_of_a_service(action: str) -> bool:
    """Whether AWS has a service with the prefix of an action, or a pattern stands for several."""
    return _service(action) in _PREFIXES or any(mark in _service(action) for mark in "*?$")


def _is_whole_service(action: str) -> bool:
    return action.endswith(":*") and action.count(":") == 1 and _service(action) not in ("*", *CHANNELS)
