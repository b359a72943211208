"""# IAM policy grants full administrative access

## Why

Anyone who takes over this identity, for example an intruder in an application that uses it, may do everything in the account:
read all data, delete the backups, create users, disable logging. `IAMFullAccess` is equivalent, because it allows its holder to
grant itself the rest. `PowerUserAccess` allows everything except that.

## What it checks

The rule reads the policies of roles, users and groups. It reports a statement that allows every action on every resource, and the AWS
managed policies `AdministratorAccess`, `IAMFullAccess` and `PowerUserAccess`.

The finding is of medium severity and low confidence, and so it is advice, for a role with which CloudFormation deploys stacks: that
service may assume it, and otherwise at most identities that are named. Such a role has to create everything that its stacks may hold. The
CDK's bootstrap stack makes such a role with `AdministratorAccess` by default, and accepts other policies instead ("Customize AWS CDK
bootstrapping", AWS CDK Developer Guide).

The severity is high where a program or a key may have these permissions: at a user, and at a role that a service, a pipeline or everyone may assume, or a
whole account other than this one, by its number and without a condition. At a group, and where a policy is attached to somebody who is not in this code, it is medium. A
role that only people may assume who sign in at a provider of SAML is of medium severity.

The finding is advice for a role that only identities of AWS accounts may assume otherwise, by name, under a condition or by a variable: how much they need is not in the
code. So it is for a role or a group that is called administrator, power user or break-glass, if only people may use it, for a user for
emergencies (break-glass), and for a role that asks for a second factor. A role that a service or a pipeline may assume keeps the severity, whatever it is called, unless it
is part of a workshop, by paths or the description of its template: then it is advice. A role with which StackSets or Control Tower deploys into an account, by
its name or that of its file, is advice too: its documentation asks for everything.

## What is left out

The rule treats conditions on a statement as a limit, a denial of everything (`*`) in the same policies, and also a permissions boundary on the role or user. It does not apply to a policy
that is only used as such a boundary, which grants nothing. It does not check
permission sets of IAM Identity Center that use AWS managed policies: an organization needs one for emergencies.

## Non-compliant

```yaml
Resources:
  Application:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: ec2.amazonaws.com
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/AdministratorAccess  # finding: AdministratorAccess allows everything
      Policies:
        - PolicyName: everything
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow  # finding: every action on every resource
                Action: "*"
                Resource: "*"
```

```hcl
resource "aws_iam_policy" "everything" {
  name   = "everything"
  policy = data.aws_iam_policy_document.everything.json
}

data "aws_iam_policy_document" "everything" {
  statement { # finding: every action on every resource
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy_attachment" "application" {
  role       = "application"
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess" # finding: everything in IAM
}
```

The role for the people who administer the account is milder:

```hcl
resource "aws_iam_role" "admin" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.admin.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # finding: By its name, that is what it is for
}
```

```hcl
resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      { # finding
        Effect   = "Allow"
        Action   = "*"
        Resource = "arn:aws:*:*:*:*"
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

## Compliant

```hcl
resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "*"
        Resource = "*"
      },
      {
        Effect   = "Deny"
        Action   = "*"
        Resource = "*"
      },
    ]
  })
}
```

```yaml
Resources:
  Application:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: ec2.amazonaws.com
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore
      Policies:
        - PolicyName: read-reports
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: s3:GetObject
                Resource: arn:aws:s3:::reports/*
```

```hcl
resource "aws_iam_policy" "reports" {
  name   = "reports"
  policy = data.aws_iam_policy_document.reports.json
}

data "aws_iam_policy_document" "reports" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::reports/*"]
  }
}
```

## Undecided

The result is undecided if `ManagedPolicyArns` or `policy` is not known before deployment, or what a `Deny` covers.

```hcl
variable "denied" {
  type = string
}

resource "aws_iam_policy" "support" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "*"
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
  PolicyArn:
    Type: String
Resources:
  Application:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole }
      ManagedPolicyArns: [!Ref PolicyArn]  # undecided: parameter "PolicyArn" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_iam_policy" "reports" {
  name   = "reports"
  policy = var.policy # undecided: var.policy has no default
}
```

## Sources

- [SEC03-BP02 Grant least privilege access - AWS Well-Architected Framework](https://docs.aws.amazon.com/wellarchitected/latest/framework/sec_permissions_least_privileges), read on 2026-11-29
- [Permissions boundaries for IAM entities](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.md), read on 2026-11-29
"""

from functools import partial
from typing import Final

from wa_iac.aws.iam import Attachment, Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import all_of, any_of, negate
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Remedy,
    Severity,
    each_of,
    flag,
    flags_of,
    milder,
    refuse,
    rule,
    undecided,
    written,
)
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.knowledge.administrators import assumed_by_those_named, for_administrators, only_people_sign_in
from wa_iac.knowledge.iam_grants import Grantor, bounded, deploys_stack_sets, for_stacks, identities, is_everything, takes_back
from wa_iac.knowledge.second_factors import only_with_second_factor
from wa_iac.knowledge.workshops import of_a_workshop
from wa_iac.pillars.judgements.grants import BY_CLOUDFORMATION, BY_STACK_SETS, judge

BROAD = {
    "AdministratorAccess": "everything in the account",
    "IAMFullAccess": "everything in IAM, and through it everything else",
    "PowerUserAccess": "everything but IAM",
}


_OF_MANAGED: Final = (
    "Replace it by a policy that allows only the actions that are needed, on the resources that are used. IAM Access Analyzer can "
    "make one from CloudTrail's events."
)
_OF_DEPLOYMENTS: Final = (
    "Decide which services the stacks need, and allow only these (in the CDK: cdk bootstrap --cloudformation-execution-policies), or limit the "
    "role by a permissions boundary. Let only the pipeline pass the role (iam:PassRole)."
)

_OF_EXECUTION: Final = (
    "Let the role trust only the administration role of the management account, not the whole account. For stack sets of your own, decide which "
    "services the stacks need, and allow only these."
)
_SIGNED_IN: Final = "Only who signs in at its provider of SAML gets its credentials, which soon expire."
_NAMED: Final = "Only identities of the accounts that its trust policy names may assume this role."
_OF_NAMED: Final = (
    "Decide what those who assume this role have to do, and allow only that. If it is for everything, as for the pipeline that builds the account, see that only "
    "its own role is trusted, and no whole account."
)
_WITH_FACTOR: Final = "Only people with a second factor get its credentials, which soon expire."
_OF_PEOPLE: Final = "Let few people use it, only with multi-factor authentication, and for the tasks that need it. Give them another role for daily work."


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="Action: [<the actions it needs>]\nResource: [<the resources it uses>]",
        tf="actions   = [<the actions it needs>]\nresources = [<the resources it uses>]",
    ),
    equivalents={
        "checkov": ["CKV_AWS_1", "CKV_AWS_62", "CKV_AWS_274", "CKV_AWS_275", "CKV2_AWS_40", "CKV2_AWS_56"],
        "cdk_nag": ["IAMPolicyNoStatementsWithAdminAccess"],
        "guard": [
            "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
            "IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE",
            "IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE",
        ],
        "config": ["IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"],
        "security_hub": ["IAM.1"],
    },
)
def check(holder: Role | User | Group | Policy | ManagedPolicy | Attachment, graph: Graph) -> Flags:
    flags = list(flags_of(_judge(holder, graph)))
    # Most identities may do little, and who they are need not be asked.
    if not flags or bounded(holder):
        return
    found: Flags = iter(flags)
    if for_stacks(holder):
        found = _of_stacks(found)
    elif deploys_stack_sets(holder):
        found = milder(
            found,
            more=f"{BY_STACK_SETS} It expects that it may do everything.",
            severity=Severity.MEDIUM,
            confidence=Confidence.LOW,
            instead=_OF_EXECUTION,
        )
    elif for_administrators(holder):
        found = _of_administrators(found)
    elif only_people_sign_in(holder):
        found = milder(found, more=_SIGNED_IN, severity=Severity.MEDIUM)
    elif _needs_second_factor(holder):
        found = milder(found, more=_WITH_FACTOR, severity=Severity.MEDIUM, confidence=Confidence.LOW)
    elif why := of_a_workshop(holder, graph):
        found = milder(found, more=why, severity=Severity.MEDIUM, confidence=Confidence.LOW)
    elif assumed_by_those_named(holder):
        found = milder(found, more=_NAMED, severity=Severity.MEDIUM, confidence=Confidence.LOW, instead=_OF_NAMED)
    elif _is_of_group(holder) or (isinstance(holder, Attachment) and not identities(holder)):
        found = milder(found, severity=Severity.MEDIUM)
    yield from found


def _needs_second_factor(holder: Role | User | Group | Policy | ManagedPolicy | Attachment) -> bool:
    found = identities(holder)
    return bool(found) and all(isinstance(each, Role) and only_with_second_factor(each) for each in found)


def _is_of_group(holder: Role | User | Group | Policy | ManagedPolicy | Attachment) -> bool:
    found = identities(holder)
    return bool(found) and all(isinstance(each, Group) for each in found)


def _judge(holder: Role | User | Group | Policy | ManagedPolicy | Attachment, graph: Graph) -> Flags:
    if isinstance(holder, Attachment):
        if holder.declared.type != "aws_ssoadmin_managed_policy_attachment" and not holder.policy.targets:
            yield from _judge_managed(holder.policy.value)
        return
    yield from judge(holder, graph, partial(_judge_statement, holder=holder))
    if isinstance(holder, (Role, User, Group)):
        yield from each_of(written(holder.managed_arns).value, _judge_managed)


def _of_stacks(found: Flags) -> Flags:
    """Findings at the role with which CloudFormation deploys stacks. No workload has its credentials."""
    return milder(
        found,
        more=BY_CLOUDFORMATION,
        severity=Severity.MEDIUM,
        confidence=Confidence.LOW,
        instead=_OF_DEPLOYMENTS,
    )


def _of_administrators(found: Flags) -> Flags:
    """Findings at a role or a group that is there to allow everything, for the people who administer the account."""
    return milder(
        found,
        more="By its name, that is what it is for.",
        severity=Severity.MEDIUM,
        confidence=Confidence.LOW,
        instead=_OF_PEOPLE,
    )


def _judge_statement(statement: Statement, *, holder: Grantor) -> Flags:
    if not statement.conditional and not statement.not_actions:
        yield from refuse(
            all_of(
                (
                    any_of(map(is_everything, statement.actions)),
                    statement.covers_every_resource(),
                    negate(takes_back(holder, "*")),
                )
            ),
            True,
            "This statement allows every action on every resource: anyone who compromises this identity controls the account.",
            at=statement.place,
        )


def _name_of(arn: Tree) -> str | None:
    """The name of AWS's own policy with an ARN, empty for another one; None if the end of the ARN is not known."""
    match arn:
        case Known(str() as text) | Unknown(parts=[*_, str() as text]):
            return text.rpartition(":aws:policy/")[2] if ":aws:policy/" in text else ""
        case _:
            return None


def _judge_managed(arn: Tree) -> Flags:
    name = _name_of(arn)
    if name in BROAD:
        yield flag(
            arn, f"{name} allows {BROAD[name]}: anyone who compromises this identity can do the same.", instead=_OF_MANAGED
        )
    elif name is None and isinstance(arn, Unknown) and not arn.origin.references:
        yield undecided(arn)
