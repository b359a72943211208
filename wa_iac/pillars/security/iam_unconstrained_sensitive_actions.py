"""# IAM policy lets its holder read all secrets, parameters or objects of the account

## Why

A program needs its own secret and its own bucket. A policy with `*` as the resource gives it those of all other programs too: anyone who
takes over the program, or finds its credentials, reads everything.

## What it checks

The rule looks at statements without a condition whose resource is `*`, and that allow `secretsmanager:GetSecretValue`, `ssm:GetParameter`
and its siblings, `s3:GetObject`, `sts:AssumeRole` or `kms:Decrypt`, by name or by a pattern such as `secretsmanager:Get*`. The
severity is low for `kms:Decrypt` alone, since its holder needs the encrypted data too, and for parameters alone: most of them are settings,
and a SecureString also needs its key.

## What is left out

Statements that name resources, even with a wildcard in them. All actions of a service, which `iam-wildcard-action` reports, and all
actions, which `iam-admin-policy` reports. Statements by which the holder can give itself all rights, which `iam-privilege-escalation` reports. A permissions boundary limits a policy, and a policy that is only a boundary grants nothing.

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
            Action: secretsmanager:GetSecretValue
            Resource: "*"  # finding: every secret
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
            Action: [kms:Decrypt, kms:GenerateDataKey]
            Resource: "*"  # finding: decrypt with every key
```

```hcl
data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = ["*"] # finding: every object
  }
}

resource "aws_iam_policy" "reader" {
  policy = data.aws_iam_policy_document.reader.json
}
```

## Compliant

```yaml
Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: secretsmanager:GetSecretValue
            Resource: !Sub arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:orders/*
```

```hcl
data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::orders/*"]
  }
}

resource "aws_iam_policy" "reader" {
  policy = data.aws_iam_policy_document.reader.json
}
```

## Undecided

The result is undecided if the resource is not known before deployment.

```yaml
Parameters:
  Secret:
    Type: String
Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: secretsmanager:GetSecretValue
            Resource: !Ref Secret  # undecided: parameter "Secret" has no default
```

```hcl
variable "secret" {
  type = string
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [var.secret] # undecided: var.secret has no default
  }
}

resource "aws_iam_policy" "reader" {
  policy = data.aws_iam_policy_document.reader.json
}
```

## Sources

- [Security Hub controls for AWS KMS (Italian)](https://docs.aws.amazon.com/it_it/securityhub/latest/userguide/kms-controls.md), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.iam import Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, covers
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule, undecided
from wa_iac.core.value import Known, Unknown
from wa_iac.knowledge.privilege_escalation import opened
from wa_iac.pillars.judgements.grants import judge, unset_resource

_SENSITIVE: Final = {
    "secretsmanager:GetSecretValue": "read every secret",
    "ssm:GetParameter": "read every parameter",
    "ssm:GetParameters": "read every parameter",
    "ssm:GetParametersByPath": "read every parameter",
    "s3:GetObject": "read every object in every bucket",
    "sts:AssumeRole": "assume every role that trusts the account",
    "kms:Decrypt": "decrypt with every key",
}
"""What each action allows on all resources."""
_MILD: Final = frozenset({_SENSITIVE["kms:Decrypt"], _SENSITIVE["ssm:GetParameter"]})
"""What gives no secret alone: it needs the encrypted data too, or the key of a SecureString."""


@rule(
    practices=["SEC03-BP02", "SEC08-BP04"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="Resource: <the ARNs of its own resources>",
        tf="resources = [<the ARNs of its own resources>]",
        decision="Name the resources that this program needs. Actions that know no resources go into a statement of their own.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_108", "CKV_AWS_356"],
        "trivy": ["AVD-AWS-0345"],
        "cdk_nag": ["IAMPolicyNoStatementsWithFullAccess"],
        "guard": ["IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS", "IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS"],
        "config": ["IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS", "IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS"],
        "security_hub": ["KMS.1", "KMS.2"],
    },
)
def check(holder: Role | User | Group | Policy | ManagedPolicy, graph: Graph) -> Flags:
    yield from judge(holder, graph, _judge_statement)


def _judge_statement(statement: Statement) -> Flags:
    if statement.conditional or statement.not_actions or statement.not_resources:
        return
    # Roles first: what follows is said to be of the account.
    allowed = sorted(dict.fromkeys(_allowed(statement)), key=lambda each: each != _SENSITIVE["sts:AssumeRole"])
    if not allowed:
        all_known(*(each for each in statement.actions if isinstance(each, Unknown) and not each.parts))
        return
    everything = next((each for each in statement.resources if each == Known("*")), None)
    if everything is None:
        unset = unset_resource(statement)
        if unset is not None:
            yield undecided(unset)
        return
    if any(way.leads_everywhere and not way.of_older_versions for way, _ in opened([statement])):
        return
    mild = _MILD.issuperset(allowed)
    what = f"{', '.join(allowed[:-1])} and {allowed[-1]}" if len(allowed) > 1 else allowed[0]
    yield flag(
        everything,
        f"This statement lets its holder {what} of the account: those of other programs as well."
        if allowed != [_SENSITIVE["sts:AssumeRole"]]
        else f"This statement lets its holder {what}: those of other programs as well.",
        severity=Severity.LOW if mild else None,
        confidence=Confidence.MEDIUM if mild else None,
    )


def _allowed(statement: Statement) -> Iterator[str]:
    """What the actions of a statement allow that another rule does not report."""
    for action in statement.actions:
        if isinstance(action, Known) and not action.value.endswith(":*") and action.value != "*":
            yield from (what for name, what in _SENSITIVE.items() if covers(action, name) == Known(True))
